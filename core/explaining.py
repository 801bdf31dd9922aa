"""Which mistakes explain wrong numbers: one alone, or else two together, and no guess beyond that."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.answers import SheetLayout, Typed
from core.arrays import Array
from core.digits import Digits, Where
from core.exercise import Exercise
from core.mistaken_pass import mistaken_step
from core.mistakes import Variant, right_ways, switches_of, variants

Explanations = tuple[tuple[str, ...], ...]

# Digits that wrong numbers must have together for one mistake to be named, for two, and for one that
# contradicts what was right before: with fewer, some mistake or other fits by chance.
_DIGITS_OF_ONE = 3
_DIGITS_OF_TWO = 5
_DIGITS_AGAINST = 7
# What a number counts that is met exactly, however short it is.
_DIGITS_OF_EXACT = 6
# Units in the last place by which a number must miss the right one not to be taken for noise.
_UNITS_OF_NOISE = 20
_MOST_NAMED = 2
_MOST_COINCIDING = 4


class TypedSheet(NamedTuple):
    """K typed numbers of an exercise in the order of the pass, all arrays (K,).

    `places`, `signs` and `stages` say where each stands in the sheet of a pass.
    """

    exercise: Exercise
    layout: SheetLayout
    names: tuple[str, ...]
    digits: Digits
    places: NDArray[np.int64]
    signs: NDArray[np.int64]
    stages: NDArray[np.int64]

    def own(self, where: Where) -> Array:
        """Return a sheet (Q,) of the numbers typed at some places, NaN at all others."""
        own = np.full(self.layout.size, np.nan)
        own[self.places[where]] = (self.signs * self.digits.value)[where]
        return own

    def computed(self, rows: Sequence[Variant], own: Where) -> Array:
        """Return what comes out under each variant, going on from the typed numbers at `own`, (M, K)."""
        sheets = mistaken_step(self.exercise, self.layout, switches_of(rows), self.own(own))
        return np.broadcast_to(sheets[:, self.places] * self.signs, (len(rows), len(self.names)))


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


class _Candidates(NamedTuple):
    """Variants (M) with what comes out under each, (M, K).

    `from_own` goes on from the typed numbers, `alone` has nothing to do with them.
    """

    variants: list[Variant]
    from_own: Array
    alone: Array

    def fit(self, digits: Digits, part: Where | None = None) -> Where:
        """Return where the typed numbers agree with either, (M, K), or a part of them."""
        if part is None:
            return digits.agree(self.from_own) | digits.agree(self.alone)
        digits = digits.picked(part)
        return digits.agree(self.from_own[:, part]) | digits.agree(self.alone[:, part])

    def picked(self, where: Where | np.bool_) -> "_Candidates":
        chosen = [
            variant
            for variant, is_picked in zip(self.variants, np.atleast_1d(where), strict=True)
            if is_picked
        ]
        return _Candidates(chosen, self.from_own[where], self.alone[where])

    def first(self, count: int) -> "_Candidates":
        return _Candidates(self.variants[:count], self.from_own[:count], self.alone[:count])


def explain(sheet: TypedSheet, right: Where, noisy: Where) -> tuple[Where, dict[int, Explanations]]:
    """Return where typed numbers are wrong (K,), and what explains those that something does.

    `right` is where they are right or noise, and `noisy` where they are noise, which a mistake may explain
    better. All others follow from wrong ones before them, or from what explains those.
    """
    wrong = np.zeros_like(right)
    explanations: dict[int, Explanations] = {}
    active = _candidates(sheet, right_ways(sheet.exercise.network))
    singles: _Candidates | None = None
    while (unexplained := ~right & ~wrong & ~active.fit(sheet.digits).any(axis=0)).any():
        group = unexplained & (sheet.stages == sheet.stages[unexplained].min())
        before = right & (sheet.stages < sheet.stages[group].min()) & active.fit(sheet.digits).any(axis=0)
        known = active.variants[0].mistakes
        if len(known) < _MOST_NAMED:
            singles = singles or _candidates(sheet, _with_one_more(sheet, active.variants))
            found, part = _best(sheet, singles, group, before, unexplained, may_pair=not wrong.any())
            if found is not None:
                explanations |= _noted(found, part, known)
                active = found.first(_MOST_COINCIDING)
                singles = None
        wrong |= group
    if noisy.any() and not explanations:
        found, part = _instead_of_noise(sheet, right, noisy)
        if found is not None:
            explanations = _noted(found, part, ())
            wrong |= part
    return wrong, explanations


def _instead_of_noise(sheet: TypedSheet, right: Where, noisy: Where) -> tuple[_Candidates | None, Where]:
    """Return what meets in all their digits the first numbers that could be noise, and where these are."""
    ways = _candidates(sheet, right_ways(sheet.exercise.network))
    missed = np.abs(sheet.digits.value - ways.alone[0]) >= _UNITS_OF_NOISE * sheet.digits.unit
    far = noisy & missed & ~sheet.digits.are_rounded(ways.from_own).any(axis=0)
    if not far.any():
        return None, far
    group = far & (sheet.stages == sheet.stages[far].min())
    before = right & (sheet.stages < sheet.stages[group].min())
    singles = _candidates(sheet, _with_one_more(sheet, ways.variants))
    met = sheet.digits.are_rounded(singles.from_own) | sheet.digits.are_rounded(singles.alone)
    return _best(sheet, singles.picked(met[:, group].all(axis=1)), group, before, group, may_pair=False)


def _noted(found: _Candidates, part: Where, known: tuple[str, ...]) -> dict[int, Explanations]:
    """Return the mistakes that are new, in each way that explains them, for each number that they explain."""
    new = [tuple(name for name in variant.mistakes if name not in known) for variant in found.variants]
    return dict.fromkeys(np.flatnonzero(part).tolist(), tuple(dict.fromkeys(new)))


def _candidates(sheet: TypedSheet, rows: list[Variant]) -> _Candidates:
    everywhere = np.ones(len(sheet.names), dtype=np.bool_)
    return _Candidates(rows, sheet.computed(rows, everywhere), sheet.computed(rows, ~everywhere))


def _with_one_more(sheet: TypedSheet, active: Sequence[Variant]) -> list[Variant]:
    """Return what has been found with each other mistake."""
    more = variants(sheet.exercise.network)
    return [old.with_other(new) for old in active for new in more if new.mistakes[0] not in old.mistakes]


def _pairs(sheet: TypedSheet) -> list[Variant]:
    """Return all pairs of mistakes that change any of the numbers."""
    found = variants(sheet.exercise.network, of_one_layer=False)
    candidates = _candidates(sheet, [*right_ways(sheet.exercise.network)[:1], *found])
    has_effect = (candidates.from_own != candidates.from_own[0]) | (candidates.alone != candidates.alone[0])
    found = candidates.picked(has_effect.any(axis=1)).variants
    return [one.with_other(two) for one, two in combinations(found, 2) if one.mistakes != two.mistakes]


def _best(
    sheet: TypedSheet,
    singles: _Candidates,
    group: Where,
    before: Where,
    unexplained: Where,
    *,
    may_pair: bool,
) -> tuple[_Candidates | None, Where]:
    """Return what explains a group of wrong numbers best, and the part of them that it explains.

    Singles go before pairs. What contradicts numbers that were right `before` comes last, and then what
    explains the first of the group alone. Of those that explain it, the ones that agree with most of all the
    numbers are best.
    """
    digits = sheet.digits
    nothing = np.zeros_like(group)
    first = nothing.copy()
    first[np.flatnonzero(group)[0]] = True

    def choose(candidates: _Candidates, part: Where, consistent: Where, needed: int) -> _Candidates | None:
        # Few candidates are left to look at as a whole.
        candidates = candidates.picked(candidates.fit(digits, part).all(axis=1))
        fit = candidates.fit(digits)
        met = digits.are(candidates.from_own) | digits.are(candidates.alone)
        counts = np.where(met, np.maximum(digits.significant, _DIGITS_OF_EXACT), digits.significant)
        evidence = np.sum(counts * (fit & unexplained), axis=1)
        explains = fit[:, consistent].all(axis=1) & (evidence >= needed)
        score = np.where(explains, np.sum(fit, axis=1), -1)
        return candidates.picked(score == score.max()) if explains.any() else None

    if found := choose(singles, group, before, _DIGITS_OF_ONE):
        return found, group
    if may_pair and (found := choose(_candidates(sheet, _pairs(sheet)), group, before, _DIGITS_OF_TWO)):
        return found, group
    if found := choose(singles, group, nothing, _DIGITS_AGAINST):
        return found, group
    return choose(singles, first, before, _DIGITS_OF_ONE), first
