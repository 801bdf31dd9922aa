"""The numbers that a learner has typed, as one row in the order of the pass, and what comes out of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from core.answers import SheetLayout, Typed, gradient_of
from core.arrays import Array, Integers
from core.digits import Digits, Where
from core.exercise import Exercise
from core.mistake_table import Variant, switches_of
from core.mistaken_pass import mistaken_step

# From so many digits on, nothing that follows from a number is uncertain.
_ALL_DIGITS = 12
# With so many digits rounding is as small as what a derivative is computed with.
_FINE_DIGITS = 6


class TypedSheet(NamedTuple):
    """K typed numbers of an exercise in the order of the pass, all arrays (K,).

    `places`, `signs` and `stages` are where each stands in the sheet of a pass.
    """

    exercise: Exercise
    layout: SheetLayout
    names: tuple[str, ...]
    digits: Digits
    places: Integers
    signs: Integers
    stages: Integers

    def own(self, where: Where) -> Array:
        """Return a sheet (Q,) of the numbers typed at some places, NaN at all others."""
        own = np.full(self.layout.size, np.nan)
        own[self.places[where]] = (self.signs * self.digits.value)[where]
        return own

    def computed(self, rows: Sequence[Variant], own: Where) -> Array:
        """Return what comes out under each variant, going on from the typed numbers at `own`, (M, K)."""
        sheets = mistaken_step(self.exercise, self.layout, switches_of(rows), self.own(own))
        return np.broadcast_to(sheets[:, self.places] * self.signs, (len(rows), len(self.names)))

    def room(self, variant: Variant, own: Where) -> Array:
        """Return how far off what comes out under a variant may be as the numbers at `own` are rounded, (K,).

        That is Σ |∂/∂v| ½u over them, v being a number and u one unit in its last place: a learner may go on
        from what is written down, or from more digits of it.
        """
        rounded = np.flatnonzero(own & (self.digits.significant < _ALL_DIGITS))
        if not len(rounded):
            return np.zeros(len(self.names))
        # Numbers of parameters meet in the loss after the step alone, and there with the sign of dL/dw.
        gradients = [gradient_of(self.names[k]) for k in rounded]
        groups = [
            k if name is None else -1 - self.stages[k] for k, name in zip(rounded, gradients, strict=True)
        ]
        rows = np.unique(groups, return_inverse=True)[1]
        switches = switches_of([variant])
        numbers = self.own(own)
        (base,) = mistaken_step(self.exercise, self.layout, switches, numbers)
        signs = [
            1.0 if name is None else np.sign(base[self.layout.columns[name].place]) for name in gradients
        ]
        moved = np.repeat(numbers[None], rows.max() + 1, axis=0)
        moved[rows, self.places[rounded]] += self.digits.unit[rounded] / 2 * signs
        sheets = mistaken_step(self.exercise, self.layout, switches, moved)
        return np.sum(np.abs(sheets - base), axis=0)[self.places]

    def room_on_the_way(self, own: Where) -> Array:
        """Return how far off each number may be where what is not among those at `own` is rounded, (K,).

        That is Σ |∂/∂v| ½u over all numbers v before it, u being one unit in the last place of v with as many
        digits as the number itself has.
        """
        numbers = self.own(own)
        (base,) = mistaken_step(self.exercise, self.layout, {}, numbers)
        on_the_way = np.flatnonzero(np.isnan(numbers) & np.isfinite(base) & (base != 0))
        digits_before = np.floor(np.log10(np.abs(base[on_the_way]))) + 1
        moved = np.repeat(numbers[None], len(on_the_way), axis=0)
        rows = np.arange(len(on_the_way))
        moved[rows, on_the_way] = base[on_the_way] + 0.5 * 10.0 ** (digits_before - _FINE_DIGITS)
        sheets = mistaken_step(self.exercise, self.layout, {}, moved)
        room = np.sum(np.abs(sheets - base), axis=0)[self.places]
        return room * 10.0 ** (_FINE_DIGITS - np.minimum(self.digits.significant, _ALL_DIGITS))


def typed_sheet(exercise: Exercise, typed: Mapping[str, Typed]) -> TypedSheet:
    """Return typed numbers, by the ids of their quantities, in the order of the pass."""
    layout = SheetLayout(exercise.network)
    names = sorted(typed, key=lambda name: (layout.columns[name].place, -layout.columns[name].sign))
    columns = [layout.columns[name] for name in names]
    return TypedSheet(
        exercise,
        layout,
        tuple(names),
        Digits.of([typed[name] for name in names]),
        *(np.array(numbers, dtype=np.int64) for numbers in zip(*columns, strict=True)),
    )
