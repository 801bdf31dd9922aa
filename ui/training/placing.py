"""Points that a click on the plane adds to what is there: which data takes them, and how they are split."""

from typing import NamedTuple

import numpy as np

from core.data import DATASETS, EDGE, split
from ui.components.player.records import Placing
from ui.limits import MAX_POINTS
from ui.links.points import Point
from ui.training.data import POINT_CLASSES, TrainingData, points_of
from ui.training.state import Chosen

# Of generated samples, which leaves room for as many clicks as there were before.
COPIED = MAX_POINTS // 2
# New points of which it is known whether they are test samples before any response has come.
_AHEAD = 8


class Present(NamedTuple):
    """The points to which the next one is added, and of how many samples they were copied, 0 for points."""

    points: tuple[Point, ...]
    copied_from: int = 0


def placing_of(chosen: Chosen, data: TrainingData) -> Placing | None:
    """Return what a click on the plane can place, None where there is nothing that it could add to."""
    if not takes_points(chosen):
        return None
    n = len(present_points(chosen, data).points)
    ahead = range(1, min(_AHEAD, MAX_POINTS - n) + 1)
    return Placing(
        POINT_CLASSES,
        optional=chosen.name != "points",
        test=[_in_test(chosen, n, more) for more in ahead],
    )


def takes_points(chosen: Chosen) -> bool:
    """Return whether the samples are points of up to three classes over two axes, and not a truth table's."""
    if chosen.name == "points":
        return True
    dataset = DATASETS.get(chosen.name)
    return (
        dataset is not None
        and dataset.noisy
        and dataset.inputs == 2
        and dataset.task != "regression"
        and len(dataset.classes) <= len(POINT_CLASSES)
    )


def present_points(chosen: Chosen, data: TrainingData) -> Present:
    """Return the reader's points, or as many of the generated samples as are copied to become such."""
    if chosen.name == "points":
        return Present(points_of(chosen))
    # In the random order of their split.
    rows = np.concatenate([data.train, data.test])
    rows = rows[np.all(np.abs(data.positions[rows]) <= EDGE, axis=1)][:COPIED]
    y = data.own_y[rows]
    labels = y.argmax(axis=1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype(int)
    positions = np.round(data.positions[rows], 2) + 0.0
    points = tuple(
        (x1, x2, label) for (x1, x2), label in zip(positions.tolist(), labels.tolist(), strict=True)
    )
    return Present(points, len(data.own_y))


def copied_sentence(present: Present) -> str:
    """Return that generated samples have become points, and how many of them."""
    copies, samples = len(present.points), present.copied_from
    which = f"all {samples}" if copies == samples else f"{copies} of {samples:,}"
    return (
        f"The samples are points of your own now: copies of {which} samples, and what you added. "
        f"A link has room for {MAX_POINTS} points."
    )


def _in_test(chosen: Chosen, n: int, more: int) -> list[bool]:
    """Return for each of so many points behind n whether it is one of the test."""
    _, test = split(n + more, chosen.train_share, chosen.seed)
    return np.isin(np.arange(n, n + more), test).tolist()
