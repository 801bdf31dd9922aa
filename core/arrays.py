"""The array type of the core, how outside numbers enter it, and how it multiplies matrices."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

SHORT_SUM = 8


def as_array(values: ArrayLike) -> Array:
    """Return `values` of any shape as floats: float32 stays float32, everything else becomes float64."""
    array = np.asarray(values)
    return array if array.dtype == np.float32 else array.astype(np.float64, copy=False)


def matmul(a: Array, b: Array) -> Array:
    """Return a b for a (..., n, m) and b (..., m, k), leading axes broadcast.

    In float64, sums of up to 8 terms are added one after the other, as by hand. BLAS may fuse a
    multiplication with an addition, and then the last digit depends on the machine: not the one that a course
    has printed, nor the one that the sender of a link has seen. float32 is for pictures, which need no such
    digit, and BLAS is many times as fast.
    """
    terms = a.shape[-1]
    if terms > SHORT_SUM or a.dtype == b.dtype == np.float32:
        return a @ b
    total = a[..., :, :1] * b[..., :1, :]
    for term in range(1, terms):
        total = total + a[..., :, term : term + 1] * b[..., term : term + 1, :]
    return total


def spread(count: int, most: int) -> Integers:
    """Return at most `most` evenly spaced places out of `count`, the first and the last among them."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.int64)


def finite(values: ArrayLike) -> list[float | None]:
    """Return numbers (K,) as JSON can hold them: None where one is not finite."""
    return [number if np.isfinite(number) else None for number in np.asarray(values, float).tolist()]
