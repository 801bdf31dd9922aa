"""The forms in which people type a number: 0.5, 0,5, −1e-3, or a fraction such as 3/4."""

import math
import re
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?", re.IGNORECASE | re.ASCII)
# In English a thousand, elsewhere one with three decimals.
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
_MINUSES = str.maketrans("\N{MINUS SIGN}\N{EN DASH}", "--")


def plain_number(text: str) -> str:
    """Return a text as it was typed, with an ASCII minus and nothing around it."""
    return text.strip().translate(_MINUSES)


def without_thousands(plain: str) -> str | None:
    """Return 1234 for 1,234, which can be read in two ways; None for any other text."""
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else None


def decimals_in(plain: str) -> tuple[str, ...]:
    """Return the one decimal of a number, or the two of a fraction, with points; () for what is neither."""
    parts = [part.strip() for part in plain.split("/")]
    if len(parts) > 2 or not all(_NUMBER.fullmatch(part) for part in parts):
        return ()
    return tuple(part.replace(",", ".") for part in parts)


def quotient(decimals: tuple[str, ...]) -> float:
    """Return the number of one decimal, or of two, correctly rounded; ∞ where it has no finite value."""
    if len(decimals) == 1:
        return float(decimals[0])
    try:
        return float(Fraction(decimals[0]) / Fraction(decimals[1]))
    except (OverflowError, ZeroDivisionError):
        return math.inf
