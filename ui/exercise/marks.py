"""What stands beside an answer: right, different or short of decimals; nothing of the right number."""

from collections.abc import Collection, Mapping

from core.assignment import Assignment
from core.mistakes import Verdict
from ui.text.marks import RIGHT, Mark

_SLACK = 1e-9
_RIGHT = Mark("right", "right", "right")
_FOLLOWS = Mark("follows", "follows", "follows from the slip")
_WRONG = Mark("wrong", "differs", "differs")


def has_decimals(verdict: Verdict, assignment: Assignment) -> bool:
    """Return whether a number was given to the decimals asked, or is the right one without them."""
    return verdict.verdict == "exact" or verdict.unit <= assignment.unit * (1 + _SLACK)


def mark_of(verdict: Verdict, assignment: Assignment) -> Mark:
    """Return the mark of an answer; of one with too few decimals nothing is said about its digits."""
    if not has_decimals(verdict, assignment):
        return Mark("short", f"{assignment.decimals} decimals", f"give {assignment.decimals} decimals")
    if verdict.verdict in RIGHT:
        return _RIGHT
    return _FOLLOWS if verdict.verdict == "follows" else _WRONG


def summary(found: Collection[Verdict], asked: int, open_: int, assignment: Assignment) -> str:
    """Return how far somebody has come with the numbers asked, in one sentence."""
    kinds = [mark_of(verdict, assignment).kind for verdict in found]
    parts = [f"{kinds.count('right')} of {asked} right"]
    words: Mapping[str, tuple[str, str]] = {
        "wrong": ("differs", "differ"),
        "follows": ("follows from that", "follow from that"),
        "short": ("has too few decimals", "have too few decimals"),
    }
    for kind, (one, several) in words.items():
        if number := kinds.count(kind):
            parts.append(f"{number} {one if number == 1 else several}")
    if open_:
        parts.append(f"{open_} not checked yet")
    return f"{', '.join(parts)}."
