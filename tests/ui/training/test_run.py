import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from core.arrays import spread
from core.data import DATASETS
from core.evaluation import evaluate
from core.network import backward, forward, trace_loss
from core.pieces import finish
from core.settings import Settings
from core.work import training_seconds
from tests.core.strategies import LOG_LOSSES
from ui.limits import MAX_EVALUATED, MAX_RUN_FILM_BYTES, MAX_TRAINING_STEPS, MAX_WORK_SECONDS, PIECE_SECONDS
from ui.text.numbers import Precision, format_number
from ui.training.built import build_network, why_not
from ui.training.data import load
from ui.training.film import build_film, player_run
from ui.training.import_table import read_table
from ui.training.length import batches_per_epoch, refusal, steps_of_budget
from ui.training.run import begin, extend
from ui.training.shown import batch_at, key_frame, outcome, predictions, show
from ui.training.state import PICTURES, REAL, Chosen, Training
from ui.training.taken_table import taken


def trained(state, table=None):
    data = load(state.data, table)
    history = finish(extend(state, data, begin(state, data)))
    return data, history, finish(show(state, data, history))


@pytest.mark.parametrize("name", [*DATASETS, *REAL, *PICTURES, "points"])
def test_every_data_set_can_be_trained_on_and_shown(name):
    state = Training(Chosen(name), steps=300)
    data, history, shown = trained(state)
    assert history.step == 300
    assert shown.train.loss[-1] < shown.train.loss[0]
    run = player_run(shown)
    assert run.epochs[-1] == pytest.approx(300 / batches_per_epoch(state.settings, data))
    assert (run.train_accuracy is None) == (data.task == "regression")
    assert predictions(data, shown, 3).shape == data.y.shape


def test_the_default_learns_its_circle():
    _, _, shown = trained(Training(steps=2000))
    assert shown.test is not None
    assert shown.test.accuracy is not None
    assert shown.test.accuracy[-1] > 0.95


def test_losses_and_gradients_are_those_of_the_training_samples():
    data, history, shown = trained(Training(steps=40))
    x, y = data.x[data.train], data.y[data.train]
    trace = forward(shown.network, history.key_theta, x)
    np.testing.assert_allclose(shown.train.loss, trace_loss(shown.network, trace, y))
    expected = backward(shown.network, history.key_theta, trace, y).theta
    np.testing.assert_allclose(player_run(shown).gradient, expected)


def test_a_run_goes_on_where_it_has_come_to():
    data = load(Chosen(), None)
    whole = finish(extend(Training(steps=900), data, begin(Training(), data)))
    part = finish(extend(Training(steps=400), data, begin(Training(), data)))
    np.testing.assert_array_equal(finish(extend(Training(steps=900), data, part)).theta, whole.theta)


def test_a_run_is_trained_in_pieces():
    data = load(Chosen(), None)
    pieces = extend(Training(steps=20_000), data, begin(Training(), data))
    seen = [history.step for history in pieces]
    assert len(seen) > 3
    assert seen[-1] == 20_000
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    "state",
    [
        Training(steps=20_000),
        Training(Chosen(samples=5000), hidden=(8,) * 6, activation="gelu", steps=3000),
        Training(settings=Settings(batch_size=100, patience=2000), steps=2000),
    ],
)
def test_a_piece_is_a_moment_of_predicted_work(state):
    data = load(state.data, None)
    at = [0, *(history.step for history in extend(state, data, begin(state, data)))]
    pieces = [
        training_seconds(build_network(state, data), state.settings, len(data.train), stop - start)
        for start, stop in pairwise(at)
    ]
    assert max(pieces) <= PIECE_SECONDS <= 0.05


def test_a_step_that_takes_longer_than_a_piece_is_one():
    state = Training(Chosen(samples=5000), (8,) * 6, "gelu", settings=Settings(batch_size=50_000), steps=2)
    data = load(state.data, None)._replace(train=np.tile(np.arange(2500), 20))
    assert [history.step for history in extend(state, data, begin(state, data))] == [1, 2]


