"""Optimizers: how a gradient becomes a weight delta, as one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.arrays import Array

State = tuple[Array, ...]


@dataclass(frozen=True, slots=True)
class Rates:
    """The constants of the optimizers: each uses those that its formula names.

    `momentum` μ, `beta1` β₁, `beta2` β₂ and `rho` ρ lie from 0 up to but not including 1, `epsilon` ε is
    above 0 and `weight_decay` λ at least 0. Raises ValueError for others.
    """

    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    rho: float = 0.9
    epsilon: float = 1e-8
    weight_decay: float = 0.01

    def __post_init__(self) -> None:
        for name in ("momentum", "beta1", "beta2", "rho"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} must be from 0 to below 1, got {getattr(self, name)}")
        if not 0 < self.epsilon < np.inf:
            raise ValueError(f"epsilon must be above 0, got {self.epsilon}")
        if not 0 <= self.weight_decay < np.inf:
            raise ValueError(f"weight_decay must be 0 or more, got {self.weight_decay}")


class RatesOfRuns(NamedTuple):
    """The constants of several runs that differ in their momentum (R, 1)."""

    momentum: Array
    beta1: float
    beta2: float
    rho: float
    epsilon: float
    weight_decay: float


# Of one run, or of several side by side.
AnyRates = Rates | RatesOfRuns
Update = Callable[[Array, State, Array, Array, int, AnyRates], tuple[Array, State]]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """A rule from gradients to weight deltas, on whole vectors θ (..., P).

    `slots` counts the vectors of its state, all 0 at first. `update(gradient, state, theta,
    minus_learning_rate, step, rates)` gives the weight delta and the new state; −η broadcasts against θ,
    steps count from 1. `uses` names the fields of Rates in its formula.
    """

    name: str
    label: str
    formula: str
    slots: int
    update: Update
    uses: tuple[str, ...] = ()
    usual_learning_rate: float = 0.1

    def init(self, theta: Array) -> State:
        """Return the state before the first step from θ (..., P): `slots` arrays of 0 of its shape."""
        return tuple(np.zeros_like(theta) for _ in range(self.slots))


def _gradient_descent(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, _step: int, _rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η g."""
    return np.multiply(gradient, minus_learning_rate), state


def _momentum(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, _step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η v with the velocity v ← μ v + g (Polyak 1964)."""
    velocity = rates.momentum * state[0] + gradient
    return minus_learning_rate * velocity, (velocity,)


def _nesterov(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, _step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η (g + μ v) with the velocity v ← μ v + g (Nesterov 1983; Sutskever et al. 2013)."""
    velocity = rates.momentum * state[0] + gradient
    return minus_learning_rate * (gradient + rates.momentum * velocity), (velocity,)


def _adagrad(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, _step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η g / (√s + ε) with the sum s ← s + g² (Duchi et al. 2011)."""
    total = state[0] + gradient**2
    return minus_learning_rate * gradient / (np.sqrt(total) + rates.epsilon), (total,)


def _rmsprop(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, _step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η g / (√s + ε) with the running mean s ← ρ s + (1 − ρ) g² (Tieleman and Hinton 2012)."""
    average = rates.rho * state[0] + (1 - rates.rho) * gradient**2
    return minus_learning_rate * gradient / (np.sqrt(average) + rates.epsilon), (average,)


def _adam(
    gradient: Array, state: State, _theta: Array, minus_learning_rate: Array, step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return Δθ = −η m̂ / (√ŝ + ε) with m ← β₁ m + (1 − β₁) g and s ← β₂ s + (1 − β₂) g².

    At step t, m̂ = m / (1 − β₁ᵗ) and ŝ = s / (1 − β₂ᵗ) have no bias towards 0, where m and s begin (Kingma and
    Ba 2015).
    """
    mean = rates.beta1 * state[0] + (1 - rates.beta1) * gradient
    square = rates.beta2 * state[1] + (1 - rates.beta2) * gradient**2
    unbiased_mean = mean / (1 - rates.beta1**step)
    unbiased_square = square / (1 - rates.beta2**step)
    return minus_learning_rate * unbiased_mean / (np.sqrt(unbiased_square) + rates.epsilon), (mean, square)


def _adamw(
    gradient: Array, state: State, theta: Array, minus_learning_rate: Array, step: int, rates: AnyRates
) -> tuple[Array, State]:
    """Return the Δθ of Adam − η λ θ: weight decay apart from the gradient (Loshchilov and Hutter 2019)."""
    delta, state = _adam(gradient, state, theta, minus_learning_rate, step, rates)
    return delta + minus_learning_rate * rates.weight_decay * theta, state


OPTIMIZERS: dict[str, Optimizer] = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer("gradient_descent", "Gradient descent", "Δθ = −η g", 0, _gradient_descent),
        Optimizer("momentum", "Momentum", "v ← μ v + g,  Δθ = −η v", 1, _momentum, ("momentum",), 0.03),
        Optimizer(
            "nesterov", "Nesterov", "v ← μ v + g,  Δθ = −η (g + μ v)", 1, _nesterov, ("momentum",), 0.03
        ),
        Optimizer("adagrad", "AdaGrad", "s ← s + g²,  Δθ = −η g / (√s + ε)", 1, _adagrad, ("epsilon",)),
        Optimizer(
            "rmsprop",
            "RMSProp",
            "s ← ρ s + (1 − ρ) g²,  Δθ = −η g / (√s + ε)",
            1,
            _rmsprop,
            ("rho", "epsilon"),
            0.01,
        ),
        Optimizer(
            "adam",
            "Adam",
            "m ← β₁ m + (1 − β₁) g,  s ← β₂ s + (1 − β₂) g²,  "
            "Δθ = −η (m / (1 − β₁ᵗ)) / (√(s / (1 − β₂ᵗ)) + ε)",
            2,
            _adam,
            ("beta1", "beta2", "epsilon"),
            0.01,
        ),
        Optimizer(
            "adamw",
            "AdamW",
            "as Adam, and Δθ ← Δθ − η λ θ",
            2,
            _adamw,
            ("beta1", "beta2", "epsilon", "weight_decay"),
            0.01,
        ),
    )
}
