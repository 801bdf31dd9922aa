"""Runs that differ in one hyperparameter, as the film through which a slider of the player goes.

It goes with the film of a run, of which it has the network, the plane and the colors.
"""

import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Integers, spread
from core.network import Network
from core.pieces import Pieces
from core.plane import Plane
from core.scaling import Scaling
from ui.components.base.arrays import pack
from ui.components.player.payload import MAX_POINTS, thin
from ui.components.player.records import PlayerRun, Points
from ui.components.player.unit_maps import (
    SURFACE_POSITIONS,
    SURFACE_SIDE,
    UNIT_POSITIONS,
    UNIT_SIDE,
    ColorScale,
    Kind,
    Maps,
    compute_maps,
    fit,
    quantize,
)
from ui.limits import MAX_SWEEP_BYTES

SWEEP_KEY_FRAMES = 60
SWEEP_MAP_FRAMES = 24
# What is left is for maps and samples.
_KEY_FRAMES_SHARE = 0.6


class Swept(NamedTuple):
    """What the runs differ in: its name and symbol, its values, their texts, and their exact `numbers`.

    `present` is the place of the value that the run of the film has, and `is_own` whether the run there is
    that very run: its settings may have changed on the way.
    """

    name: str
    symbol: str
    values: Sequence[float]
    texts: Sequence[str]
    numbers: Sequence[str]
    present: int
    is_own: bool


def build_sweep(
    network: Network,
    swept: Swept,
    runs: Sequence[PlayerRun],
    plane: Plane,
    points: Sequence[Points],
    y_scaling: Scaling,
    film: dict[str, Any],
) -> Pieces[dict[str, Any]]:
    """Make the film of several runs in pieces, a run a value; `film` is that of the run that it goes with.

    `points` are those of all runs, or of each. There are as many key frames and maps as fit into
    MAX_SWEEP_BYTES of bytes, which `ui.components.base.arrays.pack` takes.
    """
    hidden, inputs = sum(network.widths[1:-1]), network.widths[0]
    center, span = np.array(film["maps"]["center"]), np.array(film["maps"]["span"])
    of_hidden = ColorScale(center[inputs : inputs + hidden], span[inputs : inputs + hidden])
    of_outputs = ColorScale(center[inputs + hidden :], span[inputs + hidden :])
    shown = spread(len(points[0].x), MAX_POINTS)
    for number in ("<f4", "<f8"):
        kind: Kind = np.dtype(number)
        sent: list[tuple[PlayerRun, Integers, Maps]] = []
        for place, run in enumerate(runs):
            thinned = thin(run, _key_frames(network, len(runs), kind.itemsize))
            frames = spread(
                len(thinned.steps), _map_frames(network, plane, len(runs), len(shown), kind.itemsize)
            )
            own = points[place if len(points) > 1 else 0]
            maps = yield from compute_maps(
                network, thinned.theta[frames], plane, own.inputs[shown], y_scaling, kind
            )
            sent.append((thinned, frames, maps))
        with np.errstate(over="ignore", invalid="ignore"):
            fits = all(fit(kind, run.theta, run.gradient, *maps) for run, _, maps in sent)
        if fits:
            break
    two = len(plane.names) == 2
    with np.errstate(over="ignore", invalid="ignore"):
        content = {
            "of": film["key"],
            "name": swept.name,
            "symbol": swept.symbol,
            "values": list(swept.values),
            "texts": list(swept.texts),
            "numbers": list(swept.numbers),
            "present": swept.present,
            "is_own": swept.is_own,
            "number": number,
            "center": film["maps"]["center"],
            "span": film["maps"]["span"],
            "runs": [
                {
                    "steps": run.steps.tolist(),
                    "epochs": run.epochs.tolist(),
                    "frames": frames.tolist(),
                    "best": run.best,
                    "diverged": run.diverged,
                    "theta": _numbers(run.theta, number),
                    "gradient": _numbers(run.gradient, number),
                    "loss": {"train": _numbers(run.train_loss), "test": _maybe(run.test_loss)},
                    "accuracy": {"train": _maybe(run.train_accuracy), "test": _maybe(run.test_accuracy)},
                    "hidden": _numbers(quantize(maps.units, of_hidden), "u1"),
                    "surface": _numbers(quantize(maps.surface, of_outputs), "u1")
                    if two
                    else _numbers(maps.surface, number),
                    "predictions": _numbers(maps.predictions, number),
                    "points": None if len(points) == 1 else _points(points[place], shown),
                }
                for place, (run, frames, maps) in enumerate(sent)
            ],
        }
    # Two films of one key show the same.
    return {"key": f"{zlib.crc32(pack(content)):08x}", **content}


def _key_frame_bytes(network: Network, size: int) -> int:
    return network.n_parameters * 2 * size + 72


def _key_frames(network: Network, runs: int, size: int) -> int:
    """Return how many key frames of each run leave room for maps, `size` bytes a number."""
    fitting = int(_KEY_FRAMES_SHARE * MAX_SWEEP_BYTES / runs / _key_frame_bytes(network, size))
    return min(max(fitting, 2), SWEEP_KEY_FRAMES)


def _map_frames(network: Network, plane: Plane, runs: int, n_points: int, size: int) -> int:
    """Return how many frames of each run have maps, `size` bytes a number."""
    hidden, outputs = sum(network.widths[1:-1]), network.widths[-1]
    if len(plane.names) == 2:
        maps = hidden * UNIT_SIDE**2 + outputs * SURFACE_SIDE**2
    else:
        maps = hidden * UNIT_POSITIONS + outputs * SURFACE_POSITIONS * size
    room = MAX_SWEEP_BYTES / runs - _key_frames(network, runs, size) * _key_frame_bytes(network, size)
    return min(max(int(room / (maps + n_points * outputs * size)), 2), SWEEP_MAP_FRAMES)


def _points(points: Points, shown: Integers) -> dict[str, Any]:
    return {
        "x": _numbers(points.x[shown]),
        "y": _numbers(points.y[shown]),
        "test": _numbers(points.test[shown], "u1"),
    }


def _maybe(values: Array | None) -> dict[str, bytes] | None:
    return None if values is None else _numbers(values)


def _numbers(array: NDArray[Any], dtype: str = "<f8") -> dict[str, bytes]:
    return {"bytes": array.astype(dtype).tobytes()}
