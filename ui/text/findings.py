"""What is found about a number that was checked, as a sentence."""

from collections.abc import Sequence

from core.mistakes import MISTAKES, Verdict
from ui.text.numbers import DIGITS, MINUS, Precision, exact_on_screen, format_number

# So many more digits than were given are shown of what is computed.
_MORE_DIGITS = 3
_MOST_NAMES = 4


def finding(name: str, text: str, verdict: Verdict) -> str:
    """Return a sentence about a number, by its name and its digits; "" for one that is simply right."""
    start = f"{name} = {text.replace('-', MINUS)}"
    computed = _text(verdict.expected, verdict)
    if verdict.is_cut_off:
        return f"{start} is cut off, not rounded: it is {computed}."
    if verdict.verdict == "carried":
        return f"{start} carries a rounding on: with all digits it is {computed}."
    if verdict.verdict == "noise":
        return f"{start} is right but for its last digits: it is {computed}."
    if verdict.verdict == "follows":
        return f"{start} follows from a number before it that differs; it is {computed}."
    if verdict.verdict == "wrong":
        known = _known(verdict.explanations) or ["No known mistake leads to it."]
        return " ".join([f"{start} differs from {computed}.", *known])
    return ""


def _known(explanations: Sequence[Sequence[str]]) -> list[str]:
    made = [" ".join(MISTAKES[name].sentence for name in names) for names in explanations[:_MOST_NAMES]]
    return [("Or: " if place else "") + sentence for place, sentence in enumerate(made)]


def _text(number: float, verdict: Verdict) -> str:
    low, high = DIGITS
    digits = min(max(verdict.digits + _MORE_DIGITS, low), high)
    # What is right to 15 digits is as good as exact.
    plain = exact_on_screen(float(f"{number:.15g}"))
    return min(format_number(number, Precision(digits)), plain, key=len)
