"""Two inputs of a network, or one, over which its outputs are drawn."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from core.arrays import Array


class Plane(NamedTuple):
    """The plane, or for one axis the line, that the maps are drawn over.

    `inputs` turns positions (G, axes) into network inputs (G, n_in). `held` has the value, in the data's own
    units, of each input that is the same all over the plane.
    """

    names: tuple[str, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    inputs: Callable[[Array], Array]
    held: Mapping[int, float]
