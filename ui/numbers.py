"""Numbers as people write them: reading what is typed, writing what is computed."""

import math
import re
import unicodedata
from fractions import Fraction

from core.exercise import Exercise, Quantity
from core.losses import LOSSES
from ui.limits import MAX_MAGNITUDE, MAX_NUMBER

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?", re.IGNORECASE | re.ASCII)

# In English a thousand, elsewhere one with three decimals.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)

_SHOWN = 40

# Parts of words and emoji.
_JOINERS = "\u200c\u200d"


def quote(text: str) -> str:
    """Return what somebody entered in quotation marks, on one line and shortened, for a message.

    Characters that cannot be seen, or that turn the direction of what follows, are shown by their number.
    """
    # No more of it than can be shown is looked at: what was pasted can be a whole file.
    line = " ".join(text[: 100 * _SHOWN].split())
    shown = ""
    for character in line:
        shown += _visible(character)
        if len(shown) > _SHOWN:
            return f"“{shown[:_SHOWN]}…”"
    return f"“{shown}”"


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in _JOINERS
    return character.encode("unicode_escape").decode("ascii") if hidden else character


def parse_number(
    text: str,
    field: str,
    low: float = -MAX_MAGNITUDE,
    high: float = MAX_MAGNITUDE,
    *,
    above_low: bool = False,
) -> float:
    """Return the number `text` stands for: 0.5, 0,5, -1e-3 or a fraction such as 1/3.

    Raises ValueError with one sentence that names `field`, what came and what is allowed, when the
    text is no number or the number is not between `low` and `high` (nor above `low`, `above_low`).
    """
    edges = f"above {low:.15g} and up to {high:.15g}" if above_low else f"from {low:.15g} to {high:.15g}"
    plain = text.strip().replace("−", "-")
    if not plain:
        raise ValueError(f"{field} is empty; it takes a number {edges}.")
    if len(plain) > MAX_NUMBER:
        raise ValueError(
            f"{field} got {quote(plain)} with {len(plain):,} characters; it takes a number {edges} "
            f"with up to {MAX_NUMBER}."
        )
    if _THOUSANDS.fullmatch(plain):
        written = plain.replace(",", "")
        raise ValueError(
            f"{field} got {quote(text)}, which can be read in two ways; write {written} or a point."
        )
    parts = [part.strip() for part in plain.split("/")]
    if len(parts) > 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        raise ValueError(f"{field} got {quote(text)}; it takes a number {edges}, such as 0.5, 1e-3 or 1/3.")
    number = _quotient(parts)
    if not (low <= number <= high) or (above_low and number == low):
        raise ValueError(f"{field} got {quote(text)}; it takes a number {edges}.")
    return number


def _quotient(parts: list[str]) -> float:
    """Return the one number, or the fraction of two, correctly rounded; ∞ where it has no finite value."""
    decimals = [part.replace(",", ".") for part in parts]
    if len(decimals) == 1:
        return float(decimals[0])
    try:
        return float(Fraction(decimals[0]) / Fraction(decimals[1]))
    except (OverflowError, ZeroDivisionError):
        return math.inf


def parse_quantity(text: str, exercise: Exercise, quantity: Quantity) -> float:
    """Return the value typed for a quantity, within what its kind and the loss allow.

    Raises ValueError with a sentence that names the quantity.
    """
    field = field_name(quantity)
    if quantity.kind == "eta":
        return parse_number(text, field, 0, above_low=True)
    if quantity.kind == "y":
        low, high = target_bounds(exercise.network.loss)
        return parse_number(text, field, low, high)
    return parse_number(text, field)


def target_bounds(loss: str) -> tuple[float, float]:
    """Return the interval that targets of the named loss must lie in."""
    low, high = LOSSES[loss].bounds
    return max(low, -MAX_MAGNITUDE), min(high, MAX_MAGNITUDE)


def field_name(quantity: Quantity) -> str:
    """Return what a message calls a quantity, such as "Weight x1→h1"."""
    kinds = {"x": "Input", "w": "Weight", "b": "Bias", "y": "Target", "eta": "Learning rate"}
    return f"{kinds[quantity.kind]} {quantity.label}"


def exact(number: float) -> str:
    """Return the shortest text that reads back as the same float: 0.5, -2, 1e-07."""
    return repr(float(number)).removesuffix(".0").replace("e+", "e")


def significant(number: float, digits: int) -> str:
    """Return `number` with `digits` significant digits, in scientific notation where that is shorter.

    Trailing zeros are left out: a number that is exactly 0.5 shows as 0.5.
    """
    if not math.isfinite(number):
        return "overflow"
    if number == 0:
        return "0"
    return f"{number:.{digits}g}".replace("e+", "e")


def align(texts: list[str]) -> list[str]:
    """Return the texts padded with spaces to one width, with their decimal points below one another."""
    heads = [re.split(r"[.e]", text)[0] if text != "overflow" else text for text in texts]
    left = max(map(len, heads), default=0)
    padded = [" " * (left - len(head)) + text for head, text in zip(heads, texts, strict=True)]
    width = max(map(len, padded), default=0)
    return [text.ljust(width) for text in padded]


def count(number: int, noun: str) -> str:
    """Return a number with its noun, "1 row" or "2 rows"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
