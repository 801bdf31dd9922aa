"""The controls beside the drawing: each changes the state of the link, and undo takes that back."""

import json
from dataclasses import replace

import pytest

from core.data import DATASETS
from tests.pages.harness import address, field_of, messages, new_app, player_model, press, run
from ui.training import link
from ui.training.actions import SAMPLED
from ui.training.panel import FIELDS
from ui.training.state import OWN, PICTURES, REAL, resampled

PAGE = "pages/train/training.py"
# A text that each field takes, and what it then is.
TAKEN = {
    "data.name": ("spiral", "spiral"),
    "data.noise": ("0.2", 0.2),
    "data.train_share": ("0.8", 0.8),
    "data.features": ("sin_x1.x1", ("x1", "sin_x1")),
    "hidden": ("5-2", (5, 2)),
    "activation": ("relu", "relu"),
    "settings.optimizer": ("adam", "adam"),
    "settings.learning_rate": ("1/4", 0.25),
    "settings.batch_size": (" 7", 7),
    "settings.l2": ("0,01", 0.01),
    "settings.dropout": ("0.5", 0.5),
}
# A text that it does not take, and what its sentence names.
REFUSED = {
    "data.noise": ("0.6", "Noise got “0.6”; it takes a number from 0 to 0.5"),
    "data.train_share": ("", "Training fraction is empty; it takes a number from 0.1 to 1"),
    "data.features": ("", "Choose at least one feature"),
    "hidden": ("9", "Hidden layers, layer 1, got “9”; it takes a whole number from 1 to 8"),
    "settings.learning_rate": ("0", "Learning rate η got “0”; it takes a number above 0"),
    "settings.batch_size": ("1.5", "Batch size got “1.5”; it takes a whole number from 1 to"),
    "settings.l2": ("-1", "L2 penalty λ got “-1”; it takes a number from 0"),
    "settings.dropout": ("1", "Dropout got “1”; it takes a number from 0 to 0.95"),
}


def open_training(query="", **session):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, query, player={"painted": 1}, **session)


def send(app, *texts, first=1):
    """Send what was chosen in the panel, one after the other, in one message."""
    changes = [
        {"seq": first + k, "id": path, "text": text, "session": None} for k, (path, text) in enumerate(texts)
    ]
    last = first + len(texts) - 1
    states = app._tree.get_widget_states()
    protos = [element.proto for element in app.get("bidi_component")]
    sent = {"changed": {"seq": last, "changes": changes, "at": "", "film": None}, "painted": 1}
    states.widgets.add(
        id=next(proto.id for proto in protos if proto.component_name == "player"), json_value=json.dumps(sent)
    )
    app._run(states)
    assert not app.exception
    assert player_model(app)["seq"] >= last


ON_THE_WAY = [path for path in FIELDS if path.startswith("settings.") or path in SAMPLED]


def state_of(app):
    state, problems = link.read({name: [text] for name, text in address(app).items()})
    assert not problems
    return state


def value_of(app, path):
    """What the field is in the state that the link then has."""
    state = state_of(app)
    shown = replace(state, data=resampled(state.data, state.acting.sampling))
    return FIELDS[path].value(shown, state.now)


def test_every_control_has_an_example_here():
    assert set(TAKEN) == set(FIELDS)


@pytest.mark.parametrize("path", FIELDS)
def test_each_control_changes_the_state_and_undo_takes_it_back(path):
    app = open_training("steps=40&at=20")
    before = state_of(app)
    text, value = TAKEN[path]
    shown = field_of(app, path)
    send(app, (path, text))
    assert value_of(app, path) == value
    assert field_of(app, path) != shown
    undo = next(button for button in app.button if button.label.startswith("Undo: "))
    undo.click()
    app.run()
    assert state_of(app) == before


@pytest.mark.parametrize("path", ON_THE_WAY)
def test_a_setting_acts_from_the_shown_step_on(path):
    app = open_training("steps=40&at=20")
    send(app, (path, TAKEN[path][0]))
    state = state_of(app)
    assert (state.steps, [segment.at for segment in state.changes]) == (20, [20])


