"""Gradients by central differences, to hold backprop against."""

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array
from core.network import Network, forward, trace_loss


def numerical_gradient(
    network: Network, theta: ArrayLike, x: ArrayLike, y: ArrayLike, h: float = 1e-5
) -> Array:
    """Return (L(θ + h e_i) − L(θ − h e_i)) / 2h for every parameter of θ (P,), in one forward pass.

    x has the shape (N, n_in), y (N, n_out); the result has the shape (P,).
    """
    theta = as_array(theta)
    shift = h * np.eye(network.n_parameters)
    shifted = np.stack([theta + shift, theta - shift])
    above, below = trace_loss(network, forward(network, shifted, x), y)
    return (above - below) / (2 * h)


def relative_error(analytic: ArrayLike, numerical: ArrayLike) -> float:
    """Return ‖a − n‖ / max(‖a‖ + ‖n‖, tiny): 0 for equal vectors, 1 at most."""
    a, n = as_array(analytic), as_array(numerical)
    # Squares of very small or large numbers would leave the range that a norm can hold.
    largest = max(np.max(np.abs(a), initial=0), np.max(np.abs(n), initial=0))
    if 0 < largest < np.inf:
        a, n = a / largest, n / largest
    size = float(np.linalg.norm(a) + np.linalg.norm(n))
    return float(np.linalg.norm(a - n)) / max(size, float(np.finfo(np.float64).tiny))
