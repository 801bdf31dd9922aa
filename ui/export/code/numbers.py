"""Numbers and arrays as Python has them, with every digit."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

# So many letters of an array stand in one line.
_LINE = 90
# Before a sigmoid is 0 or 1 to all digits.
_SATURATED = 30.0


def literal(number: float) -> str:
    """Return one number, with a point also where it is whole; one that is not finite as a call of float."""
    return repr(number + 0.0) if math.isfinite(number) else f'float("{number}")'


def array_literal(values: Any, indent: int = 0) -> str:
    """Return an array as lists in lists; one that is long has its rows, or some numbers, in a line each.

    Lines behind the first are indented by so many spaces.
    """
    array = np.asarray(values)
    if array.ndim == 0:
        return literal(float(array))
    whole = _in_one_line(array)
    if len(whole) + indent <= _LINE:
        return whole
    space = " " * (indent + 4)
    if array.ndim > 1:
        parts = [array_literal(row, indent + 4) for row in array]
    else:
        parts = _wrapped([literal(float(number)) for number in array], _LINE - indent - 4)
    return "[\n" + "".join(f"{space}{part},\n" for part in parts) + " " * indent + "]"


def _in_one_line(array: Any) -> str:
    if array.ndim == 0:
        return literal(float(array))
    return f"[{', '.join(map(_in_one_line, array))}]"


def _wrapped(texts: list[str], width: int) -> list[str]:
    """Return numbers with commas between them, as lines of some width."""
    lines: list[list[str]] = []
    free = 0
    for text in texts:
        if not lines or free < len(text) + 2:
            lines.append([])
            free = width
        lines[-1].append(text)
        free -= len(text) + 2
    return [", ".join(line) for line in lines]


def quiet_lines(numbers: Iterable[Any]) -> list[str]:
    """Return the lines with which NumPy does not warn of an overflow; none where the arrays are small.

    A unit that saturates comes to 0, 1 or ∞ all the same, on the screen and in the lines.
    """
    largest = max(float(np.max(np.abs(array), initial=0.0)) for array in numbers)
    if largest <= _SATURATED:
        return []
    return [
        "# Here units saturate: what overflows on the way comes to 0, 1 or inf.",
        'np.seterr(all="ignore")',
    ]
