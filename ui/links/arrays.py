"""Vectors and matrices in a link: numbers separated by _, rows by ~, or all of them as bytes.

The second form is for arrays whose numbers have many digits: "z" and the float64 values, little-endian and
row after row, in base64 with - and . for the characters that a query string cannot hold as they are.
"""

import base64
import binascii
from collections.abc import Sequence

import numpy as np

from core.arrays import Array
from ui.text.numbers import count, exact, parse_number

BYTES = "z"
# Shorter arrays stay readable.
_READABLE = 200
_SIGNS = b"-."


def write_numbers(values: Sequence[float]) -> str:
    """Return the numbers as text, separated by _."""
    return "_".join(map(exact, values))


def write_array(array: Array) -> str:
    """Return a vector or matrix as text that reads back to the last digit: readable, or as bytes."""
    rows = np.atleast_2d(array).tolist()
    readable = "~".join(map(write_numbers, rows))
    if len(readable) <= _READABLE:
        return readable
    return min(readable, write_bytes(array), key=len)


def write_bytes(array: Array) -> str:
    """Return an array as bytes in base64."""
    encoded = base64.b64encode(array.astype("<f8").tobytes(), _SIGNS).decode("ascii")
    return BYTES + encoded.rstrip("=")


def parse_vector(text: str, field: str, length: int, *bounds: float) -> list[float]:
    """Return the numbers of a vector; raises ValueError naming `field` and the number that does not fit."""
    if text.startswith(BYTES):
        values = read_bytes(text, field, length)
        text = write_numbers(values)
    parts = text.split("_")
    if len(parts) != length:
        raise ValueError(f"{field} got {count(len(parts), 'number')}; it takes {length}, separated by _.")
    return [
        parse_number(part, f"{field.rstrip(',')}, number {k + 1},", *bounds) for k, part in enumerate(parts)
    ]


def parse_matrix(text: str, field: str, shape: tuple[int, int]) -> list[list[float]]:
    """Return the rows of a matrix; raises ValueError naming `field`, the row and what does not fit."""
    n_rows, n_columns = shape
    if text.startswith(BYTES):
        values = read_bytes(text, field, n_rows * n_columns)
        rows = [write_numbers(values[k * n_columns : (k + 1) * n_columns]) for k in range(n_rows)]
    else:
        rows = text.split("~")
    if len(rows) != n_rows:
        raise ValueError(f"{field} got {count(len(rows), 'row')}; it takes {n_rows}, separated by ~.")
    return [parse_vector(row, f"{field}, row {k + 1},", n_columns) for k, row in enumerate(rows)]


def read_bytes(text: str, field: str, length: int) -> list[float]:
    """Return `length` numbers written by `write_bytes`; raises ValueError naming `field`."""
    encoded = text.removeprefix(BYTES)
    try:
        data = base64.b64decode(encoded + "=" * (-len(encoded) % 4), _SIGNS, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if len(data) != 8 * length:
        raise ValueError(
            f"{field} cannot be read: after {BYTES} it takes {count(length, 'number')} in base64."
        )
    values: list[float] = np.frombuffer(data, "<f8").tolist()
    return values
