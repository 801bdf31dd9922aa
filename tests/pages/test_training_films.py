"""Films of several runs: chosen in the player, kept in the link, and a value taken and taken back."""

import json
from dataclasses import replace

import pytest

from tests.pages.harness import messages, player_model, press
from tests.pages.test_training_panel import open_training, send, state_of


def brought(app):
    """The bytes of the film of several runs that the browser was sent, empty where it was sent none."""
    protos = [element.proto for element in app.get("bidi_component")]
    return next((proto.bytes for proto in protos if proto.component_name == "sweeps"), b"")


def test_a_film_is_chosen_and_kept_in_the_link():
    app = open_training("steps=40")
    assert player_model(app)["sweep"]["chosen"] == ""
    assert not brought(app)
    before = state_of(app)
    send(app, ("film", "eta"))
    assert state_of(app) == replace(before, film="eta")
    assert player_model(app)["sweep"]["chosen"] == "eta"
    assert b'"name":"eta"' in brought(app)
    send(app, ("film", ""), first=2)
    assert state_of(app) == before
    assert not brought(app)


def test_a_link_brings_its_film_until_the_browser_has_it():
    app = open_training("steps=40&film=seed")
    packed = brought(app)
    key = packed.split(b'"key":"')[1][:8].decode()
    app.session_state["player"] = {
        "painted": 1,
        "position": {"seq": 1, "step": 40, "film": player_model(app)["film"]["key"], "sweep": key},
    }
    app.run()
    assert not app.exception
    assert not brought(app)


def test_a_film_that_was_brought_is_not_sent_again():
    app = open_training("steps=40&film=eta")
    key = brought(app).split(b'"key":"')[1][:8].decode()
    app.run()
    assert brought(app)
    app.session_state["sweep"] = {"held": key}
    app.run()
    assert not app.exception
    assert not brought(app)


def test_a_value_that_is_taken_makes_a_run_as_long_and_undo_takes_it_back():
    app = open_training("steps=40&film=eta")
    before = state_of(app)
    send(app, ("film", "eta 0.5"))
    after = state_of(app)
    assert (after.settings.learning_rate, after.steps, after.film) == (0.5, 40, "eta")
    press(app, "Undo: η 0.1 → 0.5")
    app.run()
    assert state_of(app) == before


def test_a_value_is_taken_at_whatever_step_the_film_was_opened():
    for at in ("", "&at=8"):
        app = open_training(f"steps=40&changes=20~eta~0.5&film=eta{at}")
        values = json.loads(brought(app)[4:].split(b'],"texts"')[0].split(b'"values":')[1] + b"]")
        assert 0.5 in values
        send(app, ("film", f"eta {values[0]:g}"))
        assert state_of(app).settings.learning_rate == values[0]
        assert not messages(app, "warning")


def test_a_value_that_is_taken_keeps_the_changes_of_all_else_and_names_those_that_it_takes_the_place_of():
    query = "steps=40&film=eta&changes=10~eta~0.5~~15~batch~7~~20~eta~0.02~l2~0.01"
    app = open_training(query)
    before = state_of(app)
    send(app, ("film", "eta 0.2"))
    after = state_of(app)
    found = [
        (each.at, each.settings.learning_rate, each.settings.batch_size, each.settings.l2)
        for each in after.segments
    ]
    assert found == [(0, 0.2, before.settings.batch_size, 0), (15, 0.2, 7, 0), (20, 0.2, 7, 0.01)]
    assert player_model(app)["panel"]["note"] == (
        "η = 0.2 acts from the first step on, in place of η → 0.5 at step 10 and η → 0.02 at step 20. "
        "Undo brings that back."
    )
    press(app, "Undo: η 0.02 → 0.2")
    assert state_of(app) == before
    assert not player_model(app)["panel"]["note"]


def test_nothing_is_said_of_changes_where_a_value_takes_the_place_of_none():
    app = open_training("steps=40&film=l2&changes=10~eta~0.5")
    send(app, ("film", "l2 0.01"))
    assert [each.settings.learning_rate for each in state_of(app).segments] == [0.1, 0.5]
    assert not player_model(app)["panel"]["note"]


def test_a_value_of_other_samples_lets_go_of_the_chosen_sample():
    for name, expected in (("noise 0.1", None), ("eta 0.5", 7)):
        app = open_training(f"steps=40&sample=7&film={name.split()[0]}")
        assert state_of(app).sample == 7
        send(app, ("film", name))
        assert state_of(app).sample == expected


def kept_of_films(app):
    return [app.session_state[key] for key in ("training_sweep", "training_sweep_begun")]


@pytest.mark.parametrize("entered", [("film", ""), ("data.noise", "0.1"), ("activation", "relu")])
def test_a_film_that_is_shown_no_more_is_let_go(entered):
    app = open_training("steps=40&film=eta")
    app.session_state["training_sweep_begun"] = ("of", "what was interrupted")
    app.session_state["player"] = {"painted": 1}
    app.run()
    assert kept_of_films(app)[0]
    send(app, entered)
    app.run()
    assert kept_of_films(app) == [None, None]


def test_before_the_first_step_of_another_network_the_film_waits_for_a_run():
    app = open_training("steps=40&film=eta")
    send(app, ("activation", "relu"))
    sweep = player_model(app)["sweep"]
    assert sweep["chosen"] == "eta"
    assert "press Train first" in sweep["note"]
    assert not brought(app)


def test_a_value_is_sent_with_all_its_digits():
    app = open_training("steps=40&film=eta&eta=0.12345678901")
    assert b'"numbers":["' in brought(app)
    assert b'"0.12345678901"' in brought(app)


def test_what_is_no_value_of_the_film_is_refused_in_one_sentence():
    app = open_training("steps=40&film=eta")
    before = state_of(app)
    send(app, ("film", "eta 0.123"), ("film", "no such"), ("film", "nothing"))
    assert state_of(app) == before
    assert any("η = “0.123” is no value of the film any more" in text for text in messages(app, "warning"))


def test_a_film_that_is_too_much_work_is_refused_in_one_sentence_and_the_page_goes_on():
    app = open_training("steps=40&film=momentum")
    assert player_model(app)["sweep"]["note"] == "A film of μ needs an optimizer with momentum."
    assert not brought(app)


def test_a_page_that_stands_alone_offers_no_films():
    app = open_training("steps=40&film=eta&hide=menu")
    assert player_model(app)["sweep"] is None
    assert not brought(app)
