"""Whatever a browser sends, a page goes on with a state that a link can hold."""

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import EDGE
from core.exercise import quantities
from tests.hypothesis_profiles import examples
from tests.pages.harness import address, new_app, run_script
from ui.components.base.arrays import as_text
from ui.components.base.sent import (
    MAX_RANGE,
    PRESSES,
    Grabbed,
    Sought,
    Values,
    held_film,
    read_grabbed,
    read_network,
    read_pressed,
    read_request,
)
from ui.components.base.sent_fields import Change
from ui.components.base.sent_player import Position, Sampled, read_player, read_wanted
from ui.components.live_network.films import build_film, requested_along
from ui.limits import MAX_ROWS, MAX_STEPS, MAX_TEXT, MAX_TRAINING_STEPS
from ui.links.points import MAX_CLASS
from ui.links.view import COLORS, HORIZONS, LOSS_SCALES, SCALES
from ui.one_step import link as one_step_link
from ui.one_step.state import OneStep
from ui.training import link as training_link
from ui.training.state import Chosen, Training

HUGE = 10**400
STATE = OneStep()
IDS = [quantity.id for quantity in quantities(STATE.start.network)]
NETWORK = {
    "values": ("seq", "changes", "held", "at", "selected", "times"),
    "selected": ("seq", "id"),
    "view": ("seq", "color", "scale", "labels", "loss_scale", "horizon", "stage", "predict", "tab", "nudge"),
    "painted": (),
}
FILMS = {"grabbed": ("seq", "id", "low", "high", "held", "times")}
NEXT_STEPS = {"wanted": ("seq", "film", "after", "steps", "step", "end")}
HISTORY = {"pressed": ("seq", "presses", "at", "times")}
PLAYER = {
    "position": ("seq", "step", "film", "end", "of"),
    "changed": ("seq", "changes", "at", "film", "times"),
    "scale": ("seq", "scale", "film"),
    "sample": ("seq", "sample", "film", "sweep"),
    "painted": (),
}

fitting = st.sampled_from(
    ["w1.1.1", "x1", "eta", "n1.1", "none", "weight", "linear", "0.25", "?run=3", 0, 1, 2.5]
)
leaves = (
    fitting
    | st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(
        [HUGE, -HUGE, 2**63, math.inf, -math.inf, math.nan, -0.0, "\ud800", "9" * 5000, "x" * 50_000]
    )
    | st.floats()
    | st.text(max_size=20)
)
anything = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*IDS, "seq", "id", "text", "step"]) | st.text(max_size=8), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def sent(parts):
    """What a browser can send of a component with these parts, some of it in the right places."""
    records = {
        name: anything | st.fixed_dictionaries({}, optional=dict.fromkeys(fields, anything))
        for name, fields in parts.items()
    }
    return anything | st.fixed_dictionaries({}, optional=records)


@given(sent(NETWORK))
def test_each_field_of_the_live_network_is_within_its_bounds(state):
    read = read_network(state)
    assert 0 <= read.seq <= 2**53
    json.dumps(read.seq)
    if read.values:
        assert read.values.held is None or isinstance(read.values.held, str)
        for change in read.values.changes:
            if isinstance(change, Sought):
                assert 0 <= change.step <= 2 * MAX_STEPS
            else:
                assert len(change.text) <= MAX_TEXT
    if read.view:
        assert read.view.color is None or read.view.color in COLORS
        assert read.view.scale is None or read.view.scale in SCALES
        assert read.view.labels in (None, True, False)
        assert read.view.loss_scale is None or read.view.loss_scale in LOSS_SCALES
        assert read.view.horizon is None or read.view.horizon in HORIZONS


@given(sent(FILMS))
def test_each_field_of_a_request_for_a_film_is_within_its_bounds(state):
    read = read_grabbed(state)
    if read is None:
        return
    assert 0 <= read.seq <= 2**53
    assert 0 <= read.times <= 2**53
    assert read.held is None or isinstance(read.held, str)
    for end in (read.low, read.high):
        assert end is None or -MAX_RANGE <= end <= MAX_RANGE
    along = requested_along(STATE.start, read)
    if along:
        json.dumps(build_film(STATE.start, along), allow_nan=False, default=as_text)


@given(sent(NEXT_STEPS))
def test_each_field_of_a_request_for_next_steps_is_within_its_bounds(state):
    read = read_wanted(state)
    if read is None:
        return
    assert 0 <= read.seq <= 2**53
    assert isinstance(read.film, str)
    for number in (read.after, read.steps, read.step, read.end):
        assert 0 <= number <= MAX_TRAINING_STEPS


