"""Which mistakes explain wrong numbers: one alone, or else two together, and no guess beyond that."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from core.arrays import Array, Integers
from core.digits import Digits, Where
from core.mistake_table import Variant, right_ways, variants
from core.typed_sheet import TypedSheet

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


class _Candidates(NamedTuple):
    """Variants (M) with what comes out under each, (M, K).

    `from_own` goes on from the typed numbers, and is uncertain by `room` (K,) where these are rounded;
    `alone` has nothing to do with them.
    """

    variants: list[Variant]
    from_own: Array
    alone: Array
    room: Array

    def fit(self, digits: Digits, part: Where | slice = slice(None)) -> Where:
        """Return where the typed numbers, or a part of them, agree with either, (M, K)."""
        digits = digits.picked(part)
        from_own = digits.agree(self.from_own[:, part], self.room[part])
        return from_own | digits.agree(self.alone[:, part])

    def picked(self, rows: Integers) -> "_Candidates":
        chosen = [self.variants[row] for row in rows]
        return _Candidates(chosen, self.from_own[rows], self.alone[rows], self.room)


def explain(sheet: TypedSheet, right: Where, noisy: Where) -> tuple[Where, dict[int, Explanations]]:
    """Return where typed numbers are wrong (K,), and what explains those that something does.

    `right` is where they are right or noise, and `noisy` where they are noise, which a mistake may explain
    better. All others follow from wrong ones before them, or from what explains those.
    """
    wrong = np.zeros_like(right)
    explanations: dict[int, Explanations] = {}
    active = _with_room(sheet, _candidates(sheet, right_ways(sheet.exercise.network)), right)
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
                first = found.picked(np.arange(min(len(found.variants), _MOST_COINCIDING)))
                active = _with_room(sheet, first, right)
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
    return _best(
        sheet, singles.picked(np.flatnonzero(met[:, group].all(axis=1))), group, before, group, may_pair=False
    )


def _noted(found: _Candidates, part: Where, known: tuple[str, ...]) -> dict[int, Explanations]:
    """Return the mistakes that are new, in each way that explains them, for each number that they explain."""
    new = [tuple(name for name in variant.mistakes if name not in known) for variant in found.variants]
    return dict.fromkeys(np.flatnonzero(part).tolist(), tuple(dict.fromkeys(new)))


def _candidates(sheet: TypedSheet, rows: list[Variant]) -> _Candidates:
    everywhere = np.ones(len(sheet.names), dtype=np.bool_)
    no_room = np.zeros(len(sheet.names))
    return _Candidates(rows, sheet.computed(rows, everywhere), sheet.computed(rows, ~everywhere), no_room)


def _with_room(sheet: TypedSheet, candidates: _Candidates, right: Where) -> _Candidates:
    """Return candidates with room for the rounding of typed numbers, where that makes a difference."""
    if (right | candidates.fit(sheet.digits).any(axis=0)).all():
        return candidates
    rounded = ~sheet.digits.are(candidates.alone[0])
    return candidates._replace(room=sheet.room(candidates.variants[0], rounded))


def _with_one_more(sheet: TypedSheet, active: list[Variant]) -> list[Variant]:
    """Return what has been found with each other mistake."""
    more = variants(sheet.exercise.network)
    return [old.with_other(new) for old in active for new in more if new.mistakes[0] not in old.mistakes]


def _pairs(sheet: TypedSheet) -> list[Variant]:
    """Return all pairs of mistakes that change any of the numbers."""
    found = variants(sheet.exercise.network, of_one_layer=False)
    candidates = _candidates(sheet, [*right_ways(sheet.exercise.network)[:1], *found])
    has_effect = (candidates.from_own != candidates.from_own[0]) | (candidates.alone != candidates.alone[0])
    found = candidates.picked(np.flatnonzero(has_effect.any(axis=1))).variants
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
        candidates = candidates.picked(np.flatnonzero(candidates.fit(digits, part).all(axis=1)))
        fit = candidates.fit(digits)
        met = digits.are(candidates.from_own) | digits.are(candidates.alone)
        counts = np.where(met, np.maximum(digits.significant, _DIGITS_OF_EXACT), digits.significant)
        evidence = np.sum(counts * (fit & unexplained), axis=1)
        explains = fit[:, consistent].all(axis=1) & (evidence >= needed)
        score = np.where(explains, np.sum(fit, axis=1), -1)
        return candidates.picked(np.flatnonzero(score == score.max())) if explains.any() else None

    if found := choose(singles, group, before, _DIGITS_OF_ONE):
        return found, group
    if may_pair and (found := choose(_candidates(sheet, _pairs(sheet)), group, before, _DIGITS_OF_TWO)):
        return found, group
    if found := choose(singles, group, nothing, _DIGITS_AGAINST):
        return found, group
    return choose(singles, first, before, _DIGITS_OF_ONE), first
