import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.network import Network, backward, forward, trace_loss
from core.step import take_step
from tests.core.strategies import broadcast, generators, problems


def loss_at(problem, theta):
    return trace_loss(problem.network, forward(problem.network, theta, problem.x), problem.y)


@given(problems(leading_axes=True), generators())
def test_a_step_goes_down_the_gradient_of_the_trained_parameters(problem, rng):
    network, theta, x, y = problem
    lead, _ = broadcast(problem)
    trained = rng.random(network.n_parameters) < 0.5
    learning_rate = rng.uniform(0.01, 0.5, lead)
    step = take_step(network, theta, x, y, learning_rate, trained)

    gradient = backward(network, theta, forward(network, theta, x), y).theta
    used = np.where(trained, gradient, 0)
    np.testing.assert_allclose(step.gradient.theta, gradient, rtol=1e-14)
    np.testing.assert_allclose(step.weight_delta, -learning_rate[..., None] * used, rtol=1e-14)
    np.testing.assert_allclose(
        np.broadcast_to(step.loss, lead), np.broadcast_to(loss_at(problem, theta), lead)
    )
    np.testing.assert_allclose(step.loss_after, loss_at(problem, theta + step.weight_delta), rtol=1e-12)
    predicted = step.loss - learning_rate * np.sum(used**2, axis=-1)
    np.testing.assert_allclose(step.loss_predicted, predicted, rtol=1e-12, atol=1e-14)


@given(problems(), st.lists(st.floats(0.01, 0.5), min_size=1, max_size=4))
def test_learning_rates_broadcast(problem, learning_rates):
    network, theta, x, y = problem
    together = take_step(network, theta, x, y, learning_rates)
    for index, learning_rate in enumerate(learning_rates):
        alone = take_step(network, theta, x, y, learning_rate)
        np.testing.assert_allclose(together.weight_delta[index], alone.weight_delta, rtol=1e-14)
        assert together.loss_after[index] == pytest.approx(alone.loss_after, rel=1e-12)
        assert together.loss_predicted[index] == pytest.approx(alone.loss_predicted, rel=1e-12)
    assert together.loss.shape == ()


@given(problems())
def test_a_small_step_lowers_the_loss_by_what_the_slope_predicts(problem):
    network, theta, x, y = problem
    step = take_step(network, theta, x, y, 1e-6)
    np.testing.assert_allclose(
        step.loss_after - step.loss,
        step.loss_predicted - step.loss,
        rtol=1e-2,
        atol=1e-14 * float(1 + step.loss),
    )


def test_parameters_held_fixed_do_not_move():
    rng = np.random.default_rng(0)
    network = Network((2, 3, 1), ("tanh", "identity"))
    theta = rng.standard_normal(network.n_parameters)
    step = take_step(network, theta, [[1.0, 2.0]], [[0.5]], 0.1, trained=np.zeros(network.n_parameters, bool))
    assert not step.weight_delta.any()
    assert step.loss_after == step.loss_predicted == step.loss
    assert step.gradient.theta.any()


def test_float32_stays_float32():
    network = Network((2, 1), ("tanh",))
    theta = np.full(network.n_parameters, 0.3, np.float32)
    step = take_step(network, theta, np.ones((1, 2), np.float32), np.ones((1, 1), np.float32), 0.1)
    assert step.weight_delta.dtype == step.loss_after.dtype == np.float32
