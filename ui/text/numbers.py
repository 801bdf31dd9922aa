"""Numbers as people write them: reading what is typed, writing what is computed."""

import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from core.exercise import Exercise, Quantity
from core.losses import LOSSES
from core.typed_number import decimals_in, plain_number, quotient, without_thousands
from ui.limits import MAX_MAGNITUDE, MAX_NUMBER

_SHOWN = 40

# Parts of words and emoji.
_JOINERS = "\u200c\u200d"

# What readers can choose.
DIGITS = (4, 17)
DECIMALS = (1, 15)

MINUS = "\N{MINUS SIGN}"
OVERFLOW = "overflow"
# Numbers from 1e-4 up to 1e6 are shown as decimals, in a column those from 1e-6.
_SMALL_POWER, _COLUMN_SMALL_POWER, _LARGE_POWER = -4, -6, 6
_EXPONENT_ZEROS = re.compile(r"(e-?)0+")


class Precision(NamedTuple):
    """How exactly numbers are shown: with `digits` significant digits or, where set, so many `decimals`."""

    digits: int = 6
    decimals: int | None = None


USUAL_PRECISION = Precision()


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
    lowest, highest = exact_on_screen(low), exact_on_screen(high)
    edges = f"above {lowest} and up to {highest}" if above_low else f"from {lowest} to {highest}"
    plain = plain_number(text)
    if not plain:
        raise ValueError(f"{field} is empty; it takes a number {edges}.")
    if len(plain) > MAX_NUMBER:
        raise ValueError(
            f"{field} got {quote(plain)} with {len(plain):,} characters; it takes a number {edges} "
            f"with up to {MAX_NUMBER}."
        )
    written = without_thousands(plain)
    if written:
        raise ValueError(
            f"{field} got {quote(text)}, which can be read in two ways; write {written} or a point."
        )
    decimals = decimals_in(plain)
    if not decimals:
        raise ValueError(f"{field} got {quote(text)}; it takes a number {edges}, such as 0.5, 1e-3 or 1/3.")
    number = quotient(decimals)
    if not (low <= number <= high) or (above_low and number == low):
        raise ValueError(f"{field} got {quote(text)}; it takes a number {edges}.")
    return number


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
    """Return the shortest text that reads back as the same float, for links and files: 0.5, -2, 1e-7.

    Minus zero is written as 0.
    """
    return _EXPONENT_ZEROS.sub(r"\1", repr(float(number) + 0.0).removesuffix(".0").replace("e+", "e"))


def exact_on_screen(number: float) -> str:
    """Return the same for the screen, as what shows on hovering."""
    return _on_screen(exact(number))


def _on_screen(text: str) -> str:
    return text.replace("-", MINUS)


def format_number(number: float, precision: Precision) -> str:
    """Return `number` as the screen shows it, halves rounded away from zero.

    Decimal from 1e-4 up to 1e6 as it is after rounding, else m.mmme±k; trailing zeros are kept. With a
    fixed number of decimals small numbers stay decimal too.
    """
    return _format(number, precision, _SMALL_POWER)


def format_column(numbers: Iterable[float], precision: Precision) -> list[str]:
    """Return numbers that are compared with one another, all decimal or all m.mmme±k.

    They are decimal where all lie from 1e-6 up to 1e6, as then, one below the other, the larger looks larger.
    """
    numbers = list(numbers)
    texts = [_format(number, precision, _COLUMN_SMALL_POWER) for number in numbers]
    if any("e" in text and text != OVERFLOW for text in texts):
        return [_format(number, precision, None) for number in numbers]
    return texts


def _format(number: float, precision: Precision, smallest: int | None) -> str:
    """Return `number`, decimal from the power of ten `smallest` on, None meaning m.mmme±k for all but 0."""
    if not math.isfinite(number):
        return OVERFLOW
    if precision.decimals is None:
        return _on_screen(_with_digits(number, precision.digits, smallest))
    return _on_screen(_with_decimals(number, precision.decimals, smallest))


def _with_digits(number: float, digits: int, smallest: int | None) -> str:
    if number == 0:
        return "0"
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(number)
    power = rounded.adjusted()
    if smallest is None or not smallest <= power < _LARGE_POWER:
        return f"{rounded:.{digits - 1}e}".replace("e+", "e")
    return f"{rounded:.{max(digits - 1 - power, 0)}f}"


def _with_decimals(number: float, decimals: int, smallest: int | None) -> str:
    rounded = Decimal.from_float(number)
    if abs(number) < 10**_LARGE_POWER:
        rounded = rounded.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if number == 0 or (smallest is not None and abs(rounded) < 10**_LARGE_POWER):
        return f"{abs(rounded) if rounded.is_zero() else rounded:.{decimals}f}"
    return _with_digits(number, decimals + 1, None)


def hover_format(precision: Precision) -> str:
    """Return how a chart writes numbers on hovering, in the format language of d3."""
    return f".{precision.digits}g" if precision.decimals is None else f".{precision.decimals}f"


def align(texts: list[str]) -> list[str]:
    """Return the texts padded with spaces to one width, with their decimal points below one another."""
    heads = [text if text == OVERFLOW else re.split(r"[.e]", text)[0] for text in texts]
    left = max(map(len, heads), default=0)
    padded = [" " * (left - len(head)) + text for head, text in zip(heads, texts, strict=True)]
    width = max(map(len, padded), default=0)
    return [text.ljust(width) for text in padded]


def count(number: int, noun: str) -> str:
    """Return a number with its noun, "1 row" or "2 rows"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
