"""Points that somebody has typed or clicked, as a text that a link can carry.

Numbers are separated by _ and points by ~, as in the rest of a link.
"""

from collections.abc import Sequence

from core.data import EDGE
from ui.limits import MAX_POINTS
from ui.links.query import whole
from ui.text.numbers import count, exact, parse_number, quote

MAX_CLASS = 2
DECIMALS = 2

Point = tuple[float, float, int]
Points = tuple[Point, ...]


def write_points(points: Sequence[Point]) -> str:
    """Return points (x₁, x₂, class) as one text, numbers rounded to 2 decimals."""
    return "~".join(f"{exact(_rounded(x1))}_{exact(_rounded(x2))}_{chosen}" for x1, x2, chosen in points)


def read_points(text: str) -> Points:
    """Return the points that a text stands for, x₁ and x₂ from −6 to 6, the class from 0 to 2.

    Raises ValueError with a sentence that names the number of the first point that does not fit.
    """
    parts = text.split("~") if text else []
    if len(parts) > MAX_POINTS:
        raise ValueError(f"points got {count(len(parts), 'point')}; {MAX_POINTS} are allowed.")
    return tuple(_read_point(part, f"Point {k + 1}") for k, part in enumerate(parts))


def _read_point(text: str, name: str) -> Point:
    parts = text.split("_")
    if len(parts) != 3:
        raise ValueError(f"{name} got {quote(text)}; it takes x₁, x₂ and a class, such as 0.5_-1_1.")
    x1, x2 = (
        _rounded(parse_number(part, f"{name}, {label},", -EDGE, EDGE))
        for part, label in zip(parts[:2], ("x₁", "x₂"), strict=True)
    )
    return x1, x2, whole(parts[2], f"{name}, class,", 0, MAX_CLASS)


def _rounded(number: float) -> float:
    # The sum makes 0 of −0.
    return round(number, DECIMALS) + 0.0