pressed = st.fixed_dictionaries(
    {
        "pressed": st.fixed_dictionaries(
            {
                "presses": st.lists(
                    st.fixed_dictionaries(
                        {"seq": st.integers(-1, 9) | anything, "name": st.sampled_from(PRESSES) | anything}
                    ),
                    max_size=6,
                )
            },
            optional={"seq": anything, "at": anything},
        )
    }
)


@given(sent(HISTORY) | pressed)
def test_each_press_is_of_a_button_with_a_number(state):
    read = read_pressed(state)
    if read:
        assert 0 <= read.seq <= 2**53
        assert read.at is None or isinstance(read.at, str)
        for press in read.presses:
            assert 0 <= press.seq <= 2**53
            assert press.name in PRESSES


def test_of_endless_presses_only_the_first_are_read():
    endless = [{"seq": k, "name": "back"} for k in range(1, 5000)]
    read = read_pressed({"pressed": {"seq": 5000, "presses": endless, "at": ""}})
    assert read
    assert [press.seq for press in read.presses] == list(range(1, len(read.presses) + 1))
    assert 50 <= len(read.presses) <= 500


placed = st.fixed_dictionaries(
    {
        "changed": st.fixed_dictionaries(
            {
                "changes": st.lists(
                    st.fixed_dictionaries(
                        {
                            "seq": st.integers(-1, 9) | anything,
                            "x1": st.floats(-9, 9) | anything,
                            "x2": st.floats(-9, 9) | anything,
                            "label": st.integers(0, 3) | anything,
                        }
                    ),
                    max_size=6,
                )
            },
            optional={"seq": anything, "at": anything, "film": anything},
        )
    }
)


@given(sent({"requested": ("seq", "times")}))
def test_a_request_for_the_link_has_a_number(state):
    assert 0 <= read_request(state) <= 2**53


@given(sent(PLAYER) | placed)
def test_each_field_of_the_player_is_within_its_bounds(state):
    read = read_player(state)
    assert 0 <= read.seq <= 2**53
    assert read.held is None or isinstance(read.held, str)
    assert read.loss_scale in LOSS_SCALES
    if read.position:
        assert 0 <= read.position.step <= MAX_TRAINING_STEPS
    if read.sample:
        assert 1 <= read.sample.sample <= MAX_ROWS
    assert read.sweep is None or len(read.sweep) <= 100
    for point in read.changed.changes if read.changed else ():
        assert 0 <= point.seq <= 2**53
        if isinstance(point, Change):
            assert len(point.text) <= MAX_TEXT
            continue
        assert max(abs(point.x1), abs(point.x2)) <= EDGE
        assert 0 <= point.label <= MAX_CLASS


def test_what_fits_is_taken_as_it_came():
    read = read_network(
        {
            "values": {
                "seq": 3,
                "changes": [
                    {"seq": 2, "step": 40, "session": "s"},
                    {"seq": 3, "id": "w1.1.1", "text": "1/3", "session": "s"},
                ],
                "held": "k",
                "at": "?a=1",
                "selected": "w1.1.1",
            },
            "selected": {"seq": 1, "id": "n1.1"},
            "view": {
                "seq": 2,
                "color": "weight",
                "scale": "linear",
                "labels": False,
                "loss_scale": "log",
                "horizon": 10,
                "stage": "a1",
                "predict": True,
                "tab": "nudge",
                "nudge": 1e-4,
            },
            "painted": 1,
        }
    )
    assert read.values == Values(
        3, (Sought(2, 40, "s"), Change(3, "w1.1.1", "1/3", "s")), "k", "?a=1", "w1.1.1"
    )
    assert read.view == (2, "weight", "linear", False, "log", 10, "a1", True, "nudge", 1e-4)
    assert (read.seq, read.painted) == (3, True)
    grabbed = read_grabbed(
        {"grabbed": {"seq": 3, "id": "x1", "low": -1, "high": 2.5, "held": "newer", "times": 2}}
    )
    assert grabbed == Grabbed(3, "x1", -1, 2.5, "newer", 2)
    assert held_film(grabbed, read.values) == "newer"
    assert held_film(grabbed._replace(seq=2), read.values) == "k"
    assert held_film(None, None) is None
    played = read_player(
        {
            "position": {"seq": 4, "step": 60, "film": "a"},
            "changed": {
                "seq": 5,
                "changes": [
                    {"seq": 4, "id": "noise", "text": "0.3", "session": "s"},
                    {"seq": 5, "x1": 1, "x2": -2.5, "label": 2, "session": "s", "at": "?b"},
                    {"seq": 6},
                ],
                "at": "?a=1",
                "film": "b",
            },
            "scale": {"seq": 6, "scale": "log", "film": "c"},
            "sample": {"seq": 7, "sample": 17, "film": "d", "sweep": "e"},
            "painted": 1,
        }
    )
    assert played.position == Position(4, 60, "a")
    assert played.changed == (
        5,
        (
            Change(4, "noise", "0.3", "s"),
            (5, 1.0, -2.5, 2, "s", "?b"),
        ),
        "?a=1",
        "b",
    )
    assert (played.loss_scale, read_player({}).loss_scale) == ("log", "linear")
    assert (played.sample, played.sweep) == (Sampled(7, 17, "d"), "e")
    assert (played.seq, played.held) == (7, "d")


