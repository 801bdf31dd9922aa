"""What is found about a printed number: its mark, and a sentence where it is more than right."""

from core.mistakes import MISTAKES, Verdict
from core.published import Checked, Printed, PublishedSheet, check_sheet, led_to
from core.published_numbers import PUBLISHED
from ui.memory import remembered
from ui.text.findings import finding, with_more_digits
from ui.text.numbers import MINUS

MARKS: dict[str, str] = {
    "exact": "✓ exact",
    "rounded": "✓ rounded",
    "carried": "✓ rounding carried on",
    "noise": "✓ but for its last digits",
    "follows": "→ follows",
    "wrong": "✗ differs",
}
_CUT_OFF = "✓ cut off"


@remembered
def checked(name: str) -> tuple[tuple[PublishedSheet, tuple[Checked, ...]], ...]:
    """Return the sheets of an example with the verdicts on their numbers."""
    return tuple((sheet, check_sheet(sheet)) for sheet in PUBLISHED[name])


def mark_of(verdict: Verdict) -> str:
    """Return the mark beside a printed number."""
    return _CUT_OFF if verdict.is_cut_off else MARKS[verdict.verdict]


def printed_text(printed: Printed) -> str:
    """Return the digits of a source as the screen has them."""
    return printed.text.replace("-", MINUS)


def computed_text(verdict: Verdict) -> str:
    """Return the computed number, with some more digits than are printed, or all where these are fewer."""
    return with_more_digits(verdict.expected, verdict)


def finding_of(sheet: PublishedSheet, found: Checked) -> str:
    """Return a sentence about a printed number that is not simply right, "" where it is."""
    printed, verdict = found
    if verdict.verdict != "wrong" or verdict.is_cut_off:
        return finding(printed.name, printed.text, verdict)
    known = [
        f"{MISTAKES[name].sentence} That leads to {with_more_digits(led_to(sheet, printed, name), verdict)}."
        for name in verdict.mistakes
    ]
    differs = (
        f"{printed.name} = {printed_text(printed)} differs from {computed_text(verdict)}, which the other"
    )
    return " ".join([f"{differs} numbers lead to.", *(known or ["No known mistake leads to it."])])


@remembered
def sentences(name: str) -> tuple[str, ...]:
    """Return a sentence about each number of an example, sheet by sheet; "" for one that is simply right."""
    return tuple(finding_of(sheet, each) for sheet, rows in checked(name) for each in rows)


def tally(name: str) -> tuple[int, int]:
    """Return how many numbers of an example are printed, and about how many of them something is found."""
    found = sentences(name)
    return len(found), sum(map(bool, found))
