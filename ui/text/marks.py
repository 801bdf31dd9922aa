"""What stands beside a number that was checked, by the verdict on it and the digits that it has."""

from typing import Literal, NamedTuple

from core.digits import near
from core.mistakes import Verdict

RIGHT = ("exact", "rounded", "carried", "noise")


class Mark(NamedTuple):
    """What a number is: right, follows, wrong or short; and that in a word or two, and in full."""

    kind: str
    word: str
    words: str


_MARKS = {
    "exact": Mark("right", "right", "right"),
    "rounded": Mark("right", "rounded", "right to its digits"),
    "carried": Mark("right", "carried", "right with your rounding"),
    "noise": Mark("right", "noise", "right but for float noise"),
    "follows": Mark("follows", "follows", "follows from the slip"),
    "wrong": Mark("wrong", "differs", "differs"),
}
_CUT_OFF = Mark("right", "cut off", "cut off, not rounded")
_CLOSE = Mark("wrong", "close", "differs a little")


def mark_of(verdict: Verdict) -> Mark:
    """Return the mark of a number."""
    if verdict.is_cut_off:
        return _CUT_OFF
    return _CLOSE if is_close(verdict) else _MARKS[verdict.verdict]


def is_close(verdict: Verdict) -> bool:
    """Return whether a number differs by no more than rounding on the way may account for."""
    return verdict.verdict == "wrong" and bool(near(verdict.given, verdict.expected, verdict.unit))


def counts(found: tuple[Verdict, ...]) -> dict[Literal["right", "wrong", "follow"], int]:
    """Return how many numbers are right, how many differ, and how many follow from those."""
    right = sum(verdict.verdict in RIGHT for verdict in found)
    follow = sum(verdict.verdict == "follows" for verdict in found)
    return {"right": right, "wrong": len(found) - right - follow, "follow": follow}
