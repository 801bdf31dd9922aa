"""Activation functions a = f(z) and their derivatives f'(z), as one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Array

LEAKY_SLOPE = 0.01

_GELU_SCALE = float(np.sqrt(2 / np.pi))
_GELU_CUBIC = 0.044715

# Far beyond this the tanh of GELU is exactly ±1; the clip only keeps z³ from overflowing.
_GELU_RANGE = 50.0


@dataclass(frozen=True, slots=True)
class Activation:
    """An activation function and its derivative.

    `function(z)` gives a, `derivative(z, a)` gives f'(z); both keep the shape of z. Where the
    units of a layer depend on one another (softmax), `couples_units` is true and `derivative`
    is only the diagonal of the Jacobian. `own_pull_back(da, z, a)` gives dL/dz where that is more than
    dL/da · f'(z). `bounds` is the open or closed interval a lies in.
    """

    name: str
    label: str
    formula: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array, Array], Array]
    bounds: tuple[float, float] = (-np.inf, np.inf)
    couples_units: bool = False
    own_pull_back: Callable[[Array, Array, Array], Array] | None = None


def pull_back(activation: Activation, da: Array, z: Array, a: Array) -> Array:
    """Return dL/dz = dL/da · f'(z), or through softmax a ∘ (dL/da − Σ dL/da ∘ a).

    All arrays have the shape (..., N, n_out).
    """
    if activation.own_pull_back is not None:
        return activation.own_pull_back(da, z, a)
    return da * activation.derivative(z, a)


def _pull_back_sigmoid(da: Array, _z: Array, a: Array) -> Array:
    # In this order the course notebook's error terms come out to the last of their 17 digits.
    return da * a * (1 - a)


def _pull_back_softmax(da: Array, _z: Array, a: Array) -> Array:
    return a * (da - np.sum(da * a, axis=-1, keepdims=True))


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^−z); very negative z gives 0 and very positive z gives 1."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))


def softmax(z: Array) -> Array:
    """Return e^z / Σ e^z over the last axis, shifted by the largest z so that nothing overflows."""
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softplus(z: Array) -> Array:
    """Return log(1 + e^z) without overflow."""
    return np.logaddexp(np.zeros_like(z), z)


def _elu(z: Array) -> Array:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))


def _gelu_tanh(z: Array) -> Array:
    return np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z**3))


def _gelu(z: Array) -> Array:
    return 0.5 * z * (1 + _gelu_tanh(np.clip(z, -_GELU_RANGE, _GELU_RANGE)))


def _gelu_derivative(z: Array, _a: Array) -> Array:
    z = np.clip(z, -_GELU_RANGE, _GELU_RANGE)
    t = _gelu_tanh(z)
    return 0.5 * (1 + t) + 0.5 * z * (1 - t**2) * _GELU_SCALE * (1 + 3 * _GELU_CUBIC * z**2)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation(
            "sigmoid",
            "Sigmoid",
            "1 / (1 + e^−z)",
            sigmoid,
            lambda _z, a: a * (1 - a),
            bounds=(0, 1),
            own_pull_back=_pull_back_sigmoid,
        ),
        Activation("tanh", "Tanh", "tanh z", lambda z: np.tanh(z), lambda _z, a: 1 - a**2, bounds=(-1, 1)),
        Activation(
            "relu",
            "ReLU",
            "max(0, z)",
            lambda z: np.maximum(z, 0),
            # z == 0 counts as off: ReLU'(0) = 0.
            lambda z, _a: (z > 0).astype(z.dtype),
            bounds=(0, np.inf),
        ),
        Activation(
            "leaky_relu",
            "Leaky ReLU",
            "z if z > 0 else 0.01 z",
            lambda z: np.where(z > 0, z, LEAKY_SLOPE * z),
            lambda z, _a: np.where(z > 0, 1, LEAKY_SLOPE).astype(z.dtype),
        ),
        Activation(
            "elu",
            "ELU",
            "z if z > 0 else e^z − 1",
            _elu,
            lambda z, _a: np.exp(np.minimum(z, 0)),
            bounds=(-1, np.inf),
        ),
        Activation(
            "softplus",
            "Softplus",
            "log(1 + e^z)",
            softplus,
            lambda z, _a: sigmoid(z),
            bounds=(0, np.inf),
        ),
        Activation("gelu", "GELU", "z/2 · (1 + tanh(√(2/π)(z + 0.044715 z³)))", _gelu, _gelu_derivative),
        Activation("sin", "Sine", "sin z", lambda z: np.sin(z), lambda z, _a: np.cos(z), bounds=(-1, 1)),
        Activation("identity", "Identity", "z", lambda z: z.copy(), lambda z, _a: np.ones_like(z)),
        Activation(
            "softmax",
            "Softmax",
            "e^z / Σ e^z",
            softmax,
            lambda _z, a: a * (1 - a),
            bounds=(0, 1),
            couples_units=True,
            own_pull_back=_pull_back_softmax,
        ),
    )
}
