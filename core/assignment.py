"""An exercise for a class: what is asked, and numbers of it for each student, drawn from a seed.

The numbers have one decimal, and what follows from them is worth computing: no unit is saturated, no result
is lost in rounding or lies halfway between two roundings, and of units that pass nothing on there are few.
"""

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from core.activations import ACTIVATIONS
from core.answers import Place, SheetLayout
from core.arrays import Array, Integers
from core.exercise import Exercise
from core.losses import LOSSES
from core.network import Network
from core.step import take_step

DECIMALS = (2, 6)
# What a unit with a negative z passes back is nothing, or next to nothing.
_ONE_SIDED = ("relu", "leaky_relu")
_KINKED = (*_ONE_SIDED, "elu")
_LEAST_SLOPE, _LEAST_Z_AT_KINK, _LEAST_ERROR = 0.02, 0.05, 0.05
# In units of the last decimal: how large a result is at least, and how far from halfway between roundings.
_LEAST_UNITS, _FROM_HALFWAY = 10.0, 0.01
_MOST_TENTHS = 9
_ROUNDS, _CANDIDATES = 8, 32


class Askable(NamedTuple):
    """What a class can be asked for: its name and label, and its arrays by their names in core/answers.py."""

    name: str
    label: str
    arrays: tuple[str, ...]