def test_the_batch_of_a_key_frame_is_the_one_the_next_step_takes():
    state = Training(steps=50)
    data, history, shown = trained(state)
    for frame in (0, 7):
        batch = batch_at(state, data, shown, frame)
        assert np.mean(batch.loss) == pytest.approx(history.loss[frame], rel=1e-9)
        assert set(batch.rows) <= set(data.train)


def test_losses_that_do_not_fit_are_told_and_replaced():
    assert all(why_not(loss, "regression") for loss in LOG_LOSSES)
    assert why_not("categorical_cross_entropy", "binary")
    assert why_not("binary_cross_entropy", "classes")
    assert why_not("huber", "binary") is None
    state = Training(Chosen("plane"), loss="binary_cross_entropy")
    assert build_network(state, load(state.data, None)).loss == "half_squared_error"


def test_epochs_are_as_many_steps_as_it_takes_to_see_every_sample():
    state = Training(settings=Settings(batch_size=100), budget=3, unit="epochs")
    assert steps_of_budget(state, load(state.data, None)) == 9


def test_runs_that_are_too_large_are_refused_with_number_and_limit():
    state = Training(Chosen(samples=5000), hidden=(8,) * 6, settings=Settings(batch_size=5000))
    data = load(state.data, None)
    assert refusal(state, data, 1000) is None
    assert "100,001 steps" in str(refusal(state, data, MAX_TRAINING_STEPS + 1))
    sentence = str(refusal(state, data, MAX_TRAINING_STEPS))
    (allowed,) = (int(text.replace(",", "")) for text in re.findall(r"up to ([\d,]+) steps", sentence))
    assert f"{MAX_WORK_SECONDS:.0f} s are allowed" in sentence
    assert refusal(state, data, allowed) is None
    assert refusal(state, data, 2 * allowed)
    assert refusal(Training(), load(Chosen(), None), MAX_TRAINING_STEPS) is None


def test_a_refused_run_of_epochs_names_the_epochs_that_are_allowed():
    settings = Settings(batch_size=1000, dropout=0.5)
    state = Training(
        Chosen(samples=5000), hidden=(8,) * 6, activation="gelu", settings=settings, unit="epochs"
    )
    data = load(state.data, None)
    sentence = str(refusal(state, data, MAX_TRAINING_STEPS))
    (allowed,) = (int(text.replace(",", "")) for text in re.findall(r"\(([\d,]+) epochs\)", sentence))
    assert refusal(state, data, steps_of_budget(replace(state, budget=allowed), data)) is None
    assert "epochs) are allowed" in str(refusal(state, data, MAX_TRAINING_STEPS + 1))


@pytest.mark.parametrize(("unit", "advised"), [("steps", True), ("epochs", False)])
def test_a_smaller_batch_is_advised_only_where_it_makes_less_work(unit, advised):
    settings = Settings(batch_size=1000, dropout=0.5)
    state = Training(Chosen(samples=5000), hidden=(8,) * 6, activation="gelu", settings=settings, unit=unit)
    sentence = str(refusal(state, load(state.data, None), MAX_TRAINING_STEPS))
    assert "smaller network" in sentence
    assert ("smaller batch" in sentence) == advised


def test_divergence_names_step_and_weight_and_a_smaller_learning_rate():
    state = Training(Chosen("plane"), activation="identity", settings=Settings(learning_rate=50), steps=500)
    data, history, shown = trained(state)
    note = " ".join(outcome(state, data, shown))
    assert f"step {history.step}" in note
    assert "→" in note or "b" in note
    assert "0.1 instead of 50" in note
    assert player_run(shown).diverged


def test_a_healthy_run_has_nothing_to_say_of_its_end():
    state = Training(steps=300)
    data, _, shown = trained(state)
    assert outcome(state, data, shown) == []


HOUSE = (Path(__file__).parent / "house_unscaled.csv").read_bytes()


