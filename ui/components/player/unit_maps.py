"""Maps of every unit's activation over the plane, as pictures: one byte a pixel.

They are of float32 numbers, or of float64 where a run that explodes has larger ones.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.network import Network, forward
from core.pieces import BLOCK_NUMBERS, Pieces
from core.plane import Plane
from core.scaling import Scaling
from ui.components.player.picture import LEVELS

# The fine grid is three times as fine, so that each coarse cell has its middle in the middle of a fine one.
UNIT_SIDE = 16
SURFACE_SIDE = 48
UNIT_POSITIONS = 32
SURFACE_POSITIONS = 128

_OUTLIER = 8.0

Bytes = NDArray[np.uint8]
Kind = np.dtype[np.floating[Any]]


class Maps(NamedTuple):
    """The activations of a network at F map frames.

    `units` (F, hidden, G) and `surface` (F, n_out, S) are over the grids, `predictions` (F, N, n_out) at
    the samples; the outputs are in the units of the data's own targets.
    """

    units: Array
    surface: Array
    predictions: Array


class ColorScale(NamedTuple):
    """The value in the middle of a map's colors, and the distance to their ends, (units,) each."""

    center: Array
    span: Array


def _grid(plane: Plane, count: int) -> Array:
    """Return positions (G, axes) over the plane: the middles of cells, row by row from the top, or a line."""
    if len(plane.names) == 1:
        return np.linspace(plane.low[0], plane.high[0], count)[:, None]
    middles = (np.arange(count) + 0.5) / count
    across, up = (low + (high - low) * middles for low, high in zip(plane.low, plane.high, strict=True))
    x1, x2 = np.meshgrid(across, up[::-1])
    return np.stack([x1.ravel(), x2.ravel()], axis=-1)


def input_maps(plane: Plane, scaling: Scaling) -> Array:
    """Return what the inputs are over the coarse grid, (n_in, G), in the data's own units."""
    count = UNIT_SIDE if len(plane.names) == 2 else UNIT_POSITIONS
    return np.swapaxes(scaling.own(plane.inputs(_grid(plane, count))), -1, -2)


def fit(kind: Kind, *arrays: Array) -> bool:
    """Return whether all numbers of the arrays are finite as numbers of a kind."""
    return all(bool(np.all(np.isfinite(array.astype(kind, copy=False)))) for array in arrays)


