"""Features: what a network is given of a point (x₁, x₂), as one table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array


@dataclass(frozen=True, slots=True)
class Feature:
    """A function of a point: `column(x)` of x (..., N, 2) has the shape (..., N)."""

    name: str
    label: str
    column: Callable[[Array], Array]


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("x1", "x₁", lambda x: x[..., 0]),
        Feature("x2", "x₂", lambda x: x[..., 1]),
        Feature("x1_squared", "x₁²", lambda x: x[..., 0] ** 2),
        Feature("x2_squared", "x₂²", lambda x: x[..., 1] ** 2),
        Feature("x1_x2", "x₁x₂", lambda x: x[..., 0] * x[..., 1]),
        Feature("sin_x1", "sin x₁", lambda x: np.sin(x[..., 0])),
        Feature("sin_x2", "sin x₂", lambda x: np.sin(x[..., 1])),
    )
}


def make_features(x: ArrayLike, names: Sequence[str]) -> Array:
    """Return the named features of points x (..., N, 2) as columns (..., N, len(names)).

    Raises ValueError for no names, an unknown one, or points that have not two coordinates.
    """
    x = as_array(x)
    if x.ndim < 2 or x.shape[-1] != 2:
        raise ValueError(f"x must have shape (N, 2), got {x.shape}")
    if not names:
        raise ValueError(f"features must name one or more of {', '.join(FEATURES)}, got none")
    for name in names:
        if name not in FEATURES:
            raise ValueError(f"features must be among {', '.join(FEATURES)}, got {name!r}")
    return np.stack([FEATURES[name].column(x) for name in names], axis=-1)
