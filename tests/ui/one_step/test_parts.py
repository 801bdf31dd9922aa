"""Each part of the One step page declares all that it shows: what is drawn otherwise has other inputs."""

import sys
from collections import defaultdict
from types import FrameType
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext

from tests.hypothesis_profiles import some
from tests.pages.harness import new_app, run
from ui.links.codec import expand
from ui.one_step.link import CODEC, read
from ui.one_step.page import PARTS

BASE = {"net": "2-3-2", "f": "tanh.softmax", "loss": "categorical_cross_entropy", "bias": "trained"}
BASE |= {"seed": "5", "run": "12", "at": "7"}
# A value for every parameter of the link, other than the one of BASE.
OTHERS = {
    "example": "xor",
    "net": "2-4-2",
    "f": "relu.softmax",
    "loss": "half_squared_error",
    "bias": "fixed",
    "init": "he",
    "seed": "6",
    "x": "0.25_0.75",
    "y": "1_0",
    "eta": "0.25",
    "W1": "1_2_3~4_5_6",
    "b1": "1_2_3",
    "W2": "1_2~3_4~5_6",
    "b2": "1_2",
    "w1.1.2": "0.75",
    "b2.1": "0.75",
    "run": "12~3-9_w1.1.1_0.5",
    "at": "12",
    "select": "w2.1.1",
    "color": "weight",
    "scale": "linear",
    "predict": "on",
    "labels": "off",
    "curve": "log",
    "ahead": "10",
    "stage": "delta1",
    "tab": "nudge",
    "h": "1e-8",
    "digits": "4",
    "decimals": "3",
    "speak": "textbook",
    "hide": "weights",
}


def part_being_drawn():
    """The name of the part whose function is running, None where none is."""
    frame: FrameType | None = sys._getframe()
    while frame:
        if frame.f_code.co_name == "draw" and frame.f_code.co_filename.endswith("shell/parts.py"):
            return frame.f_locals["name"]
        frame = frame.f_back
    return None


@pytest.fixture
def draw(monkeypatch):
    """A function that returns, for each part of the page of a link, what it draws and its inputs."""
    messages = defaultdict(list)
    enqueue = ScriptRunContext.enqueue

    def record(self, message):
        if message.HasField("delta") and (part := part_being_drawn()):
            delta = type(message.delta)()
            delta.CopyFrom(message.delta)
            delta.fragment_id = ""
            if delta.new_element.HasField("download_button"):
                delta.new_element.download_button.ClearField("deferred_file_id")
            messages[part].append(delta.SerializeToString(deterministic=True))
        return enqueue(self, message)

    monkeypatch.setattr(ScriptRunContext, "enqueue", record)
    # The names of session, run and film are to be the same in every run.
    for module in ("ui.shell.visit", "ui.components.films"):
        monkeypatch.setattr(f"{module}.token_hex", lambda count: "0" * 2 * count)

    def draw(query, opened):
        messages.clear()
        app = new_app()
        run(app, urlencode(query), **opened)
        inputs = dict(app.session_state["one_step_drawn"])
        return {part: (drawn, inputs[part]) for part, drawn in messages.items()}

    return draw


def test_there_is_another_value_for_every_parameter_of_the_link():
    state, problems = read(parse_qs(urlencode(BASE)))
    assert not problems
    names = {parameter.name for part in CODEC.parts for parameter in expand(part, state)}
    assert {name for name in names if "." not in name} <= set(OTHERS)


@pytest.mark.parametrize(
    "opened",
    some(
        [
            pytest.param({"architecture": True, "matrices": True, "loss_chart": True}, id="open"),
            pytest.param({}, id="closed"),
        ]
    ),
)
def test_what_is_drawn_otherwise_has_other_inputs(draw, opened):
    before = draw(BASE, opened)
    assert len(before) > (7 if opened else 6)
    for name, value in OTHERS.items():
        after = draw(BASE | {name: value}, opened)
        differing = {part for part in before if part in after and after[part][0] != before[part][0]}
        equal = {part for part in differing if after[part][1] == before[part][1]}
        assert not equal, f"{name}={value} draws {equal} otherwise, with the same inputs"
        assert differing or name in {"init", "labels"}, name


@pytest.mark.parametrize("name", ["x", "y", "eta", "w1.1.2", "b2.1", "run", "at"])
def test_another_number_runs_no_whole_page(draw, name):
    before, after = draw(BASE, {}), draw(BASE | {name: OTHERS[name]}, {})
    changed = {part for part in after if part not in before or after[part][1] != before[part][1]}
    assert "weights" in changed
    assert PARTS.can_run_alone(changed), changed