@pytest.mark.parametrize("path", [path for path in FIELDS if path not in ON_THE_WAY])
def test_with_what_a_run_begins_with_the_whole_page_is_of_the_new_run_before_its_first_step(path):
    app = open_training("steps=40&at=20")
    send(app, (path, TAKEN[path][0]))
    assert state_of(app).steps == 0
    model = player_model(app)
    assert (model["film"]["steps"], model["position"]) == ([0], 0)
    layers = next(field for field in model["panel"]["fields"] if field["kind"] == "layers")
    assert model["film"]["widths"][1:-1] == layers["widths"]
    assert not app.info


@pytest.mark.parametrize("path", REFUSED)
def test_a_number_that_cannot_be_taken_stays_with_the_reason(path):
    app = open_training("steps=40")
    before = state_of(app)
    text, sentence = REFUSED[path]
    send(app, (path, text))
    refusal = player_model(app)["panel"]["rejected"][path]
    assert refusal["text"] == text
    assert refusal["message"].startswith(sentence)
    assert state_of(app) == before
    assert not messages(app, "error")
    send(app, (path, TAKEN[path][0]), first=2)
    assert not player_model(app)["panel"]["rejected"]
    assert value_of(app, path) == TAKEN[path][1]


def test_changes_in_one_message_are_made_in_their_order_each_once():
    app = open_training("steps=40&at=20")
    texts = [("settings.optimizer", "adam"), ("settings.l2", "0.01"), ("activation", "relu")]
    send(app, *texts)
    state = state_of(app)
    assert (state.settings.optimizer, state.settings.l2, state.activation) == ("adam", 0.01, "relu")
    assert state.steps == 0
    press(app, "Train to budget")
    # The response was late: what it acknowledges comes once more.
    send(app, *texts, first=1)
    assert state_of(app) == replace(state, steps=state.budget)


def test_what_a_control_has_already_changes_nothing():
    app = open_training("steps=40&at=20")
    before = address(app)
    send(app, ("settings.learning_rate", "0.1"), ("no.such.field", "1"))
    assert address(app) == before


@pytest.mark.parametrize("query", ["hide=menu", "hide=menu.answers"])
def test_a_link_that_hides_the_menus_has_no_controls(query):
    assert player_model(open_training(query))["panel"] is None


@pytest.mark.parametrize(("eta", "low", "high"), [("0.1", 1e-4, 10), ("1e-6", 1e-6, 10), ("50", 1e-4, 50)])
def test_a_slider_is_as_wide_as_its_number_needs(eta, low, high):
    field = field_of(open_training(f"eta={eta}"), "settings.learning_rate")
    assert (field["low"], field["high"]) == (low, high)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("circle", {"data.noise", "data.train_share", "data.features"}),
        ("truth_and", {"data.features"}),
        ("sine", {"data.noise", "data.train_share"}),
        ("tips", {"data.train_share"}),
        ("points", {"data.train_share", "data.features"}),
        ("digits", {"data.train_share"}),
    ],
)
def test_a_control_is_shown_where_it_applies(name, fields):
    app = open_training(f"data={name}")
    shown = {field["id"] for field in player_model(app)["panel"]["fields"] if field["shown"]}
    assert {path for path in shown if path.startswith("data.")} == {"data.name", *fields}


def test_every_kind_of_data_can_be_chosen():
    options = field_of(open_training(), "data.name")
    values = [*(option["value"] for option in options["options"]), *(value for value, _ in options["more"])]
    assert sorted(values) == sorted([*DATASETS, *REAL, *PICTURES, *OWN])
    assert len(values) == len(set(values))


def test_other_data_brings_what_its_entry_brings():
    app = open_training()
    send(app, ("data.name", "xor"))
    state = state_of(app)
    assert (state.hidden, state.settings.optimizer) == ((6, 6), "adam")
