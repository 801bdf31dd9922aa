"""A fully connected network: forward pass, loss, and backward pass.

Everything broadcasts: parameters θ of shape (..., P) and samples of shape (..., N, n) may carry any
leading axes, so one call computes one network or thousands of variations of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.activations import ACTIVATIONS, Activation, pull_back
from core.arrays import Array, as_array, matmul
from core.losses import LOSSES, Loss


class Layer(NamedTuple):
    """The parameters of one layer: W of shape (..., n_in, n_out), b of shape (..., n_out) or None."""

    W: Array
    b: Array | None


class Trace(NamedTuple):
    """What a forward pass leaves behind.

    `z` holds one pre-activation (..., N, n_out) a layer; `a` holds x, then one activation a layer.
    """

    z: tuple[Array, ...]
    a: tuple[Array, ...]


class Gradient(NamedTuple):
    """What a backward pass leaves behind.

    `theta` is dL/dθ of shape (..., P); `delta` holds dL/dz, one (..., N, n_out) a layer; `da` holds
    dL/dx, then dL/da, one a layer, so that `da[i]` belongs to `trace.a[i]`.
    """

    theta: Array
    delta: tuple[Array, ...]
    da: tuple[Array, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The description of a network; its parameters live outside, in a flat vector θ of shape (..., P).

    `widths` counts the inputs, then the units of every layer; `activations` and `loss` are names in
    ACTIVATIONS and LOSSES. θ packs W1, b1, W2, b2, … in C order. Raises ValueError for a description
    that is no network.
    """

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str = "half_squared_error"
    bias: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "widths", tuple(self.widths))
        object.__setattr__(self, "activations", tuple(self.activations))
        if len(self.widths) < 2 or any(width < 1 for width in self.widths):
            raise ValueError(f"widths must be two or more numbers from 1, got {self.widths}")
        if len(self.activations) != len(self.widths) - 1:
            raise ValueError(
                f"activations must name {len(self.widths) - 1} layers, got {len(self.activations)}"
            )
        for name in self.activations:
            if name not in ACTIVATIONS:
                raise ValueError(f"activation must be one of {', '.join(ACTIVATIONS)}, got {name!r}")
        for name in self.activations[:-1]:
            if ACTIVATIONS[name].couples_units:
                raise ValueError(f"{name} is for the output layer only, got it in a hidden layer")
        if self.loss not in LOSSES:
            raise ValueError(f"loss must be one of {', '.join(LOSSES)}, got {self.loss!r}")

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Return the shape (n_in, n_out) of every W."""
        return tuple(zip(self.widths[:-1], self.widths[1:], strict=True))

    @property
    def n_parameters(self) -> int:
        """Return P, the length of θ."""
        return sum(n_in * n_out + self.bias * n_out for n_in, n_out in self.shapes)

    def layers(self, theta: Array) -> tuple[Layer, ...]:
        """Return W (..., n_in, n_out) and b (..., n_out) of every layer as views into θ (..., P).

        Raises ValueError for a θ of another length.
        """
        if theta.ndim < 1 or theta.shape[-1] != self.n_parameters:
            raise ValueError(f"theta must have shape (..., {self.n_parameters}), got {theta.shape}")
        layers = []
        start = 0
        for n_in, n_out in self.shapes:
            stop = start + n_in * n_out
            W = theta[..., start:stop].reshape(*theta.shape[:-1], n_in, n_out)
            start = stop + self.bias * n_out
            layers.append(Layer(W, theta[..., stop:start] if self.bias else None))
        return tuple(layers)

    def pack(self, weights: Sequence[ArrayLike], biases: Sequence[ArrayLike] | None = None) -> Array:
        """Return θ of shape (..., P) from one W a layer and, for a network with biases, one b a layer.

        Raises ValueError naming the array, the shape it must have and the shape it has.
        """
        if len(weights) != len(self.shapes):
            raise ValueError(f"weights must hold {len(self.shapes)} arrays, got {len(weights)}")
        if (biases is not None) != self.bias:
            wanted = "one array a layer" if self.bias else "left out: the network has none"
            raise ValueError(f"biases must be {wanted}")
        parts: list[Array] = []
        for index, (n_in, n_out) in enumerate(self.shapes):
            W = as_array(weights[index])
            if W.shape[-2:] != (n_in, n_out):
                raise ValueError(f"W{index + 1} must have shape {(n_in, n_out)}, got {W.shape}")
            parts.append(W.reshape(*W.shape[:-2], n_in * n_out))
            if biases is not None:
                b = as_array(biases[index])
                if b.shape[-1:] != (n_out,):
                    raise ValueError(f"b{index + 1} must have shape {(n_out,)}, got {b.shape}")
                parts.append(b)
        lead = np.broadcast_shapes(*(part.shape[:-1] for part in parts))
        return np.concatenate([np.broadcast_to(p, (*lead, p.shape[-1])) for p in parts], axis=-1)

    @property
    def _loss(self) -> Loss:
        return LOSSES[self.loss]

    @property
    def _activations(self) -> tuple[Activation, ...]:
        return tuple(ACTIVATIONS[name] for name in self.activations)

    @property
    def _fused(self) -> bool:
        return self._loss.fused == self.activations[-1]


def widths_text(widths: Sequence[int]) -> str:
    """Return the widths of layers as links and messages have them, such as 3-2-1."""
    return "-".join(map(str, widths))


def forward(network: Network, theta: ArrayLike, x: ArrayLike) -> Trace:
    """Return every z = a_prev W + b and a = f(z) for θ (..., P) and samples x (..., N, n_in).

    Raises ValueError when a shape does not fit the network.
    """
    a = as_array(x)
    if a.ndim < 2 or a.shape[-1] != network.widths[0]:
        raise ValueError(f"x must have shape (..., N, {network.widths[0]}), got {a.shape}")
    z_of_layers = []
    a_of_layers = [a]
    for (W, b), activation in zip(network.layers(as_array(theta)), network._activations, strict=True):
        z = matmul(a, W)
        if b is not None:
            z = z + b[..., None, :]
        a = activation.function(z)
        z_of_layers.append(z)
        a_of_layers.append(a)
    return Trace(tuple(z_of_layers), tuple(a_of_layers))


def trace_loss(network: Network, trace: Trace, y: ArrayLike) -> Array:
    """Return the loss (...,) of a traced forward pass against the targets y (..., N, n_out)."""
    y = _targets(trace, y)
    loss = network._loss
    if network._fused and loss.element_of_z is not None:
        element = loss.element_of_z(trace.z[-1], y)
    else:
        element = loss.element(trace.a[-1], y, rest_of_prediction(network, trace))
    return np.sum(element, axis=(-2, -1)) * loss.scale(y)


def backward(network: Network, theta: ArrayLike, trace: Trace, y: ArrayLike) -> Gradient:
    """Return the gradient of the loss by the chain rule, from the output layer to the first.

    δ = dL/da ∘ f'(z),  dL/dW = a_prevᵀ δ,  dL/db = Σ δ,  dL/da_prev = δ Wᵀ,
    for θ (..., P), a trace of it, and targets y (..., N, n_out).
    """
    theta = as_array(theta)
    y = _targets(trace, y)
    y_hat = trace.a[-1]
    lead = np.broadcast_shapes(theta.shape[:-1], y_hat.shape[:-2], y.shape[:-2])
    gradient = np.empty((*lead, network.n_parameters), dtype=np.result_type(theta, y_hat, y))

    da = network._loss.slope(y_hat, y, rest_of_prediction(network, trace)) * network._loss.scale(y)
    da_of_layers = [da]
    delta_of_layers: list[Array] = []
    parameters = network.layers(theta)
    gradients = network.layers(gradient)
    for index in reversed(range(len(parameters))):
        if index == len(parameters) - 1 and network._fused:
            delta = _fused_delta(network, trace, y) * network._loss.scale(y)
        else:
            delta = pull_back(network._activations[index], da, trace.z[index], trace.a[index + 1])
        da = matmul(delta, np.swapaxes(parameters[index].W, -1, -2))
        dW, db = gradients[index]
        dW[...] = matmul(np.swapaxes(trace.a[index], -1, -2), delta)
        if db is not None:
            db[...] = np.sum(delta, axis=-2)
        delta_of_layers.append(delta)
        da_of_layers.append(da)
    return Gradient(gradient, tuple(reversed(delta_of_layers)), tuple(reversed(da_of_layers)))


def rest_of_prediction(network: Network, trace: Trace) -> Array:
    """Return 1 − ŷ (..., N, n_out), with all its digits where the output activation has it from z."""
    return network._activations[-1].rest(trace.z[-1], trace.a[-1])


def _fused_delta(network: Network, trace: Trace, y: Array) -> Array:
    """Return N · dL/dz = ŷ Σy − y, in which f' and the slope of the logarithm have canceled.

    Σy is 1 for sigmoid, each of whose outputs is its own distribution, and for targets that sum to 1.
    """
    activation, y_hat = network._activations[-1], trace.a[-1]
    total = np.sum(y, axis=-1, keepdims=True) if activation.couples_units else 1
    # The same, without subtracting what is almost equal: ŷ (Σy − y) − y (1 − ŷ).
    return y_hat * (total - y) - y * rest_of_prediction(network, trace)


def _targets(trace: Trace, y: ArrayLike) -> Array:
    y = as_array(y)
    samples, outputs = trace.a[-1].shape[-2:]
    if y.shape[-2:] != (samples, outputs):
        raise ValueError(f"y must have shape (..., {samples}, {outputs}), got {y.shape}")
    return y
