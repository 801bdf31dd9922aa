"""Learning-rate schedules: the factor on the learning rate at every step, as one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Array


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule for the learning rate: `factor(t, period, decay)` multiplies η at the steps t from 0 on.

    `period` is a number of steps from 1 on and `decay` lies between 0 and 1; a formula that does not name
    them does not use them.
    """

    name: str
    label: str
    formula: str
    factor: Callable[[Array, int, float], Array]
    uses: tuple[str, ...] = ()


def _warm_up(t: Array, period: int, _decay: float) -> Array:
    return np.minimum((t + 1) / period, 1)


def _cosine(t: Array, period: int, _decay: float) -> Array:
    return 0.5 * (1 + np.cos(np.pi * np.minimum(t / period, 1)))


SCHEDULES: dict[str, Schedule] = {
    schedule.name: schedule
    for schedule in (
        Schedule("constant", "Constant", "η", lambda t, _period, _decay: np.ones_like(t)),
        Schedule(
            "step",
            "Step",
            "η · decay^⌊t / period⌋",
            lambda t, period, decay: decay ** np.floor(t / period),
            ("period", "decay"),
        ),
        Schedule(
            "exponential",
            "Exponential",
            "η · decay^(t / period)",
            lambda t, period, decay: decay ** (t / period),
            ("period", "decay"),
        ),
        Schedule("cosine", "Cosine", "η · ½ · (1 + cos(π · min(1, t / period)))", _cosine, ("period",)),
        Schedule("warm_up", "Warm-up", "η · min(1, (t + 1) / period)", _warm_up, ("period",)),
    )
}
