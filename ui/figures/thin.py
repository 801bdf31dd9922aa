"""What a screen has no room for: long lines with fewer points, long names with fewer letters."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import finite, spread

MAX_POINTS = 600

Line = tuple[list[int], list[float | None]]


def thin(steps: Sequence[int], values: ArrayLike) -> Line:
    """Return at most MAX_POINTS points of the line through `steps` and `values`, both (K,)."""
    places = spread(len(steps), MAX_POINTS).tolist()
    return [int(steps[place]) for place in places], finite(np.asarray(values)[places])


def shorten(name: str, length: int) -> str:
    """Return a name of at most `length` letters; what is left out is in the middle, as ends often differ."""
    if len(name) <= length:
        return name
    tail = length // 2
    return f"{name[: length - 1 - tail]}…{name[-tail:]}"
