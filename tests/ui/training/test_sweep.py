"""The film of a hyperparameter holds the runs that the page would train, each with one of its values."""

from dataclasses import replace

import numpy as np
import pytest

from core.pieces import finish
from core.settings import Segment, Settings
from ui.components.base.arrays import pack
from ui.components.player.sweep import SWEEP_KEY_FRAMES
from ui.limits import MAX_RUN_FILM_BYTES, MAX_SWEEP_BYTES, MAX_TRAINING_STEPS
from ui.training.data import load
from ui.training.film import build_film, player_run
from ui.training.hyperparameters import HYPERPARAMETERS, VALUES
from ui.training.run import begin, extend
from ui.training.shown import show
from ui.training.state import Chosen, Training
from ui.training.sweep import choices, sweep_seconds, sweeping, taken, values_of, why_no_film

MOMENTUM = Training(settings=Settings("momentum", 0.03), steps=60)


def film_of(state):
    data = load(state.data, None)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    return data, shown, finish(build_film(state, data, shown, player_run(shown), MAX_RUN_FILM_BYTES))


def sweep_of(state, name):
    data, _, film = film_of(state)
    return finish(sweeping(state, data, HYPERPARAMETERS[name], film))


def numbers(sent, dtype="<f8"):
    return np.frombuffer(sent["bytes"], dtype)


@pytest.mark.parametrize("name", HYPERPARAMETERS)
def test_every_run_of_a_film_is_the_one_that_the_page_trains_with_its_value(name):
    chosen = HYPERPARAMETERS[name]
    sweep = sweep_of(MOMENTUM, name)
    assert len(sweep["values"]) == len(sweep["runs"]) == VALUES
    assert sweep["values"][sweep["present"]] == chosen.value(MOMENTUM)
    assert sweep["is_own"]
    for place in (0, sweep["present"], VALUES - 1):
        _, shown, film = film_of(taken(MOMENTUM, chosen, sweep["values"][place]))
        run = sweep["runs"][place]
        assert (run["steps"][0], run["steps"][-1]) == (0, film["steps"][-1])
        there = np.isin(film["steps"], run["steps"])
        np.testing.assert_allclose(numbers(run["loss"]["train"]), shown.train.loss[there], rtol=1e-8)
        np.testing.assert_allclose(numbers(run["loss"]["test"]), shown.test.loss[there], rtol=1e-8)
        theta = numbers(run["theta"], "<f4").reshape(len(run["steps"]), -1)
        np.testing.assert_allclose(theta[-1], shown.history.theta, rtol=1e-5, atol=1e-6)


def test_a_film_does_not_depend_on_the_shown_step():
    changed = replace(MOMENTUM, changes=(Segment(30, replace(MOMENTUM.settings, learning_rate=0.3)),))
    data, _, film = film_of(changed)
    eta = HYPERPARAMETERS["eta"]
    one, other = (finish(sweeping(state, data, eta, film)) for state in (changed, replace(changed, at=12)))
    assert one == other


def test_films_of_one_key_are_the_same():
    state = replace(MOMENTUM, steps=4)
    states = [
        state,
        replace(state, changes=(Segment(2, replace(state.settings, learning_rate=0.3)),)),
        replace(state, settings=replace(state.settings, learning_rate=0.05)),
        replace(state, data=replace(state.data, train_share=0.6)),
        replace(state, init_scale=2.0),
    ]
    film = film_of(state)[2]
    films = [
        finish(sweeping(each, load(each.data, None), HYPERPARAMETERS[name], film))
        for each in states
        for name in ("eta", "l2", "noise", "seed")
    ]
    for one in films:
        for other in films:
            assert (one["key"] == other["key"]) == (one == other)
    assert len({one["key"] for one in films}) == len(films)


def test_a_run_that_diverges_ends_alone_in_the_film():
    state = Training(Chosen("plane"), settings=Settings(learning_rate=1.0), steps=500)
    sweep = sweep_of(state, "eta")
    ends = [run["steps"][-1] for run in sweep["runs"]]
    assert [run["diverged"] for run in sweep["runs"]] == [end < 500 for end in ends]
    assert ends[0] == 500 > ends[-1]
    for run in sweep["runs"]:
        assert np.all(np.isfinite(numbers(run["loss"]["train"])))
        assert len(numbers(run["theta"], sweep["number"])) % len(run["steps"]) == 0


