"""What stands below a number that was checked, by the verdict on it and the digits that it was given with."""

from typing import Literal

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


def mark_of(verdict: Verdict) -> str:
    """Return the mark of a number."""
    if verdict.is_cut_off:
        return _CUT_OFF
    return _CLOSE if is_close(verdict) else _MARKS[verdict.verdict]


def is_close(verdict: Verdict) -> bool:
    """Return whether a number differs by no more than rounding on the way may account for."""
    off = abs(verdict.given - verdict.expected)
    is_near = off <= min(_CLOSE_PART * abs(verdict.expected), _CLOSE_UNITS * verdict.unit)
    return verdict.verdict == "wrong" and is_near


def counts(found: tuple[Verdict, ...]) -> dict[Literal["right", "wrong", "follow"], int]:
    """Return how many numbers are right, how many differ, and how many follow from those."""
    right = sum(verdict.verdict in RIGHT for verdict in found)
    follow = sum(verdict.verdict == "follows" for verdict in found)
    return {"right": right, "wrong": len(found) - right - follow, "follow": follow}
