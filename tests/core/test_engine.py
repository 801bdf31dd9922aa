import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.engine import Engine
from core.losses import LOSSES
from core.network import Network, backward, forward
from tests.core.strategies import (
    ALL_ACTIVATIONS,
    ALL_LOSSES,
    draw_targets,
    fits,
    generators,
    networks,
    problems,
)
from tests.hypothesis_profiles import some


def assert_same_as_readable(network, theta, x, y):
    """The engine's gradient and last z equal those of the readable core to 1e-12."""
    ones = np.ones((len(x), int(network.bias)))
    engine = Engine(network, len(x), theta)
    engine.backprop(np.ascontiguousarray(np.hstack([x, ones]).T), np.ascontiguousarray(y.T))
    trace = forward(network, theta, x)
    expected = backward(network, theta, trace, y).theta
    np.testing.assert_allclose(engine.gradient, expected, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(np.swapaxes(engine.z, -1, -2), trace.z[-1], rtol=1e-12, atol=1e-12)


@given(problems())
def test_gradient_is_that_of_the_readable_core(problem):
    assert_same_as_readable(*problem)


PAIRS = [(output, loss) for output in ALL_ACTIVATIONS for loss in ALL_LOSSES if fits(loss, output)]


@pytest.mark.parametrize("depth", some([3, 1, 6, 2, 4, 5], 2))
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_every_combination_of_output_loss_bias_and_depth(output, loss, bias, depth):
    widths = (2, *(3 + k % 2 for k in range(depth - 1)), 2)
    hidden = [name for name in ALL_ACTIVATIONS if not ACTIVATIONS[name].couples_units]
    rng = np.random.default_rng(depth)
    names = (*(hidden[(depth + k) % len(hidden)] for k in range(depth - 1)), output)
    network = Network(widths, names, loss, bias)
    theta = rng.uniform(-1, 1, network.n_parameters)
    y = draw_targets(rng, loss, (5, 2))
    assert_same_as_readable(network, theta, rng.standard_normal((5, 2)), y)


@pytest.mark.parametrize("widths", [(2, 1), (2, 2, 1), (2, 2, 2, 2)])
def test_the_rest_of_a_tanh_output_is_that_of_the_last_z(widths):
    network = Network(widths, ("tanh",) * (len(widths) - 1), "binary_cross_entropy", True)
    rng = np.random.default_rng(0)
    # All numbers are positive: each prediction lies between 0 and 1, where the loss is smooth.
    theta, x, y = (rng.uniform(0.1, 0.9, n) for n in (network.n_parameters, (5, 2), (5, widths[-1])))
    assert_same_as_readable(network, theta, x, y)


@given(networks(), st.integers(1, 3), st.integers(1, 4), generators())
def test_runs_side_by_side_are_each_their_own(network, runs, samples, rng):
    theta = rng.uniform(-1, 1, (runs, network.n_parameters))
    x = rng.standard_normal((samples, network.widths[0]))
    assert_same_as_readable(network, theta, x, draw_targets(rng, network.loss, (samples, network.widths[-1])))


@pytest.mark.parametrize("loss", LOSSES)
def test_theta_may_change_between_calls(loss):
    output = LOSSES[loss].fused or "tanh"
    network = Network((2, 3, 2), ("sigmoid", output), loss)
    rng = np.random.default_rng(0)
    theta = rng.uniform(-1, 1, network.n_parameters)
    engine = Engine(network, 4, theta)
    for _ in range(3):
        x, y = rng.standard_normal((4, 2)), draw_targets(rng, loss, (4, 2))
        engine.backprop(np.hstack([x, np.ones((4, 1))]).T.copy(), y.T.copy())
        expected = backward(network, theta, forward(network, theta, x), y).theta
        np.testing.assert_allclose(engine.gradient, expected, rtol=1e-12, atol=1e-12)
        theta += rng.uniform(-0.5, 0.5, theta.shape)


def test_dropout_masks_scale_units_and_their_gradients():
    network = Network((2, 3, 1), ("tanh", "identity"))
    rng = np.random.default_rng(1)
    theta = rng.uniform(-1, 1, network.n_parameters)
    x, y = rng.standard_normal((4, 2)), rng.standard_normal((4, 1))
    engine = Engine(network, 4, theta, dropout=True)
    engine.masks[0][...] = np.array([[2.0], [0.0], [2.0]])
    engine.backprop(np.hstack([x, np.ones((4, 1))]).T.copy(), y.T.copy())
    # A unit that is left out is one whose weights forward are 0; the others count double.
    thinned = theta.copy()
    network.layers(thinned)[1].W[...] *= [[2.0], [0.0], [2.0]]
    expected = network.layers(backward(network, thinned, forward(network, thinned, x), y).theta)
    found = network.layers(engine.gradient)
    np.testing.assert_allclose(found[0].W, expected[0].W, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(found[1].W, expected[1].W * [[2.0], [0.0], [2.0]], rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_saturated_units_differ_by_less_than_a_weight_would_show(output, loss):
    hidden = [name for name in ALL_ACTIVATIONS if not ACTIVATIONS[name].couples_units]
    rng = np.random.default_rng(7)
    for name in hidden:
        network = Network((2, 4, 2), (name, output), loss)
        theta = 30 * rng.uniform(-1, 1, network.n_parameters)
        # The second layer's weights are small, so that only the first layer saturates.
        network.layers(theta)[1].W[...] /= 100
        y = draw_targets(rng, loss, (5, 2))
        assert_same_as_readable(network, theta, rng.standard_normal((5, 2)), y)