def compute_maps(
    network: Network,
    theta: Array,
    plane: Plane,
    inputs: Array,
    scaling: Scaling,
    kind: Kind,
) -> Pieces[Maps]:
    """Compute the activations for θ (F, P) in numbers of a kind, in pieces of some frames.

    `inputs` (N, n_in) are those of the samples.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        theta = theta.astype(kind)
    if len(plane.names) == 2:
        grids = [plane.inputs(_grid(plane, SURFACE_SIDE))]
    else:
        grids = [plane.inputs(_grid(plane, count)) for count in (SURFACE_POSITIONS, UNIT_POSITIONS)]
    units, surface, predictions = [], [], []
    for part in _blocks(theta, len(grids[0]) * max(network.widths)):
        with np.errstate(over="ignore", invalid="ignore"):
            traces = [forward(network, part, grid.astype(kind)) for grid in grids]
            surface.append(np.swapaxes(scaling.own(traces[0].a[-1]), -1, -2))
            coarse = [np.swapaxes(a, -1, -2) for a in traces[-1].a[1:-1]]
            if len(plane.names) == 2:
                coarse = [_middles(a) for a in coarse]
            none = np.empty((len(part), 0, coarse_length(plane)), kind)
            units.append(np.concatenate([none, *coarse], axis=-2))
            predictions.append(scaling.own(forward(network, part, inputs.astype(kind)).a[-1]))
        yield
    return Maps(np.concatenate(units), np.concatenate(surface), np.concatenate(predictions))


def _blocks(theta: Array, numbers: int) -> Iterator[Array]:
    """Yield θ in blocks of frames whose activations stay in the processor's cache."""
    size = max(1, BLOCK_NUMBERS // numbers)
    for start in range(0, len(theta), size):
        yield theta[start : start + size]


def coarse_length(plane: Plane) -> int:
    """Return G, the positions of a unit's own map."""
    return UNIT_SIDE**2 if len(plane.names) == 2 else UNIT_POSITIONS


def _middles(maps: Array) -> Array:
    """Return maps (..., SURFACE_SIDE²) on the coarse grid."""
    step = SURFACE_SIDE // UNIT_SIDE
    fine = maps.reshape(*maps.shape[:-1], SURFACE_SIDE, SURFACE_SIDE)
    coarse = fine[..., step // 2 :: step, step // 2 :: step]
    return coarse.reshape(*maps.shape[:-1], UNIT_SIDE**2)


def _largest(maps: Array) -> Array:
    """Return the largest size (units,) in maps (F, units, G) over the film, 1 where all is 0.

    A few frames that explode do not count: all others would be blank.
    """
    sizes = np.max(np.abs(np.nan_to_num(maps.astype(np.float64), posinf=1e30, neginf=-1e30)), axis=-1)
    span = np.minimum(np.max(sizes, axis=0), _OUTLIER * np.median(sizes, axis=0))
    span = np.where(span > 0, span, np.max(sizes, axis=0))
    return np.where(span > 0, span, 1.0)


def _bounds(name: str) -> tuple[float, float] | None:
    """Return center and span of a bounded activation, None for an unbounded one."""
    low, high = ACTIVATIONS[name].bounds
    return ((low + high) / 2, (high - low) / 2) if np.isfinite(high - low) else None


def scale_of_inputs(maps: Array, scaling: Scaling) -> ColorScale:
    """Return the scale of input maps (n_in, G) in own units: neutral is where the network gets 0.

    What is held still all over the plane is neutral too.
    """
    still = np.ptp(maps, axis=-1) == 0
    center = np.where(still, maps[:, 0], scaling.mean)
    return ColorScale(center, _largest(maps[None] - center[:, None]))


def scale_of_hidden(network: Network, maps: Array) -> ColorScale:
    """Return the scale of maps (F, hidden, G) of the hidden units; a bounded activation has its own."""
    center, span = np.zeros(maps.shape[1]), _largest(maps)
    place = 0
    for width, name in zip(network.widths[1:-1], network.activations[:-1], strict=True):
        bounds = _bounds(name)
        if bounds:
            center[place : place + width], span[place : place + width] = bounds
        place += width
    return ColorScale(center, span)


def scale_of_outputs(network: Network, task: str, y: Array, surface: Array) -> ColorScale:
    """Return the scale of the outputs; in regression that of the targets, so that points agree."""
    bounds = _bounds(network.activations[-1])
    outputs = network.widths[-1]
    if task == "regression" and len(y):
        low, high = np.min(y, axis=0), np.max(y, axis=0)
        center = np.where((low <= 0) & (high >= 0), 0.0, (low + high) / 2)
        span = np.maximum(high - center, center - low)
        return ColorScale(center, np.where(span > 0, span, 1.0))
    if bounds:
        return ColorScale(np.full(outputs, bounds[0]), np.full(outputs, bounds[1]))
    return ColorScale(np.zeros(outputs), _largest(surface))


def quantize(maps: Array, scale: ColorScale) -> Bytes:
    """Return maps (F, units, G) as bytes: 127 is the center, 0 and 254 are a span away from it."""
    center = scale.center.astype(maps.dtype)[:, None]
    factor = (LEVELS / scale.span).astype(maps.dtype)[:, None]
    levels = (maps - center) * factor
    levels += LEVELS + 0.5
    np.nan_to_num(levels, copy=False, nan=LEVELS + 0.5, posinf=2 * LEVELS, neginf=0)
    return np.clip(levels, 0, 2 * LEVELS, out=levels).astype(np.uint8)
