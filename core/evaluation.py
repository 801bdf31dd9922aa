"""How well parameters do on samples: loss, accuracy, and gradients, for many θ at once."""

from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.network import Network, Trace, backward, forward, trace_loss
from core.pieces import BLOCK_NUMBERS, Pieces, finish


class Evaluation(NamedTuple):
    """What K sets of parameters do on N samples.

    `loss` and `accuracy` have the shape (K,), `gradient` (K, P) is dL/dθ over all samples and
    `gradient_norms` (K, layers) the norm of its part in each layer. `accuracy` is None for regression;
    the gradients are empty without `gradients`.
    """

    loss: Array
    accuracy: Array | None
    gradient: Array
    gradient_norms: Array


def evaluate(
    network: Network, theta: Array, x: Array, y: Array, *, classes: bool, gradients: bool = True
) -> Evaluation:
    """Evaluate θ (K, P) on samples x (N, n_in) and targets y (N, n_out)."""
    return finish(evaluating(network, theta, x, y, classes=classes, gradients=gradients))


def evaluating(
    network: Network, theta: Array, x: Array, y: Array, *, classes: bool, gradients: bool = True
) -> Pieces[Evaluation]:
    """Do what `evaluate` does in pieces, each a block of the rows of θ (K, P)."""
    units = len(x) * sum(network.widths)
    block = max(1, BLOCK_NUMBERS // units)
    losses, accuracies = [], []
    parts: list[Array] = [np.empty((0, network.n_parameters))]
    for start in range(0, len(theta), block):
        some = theta[start : start + block]
        with np.errstate(over="ignore", invalid="ignore"):
            trace = forward(network, some, x)
            losses.append(trace_loss(network, trace, y))
            if classes:
                accuracies.append(accuracy(trace.a[-1], y))
            if gradients:
                parts.append(backward(network, some, trace, y).theta)
        yield
    gradient = np.concatenate(parts)
    with np.errstate(over="ignore", invalid="ignore"):
        norms = gradient_norms(network, gradient)
    return Evaluation(
        np.concatenate(losses), np.concatenate(accuracies) if classes else None, gradient, norms
    )


def accuracy(y_hat: Array, y: Array) -> Array:
    """Return the share (...,) of samples whose class is predicted, from ŷ and y (..., N, n_out).

    One output gives its class by lying above ½, several by the largest.
    """
    if y.shape[-1] == 1:
        right = (y_hat > 0.5) == (y > 0.5)
        return np.mean(right[..., 0], axis=-1)
    return np.mean(np.argmax(y_hat, axis=-1) == np.argmax(y, axis=-1), axis=-1)


def gradient_norms(network: Network, gradient: Array) -> Array:
    """Return the norm (..., layers) of each layer's part of a gradient (..., P)."""
    norms = []
    for W, b in network.layers(gradient):
        square = np.sum(W**2, axis=(-2, -1))
        norms.append(np.sqrt(square if b is None else square + np.sum(b**2, axis=-1)))
    return np.stack(norms, axis=-1)


def sample_gradients(network: Network, theta: Array, x: Array, y: Array) -> tuple[Array, Array]:
    """Return each sample's own loss (N,) and gradient (N, P) at θ (P,).

    Their means are the loss and the gradient of the samples together.
    """
    alone_x, alone_y = x[:, None, :], y[:, None, :]
    trace: Trace = forward(network, theta, alone_x)
    return trace_loss(network, trace, alone_y), backward(network, theta, trace, alone_y).theta


def input_gradients(network: Network, theta: Array, x: Array, y: Array) -> Array:
    """Return dL/dx (K, n_in) of one sample's own loss at θ (K, P): dL/dx = δ₁ W₁ᵀ, where the chain rule ends.

    x is (n_in,), y (n_out,).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        trace = forward(network, theta, x[None])
        return backward(network, theta, trace, y[None]).da[0][:, 0]
