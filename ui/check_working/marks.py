"""What stands below a number that was checked, by the verdict on it and the digits that it was given with."""

from typing import Literal

from core.answers import read_answers
from core.exercise import Exercise
from core.mistakes import Verdict

RIGHT = ("exact", "rounded", "carried", "noise")
_MARKS = {
    "exact": "✓ right",
    "rounded": "✓ right to its digits",
    "carried": "✓ right with your rounding",
    "noise": "✓ right but for float noise",
    "follows": "→ follows from the slip",
    "wrong": "✗ differs",
}
_CUT_OFF = "✓ cut off, not rounded"
_CLOSE = "✗ differs a little"
# By so many units of its last digit, and by this part of it, a number may be off where what it comes from was
# rounded on the way.
_CLOSE_UNITS, _CLOSE_PART = 3.0, 0.01
_HALF_UNIT = 0.5 * (1 + 1e-9)


def mark_of(verdict: Verdict, exercise: Exercise, text: str) -> str:
    """Return the mark of a number, given as a text."""
    if verdict.verdict == "rounded" and not _is_within(_HALF_UNIT, verdict, exercise, text):
        return _CUT_OFF
    return _CLOSE if is_close(verdict, exercise, text) else _MARKS[verdict.verdict]


def is_close(verdict: Verdict, exercise: Exercise, text: str) -> bool:
    """Return whether a number differs by no more than rounding on the way may account for."""
    is_near = abs(verdict.given - verdict.expected) <= _CLOSE_PART * abs(verdict.expected)
    return verdict.verdict == "wrong" and is_near and _is_within(_CLOSE_UNITS, verdict, exercise, text)


def _is_within(units: float, verdict: Verdict, exercise: Exercise, text: str) -> bool:
    """Return whether a number differs from the right one by no more than so many units of its last digit."""
    typed = read_answers(exercise, {verdict.quantity: text})[verdict.quantity]
    return abs(typed.value - verdict.expected) <= units * typed.unit


def counts(found: tuple[Verdict, ...]) -> dict[Literal["right", "wrong", "follow"], int]:
    """Return how many numbers are right, how many differ, and how many follow from those."""
    right = sum(verdict.verdict in RIGHT for verdict in found)
    follow = sum(verdict.verdict == "follows" for verdict in found)
    return {"right": right, "wrong": len(found) - right - follow, "follow": follow}
