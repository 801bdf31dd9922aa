"""How much each input has to do with the target, by itself: what the usual axes of a plane are chosen by."""

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array


def explained_share(x: ArrayLike, y: ArrayLike) -> Array:
    """Return, for each input, the share of its variance that the target explains, (n_in,), from 0 to 1.

    x is (N, n_in). For a target of one column y (N, 1) it is the squared correlation r², for one-hot classes
    y (N, classes) the correlation ratio η² = Σ n_k (x̄_k − x̄)² / Σ (x − x̄)². Where nothing varies it is 0.
    """
    x, y = as_array(x), as_array(y)
    x = _centered(x)
    total = np.sum(x**2, axis=0)
    if y.shape[1] == 1:
        y = _centered(y)
        explained = np.sum(x * y, axis=0) ** 2
        total = total * np.sum(y**2)
    else:
        sizes = np.sum(y, axis=0)
        sums = y.T @ x
        explained = np.sum(sums**2 / np.maximum(sizes, 1)[:, None], axis=0)
    return np.divide(explained, total, out=np.zeros(x.shape[1]), where=total > 0)


def _centered(columns: Array) -> Array:
    """Return columns with mean 0 and values up to 1, so that squares of huge or tiny numbers are numbers."""
    centered = columns - np.mean(columns, axis=0)
    size = np.max(np.abs(centered), axis=0, initial=0.0)
    # What rounding leaves of a column in which nothing varies is no variation.
    varies = np.ptp(columns, axis=0) > 0
    return np.divide(centered, size, out=np.zeros_like(centered), where=varies & (size > 0))
