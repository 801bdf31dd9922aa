"""Arrays of numbers on their way to a browser: to the bit, and small once the connection compresses them."""

import base64
import json
from collections.abc import Mapping
from typing import Any, TypedDict

import numpy as np

from core.arrays import Array, Integers

# A whole number in 32 bits, lowest byte first, stands before the text.
HEAD_BYTES = 4
# Of a smooth curve the third differences are the smallest ones that are not yet mere rounding.
SMOOTH = 3


class SentArray(TypedDict):
    """An array (R, C): what `readArray` in arrays.js makes the array of again.

    `bytes` has, column after column, the differences of the numbers' bits as whole numbers, `along` times
    from row to row and `across` times from column to column; first the lowest byte of all, then the next.
    """

    type: str
    rows: int
    along: int
    across: int
    bytes: bytes


def encode(array: Array | Integers, dtype: str, along: int = SMOOTH, across: int = 0) -> SentArray:
    """Return an array (R,) or (R, C) as it is sent, in one of the types "<f4", "<f8" and "<u2".

    Bits of neighbors in a smooth film differ little, and in their lower bytes: the others are mostly zeros.
    """
    with np.errstate(over="ignore"):
        numbers = np.ascontiguousarray(array, dtype)
    size = numbers.itemsize
    bits = numbers.view(f"<i{size}").reshape(len(numbers), -1)
    padded = np.pad(bits, ((along, 0), (across, 0)))
    differences = np.diff(np.diff(padded, along, axis=0), across, axis=1)
    planes = np.ascontiguousarray(differences.T).view(np.uint8).reshape(-1, size).T
    return SentArray(type=dtype, rows=len(bits), along=along, across=across, bytes=planes.tobytes())


def pack(model: Mapping[str, Any]) -> bytes:
    """Return a model with arrays as bytes: the length of a JSON text, that text, and then all arrays.

    In the text [start, end] stands for the bytes of an array, counted from where the text ends.
    """
    behind = bytearray()

    def place(value: object) -> list[int]:
        start = len(behind)
        behind.extend(_bytes_of(value))
        return [start, len(behind)]

    text = json.dumps(model, default=place, separators=(",", ":")).encode()
    return len(text).to_bytes(HEAD_BYTES, "little") + text + behind


def as_text(value: object) -> str:
    """Return the bytes of an array as base64: the `default` of `json.dumps` where all has to be one text."""
    return base64.b64encode(_bytes_of(value)).decode("ascii")


def _bytes_of(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(f"a model must hold JSON and bytes, got {type(value).__name__}")
    return value