ASKABLE: Mapping[str, Askable] = {
    each.name: each
    for each in (
        Askable("z", "z", ("z",)),
        Askable("a", "a", ("a",)),
        Askable("error", "y − ŷ", ("error",)),
        Askable("loss", "Loss", ("loss",)),
        Askable("delta", "δ", ("delta",)),
        Askable("gradients", "Gradients", ("dw", "db")),
        Askable("steps", "Δw", ("step.w", "step.b")),
        Askable("after", "New weights", ("after.w", "after.b")),
    )
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a class is to compute: the network, the learning rate η, the ASKABLE asked, and the decimals.

    `train_biases` is as in Exercise. Raises ValueError where nothing, or nothing known, is asked, or for
    decimals that are not within DECIMALS.
    """

    network: Network
    train_biases: bool = True
    learning_rate: float = 0.5
    asked: tuple[str, ...] = ("z", "a", "error", "delta", "gradients")
    decimals: int = 4

    def __post_init__(self) -> None:
        if not self.asked or not set(self.asked) <= set(ASKABLE):
            raise ValueError(f"asked must be some of {', '.join(ASKABLE)}, got {self.asked}")
        low, high = DECIMALS
        if not low <= self.decimals <= high:
            raise ValueError(f"decimals must be from {low} to {high}, got {self.decimals}")

    @property
    def unit(self) -> float:
        """Return one unit in the last decimal that is asked."""
        return float(10.0**-self.decimals)

    def includes(self, place: Place) -> bool:
        """Return whether an array of a step is asked; what is held fixed is not."""
        arrays = {array for name in self.asked for array in ASKABLE[name].arrays}
        is_fixed = place.name in ("step.b", "after.b") and not self.train_biases
        return place.name in arrays and not is_fixed


def asked_ids(assignment: Assignment) -> tuple[str, ...]:
    """Return the ids of all numbers that are asked, in the order of the pass."""
    columns = SheetLayout(assignment.network).columns
    return tuple(name for name in answer_ids(assignment) if columns[name].sign == 1)


def answer_ids(assignment: Assignment) -> tuple[str, ...]:
    """Return the ids that answers may have, in the order of the pass: those asked, each with its negative."""
    layout = SheetLayout(assignment.network)
    asked = [layout.slices[place] for place in layout.slices if assignment.includes(place)]
    return tuple(
        name
        for name, column in layout.columns.items()
        if any(part.start <= column.place < part.stop for part in asked)
    )


def draw_exercise(assignment: Assignment, seed: str, student: str = "") -> Exercise:
    """Return the exercise of a student: the same for the same texts, whichever computer draws it.

    Capitals and spaces of `student` make no difference. Where no draw is free of faults, as in deep networks
    of sigmoids, it is one with the fewest.
    """
    chances = _chances(f"{seed}/{plain_name(student)}")
    fewest, best = np.inf, None
    for _ in range(_ROUNDS):
        drawn = [_draw(assignment.network, chances) for _ in range(_CANDIDATES)]
        faults = count_faults(assignment, *map(np.array, zip(*drawn, strict=True)))
        place = int(np.argmin(faults))
        if best is None or faults[place] < fewest:
            fewest, best = faults[place], drawn[place]
        if fewest == 0:
            break
    theta, x, y = map(tuple, best or ())
    return Exercise(assignment.network, theta, x, y, assignment.learning_rate, assignment.train_biases)


def _chances(seed: str) -> Iterator[float]:
    """Yield numbers from 0 to below 1, drawn at random.

    The streams of libraries may change from version to version: what has been handed out has to come back.
    """
    block = 0
    while True:
        for (number,) in struct.iter_unpack(">Q", sha256(f"{seed}/{block}".encode()).digest()):
            yield (number >> 11) / 2**53
        block += 1


def plain_name(student: str) -> str:
    """Return a student's name as names are compared."""
    return " ".join(unicodedata.normalize("NFKC", student).casefold().split())


def _draw(network: Network, chances: Iterator[float]) -> tuple[list[float], list[float], list[float]]:
    """Return θ, x and y with one decimal each."""
    theta: list[float] = []
    for n_in, n_out in network.shapes:
        theta += _tenths(n_in * n_out, chances)
        theta += _tenths(n_out if network.bias else 0, chances)
    x = [abs(number) if next(chances) < 0.5 else number for number in _tenths(network.widths[0], chances)]
    return theta, x, _draw_targets(network, chances)


def _tenths(count: int, chances: Iterator[float]) -> list[float]:
    """Return numbers of one decimal from −0.9 to 0.9 without 0, as different as can be."""
    found: list[float] = []
    while len(found) < count:
        sizes = list(range(1, _MOST_TENTHS + 1))
        for place in range(len(sizes) - 1, 0, -1):
            other = int(next(chances) * (place + 1))
            sizes[place], sizes[other] = sizes[other], sizes[place]
        found += [size / 10 if next(chances) < 0.5 else -size / 10 for size in sizes]
    return found[:count]


def _draw_targets(network: Network, chances: Iterator[float]) -> list[float]:
    outputs = network.widths[-1]
    last = ACTIVATIONS[network.activations[-1]]
    if last.couples_units or network.loss == "categorical_cross_entropy":
        one = int(next(chances) * outputs)
        return [float(k == one) for k in range(outputs)]
    if network.loss == "binary_cross_entropy":
        return [float(next(chances) < 0.5) for _ in range(outputs)]
    low, high = (max(last.bounds[0], -1.0), min(last.bounds[1], 1.0))
    low, high = max(low, LOSSES[network.loss].bounds[0]), min(high, LOSSES[network.loss].bounds[1])
    tenths = range(int(np.ceil(10 * low)), int(np.floor(10 * high)) + 1)
    return [tenths[int(next(chances) * len(tenths))] / 10 for _ in range(outputs)]


def count_faults(assignment: Assignment, theta: Array, x: Array, y: Array) -> Integers:
    """Return how much is wrong with each of C exercises, (C,), 0 for one that can be handed out.

    `theta` is (C, P), `x` (C, n_in), `y` (C, n_out).
    """
    network = assignment.network
    biases = np.concatenate([np.repeat([False, True], [W.size, 0 if b is None else b.size])
                             for W, b in network.layers(theta[0])])  # fmt: skip
    rates = np.full(len(theta), assignment.learning_rate)
    step = take_step(network, theta, x[:, None], y[:, None], rates, ~biases | assignment.train_biases)
    z, a, delta = ([array[:, 0] for array in arrays] for arrays in (*step.trace, step.gradient.delta))
    error = y - a[-1]
    faults = np.sum(np.abs(error) < _LEAST_ERROR, axis=1)
    for name, of_z, of_a in zip(network.activations, z, a[1:], strict=True):
        faults += _faults_of_units(name, of_z, np.abs(ACTIVATIONS[name].derivative(of_z, of_a)))
    results: dict[str, list[Array]] = {
        "z": z,
        "a": a[1:],
        "error": [error],
        "loss": [step.loss[:, None]],
        "delta": delta,
        "gradients": [step.gradient.theta],
        "steps": [step.weight_delta],
        "after": [theta + step.weight_delta],
    }
    for array in (array for name in assignment.asked for array in results[name]):
        faults += _faults_of_results(array / assignment.unit)
    return faults


def _faults_of_units(activation: str, z: Array, slope: Array) -> Integers:
    """Return how many units of a layer (C, n) are saturated, at a kink, or without a slope beyond half."""
    at_kink = np.sum(np.abs(z) < _LEAST_Z_AT_KINK, axis=1) if activation in _KINKED else 0
    if activation in _ONE_SIDED:
        return np.maximum(np.sum(z < 0, axis=1) - z.shape[1] // 2, 0) + at_kink
    return np.sum(slope < _LEAST_SLOPE, axis=1) + at_kink


def _faults_of_results(units: Array) -> Integers:
    """Return how many results (C, K), in units of the last decimal, are too small or halfway between two.

    0 itself is what comes from a unit that passes nothing on.
    """
    size = np.abs(units)
    is_small = (size < _LEAST_UNITS) & (size > 0)
    is_halfway = np.abs(size % 1 - 0.5) < _FROM_HALFWAY
    return np.sum(is_small | is_halfway | ~np.isfinite(size), axis=1)
