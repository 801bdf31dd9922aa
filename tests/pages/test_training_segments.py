"""Settings that are changed at a step of a run: it goes on from there, and what it had beyond stays faint."""

import json
from base64 import b64decode
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest

from tests.pages.harness import address, field_of, notes, param, press, set_field, shown, warnings
from tests.pages.test_late_messages import player_states, send
from tests.pages.test_training import choose, film, open_page
from ui.limits import MAX_CHANGES, MAX_LEFT_BEHIND, MAX_WORK_SECONDS
from ui.text.numbers import exact
from ui.training.data import load
from ui.training.length import predicted_seconds, within_limits
from ui.training.link import read

ETA = "settings.learning_rate"


def open_run(query="steps=300"):
    return open_page(query, training_more=True)


def move_to(app, step, seq=1):
    """Let the playhead come to rest at a step, as the browser sends it."""
    send(app, player_states(app, {"position": {"seq": seq, "step": step, "film": film(app)["key"]}}))


def decode(text, number):
    return np.frombuffer(b64decode(text), number)


def theta_at(of, step):
    place = of["steps"].index(step)
    return decode(of["theta"], of["number"]).reshape(len(of["steps"]), -1)[place]


def change_eta(app, text):
    set_field(app, ETA, text)


def test_a_setting_acts_from_the_shown_step_on_and_the_future_it_replaces_stays_faint():
    app = open_run()
    before = film(app)
    move_to(app, 120)
    change_eta(app, "0.5")
    assert {name: param(app, name) for name in ("eta", "steps", "at", "changes", "left")} == {
        "eta": None, "steps": "120", "at": None, "changes": "120~eta~0.5", "left": "120~300",
    }  # fmt: skip
    now = film(app)
    assert now["steps"][-1] == 120
    np.testing.assert_array_equal(theta_at(now, 120), theta_at(before, 120))
    assert now["changes"] == [{"step": 120, "label": "η → 0.5"}]
    (left,) = now["left"]
    assert left["label"] == "η 0.1, left behind at step 120"
    assert left["steps"] == [step for step in before["steps"] if step >= 120]
    losses = decode(before["loss"]["train"], "<f8")[len(before["steps"]) - len(left["steps"]) :]
    np.testing.assert_allclose(decode(left["loss"], "<f8"), losses)
    assert "From step 120 on η → 0.5. Faint: η 0.1, left behind at step 120." in notes(app)
    assert "Train goes on from step 120" in [caption.value for caption in app.caption]


@pytest.mark.parametrize("button", ["Train to budget", "1,000 steps more"])
def test_training_goes_on_from_the_change_with_the_weights_that_are_there(button):
    app = open_run("steps=300&budget=1000")
    move_to(app, 120)
    there = theta_at(film(app), 120)
    change_eta(app, "0.5")
    press(app, button)
    now = film(app)
    assert now["steps"][-1] == int(param(app, "steps")) == (1000 if button == "Train to budget" else 1120)
    np.testing.assert_array_equal(theta_at(now, 120), there)
    assert param(app, "changes") == "120~eta~0.5"
    assert "Train goes on from step 120" not in [caption.value for caption in app.caption]


def test_a_change_at_the_end_replaces_nothing_and_train_goes_on():
    app = open_run("steps=1000&budget=1000")
    change_eta(app, "0.5")
    assert param(app, "changes") == "1000~eta~0.5"
    assert param(app, "left") is None
    press(app, "Train to budget")
    assert param(app, "steps") == "2000"


def test_the_link_of_a_run_with_changes_trains_to_the_identical_film():
    app = open_run("data=spiral&noise=0.1&steps=400&patience=500&budget=500")
    move_to(app, 200)
    set_field(app, "settings.optimizer", "adam")
    press(app, "Train to budget")
    move_to(app, 300, seq=2)
    set_field(app, "settings.batch_size", "32")
    press(app, "500 steps more")
    assert param(app, "changes") == "200~optimizer~adam~eta~0.01~~300~batch~32"
    assert param(app, "left") == "200~400~~~300~500"
    other = open_page(urlencode(address(app)))
    assert not warnings(other)
    assert json.dumps(film(other)) == json.dumps(film(app))


