"""Sweeps: the whole response of an exercise while one of its numbers moves."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array
from core.exercise import Exercise, Quantity
from core.losses import LOSSES
from core.network import backward, forward, rest_of_prediction
from core.step import Step, take_step


class Varied(NamedTuple):
    """The numbers of an exercise while one of them takes F values: that one has the leading axis F.

    θ is (P,) or (F, P), x and y are (1, n) or (F, 1, n), the learning rate is () or (F,).
    """

    theta: Array
    x: Array
    y: Array
    learning_rate: Array


def vary(exercise: Exercise, quantity: Quantity, positions: ArrayLike) -> Varied:
    """Return the numbers of `exercise` with `quantity` taking each of the `positions` (F,)."""
    positions = as_array(positions)
    varied = Varied(
        exercise.theta_array, exercise.x_array, exercise.y_array, np.array(exercise.learning_rate)
    )
    if quantity.kind == "eta":
        return varied._replace(learning_rate=positions)
    field = quantity.kind if quantity.kind in "xy" else "theta"
    return varied._replace(**{field: _along(getattr(varied, field), quantity.place, positions)})


class Sweep(NamedTuple):
    """A film of one step along one quantity: every array of `step` that depends on it has the leading axis F.

    `positions` (F,) are the values of the quantity, `curve` (F,) the loss against it and `slope` (F,)
    the derivative of that curve. For the learning rate, on which the loss now does not depend, the
    curve is the loss after the step.
    """

    positions: Array
    step: Step
    curve: Array
    slope: Array


def sweep(exercise: Exercise, quantity: Quantity, positions: ArrayLike) -> Sweep:
    """Return the response of `exercise` to `quantity` taking each of the `positions` (F,)."""
    positions = as_array(positions)
    theta, x, y, learning_rate = vary(exercise, quantity, positions)
    if quantity.kind == "eta":
        theta = np.tile(theta, (len(positions), 1))
    step = take_step(exercise.network, theta, x, y, learning_rate, exercise.trained)

    if quantity.kind == "eta":
        return Sweep(positions, step, step.loss_after, _slope_along_learning_rate(exercise, step, theta))
    if quantity.kind == "x":
        slope = step.gradient.da[0][:, 0, quantity.place]
    elif quantity.kind == "y":
        slope = _slope_along_targets(exercise, step, y)[:, 0, quantity.place]
    else:
        slope = step.gradient.theta[:, quantity.place]
    return Sweep(positions, step, step.loss, slope)


def _along(values: Array, place: int, positions: Array) -> Array:
    """Return F copies of `values` whose last axis has each position in turn at `place`."""
    film = np.tile(values, (len(positions),) + (1,) * values.ndim)
    film[..., place] = positions.reshape(-1, *(1,) * (values.ndim - 1))
    return film


def _slope_along_targets(exercise: Exercise, step: Step, y: Array) -> Array:
    """Return dL/dy (F, 1, n_out) for targets y (F, 1, n_out)."""
    network = exercise.network
    loss = LOSSES[network.loss]
    z, y_hat = step.trace.z[-1], step.trace.a[-1]
    if loss.fused == network.activations[-1] and loss.element_of_z is not None:
        # Linear in y, so this difference is the slope, and exact where ŷ has saturated.
        slope: Array = loss.element_of_z(z, np.ones_like(z)) - loss.element_of_z(z, np.zeros_like(z))
    else:
        slope = loss.target_slope(y_hat, y, rest_of_prediction(network, step.trace))
    return np.broadcast_to(slope * loss.scale(y), y.shape)


def _slope_along_learning_rate(exercise: Exercise, step: Step, theta: Array) -> Array:
    """Return d loss_after / dη = −∇L(θ + Δθ) · ∇L(θ), over the trained parameters."""
    with np.errstate(over="ignore", invalid="ignore"):
        after = theta + step.weight_delta
        trace = forward(exercise.network, after, exercise.x_array)
        gradient_after = backward(exercise.network, after, trace, exercise.y_array).theta
        product = gradient_after * step.gradient.theta
        return -np.sum(np.where(exercise.trained, product, 0), axis=-1)
