"""The sample that the player draws as a picture, with dL/dx of it as another one."""

import base64
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array

# 127 stands for the center itself, so that zero is exactly neutral.
LEVELS = 127


class Picture(NamedTuple):
    """A sample as a picture: its `number` among `samples`, from 1, and what its target is called.

    `ink` (pixels,) is from 0 for paper to 1. `gradient` (K, pixels) is dL/dx of its own loss at each key
    frame of the film.
    """

    number: int
    samples: int
    label: str
    ink: Array
    gradient: Array


def picture_data(picture: Picture) -> dict[str, Any]:
    """Return the SentPicture of model.d.ts: one byte a pixel.

    Of a gradient 127 stands for 0, and the ends of the bytes for the largest around its key frame: colors
    that followed the largest of every frame would flicker.
    """
    finite = np.nan_to_num(picture.gradient, posinf=0.0, neginf=0.0)
    largest = _largest_around(np.max(np.abs(finite), axis=1))
    levels = LEVELS + np.round(LEVELS * finite / np.where(largest > 0, largest, 1.0)[:, None])
    return {
        "number": picture.number,
        "samples": picture.samples,
        "label": picture.label,
        "ink": _encode(np.round(2 * LEVELS * picture.ink).astype(np.uint8)),
        "gradient": _encode(levels.astype(np.uint8)),
        "largest": _encode(largest.astype("<f8")),
    }


def _largest_around(sizes: Array) -> Array:
    reach = -(-len(sizes) // 100)
    padded = np.pad(sizes, reach)
    return np.max(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)


def _encode(array: NDArray[Any]) -> str:
    return base64.b64encode(array.tobytes()).decode("ascii")
