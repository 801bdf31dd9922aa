"""What is found about a printed number: its mark, and a sentence where it is more than right."""

from typing import Literal

from core.mistakes import MISTAKES, Verdict
from core.published import Checked, Printed, PublishedSheet, check_sheet, led_to
from core.published_numbers import PUBLISHED
from ui.memory import remembered
from ui.text.numbers import DIGITS, MINUS, Precision, exact_on_screen, format_number

# So many more digits than the source prints are shown of what is computed.
_MORE_DIGITS = 3
MARKS: dict[str, str] = {
    "exact": "✓ exact",
    "rounded": "✓ rounded",
    "carried": "✓ rounding carried on",
    "noise": "✓ but for its last digit",
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
    return _text(verdict.expected, verdict)


def _text(number: float, verdict: Verdict) -> str:
    low, high = DIGITS
    digits = min(max(verdict.digits + _MORE_DIGITS, low), high)
    # What is right to 15 digits is as good as exact.
    plain = exact_on_screen(float(f"{number:.15g}"))
    return min(format_number(number, Precision(digits)), plain, key=len)


def finding_of(sheet: PublishedSheet, found: Checked) -> str:
    """Return a sentence about a printed number that is not simply right, "" where it is."""
    printed, verdict = found
    computed = computed_text(verdict)
    start = f"{printed.name} = {printed_text(printed)}"
    if verdict.is_cut_off:
        return f"{start} is cut off, not rounded: it is {computed}."
    kind: Literal["exact", "rounded", "carried", "follows", "noise", "wrong"] = verdict.verdict
    if kind == "carried":
        own = _text(verdict.own, verdict)
        return (
            f"{start} carries a rounding on: the rounded numbers that are printed "
            f"before it lead to {own}, the unrounded ones to {computed}."
        )
    if kind == "noise":
        return f"{start} is right but for its last digit: it is {computed}. Something was rounded on the way."
    if kind == "follows":
        return f"{start} follows from a number before it that differs."
    if kind == "wrong":
        differs = f"{start} differs from {computed}, which the other numbers lead to."
        known = [
            f"{MISTAKES[name].sentence} That leads to {_text(led_to(sheet, printed, name), verdict)}."
            for name in verdict.mistakes
        ]
        return " ".join([differs, *(known or ["No known mistake leads to it."])])
    return ""


def tally(name: str) -> tuple[int, int]:
    """Return how many numbers of an example are printed, and about how many of them something is found."""
    found = [finding_of(sheet, each) for sheet, rows in checked(name) for each in rows]
    return len(found), sum(map(bool, found))
