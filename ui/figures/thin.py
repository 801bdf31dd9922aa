"""What a screen has no room for: long lines with fewer points, long names with fewer letters."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

MAX_POINTS = 600

Line = tuple[list[int], list[float | None]]


def picks(count: int) -> list[int]:
    """Return at most MAX_POINTS evenly spaced places out of `count`, the first and the last among them."""
    kept = min(count, MAX_POINTS)
    return sorted({round(k * (count - 1) / max(kept - 1, 1)) for k in range(kept)})


def thin(steps: Sequence[int], values: ArrayLike) -> Line:
    """Return at most MAX_POINTS points of the line through `steps` and `values`, both (K,)."""
    places = picks(len(steps))
    return [int(steps[place]) for place in places], finite(np.asarray(values)[places])


def finite(values: ArrayLike) -> list[float | None]:
    """Return numbers for a figure, None where one is not finite: JSON has no NaN and a line a gap there."""
    return [number if np.isfinite(number) else None for number in np.asarray(values, float).tolist()]


def shorten(name: str, length: int) -> str:
    """Return a name of at most `length` letters; what is left out is in the middle, as ends often differ."""
    if len(name) <= length:
        return name
    tail = length // 2
    return f"{name[: length - 1 - tail]}…{name[-tail:]}"
