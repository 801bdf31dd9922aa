import numpy as np
import pytest

from core.initializers import INITIALIZERS, init_theta
from core.network import Network

NETWORK = Network((4, 3, 5, 2), ("tanh", "relu", "identity"))
WIDE = Network((200, 400), ("tanh",), bias=False)


def generator(seed=0):
    return np.random.default_rng(seed)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_theta_fits_the_network_and_biases_are_zero(name):
    theta = init_theta(NETWORK, name, generator())
    assert theta.shape == (NETWORK.n_parameters,)
    assert all(b is not None and not b.any() for _, b in NETWORK.layers(theta))
    without = Network(NETWORK.widths, NETWORK.activations, bias=False)
    assert init_theta(without, name, generator()).shape == (without.n_parameters,)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_seed_decides_the_weights(name):
    theta = init_theta(NETWORK, name, generator(3))
    assert np.array_equal(theta, init_theta(NETWORK, name, generator(3)))
    other = init_theta(NETWORK, name, generator(4))
    assert np.array_equal(theta, other) == (name == "zeros")


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name != "zeros"])
def test_every_weight_of_every_layer_is_drawn_anew(name):
    theta = init_theta(NETWORK, name, generator())
    weights = np.concatenate([W.ravel() for W, _ in NETWORK.layers(theta)])
    assert len(set(weights.tolist())) == len(weights)


@pytest.mark.parametrize(
    ("name", "limit"),
    # Xavier: √(6 / (200 + 400)).
    [("uniform", 0.5), ("xavier", 0.1)],
)
def test_uniform_weights_fill_their_interval(name, limit):
    theta = init_theta(WIDE, name, generator())
    assert limit * 0.999 < np.abs(theta).max() <= limit
    assert theta.std() == pytest.approx(limit / np.sqrt(3), rel=0.02)
    assert abs(theta.mean()) < 0.02 * limit


@pytest.mark.parametrize(
    ("name", "deviation"),
    # He: √(2 / 200).
    [("normal", 1.0), ("he", 0.1)],
)
def test_normal_weights_have_their_standard_deviation(name, deviation):
    theta = init_theta(WIDE, name, generator())
    assert theta.std() == pytest.approx(deviation, rel=0.02)
    assert abs(theta.mean()) < 0.02 * deviation
    # Of a normal distribution 4.6 % lies beyond two standard deviations, of a uniform one nothing.
    assert np.mean(np.abs(theta) > 2 * deviation) == pytest.approx(0.0455, rel=0.1)


def test_zeros_are_zeros():
    assert not init_theta(NETWORK, "zeros", generator()).any()
