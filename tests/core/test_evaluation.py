from typing import Any
from unittest.mock import patch

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from core import evaluation
from core.evaluation import accuracy, evaluate, gradient_norms, input_gradients, sample_gradients
from core.network import Network, backward, forward, trace_loss
from tests.core.strategies import generators, problems


@given(problems(), st.integers(1, 5), st.integers(1, 40), generators())
def test_every_block_is_what_one_call_gives(problem, count, block, rng):
    network, _, x, y = problem
    theta = rng.uniform(-1, 1, (count, network.n_parameters))
    whole: Any = evaluate(network, theta, x, y, classes=False)
    with patch.object(evaluation, "BLOCK_NUMBERS", block):
        found: Any = evaluate(network, theta, x, y, classes=False)
    trace = forward(network, theta, x)
    np.testing.assert_allclose(found.loss, trace_loss(network, trace, y), rtol=1e-12)
    np.testing.assert_allclose(
        found.gradient, backward(network, theta, trace, y).theta, rtol=1e-12, atol=1e-14
    )
    np.testing.assert_allclose(found.gradient_norms, whole.gradient_norms, rtol=1e-12)
    assert found.accuracy is None


@given(problems())
def test_the_samples_losses_and_gradients_average_to_the_batchs(problem):
    network, theta, x, y = problem
    loss, gradient = sample_gradients(network, theta, x, y)
    trace = forward(network, theta, x)
    np.testing.assert_allclose(np.mean(loss), trace_loss(network, trace, y), rtol=1e-10)
    whole = backward(network, theta, trace, y).theta
    np.testing.assert_allclose(np.mean(gradient, axis=0), whole, rtol=1e-9, atol=1e-12)


def test_accuracy_of_one_output_and_of_several():
    assert accuracy(np.array([[0.6], [0.4], [0.5]]), np.array([[1.0], [1.0], [0.0]])) == pytest.approx(2 / 3)
    y_hat = np.array([[0.2, 0.5, 0.3], [0.9, 0.05, 0.05]])
    assert accuracy(y_hat, np.eye(3)[[1, 2]]) == 0.5
    assert accuracy(np.stack([y_hat, y_hat[::-1]]), np.eye(3)[[1, 0]]).tolist() == [1, 0]


def test_gradient_norms_are_those_of_the_layers():
    network = Network((1, 2, 1), ("tanh", "identity"))
    gradient = np.array([3.0, 0, 4, 0, 0, 0, 12])
    assert gradient_norms(network, gradient).tolist() == [5, 12]
    plain = Network((1, 2, 1), ("tanh", "identity"), bias=False)
    assert gradient_norms(plain, np.array([3.0, 4, 0, 1])).tolist() == [5, 1]


@given(problems(), st.integers(1, 5), generators())
def test_input_gradients_are_those_of_the_samples_own_loss(problem, count, rng):
    network, _, x, y = problem
    theta = rng.uniform(-1, 1, (count, network.n_parameters))
    found = input_gradients(network, theta, x[0], y[0])
    # The loss of all samples is the mean of their own: `backward` itself is compared with autograd.
    expected = len(x) * backward(network, theta, forward(network, theta, x), y).da[0][:, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-13)


def test_input_gradients_equal_those_of_autograd():
    rng = np.random.default_rng(5)
    network = Network((64, 5, 3), ("tanh", "softmax"), "categorical_cross_entropy")
    theta = rng.standard_normal((4, network.n_parameters)) / 4
    x, y = rng.uniform(size=64), np.eye(3)[1]

    def loss(x, theta):
        (W1, b1), (W2, b2) = network.layers(theta)
        z = anp.dot(anp.tanh(anp.dot(x, W1) + b1), W2) + b2
        return anp.log(anp.sum(anp.exp(z))) - anp.dot(z, y)

    expected = [grad(loss)(x, row) for row in theta]
    np.testing.assert_allclose(input_gradients(network, theta, x, y), expected, rtol=1e-9, atol=1e-14)