@pytest.mark.parametrize("learning_rate", [0.1, 0.01, 0.001])
def test_an_unscaled_table_breaks_down_with_step_units_column_and_a_way_out(learning_rate):
    chosen = Chosen("own", standardize=False)
    settings = Settings(learning_rate=learning_rate, batch_size=16)
    state = Training(chosen, (8, 8), "relu", loss="mean_squared_error", settings=settings, steps=1000)
    data, _, shown = trained(state, taken(read_table(HOUSE)))
    happened, off, cause = outcome(state, data, shown)
    assert happened.startswith("The loss exploded at step 1, first in layer 1: it was 1.479e")
    # The largest loss that the charts show, not that of a single batch.
    assert happened.endswith(f", {format_number(float(max(shown.train.loss)), Precision(4))} at most.")
    assert off.startswith(
        "8 of 8 units of layer 1 and 8 of 8 units of layer 2 are off for every training sample"
    )
    assert "target price" in cause
    assert "Turn Standardize on" in cause
    way_out = replace(state, data=replace(chosen, standardize=True))
    data, _, shown = trained(way_out, taken(read_table(HOUSE)))
    assert outcome(way_out, data, shown) == []
    assert shown.train.loss[-1] < 0.1


def test_a_penalty_too_large_is_named_with_its_product():
    settings = Settings(learning_rate=0.3, l2=10)
    state = Training(Chosen("spiral"), (8, 8), settings=settings, steps=1000)
    data, _, shown = trained(state)
    cause = outcome(state, data, shown)[-1]
    assert cause.startswith(
        "Cause: the L2 penalty. With η·λ = 3.000 it alone multiplies every weight by 1 − η·λ = "
    )
    assert "learning rate" not in cause
    way_out = replace(state, settings=replace(settings, l2=0.001))
    data, _, shown = trained(way_out)
    assert outcome(way_out, data, shown) == []


def test_early_stopping_keeps_the_best_step():
    state = Training(
        Chosen("circle", samples=30, noise=0.5), hidden=(8, 8), settings=Settings(patience=100), steps=20_000
    )
    _, history, shown = trained(state)
    assert history.stopped
    assert player_run(shown).best == history.best


def test_a_long_run_stays_small():
    state = Training(hidden=(8,) * 6, steps=20_000)
    _, history, shown = trained(state)
    arrays = [history.loss, history.key_theta, history.theta, *history.state, *shown.train[:1]]
    gradients = [shown.train.gradient, shown.train.gradient_norms]
    per_step = history.loss.nbytes / history.step
    total = sum(array.nbytes for array in [*arrays, *gradients]) + per_step * (
        MAX_TRAINING_STEPS - history.step
    )
    assert total < 16e6


def test_many_samples_are_evaluated_in_part():
    state = Training(Chosen(samples=5000), steps=10)
    _, _, shown = trained(state)
    assert len(load(state.data, None).train) > MAX_EVALUATED
    assert np.all(np.isfinite(shown.train.loss))


def test_key_frames_are_found_by_step():
    _, history, _ = trained(replace(Training(), steps=1000))
    assert key_frame(history, 0) == 0
    assert key_frame(history, 1000) == len(history.key_steps) - 1
    assert history.key_steps[key_frame(history, 5)] == 4


@pytest.mark.parametrize(
    ("state", "bits"),
    [
        (Training(Chosen("spiral"), hidden=(8, 8), steps=300), 32),
        # It diverges; its last gradients are too large for 32 bits.
        (Training(Chosen("tips", standardize=False), settings=Settings(learning_rate=1e30), steps=300), 64),
    ],
)
def test_gradients_take_the_bits_that_films_have(state, bits):
    data, history, shown = trained(state)
    assert shown.train.gradient.dtype == f"float{bits}"
    rows = data.train[spread(len(data.train), MAX_EVALUATED)]
    exact = evaluate(shown.network, history.key_theta, data.x_at(rows), data.y_at(rows), classes=False)
    same = shown._replace(train=shown.train._replace(gradient=exact.gradient))
    films = [
        finish(build_film(state, data, each, player_run(each), MAX_RUN_FILM_BYTES)) for each in (shown, same)
    ]
    assert films[0]["number"] == f"<f{bits // 8}"
    assert films[0] | {"key": ""} == films[1] | {"key": ""}
