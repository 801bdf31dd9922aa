import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exercise import Exercise, quantities
from core.network import Network
from core.sweep import sweep
from tests.core.strategies import (
    ALL_ACTIVATIONS,
    LOG_LOSSES,
    OTHER_LOSSES,
    SMOOTH,
    exercises,
    networks,
    values,
)

KINDS = [(kind, losses) for kind in ("x", "w", "b", "y", "eta") for losses in (LOG_LOSSES, OTHER_LOSSES)]


def draw_case(data, kind, losses, activations=ALL_ACTIVATIONS):
    """Draw an exercise and a quantity of the kind in it."""
    biases = (True,) if kind == "b" else (False, True)
    exercise = data.draw(exercises(networks(activations, losses, biases)))
    return exercise, data.draw(st.sampled_from([q for q in quantities(exercise.network) if q.kind == kind]))


def arrays(step):
    """Return every array of a step by name."""
    layered = {"z": step.trace.z, "a": step.trace.a, "delta": step.gradient.delta, "da": step.gradient.da}
    found = {f"{name}[{i}]": array for name, film in layered.items() for i, array in enumerate(film)}
    names = ("weight_delta", "loss", "loss_after", "loss_predicted")
    return found | {"gradient": step.gradient.theta} | {name: getattr(step, name) for name in names}


@pytest.mark.parametrize(("kind", "losses"), KINDS)
@given(data=st.data())
def test_every_position_equals_a_single_step_with_that_value(kind, losses, data):
    exercise, quantity = draw_case(data, kind, losses)
    positions = np.array(data.draw(st.lists(values(exercise, quantity), min_size=1, max_size=5)))
    film = sweep(exercise, quantity, positions)
    assert np.array_equal(film.positions, positions)
    assert film.curve.shape == film.slope.shape == positions.shape
    for index, position in enumerate(positions):
        single = exercise.with_values([(quantity.id, position)]).step()
        for name, alone in arrays(single).items():
            # What the quantity has no part in is not repeated along the film.
            whole = np.broadcast_to(arrays(film.step)[name], (len(positions), *alone.shape))
            np.testing.assert_allclose(whole[index], alone, rtol=1e-10, atol=1e-13, err_msg=name)
        loss = single.loss_after if kind == "eta" else single.loss
        assert film.curve[index] == pytest.approx(float(loss), rel=1e-10)


@pytest.mark.parametrize(("kind", "losses"), KINDS)
@given(data=st.data())
def test_slope_is_that_of_the_curve(kind, losses, data):
    exercise, quantity = draw_case(data, kind, losses, SMOOTH)
    position, h = data.draw(values(exercise, quantity)), 1e-5
    film = sweep(exercise, quantity, [position - h, position, position + h])
    numerical = (film.curve[2] - film.curve[0]) / (2 * h)
    assert film.slope[1] == pytest.approx(numerical, rel=1e-5, abs=1e-8 * (1 + film.curve[1]))


@pytest.mark.parametrize("loss", OTHER_LOSSES)
def test_slope_of_a_target_counts_the_average_over_outputs(loss):
    # ŷ = (1, 2), y = (0.5, 2): only the first target is off, by 0.5.
    exercise = Exercise(Network((1, 2), ("identity",), loss, bias=False), (1.0, 2.0), (1.0,), (0.5, 2.0), 0.1)
    first, second = (q for q in quantities(exercise.network) if q.kind == "y")
    assert sweep(exercise, first, [0.5]).slope.tolist() == [-0.5]
    assert sweep(exercise, second, [2.0]).slope.tolist() == [0]


@pytest.mark.parametrize(
    ("loss", "activation"),
    [("binary_cross_entropy", "sigmoid"), ("categorical_cross_entropy", "softmax")],
)
@pytest.mark.parametrize("z", [-400.0, 40.0, 400.0])
def test_slope_of_a_target_is_exact_far_out(loss, activation, z):
    exercise = Exercise(Network((1, 2), (activation,), loss, bias=False), (z, 0.0), (1.0,), (0.5, 0.5), 0.1)
    target = next(q for q in quantities(exercise.network) if q.kind == "y")
    film = sweep(exercise, target, [0.25, 0.5, 0.75])
    assert film.slope[1] == pytest.approx((film.curve[2] - film.curve[0]) / 0.5, rel=1e-12)


def test_a_learning_rate_of_zero_changes_nothing_and_starts_downhill():
    network = Network((2, 3, 1), ("tanh", "identity"))
    theta = np.random.default_rng(0).standard_normal(network.n_parameters)
    exercise = Exercise(network, tuple(theta.tolist()), (1.0, -0.5), (2.0,), 0.1, train_biases=False)
    film = sweep(exercise, quantities(network)[-1], [0.0, 1e-3])
    assert film.curve[0] == film.step.loss[0]
    # There the curve falls with the squared length of the gradient of the trained parameters.
    gradient = film.step.gradient.theta[0] * exercise.trained
    assert film.slope[0] == pytest.approx(-np.sum(gradient**2), rel=1e-14)


@pytest.mark.parametrize(
    ("output", "z"), [("sigmoid", 25.0), ("tanh", 15.0), ("tanh", 25.0), ("softmax", 50.0)]
)
def test_the_slope_along_a_target_is_that_of_the_curve_where_a_prediction_saturates(output, z):
    outputs = 2 if output == "softmax" else 1
    network = Network((1, outputs), (output,), "binary_cross_entropy", bias=False)
    exercise = Exercise(network, (z,) + (0.0,) * (outputs - 1), (1.0,), (0.5,) * outputs, 0.1)
    target = next(quantity for quantity in quantities(network) if quantity.kind == "y")
    found = sweep(exercise, target, [0.25, 0.5, 0.75])
    # The loss is linear in its targets.
    expected = (found.curve[2] - found.curve[0]) / 0.5
    np.testing.assert_allclose(found.slope, expected, rtol=1e-9)
