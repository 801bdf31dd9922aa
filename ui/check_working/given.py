"""Whether what a sheet begins with, such as W1 or x, is what the network has."""

import numpy as np

from core.arrays import Array
from core.exercise import Exercise
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.roles import Role, role_of

# A sheet may have the numbers rounded.
_ROUNDING = 5e-3


def is_given(array: PastedArray, exercise: Exercise) -> bool | None:
    """Return whether an array is the network's own; None for one that is not known by its name."""
    role = role_of(array.name or "")
    own = None if role is None else _own(role, exercise)
    if own is None:
        return None
    return any(_is_close(array.array, turned) for turned in (own, own.T))


def _own(role: Role, exercise: Exercise) -> Array | None:
    """Return what a name stands for: W (n_in, n_out), b (n_out,), x (n_in,), y (n_out,), or one number.

    Of a network without biases b is 0. None where the name leaves open which array it is.
    """
    network = exercise.network
    if role.kind == "eta":
        return np.array(exercise.learning_rate)
    if role.kind in ("x", "y"):
        sample = np.array(exercise.x if role.kind == "x" else exercise.y)
        if role.item is None:
            return sample
        return sample[role.item - 1] if 0 < role.item <= len(sample) else None
    last = len(network.widths) - 1
    layer = 1 if role.layer == "first" else last if role.layer == "last" else role.layer
    if layer is None or not 0 < layer <= last:
        return None
    own = network.layers(np.array(exercise.theta))[layer - 1]
    if role.kind == "W":
        return own.W
    return own.b if own.b is not None else np.zeros(network.widths[layer])


def _is_close(array: Array, own: Array) -> bool:
    shape, wanted = ([size for size in each.shape if size > 1] for each in (array, own))
    return shape == wanted and bool(
        np.allclose(array.reshape(shape), own.reshape(shape), rtol=_ROUNDING, atol=0)
    )
