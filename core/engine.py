"""The fast way to the gradient of a batch, for training loops.

The one module that trades prettiness for speed. It computes what `core.network` does, to 1e-12: columns
are samples, every layer's activations are followed by a row of ones, so that W and b of a layer are one
matrix and its gradient one product; all arrays are allocated once, and a pass is a list of calls whose
arguments are bound beforehand.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np

from core.activations import ACTIVATIONS, GELU_CUBE, GELU_LINE, pull_back
from core.arrays import Array
from core.losses import LOSSES
from core.network import Network

# As arrays, because a Python number as an operand doubles the cost of a call at these sizes.
_ONE = np.array(1.0)
_ZERO = np.array(0.0)
# Beyond this the gate of GELU is 0 or 1 to 1e-260; its power does not overflow.
_GELU_RANGE = 20.0

Call = Callable[[], object]


def _turn(array: Array) -> Array:
    return np.swapaxes(array, -1, -2)


def _sigmoid(z: Array, a: Array) -> list[Call]:
    return [
        partial(np.negative, z, a),
        partial(np.exp, a, a),
        partial(np.add, a, _ONE, a),
        partial(np.reciprocal, a, a),
    ]


def _sigmoid_slope(a: Array, slope: Array) -> list[Call]:
    return [partial(np.subtract, _ONE, a, slope), partial(np.multiply, slope, a, slope)]


def _softmax(z: Array, a: Array) -> list[Call]:
    row = np.empty((*z.shape[:-2], 1, z.shape[-1]))
    return [
        partial(np.maximum.reduce, z, -2, None, row, True),
        partial(np.subtract, z, row, a),
        partial(np.exp, a, a),
        partial(np.add.reduce, a, -2, None, row, True),
        partial(np.divide, a, row, a),
    ]


def _tanh_slope(a: Array, slope: Array) -> list[Call]:
    return [partial(np.multiply, a, a, slope), partial(np.subtract, _ONE, slope, slope)]


def _gelu(z: Array, a: Array, slope: Array) -> list[Call]:
    """Write f(z) = z g, and with it f'(z) = g (1 + z (1 − g) dv/dz) for the gate g = σ(v)."""
    low, high = np.array(-_GELU_RANGE), np.array(_GELU_RANGE)
    line, minus_cube, three_cubes = np.array(GELU_LINE), np.array(-GELU_CUBE), np.array(3 * GELU_CUBE)
    within, square, gate, other = (np.empty(z.shape) for _ in range(4))
    return [
        partial(np.maximum, z, low, out=within),
        partial(np.minimum, within, high, out=within),
        partial(np.multiply, within, within, square),
        partial(np.multiply, square, minus_cube, gate),
        partial(np.subtract, gate, line, gate),
        partial(np.multiply, gate, within, gate),
        partial(np.exp, gate, gate),
        partial(np.add, gate, _ONE, gate),
        partial(np.reciprocal, gate, gate),
        partial(np.multiply, z, gate, a),
        partial(np.multiply, square, three_cubes, slope),
        partial(np.add, slope, line, slope),
        partial(np.multiply, slope, within, slope),
        partial(np.subtract, _ONE, gate, other),
        partial(np.multiply, slope, other, slope),
        partial(np.add, slope, _ONE, slope),
        partial(np.multiply, slope, gate, slope),
    ]


_FUNCTIONS: dict[str, Callable[[Array, Array], list[Call]]] = {
    "sigmoid": _sigmoid,
    "tanh": lambda z, a: [partial(np.tanh, z, a)],
    "relu": lambda z, a: [partial(np.maximum, z, _ZERO, out=a)],
    "softmax": _softmax,
}
# f'(z) as a function of a = f(z) alone, so that layers whose activations lie side by side take one call.
# Of a saturated unit it has an error of 1e-16, which no weight would show.
_SLOPES: dict[str, Callable[[Array, Array], list[Call]]] = {
    "sigmoid": _sigmoid_slope,
    "tanh": _tanh_slope,
    "relu": lambda a, slope: [partial(np.greater, a, _ZERO, slope)],
}


class _Layer(NamedTuple):
    """Views and buffers of one layer, its name in ACTIVATIONS first.

    `W` (n_in, n_out) leaves the bias out; `turned` (n_out, n_in) and `slot` (n_in, n_out), its place in
    the gradient, have the bias as one more n_in. `z`, `a`, `delta`, `slope` and the dropout `mask` have
    the shape (..., n_out, batch); `block` is what the next layer sees, with its row of ones.
    """

    name: str
    W: Array
    turned: Array
    slot: Array
    z: Array
    a: Array
    block: Array
    delta: Array
    slope: Array
    mask: Array


