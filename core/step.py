"""One step of backprop: forward, backward, the weight deltas, and the loss they lead to."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array
from core.network import Gradient, Network, Trace, backward, forward, trace_loss


class Step(NamedTuple):
    """Everything one step computes; the leading axes (...) are those of θ, x, y and η together.

    `weight_delta` (..., P) is Δθ = −η dL/dθ; `loss` and `loss_after` (...,) are the loss at θ and at
    θ + Δθ; `loss_predicted` (...,) is what the slope alone predicts, L − η‖dL/dθ‖².
    """

    trace: Trace
    gradient: Gradient
    weight_delta: Array
    loss: Array
    loss_after: Array
    loss_predicted: Array


def take_step(
    network: Network,
    theta: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    learning_rate: ArrayLike,
    trained: ArrayLike = True,
) -> Step:
    """Compute one step of gradient descent from θ (..., P) on x (..., N, n_in) and y (..., N, n_out).

    `learning_rate` has the shape (...,); `trained` (P,) is False for parameters that are held fixed.
    """
    theta = as_array(theta)
    trace = forward(network, theta, x)
    gradient = backward(network, theta, trace, y)
    loss = trace_loss(network, trace, y)
    # Before the product: what is held fixed may have an infinite gradient, and 0 · ∞ is no number.
    moving = np.where(trained, gradient.theta, 0)
    with np.errstate(over="ignore", invalid="ignore"):
        weight_delta = -as_array(learning_rate)[..., None].astype(moving.dtype) * moving
        loss_after = trace_loss(network, forward(network, theta + weight_delta, x), y)
        loss_predicted = loss + np.sum(weight_delta * moving, axis=-1)
    return Step(trace, gradient, weight_delta, loss, loss_after, loss_predicted)
