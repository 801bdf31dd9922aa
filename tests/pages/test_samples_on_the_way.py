"""Noise and training fraction that are changed at a step of a run: it goes on from there on other samples."""

import json
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.pages.harness import address, field_of, notes, param, player_model, press, set_field, warnings
from tests.pages.test_training import film, open_page
from tests.pages.test_training_segments import change_eta, decode, move_to, theta_at
from ui.training.data import load
from ui.training.state import Chosen

NOISE, SHARE = "data.noise", "data.train_share"


def open_run(query="steps=300"):
    return open_page(query, training_more=True)


def losses(of, kind="train"):
    return decode(of["loss"][kind], "<f8")


@pytest.mark.parametrize(
    ("path", "text", "name", "label"),
    [
        (NOISE, "0.3", "noise", "noise → 0.3"),
        (SHARE, "0.8", "trainshare", "training fraction → 0.8"),
    ],
)
def test_other_samples_act_from_the_shown_step_on_and_the_future_stays_faint(path, text, name, label):
    app = open_run()
    before = film(app)
    move_to(app, 120)
    set_field(app, path, text)
    assert {each: param(app, each) for each in (name, "steps", "at", "changes", "left")} == {
        name: None, "steps": "120", "at": None, "changes": f"120~{name}~{text}", "left": "120~300",
    }  # fmt: skip
    now = film(app)
    np.testing.assert_array_equal(theta_at(now, 120), theta_at(before, 120))
    assert now["changes"] == [{"step": 120, "label": label}]
    assert f"From step 120 on {label}." in " ".join(notes(app))
    assert field_of(app, path)["value"] == float(text)
    # The loss at the step of the change is that of the new samples, before it that of the old ones.
    then, there = (dict(zip(each["steps"], losses(each), strict=True)) for each in (before, now))
    assert there[118] == pytest.approx(then[118])
    assert there[120] != pytest.approx(then[120])
    (later,) = now["points"]["later"]
    assert later["step"] == 120
    chosen = Chosen(noise=0.3) if path == NOISE else Chosen(train_share=0.8)
    fresh = load(chosen, None)
    np.testing.assert_array_equal(decode(later["x"], "<f8").reshape(-1, 2), fresh.positions)
    np.testing.assert_array_equal(np.flatnonzero(decode(later["test"], "u1")), np.sort(fresh.test))


@pytest.mark.parametrize(
    "query",
    ["steps=300", "data=tips&steps=60&hidden=3", "data=wine&steps=60", "data=digits&steps=60&hidden=4"],
)
def test_the_link_trains_to_the_identical_film(query):
    app = open_run(query)
    move_to(app, 40)
    set_field(app, SHARE, "0.8")
    press(app, "Train to budget")
    assert param(app, "changes") == "40~trainshare~0.8"
    if "data=" not in query:
        set_field(app, NOISE, "0.2")
        press(app, "1,000 steps more")
    other = open_page(urlencode(address(app)))
    assert not warnings(other)
    assert json.dumps(film(other)) == json.dumps(film(app))


def test_at_an_earlier_step_the_controls_have_the_samples_of_there():
    app = open_run("steps=300&changes=120~noise~0.3")
    assert field_of(app, NOISE)["value"] == 0.3
    move_to(app, 60)
    assert field_of(app, NOISE)["value"] == 0
    change_eta(app, "0.2")
    assert param(app, "changes") == "60~eta~0.2"
    assert param(app, "left") == "60~300~~120~noise~0.3"


def test_undo_names_the_change_and_brings_the_future_back():
    app = open_run()
    before, link = json.dumps(film(app)), address(app)
    move_to(app, 120)
    set_field(app, NOISE, "0.3")
    press(app, "Train to budget")
    press(app, "Undo: noise 0 → 0.3")
    assert address(app) == link | {"at": "120", "v": "4"}
    assert json.dumps(film(app)) == before


def test_a_noise_set_back_where_it_was_changed_is_no_change():
    app = open_run()
    move_to(app, 120)
    set_field(app, NOISE, "0.3")
    set_field(app, NOISE, "0")
    assert (param(app, "changes"), param(app, "left")) == (None, None)


def test_before_the_first_step_it_is_what_the_run_begins_with():
    app = open_run("")
    set_field(app, NOISE, "0.3")
    assert (param(app, "noise"), param(app, "changes")) == ("0.3", None)


@pytest.mark.parametrize("button", ["Reset", "New random weights"])
def test_a_run_from_its_start_has_the_samples_of_the_shown_step(button):
    app = open_run("steps=300&changes=120~noise~0.3~trainshare~0.8")
    press(app, button)
    assert (param(app, "noise"), param(app, "trainshare"), param(app, "changes")) == ("0.3", "0.8", None)


def test_another_network_begins_with_the_samples_of_the_shown_step():
    app = open_run("steps=300&changes=120~noise~0.3")
    set_field(app, "activation", "relu")
    assert (param(app, "noise"), param(app, "changes")) == ("0.3", None)


def test_a_future_that_was_left_at_step_0_keeps_the_samples_it_began_with():
    app = open_run("steps=300&changes=120~noise~0.3&left=0~200~~0~noise~0.4~eta~0.3")
    left = film(app)["left"]
    alone = film(open_page("steps=200&noise=0.4&eta=0.3"))
    assert left[0]["label"] == "η 0.3, noise 0.4, left behind at step 0"
    np.testing.assert_allclose(decode(left[0]["loss"], "<f8"), losses(alone))


def test_without_test_samples_in_a_part_of_the_run_there_is_no_curve_of_them():
    app = open_run("steps=300&changes=120~trainshare~1")
    assert film(app)["loss"]["test"] is None
    assert film(open_page("steps=300&changes=120~trainshare~0.9"))["loss"]["test"] is not None


def test_a_film_of_several_runs_needs_the_same_samples_throughout():
    app = open_run("steps=300&changes=120~noise~0.3&film=eta")
    assert "needs the same samples throughout" in player_model(app)["sweep"]["note"]


@pytest.mark.parametrize("batch", [1, 25, 250])
def test_a_budget_of_epochs_counts_batches_of_all_samples(batch):
    app = open_run("steps=250&unit=epochs&budget=20")
    set_field(app, SHARE, "0.8")
    set_field(app, "settings.batch_size", str(batch))
    press(app, "Train to budget")
    assert film(app)["epochs"][-1] == pytest.approx(20)
