import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.losses import HUBER_THRESHOLD, LOSSES, SMALLEST_PROBABILITY
from tests.core.strategies import LOG_LOSSES, OTHER_LOSSES

RNG = np.random.default_rng(1)
Y_HAT, Y = RNG.uniform(0.05, 0.95, (2, 7, 3))

SMALLEST = SMALLEST_PROBABILITY[np.dtype(np.float64)]


def samples(name):
    """Return predictions and targets: probabilities, or for the other losses errors of either sign."""
    return (Y_HAT, Y) if name in LOG_LOSSES else (6 * Y_HAT - 3, 6 * Y - 3)


@pytest.mark.parametrize("name", LOSSES)
def test_slope_equals_central_differences(name):
    loss, h = LOSSES[name], 1e-5
    y_hat, y = samples(name)
    numerical = (loss.element(y_hat + h, y) - loss.element(y_hat - h, y)) / (2 * h)
    np.testing.assert_allclose(loss.slope(y_hat, y), numerical, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", LOSSES)
def test_target_slope_equals_central_differences(name):
    loss, h = LOSSES[name], 1e-5
    y_hat, y = samples(name)
    numerical = (loss.element(y_hat, y + h) - loss.element(y_hat, y - h)) / (2 * h)
    np.testing.assert_allclose(loss.target_slope(y_hat, y), numerical, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("name", [name for name, loss in LOSSES.items() if loss.fused])
def test_the_loss_of_z_is_the_loss_of_the_prediction(name):
    loss = LOSSES[name]
    assert loss.fused is not None
    assert loss.element_of_z is not None
    z = 10 * Y_HAT - 5
    y_hat = ACTIVATIONS[loss.fused].function(z)
    np.testing.assert_allclose(loss.element_of_z(z, Y), loss.element(y_hat, Y), rtol=1e-12)


@pytest.mark.parametrize("name", OTHER_LOSSES)
def test_a_perfect_prediction_costs_nothing(name):
    loss = LOSSES[name]
    assert not loss.element(Y, Y).any()
    assert not loss.slope(Y, Y).any()
    assert not loss.target_slope(Y, Y).any()


@pytest.mark.parametrize("name", LOG_LOSSES)
def test_a_certain_and_right_prediction_costs_nothing(name):
    assert not LOSSES[name].element(np.eye(3), np.eye(3)).any()


@pytest.mark.parametrize("name", LOG_LOSSES)
def test_a_certain_and_wrong_prediction_costs_a_finite_number(name):
    y_hat, y = np.array([[0.0]]), np.array([[1.0]])
    assert LOSSES[name].element(y_hat, y).item() == pytest.approx(-np.log(SMALLEST))
    # There the logarithm is cut off and flat.
    assert LOSSES[name].slope(y_hat, y).item() == 0


@pytest.mark.parametrize("name", LOG_LOSSES)
def test_the_derivative_is_largest_just_above_the_smallest_probability(name):
    y_hat, y = np.array([[SMALLEST]]), np.array([[1.0]])
    assert LOSSES[name].slope(y_hat, y).item() == -1 / SMALLEST


def test_huber_is_half_the_square_within_its_threshold_and_a_line_beyond():
    huber, half_square = LOSSES["huber"], LOSSES["half_squared_error"]
    error = np.linspace(-3, 3, 61)
    zero = np.zeros_like(error)
    inside = np.abs(error) <= HUBER_THRESHOLD
    np.testing.assert_allclose(
        huber.element(error, zero)[inside], half_square.element(error, zero)[inside], rtol=1e-14
    )
    np.testing.assert_allclose(huber.element(error, zero)[~inside], np.abs(error[~inside]) - 0.5, rtol=1e-14)
    assert np.array_equal(huber.slope(error, zero)[~inside], np.sign(error[~inside]))


@pytest.mark.parametrize("name", LOSSES)
def test_scale_averages_over_samples_and_for_the_mean_over_outputs_too(name):
    expected = 1 / 21 if name == "mean_squared_error" else 1 / 7
    assert LOSSES[name].scale(np.zeros((5, 7, 3))) == expected
