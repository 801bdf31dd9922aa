import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.future import future, future_along
from core.history import descend
from core.losses import LOSSES
from core.network import Network
from core.training import train
from tests.core.strategies import exercises, fits, values

NOTEBOOK = DEFAULT_EXAMPLE.exercise
PAIRS = [(name, loss) for name in ACTIVATIONS for loss in LOSSES if fits(loss, name)]


def losses_of(exercise, steps):
    """The loss at each step that the history takes, NaN where it has stopped."""
    run = descend(exercise, steps)
    return np.append(run.loss, np.full(steps + 1 - len(run.loss), np.nan))


def exercise_of(name, loss, **changes):
    hidden = "tanh" if ACTIVATIONS[name].couples_units else name
    network = Network((2, 2, 2), (hidden, name), loss)
    theta = np.random.default_rng(1).uniform(-1, 1, network.n_parameters)
    exercise = Exercise(network, tuple(theta.tolist()), (0.5, -1.0), (0.25, 0.75), 0.1)
    return replace(exercise, **changes)


@pytest.mark.parametrize("train_biases", [True, False])
@pytest.mark.parametrize(("name", "loss"), PAIRS)
def test_each_step_ahead_is_the_one_the_history_takes(name, loss, train_biases):
    exercise = exercise_of(name, loss, train_biases=train_biases)
    # One of each array: they share their code.
    one_each = {(each.kind, each.layer): each for each in quantities(exercise.network)}
    for quantity in one_each.values():
        positions = [0.2, 0.9]
        found = future_along(exercise, quantity, positions, 8)
        assert found.steps.tolist() == list(range(9))
        assert found.loss.shape == (2, 9)
        for position, loss_ahead in zip(positions, found.loss, strict=True):
            there = exercise.with_values([(quantity.id, position)])
            np.testing.assert_allclose(loss_ahead, losses_of(there, 8), rtol=1e-10, atol=1e-12)


def calmed(exercise):
    """The exercise with steps so small that two ways of adding up do not drift apart as in chaos."""
    return replace(exercise, learning_rate=0.01)


@given(exercises(), st.data())
def test_the_future_of_every_position_is_its_own(exercise, data):
    exercise = calmed(exercise)
    others = [quantity for quantity in quantities(exercise.network) if quantity.kind != "eta"]
    quantity = data.draw(st.sampled_from(others))
    positions = data.draw(st.lists(values(exercise, quantity), min_size=1, max_size=4))
    found = future_along(exercise, quantity, positions, 8)
    for position, loss in zip(positions, found.loss, strict=True):
        there = exercise.with_values([(quantity.id, position)])
        np.testing.assert_allclose(loss, losses_of(there, 8), rtol=1e-8, atol=1e-12)


@given(exercises())
def test_it_is_what_training_on_the_one_sample_gives(exercise):
    exercise = replace(calmed(exercise), train_biases=True)
    run = train(
        exercise.network,
        exercise.theta_array,
        exercise.x_array,
        exercise.y_array,
        steps=12,
        learning_rate=exercise.learning_rate,
    )
    # Training ends before a step whose gradient overflows, where the loss itself may last a little longer.
    found = future(exercise, 11).loss[: len(run.loss)]
    np.testing.assert_allclose(found, run.loss, rtol=1e-8, atol=1e-12)


@pytest.mark.parametrize("name", ["notebook", "mazur", "relu", "nielsen_saturated"])
def test_a_thousand_steps_of_the_examples(name):
    exercise = EXAMPLES[name].exercise
    found = future(exercise, 1000, 5)
    assert found.steps.tolist() == list(range(0, 1001, 5))
    np.testing.assert_allclose(found.loss, losses_of(exercise, 1000)[::5], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error"])
@pytest.mark.parametrize("name", ["identity", "relu", "leaky_relu", "softplus", "gelu"])
def test_where_training_would_diverge_the_loss_is_no_number_from_there_on(name, loss):
    exercise = exercise_of(name, loss)
    learning_rate = quantities(exercise.network)[-1]
    rates = [0.1, 30.0, 1e4, 1e300]
    with warnings.catch_warnings(action="error"):
        found = future_along(exercise, learning_rate, rates, 200)
    if name == "identity":
        assert np.isnan(found.loss[1:, -1]).all()
    for rate, ahead in zip(rates, found.loss, strict=True):
        expected = losses_of(replace(exercise, learning_rate=rate), 200)
        assert np.isnan(ahead).tolist() == np.isnan(expected).tolist()
        # What grows beyond all bounds carries its rounding with it.
        np.testing.assert_allclose(ahead, expected, rtol=1e-6)


def test_a_parameter_that_overflows_ends_the_future_though_the_loss_is_finite():
    # ŷ = σ(w x) is 1 wherever w has gone, and its loss a number.
    network = Network((1, 1), ("sigmoid",), bias=False)
    exercise = Exercise(network, (1e-3,), (1000.0,), (0.0,), 1e308)
    assert np.isnan(losses_of(exercise, 3)).tolist() == [False, True, True, True]
    assert np.isnan(future(exercise, 3).loss).tolist() == [False, True, True, True]


def test_a_learning_rate_that_is_too_large_swings_from_step_to_step():
    # ŷ = w, y = 0: w ← (1 − η) w, which changes sign for η above 1 and grows above 2.
    exercise = Exercise(Network((1, 1), ("identity",), bias=False), (1.0,), (1.0,), (0.0,), 0.5)
    learning_rate = quantities(exercise.network)[-1]
    found = future_along(exercise, learning_rate, [0.5, 1.0, 1.5, 2.0, 3.0], 3)
    factors = np.array([0.5, 0.0, -0.5, -1.0, -2.0])
    np.testing.assert_allclose(found.loss, 0.5 * factors[:, None] ** (2 * np.arange(4)), atol=1e-30)


def test_the_last_step_kept_is_within_the_steps_requested():
    assert future(NOTEBOOK, 10, 4).steps.tolist() == [0, 4, 8]
