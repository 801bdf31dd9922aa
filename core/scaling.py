"""Standardizing: columns of numbers brought to mean 0 and standard deviation 1, and back."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.arrays import Array, as_array


class Scaling(NamedTuple):
    """How k columns are scaled: scaled = (own − mean) / deviation, where own is in the data's own units.

    `mean` and `deviation` have the shape (k,) and are 0 and 1 where a column stays as it is.
    """

    mean: Array
    deviation: Array

    def scaled(self, own: ArrayLike) -> Array:
        """Return values in the data's own units (..., k) as the network gets them."""
        return (as_array(own) - self.mean) / self.deviation

    def own(self, scaled: ArrayLike) -> Array:
        """Return scaled values (..., k) in the data's own units, float32 where they are."""
        scaled = as_array(scaled)
        return scaled * self.deviation.astype(scaled.dtype) + self.mean.astype(scaled.dtype)

    @property
    def changes(self) -> NDArray[np.bool_]:
        """Return which of the k columns are not left as they are, (k,)."""
        return (self.mean != 0) | (self.deviation != 1)


def unscaled(columns: int) -> Scaling:
    """Return the scaling that leaves k columns as they are."""
    return Scaling(np.zeros(columns), np.ones(columns))


def fit_scaling(values: ArrayLike, numeric: ArrayLike) -> Scaling:
    """Return the scaling that standardizes the `numeric` (k,) among the columns of values (N, k).

    Values are those of the training rows alone: what is known of the others must not reach the network. A
    column in which nothing varies becomes 0 and is not divided.
    """
    values = as_array(values)
    chosen = np.asarray(numeric, dtype=bool)
    deviation = np.std(values, axis=0)
    # Rounding gives even a column of nothing but 0.1 a deviation, and tiny numbers have none.
    varies = chosen & (np.ptp(values, axis=0) > 0) & (deviation > 0)
    return Scaling(
        np.where(chosen, np.mean(values, axis=0), 0.0),
        np.where(varies, deviation, 1.0),
    )