class Engine:
    """Buffers for one network, batch size and θ (P,), or (R, P) for R runs side by side.

    θ may change in place between calls. `gradient`, of its shape, and `z` (..., n_out, batch), the last
    pre-activation, hold what the last call computed. With `dropout`, `masks` (..., n_out, batch), one a
    hidden layer, are to be filled before each call.
    """

    def __init__(self, network: Network, batch_size: int, theta: Array, *, dropout: bool = False) -> None:
        self._network, self._dropout = network, dropout
        self.gradient = np.zeros_like(theta)
        # At these sizes `dot` is three times cheaper than `@`, but it takes no leading axes.
        self._product: Callable[[Array, Array, Array], object] = (
            np.matmul if theta.ndim > 1 else np.ndarray.dot
        )
        self._layers = list(self._build_layers(theta, batch_size))
        first, last = self._layers[0], self._layers[-1]
        self.z = last.z
        self.masks = [layer.mask for layer in self._layers[:-1]]
        loss, activation = LOSSES[network.loss], ACTIVATIONS[last.name]
        self._fused = loss.fused == last.name
        self._total = self._fused and activation.couples_units
        self._slope = None if self._fused or network.loss == "half_squared_error" else loss.slope
        self._rest = activation.rest if loss.takes_rest() else None
        scale = np.array(loss.scale(np.empty((batch_size, network.widths[-1]))))
        self._forward = self._forward_calls()
        self._backward: list[Call] = [
            partial(np.multiply, last.delta, scale, last.delta),
            *self._backward_calls(),
        ]
        self._ends = first.turned, first.z, _turn(first.delta), first.slot
        self._output = last.a, last.delta

    def _build_layers(self, theta: Array, batch_size: int) -> Iterator[_Layer]:
        network, lead = self._network, theta.shape[:-1]
        heights = [n_out + network.bias for n_out in network.widths[1:]]
        self._blocks = np.ones((*lead, sum(heights), batch_size))
        self._slopes = np.empty_like(self._blocks)
        self._tops = np.cumsum([0, *heights]).tolist()
        described = zip(network.shapes, network.activations, strict=True)
        start = 0
        for index, ((n_in, n_out), name) in enumerate(described):
            rows = n_in + network.bias
            stop = start + rows * n_out
            both = theta[..., start:stop].reshape(*lead, rows, n_out)
            slot = self.gradient[..., start:stop].reshape(*lead, rows, n_out)
            start = stop
            top = self._tops[index]
            block = self._blocks[..., top : self._tops[index + 1], :]
            slope = self._slopes[..., top : top + n_out, :]
            z, a, delta = (np.empty((*lead, n_out, batch_size)) for _ in range(3))
            if not self._dropout:
                a = block[..., :n_out, :]
            mask = np.ones((*lead, n_out, batch_size))
            yield _Layer(name, both[..., :n_in, :], _turn(both), slot, z, a, block, delta, slope, mask)

    def _forward_calls(self) -> list[Call]:
        """Return what follows once the first z is there."""
        calls: list[Call] = []
        for index, layer in enumerate(self._layers):
            if index:
                before = self._layers[index - 1]
                calls.append(partial(self._product, layer.turned, before.block, layer.z))
            calls += _function_calls(layer)
            if self._dropout and layer is not self._layers[-1]:
                seen = layer.block[..., : layer.a.shape[-2], :]
                calls.append(partial(np.multiply, layer.a, layer.mask, seen))
        return calls

    def _backward_calls(self) -> list[Call]:
        """Return what follows once the last dL/da, or the fused dL/dz, is there; the first dL/dW is left."""
        calls = self._slope_calls()
        if not self._fused:
            calls += _delta_calls(self._layers[-1])
        for before, layer in reversed(list(pairwise(self._layers))):
            calls.append(partial(self._product, before.block, _turn(layer.delta), layer.slot))
            calls.append(partial(self._product, layer.W, layer.delta, before.delta))
            if self._dropout:
                calls.append(partial(np.multiply, before.delta, before.mask, before.delta))
            calls += _delta_calls(before)
        return calls

    def _slope_calls(self) -> list[Call]:
        """Return the calls that write f'(z) of all layers, one for neighbors of the same activation."""
        layers = self._layers[: len(self._layers) - self._fused]
        calls: list[Call] = []
        for name, group in groupby(range(len(layers)), lambda index: layers[index].name):
            places = list(group)
            if name not in _SLOPES:
                continue
            if self._dropout:
                # What the next layer sees is not what the unit gave.
                for layer in (layers[index] for index in places):
                    calls += _SLOPES[name](layer.a, layer.slope)
            else:
                rows = slice(self._tops[places[0]], self._tops[places[-1] + 1])
                calls += _SLOPES[name](self._blocks[..., rows, :], self._slopes[..., rows, :])
        return calls

    def backprop(self, x: Array, y: Array) -> None:
        """Compute `gradient` and `z` for one batch.

        x (n_in, batch) is followed by a row of ones where the network has biases; y has the shape
        (n_out, batch). Of R runs each may have its own x (R, n_in, batch) and y (R, n_out, batch).
        """
        turned, z, delta_turned, slot = self._ends
        a, delta = self._output
        self._product(turned, x, z)
        for bound in self._forward:
            bound()
        if self._slope is not None:
            rest = self._rest and _turn(self._rest(_turn(self.z), _turn(a)))
            delta[...] = self._slope(a, y, rest)
        elif self._total:
            np.subtract(a * np.sum(y, axis=-2, keepdims=True), y, delta)
        else:
            np.subtract(a, y, delta)
        for bound in self._backward:
            bound()
        self._product(x, delta_turned, slot)


def _function_calls(layer: _Layer) -> list[Call]:
    """Return the calls that write f(z) into `a`; for GELU those for f'(z) too, from its gate."""
    if layer.name == "gelu":
        return _gelu(layer.z, layer.a, layer.slope)
    if layer.name in _FUNCTIONS:
        return _FUNCTIONS[layer.name](layer.z, layer.a)
    function = ACTIVATIONS[layer.name].function
    return [lambda: np.copyto(layer.a, function(layer.z))]


def _delta_calls(layer: _Layer) -> list[Call]:
    """Return the calls that turn dL/da in `delta` into dL/dz."""
    if layer.name in _SLOPES or layer.name == "gelu":
        return [partial(np.multiply, layer.delta, layer.slope, layer.delta)]
    activation = ACTIVATIONS[layer.name]
    # Softmax runs over units, which lie along the last axis everywhere else.
    delta, z, a = _turn(layer.delta), _turn(layer.z), _turn(layer.a)
    return [lambda: np.copyto(delta, pull_back(activation, delta, z, a))]