def test_a_run_that_changed_the_value_on_the_way_is_none_of_the_film():
    state = replace(MOMENTUM, changes=(Segment(30, replace(MOMENTUM.settings, learning_rate=0.3)),))
    assert not sweep_of(state, "eta")["is_own"]
    assert sweep_of(state, "l2")["is_own"]


@pytest.mark.parametrize(
    "state",
    [
        Training(steps=2000, hidden=(8, 8, 8, 8, 8, 8)),
        Training(Chosen("iris"), steps=300, hidden=(8, 8)),
        Training(Chosen("sine"), steps=300),
    ],
    ids=["wide", "classes", "line"],
)
def test_a_film_is_small_and_has_a_map_of_its_first_and_its_last_step(state):
    sweep = sweep_of(state, "eta")
    assert len(pack(sweep)) < 1.1 * MAX_SWEEP_BYTES
    for run in sweep["runs"]:
        assert 2 <= len(run["steps"]) <= SWEEP_KEY_FRAMES
        assert (run["frames"][0], run["frames"][-1]) == (0, len(run["steps"]) - 1)


def test_why_there_is_no_film_is_one_sentence():
    data = load(Chosen(), None)
    eta, momentum = HYPERPARAMETERS["eta"], HYPERPARAMETERS["momentum"]
    assert why_no_film(Training(), data, eta) == "A film of η is of whole runs: press Train first."
    assert why_no_film(Training(), data, momentum) == "A film of μ needs an optimizer with momentum."
    assert why_no_film(Training(steps=1000), data, eta) == ""
    large = Training(steps=MAX_TRAINING_STEPS, hidden=(8, 8, 8, 8), settings=Settings(batch_size=250))
    sentence = why_no_film(large, data, eta)
    assert "100,000 steps" in sentence
    assert "30 s are allowed. Train up to" in sentence
    most = int(sentence.split("up to ")[1].split(" steps")[0].replace(",", ""))
    assert why_no_film(replace(large, steps=most), data, eta) == ""


@pytest.mark.parametrize("name", ["l2", "dropout"])
def test_the_work_of_a_film_is_that_of_its_costliest_value(name):
    state, data = Training(steps=1000), load(Chosen(), None)
    chosen = HYPERPARAMETERS[name]
    costliest = taken(state, chosen, values_of(state, chosen)[-1])
    found = sweep_seconds(state, data, chosen, 1000)
    assert found == sweep_seconds(costliest, data, chosen, 1000)
    assert found > sweep_seconds(state, data, HYPERPARAMETERS["eta"], 1000)


def test_runs_of_a_film_have_the_same_steps_as_far_as_they_go():
    state = Training(Chosen("plane"), settings=Settings(learning_rate=0.2), steps=9000)
    runs = sweep_of(state, "eta")["runs"]
    longest = max((run["steps"] for run in runs), key=lambda steps: steps[-1])
    assert len({run["steps"][-1] for run in runs}) > 1
    for run in runs:
        assert run["steps"][:-1] == [step for step in longest if step < run["steps"][-1]]


def test_what_can_be_chosen_goes_with_why_there_is_no_film_of_it():
    data = load(Chosen(), None)
    found = choices(Training(film="eta"), data)
    assert found is not None
    assert found["chosen"] == "eta"
    assert found["note"].startswith("A film of η")
    assert {each["name"] for each in found["choices"]} >= {"eta", "seed"}
    digits = Chosen("digits")
    assert choices(Training(data=digits), load(digits, None)) is None
    of_a_link = choices(Training(data=digits, steps=40, film="eta"), load(digits, None))
    assert of_a_link is not None
    assert of_a_link["note"] == "A film of η needs inputs that are drawn one by one, not as a picture."
    assert values_of(Training(), HYPERPARAMETERS["seed"]) == list(range(12))
