"""What is found about a number that was checked, as a sentence."""

from collections.abc import Sequence

from core.mistakes import MISTAKES, Verdict
from ui.text.numbers import DIGITS, MINUS, Precision, exact_on_screen, format_number

# So many more digits than were given are shown of what is computed.
_MORE_DIGITS = 3
MOST_NAMES = 4
# Decimal numbers are not exact in binary: a half of a unit may come out a little larger.
_HALF = 0.5 + 1e-9


def finding(name: str, text: str, verdict: Verdict) -> str:
    """Return a sentence about a number, by its name and its digits; "" for one that is simply right."""
    start = f"{name} = {text.replace('-', MINUS)}"
    computed = with_more_digits(verdict.expected, verdict)
    if verdict.is_cut_off:
        return f"{start} is cut off, not rounded: it is {computed}."
    if verdict.verdict == "carried":
        if not _comes_from_own(verdict):
            return f"{start} carries a rounding on: with all digits it is {computed}."
        before = f"the numbers before it lead to {with_more_digits(verdict.own, verdict)}"
        return f"{start} carries a rounding on: {before}, with all digits to {computed}."
    if verdict.verdict == "noise":
        return f"{start} is right but for its last digits: it is {computed}."
    if verdict.verdict == "follows":
        return f"{start} follows from a number before it that differs; it is {computed}."
    if verdict.verdict == "wrong":
        known = known_sentences(verdict.explanations) or ["No known mistake leads to it."]
        return " ".join([f"{start} differs from {computed}.", *known])
    return ""


def _comes_from_own(verdict: Verdict) -> bool:
    """Return whether the digits are what the numbers before lead to, rounded or cut off."""
    missing = abs(verdict.own) - abs(verdict.given)
    return -_HALF * verdict.unit <= missing < verdict.unit


def known_sentences(explanations: Sequence[Sequence[str]]) -> list[str]:
    """Return the mistakes that a number may come from: each by itself, or those that it takes together."""
    made = [
        ("Two mistakes together: " if len(names) > 1 else "")
        + " ".join(MISTAKES[name].sentence for name in names)
        for names in explanations[:MOST_NAMES]
    ]
    return [("Or: " if place else "") + sentence for place, sentence in enumerate(made)]


def with_more_digits(number: float, verdict: Verdict) -> str:
    """Return a number with some more digits than were given, or with all where these are fewer."""
    low, high = DIGITS
    digits = min(max(verdict.digits + _MORE_DIGITS, low), high)
    # What is right to 15 digits is as good as exact.
    plain = exact_on_screen(float(f"{number:.15g}"))
    return min(format_number(number, Precision(digits)), plain, key=len)
