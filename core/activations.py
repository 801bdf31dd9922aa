"""Activation functions a = f(z) and their derivatives f'(z), as one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Array, matmul
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
)

LEAKY_SLOPE = 0.01

# GELU is z σ(v) with v = line · z + cube · z³. `_SHORT` constants have few enough digits for exact products
# with a z of 13 bits; `_REST` is what they lack.
GELU_LINE = 2 * float(np.sqrt(2 / np.pi))
GELU_CUBE = 0.044715 * GELU_LINE
_GELU_LINE_SHORT, _GELU_LINE_REST = 1.5957691216026433, 3.0874305383944692e-12
_GELU_CUBE_SHORT, _GELU_CUBE_REST = 0.07135009765625, 4.718616350248776e-06
_GELU_GRID = 256

# Beyond this σ(v) is exactly 0 or 1; the clip keeps z³ from overflowing and z within 13 bits.
_GELU_RANGE = 30.0


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation function and its derivative.

    `formula` is a as an expression over z, `slope_formula` f'(z) as one over z, a and `rest`, which is 1 − a.
    `function(z)` gives a, `derivative(z, a)` gives f'(z); both keep the shape of z. Where the
    units of a layer depend on one another (softmax), `couples_units` is true and `derivative`
    is only the diagonal of the Jacobian. `own_pull_back(da, z, a)` gives dL/dz where that is more than
    dL/da · f'(z). `rest(z, a)` gives 1 − a, with all its digits where a has saturated at 1. `bounds` is the
    open or closed interval a lies in, `slope_bounds` the one f'(z) lies in.
    """

    name: str
    label: str
    formula: Expression
    slope_formula: Expression
    function: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    slope_bounds: tuple[float, float]
    bounds: tuple[float, float] = (-np.inf, np.inf)
    couples_units: bool = False
    own_pull_back: Callable[[Array, Array, Array], Array] | None = None
    rest: Callable[[Array, Array], Array] = lambda _z, a: 1 - a


def pull_back(activation: Activation, da: Array, z: Array, a: Array) -> Array:
    """Return dL/dz = dL/da · f'(z), or through softmax a ∘ (dL/da − Σ dL/da ∘ a).

    All arrays have the shape (..., N, n_out).
    """
    if activation.own_pull_back is not None:
        return activation.own_pull_back(da, z, a)
    return da * activation.derivative(z, a)


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^−z); very negative z gives 0 and very positive z gives 1."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def _rest_of_sigmoid(z: Array, a: Array) -> Array:
    # 1 − a keeps few of the digits where a is almost 1; 1 − σ(z) = σ(−z) keeps them all.
    return np.where(z > 0, sigmoid(-z), 1 - a)


def _sigmoid_derivative(z: Array, a: Array) -> Array:
    return a * _rest_of_sigmoid(z, a)


def _pull_back_sigmoid(da: Array, z: Array, a: Array) -> Array:
    # In this order the course notebook's error terms come out to the last of their 17 digits.
    return da * a * _rest_of_sigmoid(z, a)


def _rest_of_tanh(z: Array, a: Array) -> Array:
    # 1 − tanh(z) = 2 σ(−2z).
    return np.where(z > 0, 2 * sigmoid(-2 * z), 1 - a)


def _tanh_derivative(z: Array, _a: Array) -> Array:
    with np.errstate(over="ignore"):
        return (1 / np.cosh(z)) ** 2


def shifted_powers(z: Array) -> Array:
    """Return e^(z − largest z) over the last axis."""
    largest = np.max(z, axis=-1, keepdims=True)
    shifted = z - largest
    # What the subtraction rounds off is small, but it would be a relative error of the power.
    moved = shifted - z
    rounded_off = (z - (shifted - moved)) - (largest + moved)
    powers: Array = np.exp(shifted) * (1 + rounded_off)
    return powers


def softmax(z: Array) -> Array:
    """Return e^z / Σ e^z of z (..., n) over the last axis, shifted by the largest z: nothing overflows."""
    powers = shifted_powers(z)
    return powers / np.sum(powers, axis=-1, keepdims=True)


