"""What stands below an answer: right, different, or too few decimals; nothing of the number that is right."""

from collections.abc import Collection, Mapping

from core.assignment import Assignment
from core.mistakes import Verdict
from ui.text.marks import RIGHT

_SLACK = 1e-9


def has_decimals(verdict: Verdict, assignment: Assignment) -> bool:
    """Return whether a number was given to the decimals asked, or is the right one without them."""
    return verdict.verdict == "exact" or verdict.unit <= assignment.unit * (1 + _SLACK)


def mark_of(verdict: Verdict, assignment: Assignment) -> tuple[str, str]:
    """Return the kind of a mark, and its words."""
    if not has_decimals(verdict, assignment):
        return "short", f"give {assignment.decimals} decimals"
    if verdict.verdict in RIGHT:
        return "right", "✓ right"
    return ("follows", "→ follows from the slip") if verdict.verdict == "follows" else ("wrong", "✗ differs")


def summary(found: Collection[Verdict], asked: int, open_: int, assignment: Assignment) -> str:
    """Return how far somebody has come with the numbers asked, in one sentence."""
    kinds = [mark_of(verdict, assignment)[0] for verdict in found]
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
