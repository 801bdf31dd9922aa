"""Loss functions of a prediction ŷ and a target y, as one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from core.activations import shifted_powers, softplus
from core.arrays import Array
from core.expressions import (
    HALF,
    ONE,
    Expression,
    Number,
    Symbol,
    add,
    apply,
    divide,
    multiply,
    negative,
    power,
    subtract,
    symbols,
)

HUBER_THRESHOLD = 1.0

# Logarithms see at least this much probability, so that a saturated output costs 230 (in float32, 69) and
# not ∞, and its inverse leaves room for the products it takes part in.
SMALLEST_PROBABILITY = {np.dtype(np.float64): 1e-100, np.dtype(np.float32): 1e-30}

# From here on 1 − p, and not p, is the one whose digits are lost.
_MIDDLE = 0.5


class OfPrediction(Protocol):
    """A function of predictions ŷ and targets y (..., N, n_out), which keeps their shape.

    `rest` is 1 − ŷ, with the digits that an activation has of it where ŷ is almost 1; without it, it is
    subtracted.
    """

    def __call__(self, y_hat: Array, y: Array, rest: Array | None = None, /) -> Array:
        """Return one number for each output."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss that is summed over the outputs (or averaged, `mean_outputs`) and averaged over samples.

    `formula` is the loss of one sample, without the average over outputs, as an expression over `y_hat`,
    `rest`, which is 1 − ŷ, and `y`; `slope_formula` is that of its derivative with respect to each ŷ.
    `element(y_hat, y, rest)` is the contribution of one output, `slope(y_hat, y, rest)` its derivative with
    respect to ŷ and `target_slope(y_hat, y, rest)` with respect to y; all keep the shape (..., N, n_out).
    `fused` names the output activation with which dL/dz is (ŷ − y)/N; `element_of_z(z, y)` is
    then the same contribution computed from z, exact where ŷ has saturated.
    `bounds` is the interval the targets must lie in.
    """

    name: str
    label: str
    formula: Expression
    slope_formula: Expression
    element: OfPrediction
    slope: OfPrediction
    target_slope: OfPrediction
    mean_outputs: bool = False
    fused: str | None = None
    element_of_z: Callable[[Array, Array], Array] | None = None
    bounds: tuple[float, float] = (-np.inf, np.inf)

    def takes_rest(self) -> bool:
        """Return whether 1 − ŷ takes part."""
        return any(symbol.name == "rest" for symbol in symbols(self.formula))

    def scale(self, y: Array) -> float:
        """Return 1/N, or 1/(N · n_out) for a loss averaged over outputs: the only place N enters."""
        samples, outputs = y.shape[-2:]
        return 1 / (samples * outputs if self.mean_outputs else samples)


def _log(probability: Array) -> Array:
    return np.log(np.maximum(probability, SMALLEST_PROBABILITY[probability.dtype]))


def _log_of_rest(probability: Array, rest: Array) -> Array:
    """Return log(1 − p), exact for a small p and for a small 1 − p, and cut off where `_log` is."""
    smallest = float(np.log(SMALLEST_PROBABILITY[probability.dtype]))
    with np.errstate(divide="ignore"):
        of_small = np.log1p(-np.minimum(probability, _MIDDLE))
    return np.where(probability > _MIDDLE, _log(rest), np.maximum(of_small, smallest))


def _inverse(probability: Array) -> Array:
    """Return 1/p, and 0 where `_log` is flat because p was raised to the smallest probability."""
    smallest = SMALLEST_PROBABILITY[probability.dtype]
    return np.where(probability >= smallest, 1 / np.maximum(probability, smallest), 0)


def _cross_entropy(y_hat: Array, y: Array, rest: Array | None = None) -> Array:
    rest = 1 - y_hat if rest is None else rest
    return -y * _log_of_rest(rest, y_hat) - (1 - y) * _log_of_rest(y_hat, rest)


def _slope_of_logarithms(y_hat: Array, y: Array, rest: Array | None = None) -> Array:
    rest = 1 - y_hat if rest is None else rest
    # As one quotient: where ŷ is close to y, (1 − y)/(1 − ŷ) − y/ŷ would cancel.
    smallest = SMALLEST_PROBABILITY[y_hat.dtype]
    inside = (y_hat >= smallest) & (rest >= smallest)
    error = np.where(y_hat > _MIDDLE, (1 - y) - rest, y_hat - y)
    quotient = error / np.where(inside, y_hat * rest, 1)
    return np.where(inside, quotient, (1 - y) * _inverse(rest) - y * _inverse(y_hat))


def _target_slope_of_logarithms(y_hat: Array, _y: Array, rest: Array | None = None) -> Array:
    rest = 1 - y_hat if rest is None else rest
    return _log_of_rest(y_hat, rest) - _log_of_rest(rest, y_hat)


def _minus_log_softmax(z: Array) -> Array:
    """Return log Σ e^z − z over the last axis, exact where one unit has all but a little of the sum."""
    place = np.argmax(z, axis=-1, keepdims=True)
    largest = np.take_along_axis(z, place, axis=-1)
    powers = shifted_powers(z)
    np.put_along_axis(powers, place, 0, axis=-1)
    return (largest - z) + np.log1p(np.sum(powers, axis=-1, keepdims=True))


def _huber(y_hat: Array, y: Array, _rest: Array | None = None) -> Array:
    size = np.abs(y_hat - y)
    inner = np.minimum(size, HUBER_THRESHOLD)
    return 0.5 * inner**2 + HUBER_THRESHOLD * (size - inner)


def _huber_slope(y_hat: Array, y: Array, _rest: Array | None = None) -> Array:
    return np.clip(y_hat - y, -HUBER_THRESHOLD, HUBER_THRESHOLD)


_Y_HAT, _REST, _Y = Symbol("y_hat"), Symbol("rest"), Symbol("y")
_ERROR = subtract(_Y_HAT, _Y)
_SIZE = apply("abs", _ERROR)
_THRESHOLD = Number(HUBER_THRESHOLD)
_SQUARES = apply("sum_all", power(subtract(_Y, _Y_HAT), 2))
_OTHER = subtract(ONE, _Y)

LOSSES: dict[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "half_squared_error",
            "Half squared error",
            multiply(HALF, _SQUARES),
            _ERROR,
            lambda y_hat, y, _rest=None: 0.5 * (y - y_hat) ** 2,
            lambda y_hat, y, _rest=None: y_hat - y,
            lambda y_hat, y, _rest=None: y - y_hat,
        ),
        Loss(
            "mean_squared_error",
            "Mean squared error",
            _SQUARES,
            multiply(Number(2), _ERROR),
            lambda y_hat, y, _rest=None: (y - y_hat) ** 2,
            lambda y_hat, y, _rest=None: 2 * (y_hat - y),
            lambda y_hat, y, _rest=None: 2 * (y - y_hat),
            mean_outputs=True,
        ),
        Loss(
            "binary_cross_entropy",
            "Binary cross-entropy",
            negative(
                apply(
                    "sum_all",
                    add(multiply(_Y, apply("log", _Y_HAT)), multiply(_OTHER, apply("log", _REST))),
                )
            ),
            subtract(divide(_OTHER, _REST), divide(_Y, _Y_HAT)),
            _cross_entropy,
            _slope_of_logarithms,
            _target_slope_of_logarithms,
            fused="sigmoid",
            element_of_z=lambda z, y: y * softplus(-z) + (1 - y) * softplus(z),
            bounds=(0, 1),
        ),
        Loss(
            "categorical_cross_entropy",
            "Categorical cross-entropy",
            negative(apply("sum_all", multiply(_Y, apply("log", _Y_HAT)))),
            negative(divide(_Y, _Y_HAT)),
            lambda y_hat, y, _rest=None: -y * _log(y_hat),
            lambda y_hat, y, _rest=None: -y * _inverse(y_hat),
            lambda y_hat, _y, _rest=None: -_log(y_hat),
            fused="softmax",
            element_of_z=lambda z, y: y * _minus_log_softmax(z),
            bounds=(0, 1),
        ),
        Loss(
            "huber",
            "Huber",
            apply(
                "sum_all",
                apply(
                    "where_greater",
                    _SIZE,
                    _THRESHOLD,
                    subtract(_SIZE, HALF),
                    multiply(HALF, power(_ERROR, 2)),
                ),
            ),
            apply("maximum", negative(_THRESHOLD), apply("minimum", _THRESHOLD, _ERROR)),
            _huber,
            _huber_slope,
            lambda y_hat, y, _rest=None: -_huber_slope(y_hat, y),
        ),
    )
}