def _rest_of_softmax(_z: Array, a: Array) -> Array:
    """Return 1 − a as the sum over all other units, without subtracting."""
    return matmul(a, 1 - np.eye(a.shape[-1], dtype=a.dtype))


def _softmax_derivative(z: Array, a: Array) -> Array:
    return a * _rest_of_softmax(z, a)


def _pull_back_softmax(da: Array, _z: Array, a: Array) -> Array:
    # As a sum over pairs: where one a is almost 1, dL/da − Σ dL/da ∘ a would cancel.
    differences = da[..., :, None] - da[..., None, :]
    return a * np.sum(a[..., None, :] * differences, axis=-1)


def softplus(z: Array) -> Array:
    """Return log(1 + e^z) without overflow."""
    return np.logaddexp(np.zeros_like(z), z)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def _gelu_gate(z: Array) -> tuple[Array, Array]:
    """Return g = ½(1 + tanh(√(2/π)(z + 0.044715 z³))) and 1 − g, both with all their digits.

    g is σ(v) with v = 2√(2/π)(z + 0.044715 z³). In the tails v is in the hundreds, and what rounding takes
    from it would be a relative error of e^v. So z is split into `short`, whose products below are exact, and
    the rest, and what the one sum rounds off is kept.
    """
    z = np.clip(z, -_GELU_RANGE, _GELU_RANGE)
    short = np.round(z * _GELU_GRID) / _GELU_GRID
    rest = z - short
    line, cube = _GELU_LINE_SHORT * short, _GELU_CUBE_SHORT * (short * short * short)
    high = line + cube
    moved = high - line
    rounded_off = (line - (high - moved)) + (cube - moved)
    slope = 3 * short**2 + 3 * short * rest + rest**2
    low = (
        rounded_off
        + short * (_GELU_LINE_REST + _GELU_CUBE_REST * short**2)
        + rest * (GELU_LINE + GELU_CUBE * slope)
    )
    sign = np.where(high < 0, 1, -1)
    power = np.exp(sign * high) * np.exp(sign * low)
    small, large = power / (1 + power), 1 / (1 + power)
    return np.where(high < 0, small, large), np.where(high < 0, large, small)


def plain_gelu(z: Array) -> Array:
    """Return z σ(v) of float64 numbers; in the tails the relative error grows to 1e-13."""
    within = np.clip(z, -_GELU_RANGE, _GELU_RANGE)
    return z * sigmoid(within * (GELU_LINE + GELU_CUBE * within**2))


def plain_gelu_derivative(z: Array) -> Array:
    """Return σ(v) (1 + z σ(−v) dv/dz) of float64 numbers, as exact as `plain_gelu`."""
    z = np.clip(z, -_GELU_RANGE, _GELU_RANGE)
    line, cube = GELU_LINE, GELU_CUBE * z**2
    power = np.exp(-np.abs(z * (line + cube)))
    small, large = power / (1 + power), 1 / (1 + power)
    return np.where(z < 0, small, large) * (1 + z * np.where(z < 0, large, small) * (line + 3 * cube))


def _gelu(z: Array) -> Array:
    if z.dtype == np.float32:
        return plain_gelu(z.astype(np.float64)).astype(z.dtype)
    return z * _gelu_gate(z)[0]


def _gelu_derivative(z: Array, _a: Array) -> Array:
    if z.dtype == np.float32:
        return plain_gelu_derivative(z.astype(np.float64)).astype(z.dtype)
    gate, rest = _gelu_gate(z)
    z = np.clip(z, -_GELU_RANGE, _GELU_RANGE)
    return gate * (1 + z * rest * (GELU_LINE + 3 * GELU_CUBE * z**2))


_Z, _A, _REST = Symbol("z"), Symbol("a"), Symbol("rest")
_POWER = apply("exp", _Z)
_ROOT = Number(float(np.sqrt(2 / np.pi)), "√(2/π)")
_TANH = apply("tanh", multiply(_ROOT, add(_Z, multiply(Number(0.044715), power(_Z, 3)))))


