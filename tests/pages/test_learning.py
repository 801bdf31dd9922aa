"""A run that is trained on while it is watched: pieces of it, and the state once it comes to rest."""

import json
from base64 import b64decode
from urllib.parse import urlencode

import numpy as np
import pytest

from tests.pages.harness import address, messages, param, press, warnings
from tests.pages.test_late_messages import send
from tests.pages.test_training import film, open_page
from ui.limits import MAX_TRAINING_STEPS

PLAYER, NEXT_STEPS = "player", "next_steps"


def component(app, name):
    protos = [element.proto for element in app.get("bidi_component")]
    return next(proto for proto in protos if proto.component_name == name)


def sent_to(app, name):
    """What a component was given last."""
    return json.loads(component(app, name).json)


class Watched:
    """A run on the page as a browser watches it: what it has requested, and what has come."""

    def __init__(self, app):
        self.app, self.seq = app, 100
        self.pieces, self.wanted = [], {}

    def states(self, wanted, player):
        states = self.app._tree.get_widget_states()
        for name, value in ((NEXT_STEPS, wanted), (PLAYER, {"painted": 1, **player})):
            states.widgets.add(id=component(self.app, name).id, json_value=json.dumps(value))
        return states

    def request(self, steps, after, step=None):
        """Request steps, with the playhead at `step`; return what comes."""
        self.seq += 1
        step = after if step is None else step
        request = {"seq": self.seq, "film": film(self.app)["key"], "after": after, "steps": steps}
        self.wanted = {"wanted": request | {"step": step, "end": step}}
        send(self.app, self.states(self.wanted, {}))
        found = sent_to(self.app, NEXT_STEPS)["steps"]
        if found and found["next"]:
            self.pieces.append(found["next"])
        return found

    def change(self, field, text):
        """Change a field of the panel."""
        self.seq += 1
        change = {"seq": self.seq, "id": field, "text": text, "session": None, "at": None}
        changed = {"seq": self.seq, "changes": [change], "at": None, "film": film(self.app)["key"]}
        send(self.app, self.states(self.wanted, {"changed": changed}))

    def rest(self, step, end):
        """Let the playhead come to rest at a step of a run that was seen up to `end`."""
        self.seq += 1
        position = {"seq": self.seq, "step": step, "film": None, "end": end, "of": film(self.app)["key"]}
        send(self.app, self.states(self.wanted, {"position": position}))


def learn(app, *sizes):
    """Request pieces of these sizes behind the film of a page, each seen as soon as it has come."""
    watched = Watched(app)
    after = film(app)["steps"][-1]
    for steps in sizes:
        found = watched.request(steps, after)
        after = found["next"]["steps"][-1]
    return watched


def decode(text, number="<f4"):
    return np.frombuffer(b64decode(text), number)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "data=spiral&noise=0.1&hidden=6-3&f=relu&optimizer=adam&dropout=0.2&steps=37",
        "data=tips&steps=100&changes=50~eta~0.01",
        "data=iris&patience=5000",
    ],
)
def test_at_rest_the_page_is_that_of_the_link_as_one_run_trains_it(query):
    app = open_page(query)
    first = film(app)["steps"][-1]
    watched = learn(app, 50, 1, 130, 400)
    end = first + 581
    assert [piece["steps"][-1] for piece in watched.pieces] == [first + n for n in (50, 51, 181, 581)]
    watched.rest(end, end)
    assert param(app, "steps") == str(end)
    assert film(app)["steps"][-1] == end
    assert sent_to(app, NEXT_STEPS)["steps"] is None
    other = open_page(urlencode(address(app)))
    assert json.dumps(film(other)) == json.dumps(film(app))


