import numpy as np
import pytest

from core.activations import ACTIVATIONS, pull_back

ELEMENTWISE = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]

# An even number of places: none at 0, where ReLU and its kin have their kink.
Z = np.linspace(-6, 6, 60).reshape(-1, 3)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivative_equals_central_differences_away_from_kinks(name):
    activation, h = ACTIVATIONS[name], 1e-5
    numerical = (activation.function(Z + h) - activation.function(Z - h)) / (2 * h)
    derivative = activation.derivative(Z, activation.function(Z))
    np.testing.assert_allclose(derivative, numerical, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_pull_back_is_the_jacobian_times_the_slope(name):
    activation, h = ACTIVATIONS[name], 1e-5
    rng = np.random.default_rng(0)
    z, da = rng.uniform(0.1, 2, (2, 4)) * [-1, 1, -1, 1]
    # Row k holds da/dz_k.
    shift = h * np.eye(4)
    jacobian = (activation.function(z + shift) - activation.function(z - shift)) / (2 * h)
    z, da = z[None], da[None]
    a = activation.function(z)
    np.testing.assert_allclose(pull_back(activation, da, z, a)[0], jacobian @ da[0], rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(activation.derivative(z, a)[0], np.diag(jacobian), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("size", [1.0, 1e4])
def test_values_lie_within_the_bounds_and_derivatives_are_finite(name, size):
    activation = ACTIVATIONS[name]
    z = size * Z
    a = activation.function(z)
    assert a.shape == z.shape
    assert np.all((a >= activation.bounds[0]) & (a <= activation.bounds[1]))
    assert np.all(np.isfinite(activation.derivative(z, a)))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_reach_their_bounds_and_go_no_further(name):
    activation = ACTIVATIONS[name]
    z = np.linspace(-40, 40, 200_001)
    rows = np.stack([z, np.zeros_like(z)], axis=-1)
    slopes = activation.derivative(rows, activation.function(rows))[:, 0]
    low, high = activation.slope_bounds
    assert low <= slopes.min()
    assert slopes.max() <= high
    assert (slopes.min(), slopes.max()) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_input_is_neither_changed_nor_handed_back(name):
    z = Z.copy()
    assert not np.shares_memory(ACTIVATIONS[name].function(z), z)
    assert np.array_equal(z, Z)


@pytest.mark.parametrize(
    ("name", "z", "a"),
    [
        ("sigmoid", 0, 0.5),
        ("sigmoid", np.log(3), 0.75),
        ("sigmoid", -1e4, 0),
        ("sigmoid", 1e4, 1),
        ("tanh", 0, 0),
        ("tanh", np.log(2), 0.6),
        ("relu", -2, 0),
        ("relu", 2, 2),
        ("leaky_relu", -2, -0.02),
        ("leaky_relu", 2, 2),
        ("elu", -np.log(2), -0.5),
        ("elu", 2, 2),
        ("elu", -1e4, -1),
        ("softplus", 0, np.log(2)),
        ("softplus", 1e4, 1e4),
        ("softplus", -1e4, 0),
        ("gelu", 0, 0),
        ("gelu", 1, 0.841191990608),
        ("gelu", 1e4, 1e4),
        ("gelu", -1e4, 0),
        ("sin", np.pi / 2, 1),
        ("identity", -3.5, -3.5),
        ("softmax", 7, 1),
    ],
)
def test_known_values(name, z, a):
    assert ACTIVATIONS[name].function(np.array([[z]], dtype=float)).item() == pytest.approx(a, rel=1e-11)


@pytest.mark.parametrize(("name", "slope"), [("relu", 0), ("leaky_relu", 0.01), ("elu", 1)])
def test_a_kink_takes_the_derivative_of_its_left_side(name, slope):
    zero = np.zeros((1, 1))
    assert ACTIVATIONS[name].derivative(zero, zero).item() == slope


def test_softmax_shares_out_one():
    a = ACTIVATIONS["softmax"].function(Z)
    np.testing.assert_allclose(a.sum(axis=-1), 1, rtol=1e-15)
    np.testing.assert_allclose(ACTIVATIONS["softmax"].function(np.log([[1.0, 3.0]])), [[0.25, 0.75]])


def test_softmax_depends_on_differences_only():
    softmax = ACTIVATIONS["softmax"].function
    np.testing.assert_allclose(softmax(Z + 1e4), softmax(Z), rtol=1e-11)