def take_network(state):
    """Let the session take what the live network has sent, as its callbacks do."""

    def script():
        import streamlit as st

        from ui.one_step import actions

        for state in st.session_state["to_take"]:
            st.session_state["network"] = state
            actions.open_state()
            actions.on_selected()
            actions.on_view()
            actions.open_state()

    return run_with(script, state)


def take_player(state):
    """Let the session take what the player has sent, as its callbacks do."""

    def script():
        import streamlit as st

        from ui.training import actions

        for state in st.session_state["to_take"]:
            st.session_state["player"] = state
            actions.open_state()

    return run_with(script, state, steps="100")


def run_with(script, states, **query):
    app = run_script(script, query, to_take=states)
    return {name: [text] for name, text in address(app).items()}


@examples(1 / 4)
@given(st.lists(sent(NETWORK), min_size=1, max_size=20))
def test_the_one_step_page_stays_one_that_a_link_can_hold(states):
    state, problems = one_step_link.read(take_network(states))
    assert problems == ()
    assert state.start.network == STATE.start.network


@examples(1 / 4)
@given(st.lists(sent(PLAYER) | placed, min_size=1, max_size=20))
def test_the_training_page_stays_one_that_a_link_can_hold(states):
    state, problems = training_link.read(take_player(states))
    assert problems == ()
    usual = Training()
    points = replace(usual.data, name="points", points=state.data.points)
    assert state == replace(
        usual, steps=state.steps, at=state.at, data=points if state.data.points else Chosen()
    )


@examples(1 / 10)
@given(st.lists(sent(HISTORY) | pressed, min_size=1, max_size=5))
def test_presses_leave_a_state_that_a_link_can_hold(states):
    def script():
        import streamlit as st

        from ui.one_step import actions

        for state in st.session_state["to_take"]:
            st.session_state["history"] = state
            actions.open_state()

    state, problems = one_step_link.read(run_with(script, states, seed="999999", run="9990", net="1-1"))
    assert problems == ()
    assert state.start.network.widths == (1, 1)


@pytest.mark.parametrize(
    "state",
    [
        {"view": {"seq": 1, "color": [], "scale": {}, "stage": 3}},
        {"view": {"seq": 1, "stage": "delta9"}},
        {"view": {"seq": 1, "tab": "about", "nudge": 3e-4}},
        {"view": {"seq": 1, "tab": 4, "nudge": "0.1"}},
        {"values": {"seq": HUGE, "changes": [{"seq": 1, "id": "w1.1.1", "text": "\ud800"}]}},
        {"values": {"seq": 2, "changes": [{"seq": 2, "id": "x1", "text": ["0.25"]}, {"seq": HUGE}]}},
        {"values": {"seq": 1, "changes": [{"seq": 1, "step": HUGE}, {"seq": 2, "step": -1}]}},
        {"view": {"seq": 1, "loss_scale": {}, "horizon": True}},
        {"grabbed": {"seq": 1, "id": "x1", "low": HUGE, "high": HUGE, "times": HUGE}},
        {"values": {"seq": 1, "changes": [1]}, "selected": {"id": ["x1"]}},
        {"selected": {"seq": math.nan, "id": {"a": 1}}},
        [],
        5,
    ],
)
def test_the_one_step_page_shows_whatever_is_sent(state):
    app = new_app()
    app.session_state["network"] = {**state, "painted": 1} if isinstance(state, dict) else state
    app.session_state["films"] = state
    app.run()
    assert not app.exception
    assert app.title


@pytest.mark.parametrize(
    "state",
    [
        {"changed": {"seq": 1, "changes": [{"seq": 1, "x1": 1, "x2": 1, "label": math.inf}]}},
        {"changed": {"seq": 1, "changes": [{"seq": 1, "x1": HUGE, "x2": 1, "label": 1}], "at": []}},
        {"changed": {"seq": 1, "changes": {"seq": 1, "x1": 1, "x2": 1, "label": 1}}},
        {"position": {"seq": HUGE, "step": HUGE}, "painted": [1]},
        [],
    ],
)
def test_the_training_page_takes_nothing_of_what_does_not_fit(state):
    assert "points" not in take_player([state])