def test_what_was_seen_of_a_run_is_not_sent_again_unless_it_is_requested():
    app = open_page("steps=100")
    watched = learn(app, 50, 130, 400)
    of = film(app)["key"]
    watched.rest(680, 680)
    sent = sent_to(app, PLAYER)["film"]
    whole = film(app)
    assert whole["steps"][-1] == 680
    assert sent == {name: whole[name] for name in ("key", "run", "still", "best", "diverged")} | {"last": 680}
    assert len(json.dumps(sent)) < 200 < len(json.dumps(whole)) / 1000
    # A page that was loaded again has nothing of it.
    position = {"seq": watched.seq + 1, "step": 680, "film": None, "end": None, "of": of}
    send(app, watched.states(watched.wanted, {"position": position}))
    assert sent_to(app, PLAYER)["film"] == whole


@pytest.mark.parametrize(
    ("query", "end", "of"),
    [("data=digits&hidden=4", 50, None), ("", 50, "another run")],
)
def test_a_film_is_sent_where_the_browser_has_not_all_of_it(query, end, of):
    app = open_page(query)
    watched = learn(app, 50)
    watched.seq += 1
    position = {
        "seq": watched.seq, "step": end, "film": None, "end": end, "of": of or film(app)["key"],
    }  # fmt: skip
    send(app, watched.states(watched.wanted, {"position": position}))
    assert sent_to(app, PLAYER)["film"]["theta"] == film(app)["theta"]


def test_the_numbers_of_a_piece_are_those_of_the_run():
    app = open_page()
    (piece,) = learn(app, 40).pieces
    whole = film(open_page("steps=40"))
    assert piece["steps"] == whole["steps"][1:]
    theta = decode(piece["theta"])
    np.testing.assert_array_equal(theta, decode(whole["theta"])[-len(theta) :])
    np.testing.assert_allclose(
        decode(piece["loss"]["test"], "<f8"), decode(whole["loss"]["test"], "<f8")[1:], rtol=1e-12
    )


def test_a_piece_is_none_of_the_address_and_what_is_seen_of_it_is_once_the_playhead_rests():
    app = open_page()
    before = address(app)
    watched = learn(app, 50, 100)
    assert address(app) == before
    watched.rest(60, 80)
    assert {name: param(app, name) for name in ("steps", "at")} == {"steps": "80", "at": "60"}
    assert film(app)["steps"][-1] == 80
    assert sent_to(app, PLAYER)["position"] == 60


def test_a_setting_changed_meanwhile_acts_from_the_shown_step_and_training_goes_on():
    app = open_page()
    watched = learn(app, 50, 100)
    watched.request(100, 150, step=120)
    watched.change("settings.learning_rate", "0.5")
    assert {name: param(app, name) for name in ("steps", "changes", "left")} == {
        "steps": "120", "changes": "120~eta~0.5", "left": None,
    }  # fmt: skip
    assert film(app)["steps"][-1] == 120
    assert sent_to(app, PLAYER)["goes_on"]
    learned = watched.request(80, 120)
    assert learned["next"]["steps"][-1] == 200
    press(app, "Undo: η 0.1 → 0.5")
    assert param(app, "changes") is None


def test_another_network_chosen_meanwhile_begins_at_once_and_training_goes_on():
    app = open_page("steps=100")
    watched = learn(app, 50)
    watched.change("activation", "relu")
    assert film(app)["steps"] == [0]
    assert sent_to(app, PLAYER)["goes_on"]
    assert not messages(app, "info")
    assert watched.request(50, 0)["next"]["steps"][-1] == 50


def test_where_a_control_was_changed_training_begins_with_the_new_settings():
    app = open_page("steps=100")
    watched = Watched(app)
    watched.change("activation", "relu")
    assert film(app)["steps"] == [0]
    assert not sent_to(app, PLAYER)["goes_on"]
    assert watched.request(50, 0)["next"]["steps"][-1] == 50


