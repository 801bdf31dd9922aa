"""The numbers of one step by their ids: the right ones, and those that each known mistake leads to."""

from typing import NamedTuple

import numpy as np

from core.answers import SheetLayout
from core.exercise import Exercise
from core.mistake_table import MISTAKES, right_ways, switches_of, variants
from core.mistaken_pass import mistaken_step


class MistakenNumber(NamedTuple):
    """What a quantity is under mistakes, by their names in MISTAKES; each of them alone leads to it."""

    value: float
    mistakes: tuple[str, ...]


def right_numbers(exercise: Exercise) -> dict[str, float]:
    """Return every number of a step by its id, in the order of the pass, and −dL/d… as minus_d… too."""
    layout = SheetLayout(exercise.network)
    none = np.full(layout.size, np.nan)
    (sheet,) = mistaken_step(exercise, layout, switches_of(right_ways(exercise.network)[:1]), none)
    return {name: float(column.sign * sheet[column.place]) for name, column in layout.columns.items()}


def mistaken_numbers(exercise: Exercise, unit: float) -> dict[str, tuple[MistakenNumber, ...]]:
    """Return what single mistakes lead to, for every number by its id, where it is another one.

    Numbers that are less than a `unit` from the right one are no other ones, and those that are rounded to
    units alike are one, of which several mistakes may be the reason.
    """
    layout = SheetLayout(exercise.network)
    rows = variants(exercise.network)
    none = np.full(layout.size, np.nan)
    sheets = np.broadcast_to(
        mistaken_step(exercise, layout, switches_of(rows), none), (len(rows), layout.size)
    )
    right = right_numbers(exercise)
    found: dict[str, tuple[MistakenNumber, ...]] = {}
    for name, column in layout.columns.items():
        values = column.sign * sheets[:, column.place]
        names: dict[float, set[str]] = {}
        numbers: dict[float, float] = {}
        for row in np.flatnonzero(np.isfinite(values) & (np.abs(values - right[name]) >= unit)):
            place = round(float(values[row]) / unit)
            numbers.setdefault(place, float(values[row]))
            names.setdefault(place, set()).update(rows[row].mistakes)
        found[name] = tuple(
            MistakenNumber(numbers[place], tuple(mistake for mistake in MISTAKES if mistake in names[place]))
            for place in names
        )
    return found
