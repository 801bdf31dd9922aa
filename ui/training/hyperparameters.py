"""The hyperparameters that a film can go through, and the values around the present one that it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import log
from operator import attrgetter

import numpy as np

from core.arrays import Array
from core.data import DATASETS
from core.optimizers import OPTIMIZERS
from core.own_values import NO_OWN_VALUES, OwnValues
from ui.limits import MAX_SEED
from ui.links.codec import put
from ui.text.numbers import exact
from ui.training.bounds import EXACT
from ui.training.built import build_network, first_theta
from ui.training.data import TrainingData
from ui.training.state import PICTURES, Training, with_segments

VALUES = 12


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """What a film can go through: its name in links, its symbol, its label, and its field by the path.

    `around(value)` gives VALUES ascending values, the present one among them. `lacks(state, data)` is what
    a run lacks for it, "" for nothing. `own_values(values)` is what runs with these values have of their own
    beside initial weights and samples.
    """

    name: str
    symbol: str
    label: str
    path: str
    around: Callable[[float], list[float]]
    lacks: Callable[[Training, TrainingData], str]
    own_values: Callable[[Array], OwnValues]

    def value(self, state: Training) -> float:
        """Return the present value: of settings that of the run's end, whichever step is shown."""
        setting = self.path.removeprefix("settings.")
        of, path = (state, self.path) if setting == self.path else (state.segments[-1].settings, setting)
        found: float = attrgetter(path)(of)
        return found

    def put(self, state: Training, value: float) -> Training:
        """Return the state with a value, of settings from the first step on, whatever changed on the way."""
        setting = self.path.removeprefix("settings.")
        if setting == self.path:
            whole: Training = put(state, self.path, value)
            return whole
        segments = [replace(each, settings=put(each.settings, setting, value)) for each in state.segments]
        return with_segments(state, segments)

    def changes(self, state: Training) -> list[str]:
        """Return where the run changes this very setting, such as "η → 0.3 at step 500"."""
        setting = self.path.removeprefix("settings.")
        if setting == self.path:
            return []
        read = attrgetter(setting)
        return [
            f"{self.symbol} → {exact(read(after.settings))} at step {after.at:,}"
            for before, after in pairwise(state.segments)
            if read(before.settings) != read(after.settings)
        ]

    def text(self, value: float) -> str:
        """Return a value with its symbol, such as "η = 0.3"."""
        return f"{self.symbol} = {exact(value)}"


def _nearest(candidates: Sequence[float], value: float, distance: Callable[[float, float], float]) -> int:
    return min(range(len(candidates)), key=lambda place: distance(candidates[place], value))


def _window(
    candidates: Sequence[float], value: float, count: int, distance: Callable[[float, float], float]
) -> list[float]:
    """Return `count` ascending candidates around a value, which takes the place of the nearest one."""
    nearest = _nearest(candidates, value, distance)
    first = min(max(nearest - (count - 1) // 2, 0), len(candidates) - count)
    values = list(candidates[first : first + count])
    values[nearest - first] = value
    return values


def _difference(a: float, b: float) -> float:
    return abs(a - b)


def _ratio(a: float, b: float) -> float:
    return abs(log(a / b))


def _round_values(mantissas: Sequence[int], path: str) -> list[float]:
    low, high, _ = EXACT[path]
    values = (float(f"{mantissa}e{power}") for power in range(-12, 7) for mantissa in mantissas)
    return [value for value in values if low < value <= high]


def _learning_rates(value: float) -> list[float]:
    path = "settings.learning_rate"
    return _window(_round_values((1, 2, 5), path), value, VALUES, _ratio)


def _scales(value: float) -> list[float]:
    return _window(_round_values((1, 2, 5), "init_scale"), value, VALUES, _ratio)


def _penalties(value: float) -> list[float]:
    usual = _round_values((1, 3), "settings.l2")
    return [0.0, *_window(usual, value or 3e-3, VALUES - 1, _ratio)]


def _seeds(value: float) -> list[float]:
    first = min(int(value) // VALUES * VALUES, MAX_SEED - VALUES + 1)
    return list(range(first, first + VALUES))


def _among(*candidates: float) -> Callable[[float], list[float]]:
    return lambda value: _window(candidates, value, VALUES, _difference)


def _lacks_nothing(_state: Training, _data: TrainingData) -> str:
    return ""


def _lacks_momentum(state: Training, _data: TrainingData) -> str:
    uses = "momentum" in OPTIMIZERS[state.segments[-1].settings.optimizer].uses
    return "" if uses else "an optimizer with momentum"


def _lacks_scale(state: Training, data: TrainingData) -> str:
    unscaled = first_theta(replace(state, init_scale=1.0), build_network(state, data))
    return "" if np.any(unscaled) else "initial weights other than 0"


def _lacks_seed(state: Training, data: TrainingData) -> str:
    network = build_network(state, data)
    one, other = (first_theta(replace(state, seed=seed), network) for seed in (0, 1))
    drawn = not np.array_equal(one, other) or any(
        segment.settings.batch_size < len(data.train) or (segment.settings.dropout and state.hidden)
        for segment in state.segments
    )
    return "" if drawn else "random initial weights, smaller batches or dropout"


def _none_of_its_own(_values: Array) -> OwnValues:
    return NO_OWN_VALUES


HYPERPARAMETERS: dict[str, Hyperparameter] = {
    each.name: each
    for each in (
        Hyperparameter(
            "eta",
            "η",
            "η, learning rate",
            "settings.learning_rate",
            _learning_rates,
            _lacks_nothing,
            lambda values: OwnValues(learning_rate=values),
        ),
        Hyperparameter(
            "momentum",
            "μ",
            "μ, momentum",
            "settings.rates.momentum",
            _among(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99),
            _lacks_momentum,
            lambda values: OwnValues(momentum=values),
        ),
        Hyperparameter(
            "l2",
            "L2",
            "L2, weight penalty",
            "settings.l2",
            _penalties,
            _lacks_nothing,
            lambda values: OwnValues(l2=values),
        ),
        Hyperparameter(
            "dropout",
            "dropout",
            "dropout",
            "settings.dropout",
            _among(0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
            lambda state, _: "" if state.hidden else "a hidden layer",
            lambda values: OwnValues(dropout=values),
        ),
        Hyperparameter(
            "noise",
            "noise",
            "noise",
            "data.noise",
            _among(0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5),
            lambda state, _: "" if state.data.name in DATASETS else "generated data",
            _none_of_its_own,
        ),
        Hyperparameter(
            "scale",
            "scale",
            "initial scale",
            "init_scale",
            _scales,
            _lacks_scale,
            _none_of_its_own,
        ),
        Hyperparameter(
            "seed",
            "seed",
            "seed",
            "seed",
            _seeds,
            _lacks_seed,
            lambda values: OwnValues(seed=values.astype(int).tolist()),
        ),
    )
}


def offered(state: Training, data: TrainingData) -> list[Hyperparameter]:
    """Return the hyperparameters that a film of the state's run can go through, none of pictures."""
    if state.data.name in PICTURES:
        return []
    return [each for each in HYPERPARAMETERS.values() if not each.lacks(state, data)]