def test_a_press_that_trains_to_the_budget_ends_training_that_goes_on():
    app = open_page("budget=200")
    watched = learn(app, 50)
    states = watched.states(watched.wanted, {})
    button = next(button for button in app.button if button.label == "Train to budget")
    states.widgets.add(id=button.id, trigger_value=True)
    send(app, states)
    assert param(app, "steps") == "200"
    assert not sent_to(app, PLAYER)["goes_on"]


def test_a_run_that_undo_brings_back_is_not_played_again():
    app = open_page("budget=30")
    press(app, "Train to budget")
    assert sent_to(app, PLAYER)["play_from"] == 0
    press(app, "Reset")
    press(app, "Undo: Reset")
    assert sent_to(app, PLAYER)["position"] == 30
    assert sent_to(app, PLAYER)["play_from"] is None


@pytest.mark.parametrize("query", ["eta=0.5", "optimizer=adam", "batch=3", "dropout=0.2", "shuffle=off"])
def test_films_that_show_the_same_but_go_on_in_another_way_are_two(query):
    app, other = open_page(), open_page(query)
    assert film(app)["theta"] == film(other)["theta"]
    assert film(app)["key"] != film(other)["key"]


@pytest.mark.parametrize("query", ["budget=7", "digits=3", "plane=discrete", "film=eta"])
def test_a_film_is_the_same_where_nothing_that_its_run_depends_on_is_another(query):
    assert film(open_page())["key"] == film(open_page(query))["key"]


def test_a_request_of_a_film_that_is_gone_brings_nothing():
    app = open_page()
    watched = learn(app, 50)
    watched.rest(50, 50)
    watched.wanted["wanted"] |= {"seq": 500, "after": 50}
    send(app, watched.states(watched.wanted, {}))
    assert sent_to(app, NEXT_STEPS)["steps"] is None
    assert param(app, "steps") == "50"


def test_a_run_that_diverges_ends_with_its_sentence():
    app = open_page("data=plane&f=identity&eta=1000")
    watched = Watched(app)
    found = watched.request(2000, 0)
    last = found["next"]["steps"][-1]
    assert found["over"] == f"Training stopped at step {last:,}: diverged."
    again = watched.request(100, last)
    assert (again["next"], again["over"]) == (None, found["over"])
    watched.rest(last, last)
    assert f"Training stopped after step {last:,}" in warnings(app)
    assert film(app)["diverged"]


def test_a_run_goes_as_far_as_is_allowed_and_says_so():
    app = open_page(f"data=xor&hidden=0&steps={MAX_TRAINING_STEPS - 30}")
    watched = Watched(app)
    assert watched.request(100, MAX_TRAINING_STEPS - 30)["next"]["steps"][-1] == MAX_TRAINING_STEPS
    found = watched.request(100, MAX_TRAINING_STEPS)
    assert found["next"] is None
    assert found["over"] == "100,001 steps in all would be taken; 100,000 steps are allowed."


@pytest.mark.parametrize("end", [MAX_TRAINING_STEPS, MAX_TRAINING_STEPS + 1, -1, "x"])
def test_an_end_that_is_too_much_work_is_not_taken(end):
    app = open_page("samples=5000&trainshare=1&hidden=8-8-8-8-8-8&batch=5000&steps=2")
    watched = Watched(app)
    watched.rest(2, end)
    assert param(app, "steps") == "2"


def test_training_goes_on_behind_two_changes_in_a_row_of_which_the_second_was_seen_on_the_film_before():
    app = open_page()
    watched = learn(app, 60, 20)
    seen = film(app)["key"]
    watched.change("settings.learning_rate", "0.5")
    assert sent_to(app, PLAYER)["goes_on"]
    # The browser has not got the film of the first change yet.
    watched.seq += 1
    watched.wanted["wanted"] |= {"seq": watched.seq, "film": seen}
    watched.change("settings.dropout", "0.1")
    assert film(app)["key"] != seen
    assert sent_to(app, PLAYER)["goes_on"]
    assert param(app, "changes") == f"{param(app, 'steps')}~eta~0.5~dropout~0.1"
