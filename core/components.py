"""Principal components: the directions in which samples differ most."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array


class Components(NamedTuple):
    """The mean (n_in,) of samples, and orthonormal `directions` (k, n_in), that of most variance first."""

    mean: Array
    directions: Array

    def project(self, x: ArrayLike) -> Array:
        """Return how far samples x (..., n_in) lie from the mean along each direction, (..., k)."""
        return (as_array(x) - self.mean) @ self.directions.T

    def place(self, at: ArrayLike) -> Array:
        """Return the inputs (..., n_in) at mean + Σ at_k · direction_k for places (..., k)."""
        return self.mean + as_array(at) @ self.directions


def principal_components(x: ArrayLike, count: int) -> Components:
    """Return the first `count` principal components of samples x (N, n_in).

    They are eigenvectors of the covariance (x − x̄)ᵀ(x − x̄) / N, by falling eigenvalue; the largest entry of
    each is positive. Raises ValueError for a count that is not from 1 to n_in.
    """
    x = as_array(x)
    if not 1 <= count <= x.shape[-1]:
        raise ValueError(f"count must be from 1 to {x.shape[-1]}, got {count}")
    mean = np.mean(x, axis=0)
    centered = x - mean
    _, vectors = np.linalg.eigh(centered.T @ centered / len(x))
    directions = vectors[:, ::-1][:, :count].T
    largest = np.argmax(np.abs(directions), axis=1)
    signs = np.sign(directions[np.arange(count), largest])
    return Components(mean, directions * signs[:, None])
