"""A learner's numbers of one step, each judged by the digits that it was given with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.answers import read_answers
from core.digits import Where
from core.exercise import Exercise
from core.explaining import Explanations, explain
from core.mistake_table import MISTAKES as MISTAKES
from core.mistake_table import right_ways
from core.typed_sheet import TypedSheet, typed_sheet

Judgement = Literal["exact", "rounded", "carried", "follows", "noise", "wrong"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one typed number is judged.

    `exact`: the right number, to a relative 1e-12. `rounded`: the right number rounded to the digits given, a
    half up or down, or cut off after three digits or more. `carried`: what comes out of the learner's own
    earlier numbers, which are right but rounded. `noise`: given with more digits than float64 or float32
    arithmetic has right. `follows`: what comes out of earlier wrong numbers, or of the mistake behind them.
    `wrong`: none of these.

    `expected` is the right number, `given` the typed one, `own` what the learner's own earlier numbers lead
    to. `unit` is one unit in the last place typed, `digits` how many significant ones there are; a number
    that is `rounded` may be one that `is_cut_off`. `mistakes` has the names in MISTAKES of what a wrong
    number may come from; `explanations` the same, as the mistakes that it takes together, one entry for each
    way that the digits leave open.
    """

    quantity: str
    verdict: Judgement
    expected: float
    given: float
    own: float
    unit: float
    digits: int
    is_cut_off: bool = False
    mistakes: tuple[str, ...] = ()
    explanations: Explanations = ()


def diagnose(exercise: Exercise, answers: Mapping[str, str]) -> tuple[Verdict, ...]:
    """Return a verdict for each typed number of one step, in the order of the pass.

    `answers` has texts by the ids of quantities: z1.1, a1.1, error1 (y − ŷ), loss, da1.1, delta1.1, dw1.2.1,
    db1.1, step.w1.2.1 (Δw), after.w1.2.1, loss_after; minus_delta1.1 is the error term −δ, and there are
    minus_da1.1, minus_dw1.2.1 and minus_db1.1. The first wrong numbers name mistakes, and the next ones that
    do not follow from them, but no more than two. Raises ValueError with one sentence for a quantity that the
    network does not have, and for a text that is no number.
    """
    typed = read_answers(exercise, answers)
    if not typed:
        return ()
    sheet = typed_sheet(exercise, typed)
    digits = sheet.digits
    no_own = np.zeros(len(sheet.names), dtype=np.bool_)
    ways = right_ways(exercise.network)
    right_number = sheet.computed(ways, no_own)[0]
    own_number = sheet.computed(ways[:1], ~no_own)[0]
    exact = digits.are(right_number)
    rounded = digits.are_rounded(right_number)
    noisy = ~rounded & digits.are_noisy(right_number)
    carried = _carried(sheet, rounded | noisy, exact)
    cut = ~(rounded | noisy | carried) & digits.are_cut_off(right_number)
    carried |= _carried(sheet, rounded | noisy | carried | cut, exact)
    right = rounded | noisy | carried | cut
    on_the_way = _rounded_on_the_way(sheet, right)
    if on_the_way.any():
        carried |= on_the_way | _carried(sheet, right | on_the_way, exact)
        right |= carried
    wrong, explanations = explain(sheet, right, noisy)
    judgements: list[tuple[Judgement, Where]] = [
        ("wrong", wrong),
        ("exact", exact),
        ("rounded", rounded | cut),
        ("carried", carried),
        ("noise", noisy),
    ]
    found = []
    for k, name in enumerate(sheet.names):
        of_this = explanations.get(k, ())
        named = {mistake for explanation in of_this for mistake in explanation}
        found.append(
            Verdict(
                name,
                next((judgement for judgement, where in judgements if where[k]), "follows"),
                float(right_number[k]),
                float(digits.value[k]),
                float(own_number[k]),
                float(digits.unit[k]),
                int(digits.significant[k]),
                bool(cut[k]),
                tuple(mistake for mistake in MISTAKES if mistake in named),
                of_this,
            )
        )
    return tuple(found)


def _rounded_on_the_way(sheet: TypedSheet, right: Where) -> Where:
    """Return where numbers are close to right ones, no further than rounding what was not typed leads."""
    ways = right_ways(sheet.exercise.network)
    from_own = sheet.computed(ways, right)
    near = ~right & sheet.digits.are_close(from_own).any(axis=0)
    if not near.any():
        return near
    return near & sheet.digits.are_rounded(from_own, sheet.room_on_the_way(right)).any(axis=0)


def _carried(sheet: TypedSheet, right: Where, exact: Where) -> Where:
    """Return where numbers come out of the learner's own right ones, and of those that do so themselves."""
    ways = right_ways(sheet.exercise.network)
    known = right.copy()
    while not known.all():
        from_own = sheet.computed(ways, known)
        more = ~known & sheet.digits.are_rounded(from_own).any(axis=0)
        if not more.any():
            room = sheet.room(ways[0], known & ~exact)
            more = ~known & sheet.digits.are_rounded(from_own, room).any(axis=0)
        if not more.any():
            break
        known |= more
    return known & ~right