def _if_positive(then: Expression, otherwise: Expression) -> Expression:
    return apply("where_greater", _Z, Number(0), then, otherwise)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "sigmoid",
            "Sigmoid",
            divide(ONE, add(ONE, apply("exp", negative(_Z)))),
            multiply(_A, _REST),
            sigmoid,
            _sigmoid_derivative,
            slope_bounds=(0, 0.25),
            bounds=(0, 1),
            own_pull_back=_pull_back_sigmoid,
            rest=_rest_of_sigmoid,
        ),
        Activation(
            "tanh",
            "Tanh",
            apply("tanh", _Z),
            subtract(ONE, power(_A, 2)),
            lambda z: np.tanh(z),
            _tanh_derivative,
            slope_bounds=(0, 1),
            bounds=(-1, 1),
            rest=_rest_of_tanh,
        ),
        Activation(
            "relu",
            "ReLU",
            apply("maximum", Number(0), _Z),
            _if_positive(ONE, Number(0)),
            lambda z: np.maximum(z, 0),
            # z == 0 counts as off: ReLU'(0) = 0.
            lambda z, _a: (z > 0).astype(z.dtype),
            slope_bounds=(0, 1),
            bounds=(0, np.inf),
        ),
        Activation(
            "leaky_relu",
            "Leaky ReLU",
            _if_positive(_Z, multiply(Number(LEAKY_SLOPE), _Z)),
            _if_positive(ONE, Number(LEAKY_SLOPE)),
            lambda z: np.where(z > 0, z, LEAKY_SLOPE * z),
            lambda z, _a: np.where(z > 0, 1, LEAKY_SLOPE).astype(z.dtype),
            slope_bounds=(LEAKY_SLOPE, 1),
        ),
        Activation(
            "elu",
            "ELU",
            _if_positive(_Z, subtract(_POWER, ONE)),
            _if_positive(ONE, _POWER),
            _elu,
            lambda z, _a: np.exp(np.minimum(z, 0)),
            slope_bounds=(0, 1),
            bounds=(-1, np.inf),
        ),
        Activation(
            "softplus",
            "Softplus",
            apply("log", add(ONE, _POWER)),
            divide(ONE, add(ONE, apply("exp", negative(_Z)))),
            softplus,
            lambda z, _a: sigmoid(z),
            slope_bounds=(0, 1),
            bounds=(0, np.inf),
        ),
        Activation(
            "gelu",
            "GELU",
            multiply(divide(_Z, Number(2)), add(ONE, _TANH)),
            add(
                multiply(HALF, add(ONE, _TANH)),
                multiply(
                    divide(_Z, Number(2)),
                    subtract(ONE, power(_TANH, 2)),
                    _ROOT,
                    add(ONE, multiply(Number(3), Number(0.044715), power(_Z, 2))),
                ),
            ),
            _gelu,
            _gelu_derivative,
            slope_bounds=(-0.128993069, 1.128993069),
        ),
        Activation(
            "sin",
            "Sine",
            apply("sin", _Z),
            apply("cos", _Z),
            lambda z: np.sin(z),
            lambda z, _a: np.cos(z),
            slope_bounds=(-1, 1),
            bounds=(-1, 1),
        ),
        Activation(
            "identity",
            "Identity",
            _Z,
            ONE,
            lambda z: z.copy(),
            lambda z, _a: np.ones_like(z),
            slope_bounds=(1, 1),
        ),
        Activation(
            "softmax",
            "Softmax",
            divide(_POWER, apply("sum_outputs", _POWER)),
            multiply(_A, _REST),
            softmax,
            _softmax_derivative,
            slope_bounds=(0, 0.25),
            bounds=(0, 1),
            couples_units=True,
            own_pull_back=_pull_back_softmax,
            rest=_rest_of_softmax,
        ),
    )
}