def test_at_an_earlier_step_the_controls_have_what_acts_there_and_branch_from_it():
    app = open_run("steps=300&changes=120~eta~0.5~~200~l2~0.01")
    assert field_of(app, ETA)["value"] == 0.5
    move_to(app, 60)
    assert field_of(app, ETA)["value"] == 0.1
    change_eta(app, "0.2")
    assert param(app, "changes") == "60~eta~0.2"
    assert param(app, "left") == "60~300~~120~eta~0.5~~200~l2~0.01"
    assert field_of(app, "settings.l2")["value"] == 0


def test_at_step_0_the_whole_run_is_replaced():
    app = open_run()
    move_to(app, 0)
    change_eta(app, "0.2")
    assert (param(app, "eta"), param(app, "changes"), param(app, "steps")) == ("0.2", None, None)
    assert param(app, "left") == "0~300~~0"
    assert film(app)["left"][0]["label"] == "η 0.1, left behind at step 0"


def test_a_setting_set_back_where_it_was_changed_is_no_change():
    app = open_run()
    move_to(app, 120)
    change_eta(app, "0.5")
    change_eta(app, "0.1")
    assert param(app, "changes") is None
    # Going on it would draw the same curve.
    assert param(app, "left") is None


def test_only_the_newest_replaced_futures_are_kept():
    app = open_run()
    for number in range(MAX_LEFT_BEHIND + 2):
        move_to(app, 300 - 10 * number, seq=1 + number)
        change_eta(app, f"0.{number + 2}")
        press(app, "1,000 steps more")
        move_to(app, 250 - 10 * number, seq=50 + number)
    assert len(film(app)["left"]) <= MAX_LEFT_BEHIND


def test_a_run_has_room_for_so_many_changes_and_says_so():
    changes = "~~".join(f"{step}~eta~0.{step}" for step in range(11, 11 + MAX_CHANGES))
    app = open_run(f"steps=300&changes={changes}")
    assert not warnings(app)
    change_eta(app, "0.01")
    assert f"A run takes {MAX_CHANGES} changes of its settings; press Reset, or undo one." in warnings(app)
    assert param(app, "steps") == "300"


def test_undo_brings_back_the_run_with_its_future():
    app = open_run()
    before, link = json.dumps(film(app)), address(app)
    move_to(app, 120)
    change_eta(app, "0.5")
    press(app, "Train to budget")
    press(app, "Undo: η 0.1 → 0.5")
    assert address(app) == link | {"at": "120", "v": "4"}
    assert json.dumps(film(app)) == before
    assert not [button for button in app.button if button.label.startswith("Undo")]


def test_undo_takes_back_what_a_run_begins_with_too():
    app = open_run()
    link = address(app)
    set_field(app, "activation", "relu")
    press(app, "New random weights")
    press(app, "Undo: seed 1 → 2")
    press(app, "Undo: activation Tanh → ReLU")
    assert address(app) == link | {"v": "4"}


@pytest.mark.parametrize("button", ["Reset", "New random weights"])
def test_a_run_from_its_start_has_the_settings_of_the_shown_step_and_leaves_nothing_behind(button):
    app = open_run("steps=300&changes=120~eta~0.5&left=120~200")
    press(app, button)
    assert (param(app, "eta"), param(app, "changes"), param(app, "left")) == ("0.5", None, None)
    assert film(app)["steps"] == [0]
    assert film(app)["left"] == []


def test_another_network_begins_with_the_settings_of_the_shown_step():
    app = open_run("steps=300&changes=120~eta~0.5&left=120~200")
    set_field(app, "activation", "relu")
    assert (param(app, "eta"), param(app, "changes"), param(app, "left")) == ("0.5", None, None)


def test_a_run_that_diverged_goes_on_from_before_with_a_smaller_rate():
    app = open_run("data=plane&f=identity&eta=0.001&steps=2000&changes=1000~eta~50")
    last = film(app)["steps"][-1]
    assert 1000 <= last < 2000
    move_to(app, 1000)
    change_eta(app, "0.002")
    assert param(app, "left") == f"1000~{last}~~1000~eta~50"
    press(app, "Train to budget")
    assert film(app)["steps"][-1] == 2000
    assert not film(app)["diverged"]


def test_futures_that_are_too_much_work_are_left_out_and_the_run_is_shown():
    query = "samples=5000&trainshare=1&hidden=8-8-8-8-8-8&batch=5000&steps=5"
    app = open_page(f"{query}&left=3~50000~~3~eta~0.2")
    assert "Not drawn: 1 replaced future, too much work beside the run." in warnings(app)
    assert film(app)["steps"][-1] == 5
    assert film(app)["left"] == []


