import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.optimizers import OPTIMIZERS, Rates
from core.schedules import SCHEDULES

ETA = 0.1


def deltas(name, gradients, theta, rates=None):
    """The weight deltas of a run of given gradients, θ moving with them."""
    optimizer = OPTIMIZERS[name]
    state = optimizer.init(theta)
    found = []
    for step, gradient in enumerate(gradients, start=1):
        delta, state = optimizer.update(gradient, state, theta, np.array(-ETA), step, rates or Rates())
        theta = theta + delta
        found.append(delta)
    return np.array(found)


# Two steps of g = 2, then g = 1, from θ = 0.5, worked out by hand from the formulas.
BY_HAND = {
    "gradient_descent": [-0.2, -0.1],
    "momentum": [-0.2, -0.1 * (0.9 * 2 + 1)],
    "nesterov": [-0.1 * (2 + 0.9 * 2), -0.1 * (1 + 0.9 * (0.9 * 2 + 1))],
    "adagrad": [-0.1 * 2 / (2 + 1e-8), -0.1 * 1 / (5**0.5 + 1e-8)],
    "rmsprop": [-0.1 * 2 / (0.4**0.5 + 1e-8), -0.1 * 1 / ((0.9 * 0.4 + 0.1) ** 0.5 + 1e-8)],
    "adam": [
        -0.1 * 2 / (2 + 1e-8),
        -0.1 * ((0.9 * 0.2 + 0.1) / 0.19) / (((0.999 * 0.004 + 0.001) / (1 - 0.999**2)) ** 0.5 + 1e-8),
    ],
}


@pytest.mark.parametrize("name", BY_HAND)
def test_two_steps_by_hand(name):
    found = deltas(name, [np.array([2.0]), np.array([1.0])], np.array([0.5]))
    np.testing.assert_allclose(found[:, 0], BY_HAND[name], rtol=1e-12)


def test_adamw_is_adam_with_the_weights_decaying_beside_it():
    gradients = [np.array([2.0, -1.0])] * 2
    theta = np.array([0.5, -3.0])
    first_adam, _ = deltas("adam", gradients, theta)
    first, _ = deltas("adamw", gradients, theta)
    np.testing.assert_allclose(first, first_adam - ETA * 0.01 * theta, rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_goes_downhill_at_first_and_keeps_its_arguments(name):
    theta, gradient = np.array([1.0, -2.0]), np.array([0.5, -0.25])
    state = OPTIMIZERS[name].init(theta)
    before = [theta.copy(), gradient.copy(), *(part.copy() for part in state)]
    delta, _ = OPTIMIZERS[name].update(gradient, state, theta, np.array(-0.01), 1, Rates())
    assert np.all(delta * gradient < 0)
    for array, copy in zip([theta, gradient, *state], before, strict=True):
        np.testing.assert_array_equal(array, copy)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_runs_side_by_side_are_each_their_own(name):
    rng = np.random.default_rng(0)
    gradients, theta = rng.standard_normal((4, 3, 2)), rng.standard_normal((3, 2))
    together = deltas(name, list(gradients), theta)
    for run in range(3):
        np.testing.assert_array_equal(together[:, run], deltas(name, list(gradients[:, run]), theta[run]))


@pytest.mark.parametrize(
    "wrong",
    [{"momentum": 1.0}, {"beta1": -0.1}, {"beta2": np.nan}, {"rho": 2}, {"epsilon": 0}, {"weight_decay": -1}],
)
def test_rates_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Rates(**wrong)


FACTORS: dict[str, list[float]] = {
    "constant": [1, 1, 1, 1],
    "step": [1, 1, 0.5, 0.5],
    "exponential": [1, 0.5**0.5, 0.5, 0.5**1.5],
    "cosine": [1, 0.5, 0, 0],
    "warm_up": [0.5, 1, 1, 1],
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_by_hand(name):
    found = SCHEDULES[name].factor(np.arange(4.0), 2, 0.5)
    np.testing.assert_allclose(found, FACTORS[name], atol=1e-15)


@given(st.sampled_from(sorted(SCHEDULES)), st.integers(1, 500), st.floats(0.01, 1))
def test_a_schedule_never_raises_the_learning_rate_above_its_own(name, period, decay):
    factors = SCHEDULES[name].factor(np.arange(1000.0), period, decay)
    assert factors.shape == (1000,)
    assert np.all((factors >= 0) & (factors <= 1))
