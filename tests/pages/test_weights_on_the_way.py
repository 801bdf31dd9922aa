"""Weights and biases that are set by hand at a step of a run, which goes on with the others as they are."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.pages.harness import address, notes, param, player_model, press, set_field, warnings
from tests.pages.test_training import film, open_page
from tests.pages.test_training_segments import change_eta, decode, move_to, theta_at
from ui.limits import MAX_CHANGES

# Of 2-4-2-1 with biases: w1.1.1 and b2.1.
FIRST, BIAS = 0, 20


def open_run(query="steps=300"):
    return open_page(query, training_more=True)


def set_weight(app, place, text):
    set_field(app, "weight", f"{place} {text}")


def test_a_weight_is_set_at_the_shown_step_and_the_future_it_replaces_stays_faint():
    app = open_run()
    before = film(app)
    move_to(app, 120)
    set_weight(app, FIRST, "0.5")
    assert {name: param(app, name) for name in ("theta", "steps", "at", "changes", "left")} == {
        "theta": None, "steps": "120", "at": None, "changes": "120~w1.1.1~0.5", "left": "120~300",
    }  # fmt: skip
    now = film(app)
    there, then = theta_at(now, 120), theta_at(before, 120)
    assert there[FIRST] == 0.5
    assert np.flatnonzero(there != then).tolist() == [FIRST]
    np.testing.assert_array_equal(theta_at(now, 118), theta_at(before, 118))
    assert now["changes"] == [{"step": 120, "label": "w¹₁₁ → 0.5"}]
    (left,) = now["left"]
    assert left["label"] == "w¹₁₁ as trained, left behind at step 120"
    assert "From step 120 on w¹₁₁ → 0.5." in " ".join(notes(app))


def test_training_goes_on_with_it_and_the_link_trains_to_the_identical_film():
    app = open_run("steps=300&optimizer=adam&eta=0.01")
    move_to(app, 120)
    set_weight(app, FIRST, "0.5")
    press(app, "Train to budget")
    assert film(app)["steps"][-1] == 1000
    assert theta_at(film(app), 120)[FIRST] == 0.5
    assert param(app, "changes") == "120~w1.1.1~0.5"
    other = open_page(urlencode(address(app)))
    assert not warnings(other)
    assert json.dumps(film(other)) == json.dumps(film(app))


def test_two_weights_at_one_step_are_two_changes_there_and_each_is_undone():
    app = open_run()
    move_to(app, 120)
    old = theta_at(film(app), 120)
    set_weight(app, FIRST, "0.5")
    set_weight(app, BIAS, "-1")
    assert param(app, "changes") == "120~w1.1.1~0.5~b2.1~-1"
    there = theta_at(film(app), 120)
    assert np.flatnonzero(there != old).tolist() == [FIRST, BIAS]
    (undo,) = [button.label for button in app.button if button.label.startswith("Undo")]
    assert undo.startswith("Undo: b²₁ ")
    assert undo.endswith(" → -1")
    press(app, undo)
    assert param(app, "changes") == "120~w1.1.1~0.5"
    assert theta_at(film(app), 120)[BIAS] == old[BIAS]


def test_a_setting_is_changed_where_a_weight_is_set_and_both_act():
    app = open_run()
    move_to(app, 120)
    set_weight(app, FIRST, "0.5")
    change_eta(app, "0.3")
    assert param(app, "changes") == "120~eta~0.3~w1.1.1~0.5"
    assert theta_at(film(app), 120)[FIRST] == 0.5
    change_eta(app, "0.1")
    assert param(app, "changes") == "120~w1.1.1~0.5"


def test_at_the_end_it_replaces_nothing_and_the_shown_step_has_it():
    app = open_run()
    set_weight(app, FIRST, "0.5")
    assert (param(app, "changes"), param(app, "left")) == ("300~w1.1.1~0.5", None)
    assert theta_at(film(app), 300)[FIRST] == 0.5
    set_weight(app, FIRST, "0.75")
    assert param(app, "changes") == "300~w1.1.1~0.75"
    assert theta_at(film(app), 300)[FIRST] == 0.75
    press(app, "Undo: w¹₁₁ 0.5 → 0.75")
    assert theta_at(film(app), 300)[FIRST] == 0.5


def test_the_number_that_is_there_already_changes_nothing():
    app = open_run()
    move_to(app, 120)
    number = float(decode(film(app)["theta"], film(app)["number"])[0])
    set_weight(app, FIRST, "0.5")
    link = address(app)
    set_weight(app, FIRST, "0.5")
    assert number != 0.5
    assert address(app) == link


@pytest.mark.parametrize("text", ["x", "1e9"])
def test_what_is_no_number_is_named_and_the_run_stays(text):
    app = open_run()
    link = address(app)
    set_weight(app, FIRST, text)
    set_weight(app, BIAS, "y")
    refused = player_model(app)["refused_weights"]
    assert {place: refusal["text"] for place, refusal in refused.items()} == {
        str(FIRST): text,
        str(BIAS): "y",
    }
    assert all(refusal["message"].startswith("The weight got") for refusal in refused.values())
    assert address(app) == link
    assert not warnings(app)
    set_weight(app, FIRST, "0.5")
    assert list(player_model(app)["refused_weights"]) == [str(BIAS)]
    set_field(app, "hidden", "3")
    assert not player_model(app)["refused_weights"]


def test_before_the_first_step_it_is_one_of_the_initial_weights():
    app = open_run("")
    set_weight(app, FIRST, "0.5")
    assert param(app, "changes") is None
    assert param(app, "theta") is not None


def test_a_weight_counts_as_a_change():
    changes = "".join(f"~w1.{row}.{column}~1" for row in (1, 2) for column in (1, 2, 3, 4))
    changes += "".join(f"~w2.{row}.{column}~1" for row in (1, 2, 3, 4) for column in (1, 2))
    app = open_run(f"steps=300&changes=120{changes}~b1.1~1~b1.2~1~b1.3~1~b1.4~1")
    assert not warnings(app)
    set_weight(app, BIAS, "1")
    assert f"A run takes {MAX_CHANGES} changes" in warnings(app)


def test_a_weight_that_the_network_lacks_is_named_and_the_others_are_set():
    app = open_run("steps=300&changes=120~w9.1.1~2~w1.1.1~0.5")
    assert "changes sets w9.1.1, which this network does not have." in warnings(app)
    assert theta_at(film(app), 120)[FIRST] == 0.5


def test_a_run_from_its_start_has_no_weight_that_was_set_on_the_way():
    app = open_run("steps=300&changes=120~w1.1.1~0.5")
    press(app, "Reset")
    assert param(app, "changes") is None
    assert theta_at(film(app), 0)[FIRST] != 0.5