@pytest.mark.parametrize("batch", [1, 25, 250])
def test_a_budget_of_epochs_counts_batches_of_all_sizes(batch):
    app = open_run("steps=250&unit=epochs&budget=20")
    set_field(app, "settings.batch_size", str(batch))
    press(app, "Train to budget")
    assert film(app)["epochs"][-1] == pytest.approx(20)


HEAVY = "samples=5000&trainshare=1&hidden=8-8-8-8-8-8&batch=5000"


@pytest.mark.parametrize("query", [f"{HEAVY}&steps=100000&left=0~100000~~0~batch~4000", f"{HEAVY}&steps=5"])
def test_what_a_link_has_the_page_compute_stays_below_the_bound(query):
    state, problems = read({name: [text] for name, text in parse_qsl(query)})
    assert not problems
    data = load(state.data, None)
    allowed, _ = within_limits(state, data)
    assert allowed.steps in (0, 5)
    assert predicted_seconds(allowed, data, allowed.steps) <= MAX_WORK_SECONDS


def test_futures_that_are_too_much_work_do_not_come_back_with_the_run_before_a_change():
    app = open_run(f"{HEAVY}&steps=5&left=3~50000~~3~eta~0.2")
    set_field(app, "activation", "relu")
    assert film(app)["steps"] == [0]
    (before,) = film(app)["left"]
    assert before["steps"][-1] == 5


def opened_anew(app):
    """The page as whoever opens its link gets it, which fits in whole."""
    other = open_page(urlencode(address(app)))
    assert "Link" not in warnings(other)
    assert "left" not in warnings(other)
    return other


def test_training_less_far_than_a_future_was_left_leaves_a_link_that_can_be_read():
    app = open_run("steps=300")
    move_to(app, 120)
    change_eta(app, "0.5")
    press(app, "Train to budget")
    move_to(app, 120, seq=2)
    change_eta(app, "0.9")
    change_eta(app, "0.1")
    choose(app, "number_input", shown(app.number_input, "training_budget").key, 100)
    press(app, "Train to budget")
    assert film(app)["steps"][-1] == 100
    assert film(opened_anew(app))["left"] == film(app)["left"] == []


def test_a_future_that_was_left_at_step_0_may_have_all_changes_of_a_run():
    changes = "~~".join(f"{step}~eta~0.{step}" for step in range(11, 11 + MAX_CHANGES))
    app = open_run(f"steps=300&changes={changes}")
    move_to(app, 0)
    change_eta(app, "0.01")
    assert len(film(app)["left"]) == 1
    assert film(opened_anew(app))["left"] == film(app)["left"]


def test_a_future_has_no_segments_from_behind_its_end():
    app = open_run("data=plane&f=identity&eta=0.001&steps=2000&changes=1000~eta~50~~1500~eta~0.01")
    assert film(app)["steps"][-1] < 1500
    move_to(app, 500)
    change_eta(app, "0.002")
    assert len(film(app)["left"]) == 1
    assert len(film(opened_anew(app))["left"]) == 1


def eta_box(app):
    return exact(field_of(app, ETA)["value"])


def test_the_controls_show_and_change_what_acts_at_the_step_at_which_a_run_diverged():
    app = open_run("data=plane&f=identity&eta=0.001&steps=2000&changes=1000~eta~50~~1500~eta~0.002")
    last = film(app)["steps"][-1]
    assert 1000 <= last < 1500
    assert eta_box(app) == "50"
    change_eta(app, "0.002")
    assert param(app, "changes") == f"1000~eta~50~~{last}~eta~0.002"
    assert eta_box(app) == "0.002"


def test_the_controls_of_a_run_that_is_too_large_are_those_of_its_start():
    app = open_run(f"{HEAVY}&eta=0.2&steps=100000&changes=50000~eta~0.5~optimizer~adam")
    assert film(app)["steps"] == [0]
    assert eta_box(app) == "0.2"
    change_eta(app, "0.7")
    assert (param(app, "eta"), param(app, "optimizer"), param(app, "changes")) == ("0.7", None, None)


def test_a_future_that_begins_as_the_run_goes_on_is_none():
    assert film(open_page("steps=300&left=120~500"))["left"] == []


def test_what_does_not_fit_in_changes_is_named_and_the_run_is_shown_without_them():
    app = open_page("steps=300&changes=120~eta~fast")
    assert "changes, step 120: eta got “fast”" in warnings(app)
    assert film(app)["steps"][-1] == 300
