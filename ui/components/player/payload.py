"""What the player shows of a training run: its numbers, maps of every unit's activation, and the samples.

Plain data in and out, ready for JSON; nothing here needs Streamlit.
"""

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.arrays import Array, Integers, spread
from core.exercise import unit_label
from core.network import Network
from core.pieces import Pieces
from core.plane import Plane
from core.scaling import Scaling, unscaled
from ui.components.player.film_bytes import key_frames_in, map_frames_in
from ui.components.player.records import NO_BRANCHES, Branches, LaterPoints, PlayerRun, Points
from ui.components.player.unit_maps import (
    Kind,
    Maps,
    compute_maps,
    fit,
    input_maps,
    quantize,
    scale_of_hidden,
    scale_of_inputs,
    scale_of_outputs,
)
from ui.limits import MAX_PIXELS, MAX_RUN_FILM_BYTES

# What films of one run have alike, but for maps and points.
_STILL = (
    "task",
    "pixels",
    "widths",
    "bias",
    "activations",
    "labels",
    "output_names",
    "number",
    "changes",
    "left",
    "plane",
    "standardized",
)
TASKS = ("binary", "classes", "regression")
MAX_MAP_FRAMES = 120
MAX_POINTS = 500


def build_player(
    network: Network,
    run: PlayerRun,
    plane: Plane,
    points: Points,
    *,
    task: str,
    input_names: Sequence[str],
    output_names: Sequence[str],
    x_scaling: Scaling | None = None,
    y_scaling: Scaling | None = None,
    pixels: tuple[int, int] | None = None,
    max_bytes: int = MAX_RUN_FILM_BYTES,
    branches: Branches = NO_BRANCHES,
    later: Sequence[LaterPoints] = (),
) -> Pieces[dict[str, Any]]:
    """Make the film of a run in pieces; `later` are the samples that take the place of `points` on the way.

    `task` is in TASKS; two `output_names` of one output are its two classes. Inputs that are `pixels` are
    drawn as one picture of so many rows and columns, without their weights W1, which are not sent.

    `x_scaling` and `y_scaling` lead from the network's inputs and outputs to the data's own units, in which
    all that is drawn is; the loss is of what the network gets. As many maps of the units are in the film as
    fit into `max_bytes` of JSON. Raises ValueError with a sentence when the parts do not fit together.
    """
    _check(network, run, plane, points, task, input_names, pixels)
    first = 0 if pixels is None else network.shapes[0][0] * network.shapes[0][1]
    x_scaling = unscaled(network.widths[0]) if x_scaling is None else x_scaling
    y_scaling = unscaled(network.widths[-1]) if y_scaling is None else y_scaling
    shown = spread(len(points.x), MAX_POINTS)
    note = f"{len(shown)} of {len(points.x):,} samples are drawn." if len(shown) < len(points.x) else ""
    key = _key(
        network, run, plane, points, task, input_names, output_names, x_scaling, y_scaling, branches, later
    )
    points = _some(points, shown)
    later = [each._replace(points=_some(each.points, shown)) for each in later]
    max_bytes -= sum(4 * len(shown) * (8 * (points.x.shape[1] + points.y.shape[1]) + 1) // 3 for _ in later)
    for number in ("<f4", "<f8"):
        kind: Kind = np.dtype(number)
        run = thin(run, key_frames_in(max_bytes, network.n_parameters - first, kind.itemsize))
        most = map_frames_in(max_bytes, network, len(run.steps), first, plane, len(shown), kind.itemsize)
        frames = spread(len(run.steps), min(most, MAX_MAP_FRAMES))
        maps = yield from _maps(network, run, frames, plane, points, later, y_scaling, kind)
        with np.errstate(over="ignore", invalid="ignore"):
            fits = fit(kind, run.theta, run.gradient, *maps)
        if fits:
            break
    with np.errstate(over="ignore", invalid="ignore"):
        hidden = scale_of_hidden(network, maps.units)
        output = scale_of_outputs(network, task, points.y, maps.surface)
        inputs = input_maps(plane, x_scaling)
        input_scale = scale_of_inputs(inputs, x_scaling)
        surface = quantize(maps.surface, output) if len(plane.names) == 2 else maps.surface
        film: dict[str, Any] = {
            "key": key,
            "task": task,
            "pixels": None if pixels is None else list(pixels),
            "widths": list(network.widths),
            "bias": network.bias,
            "activations": [ACTIVATIONS[name].label for name in network.activations],
            "labels": _labels(network, input_names),
            "output_names": list(output_names),
            "steps": run.steps.tolist(),
            "epochs": run.epochs.tolist(),
            "number": number,
            "theta": encode(run.theta[:, first:], number),
            "gradient": encode(run.gradient[:, first:], number),
            "loss": {"train": encode(run.train_loss, "<f8"), "test": encode_or_none(run.test_loss)},
            "accuracy": {
                "train": encode_or_none(run.train_accuracy),
                "test": encode_or_none(run.test_accuracy),
            },
            "best": run.best,
            "diverged": run.diverged,
            "changes": [change._asdict() for change in branches.changes],
            "left": [
                {"label": left.label, "steps": left.steps.tolist(), "loss": encode(left.loss, "<f8")}
                for left in branches.left
            ],
            "frames": frames.tolist(),
            "plane": {
                "names": list(plane.names),
                "low": list(plane.low),
                "high": list(plane.high),
                "held": [[place, value] for place, value in plane.held.items()],
            },
            "standardized": {
                "inputs": _standardized(x_scaling),
                "outputs": _standardized(y_scaling),
            },
            "maps": {
                "inputs": encode(quantize(inputs[None], input_scale), "u1"),
                "hidden": encode(quantize(maps.units, hidden), "u1"),
                "surface": encode(surface, "u1" if len(plane.names) == 2 else number),
                "center": np.concatenate([input_scale.center, hidden.center, output.center]).tolist(),
                "span": np.concatenate([input_scale.span, hidden.span, output.span]).tolist(),
            },
            "points": {
                "x": encode(points.x, "<f8"),
                "y": encode(points.y, "<f8"),
                "test": encode(points.test, "u1"),
                "predictions": encode(maps.predictions, number),
                "count": len(shown),
                "rows": [] if pixels is None else shown.tolist(),
                "note": note,
                "later": [
                    {
                        "step": each.step,
                        "noise": each.noise,
                        "share": each.share,
                        "x": encode(each.points.x, "<f8"),
                        "y": encode(each.points.y, "<f8"),
                        "test": encode(each.points.test, "u1"),
                    }
                    for each in later
                ],
            },
        }
        return film | {"still": _still(film)}


def _still(film: Mapping[str, Any]) -> str:
    """Return a text that is the same for films of one run, however long, in which all else is the same."""
    maps, points = film["maps"], film["points"]
    alike = [
        *(film[name] for name in _STILL),
        maps["inputs"],
        maps["center"],
        [values for name, values in points.items() if name != "predictions"],
    ]
    return f"{zlib.crc32(json.dumps(alike).encode()):08x}"


def _some(points: Points, rows: Integers) -> Points:
    return Points(points.x[rows], points.inputs[rows], points.y[rows], points.test[rows])


def _maps(
    network: Network,
    run: PlayerRun,
    frames: Integers,
    plane: Plane,
    points: Points,
    later: Sequence[LaterPoints],
    scaling: Scaling,
    kind: Kind,
) -> Pieces[Maps]:
    """Compute the maps of some key frames in pieces, with predictions for the samples of each one's step."""
    stretches = [(0, points), *((each.step, each.points) for each in later)]
    ends = [*(int(np.searchsorted(run.steps[frames], step)) for step, _ in stretches[1:]), len(frames)]
    parts = []
    start = 0
    for (_, those), end in zip(stretches, ends, strict=True):
        if start < end:
            theta = run.theta[frames[start:end]]
            part = yield from compute_maps(network, theta, plane, those.inputs, scaling, kind)
            parts.append(part)
        start = end
    return parts[0] if len(parts) == 1 else Maps(*map(np.concatenate, zip(*parts, strict=True)))


def _check(
    network: Network,
    run: PlayerRun,
    plane: Plane,
    points: Points,
    task: str,
    input_names: Sequence[str],
    pixels: tuple[int, int] | None,
) -> None:
    if task not in TASKS:
        raise ValueError(f"task must be one of {', '.join(TASKS)}, got {task!r}")
    if len(plane.names) not in (1, 2):
        raise ValueError(f"The plane must have one or two axes, got {len(plane.names)}")
    if not len(run.steps):
        raise ValueError("The run must have at least one key frame, got none")
    if run.theta.shape != (len(run.steps), network.n_parameters):
        wanted = (len(run.steps), network.n_parameters)
        raise ValueError(f"theta must have shape {wanted}, got {run.theta.shape}")
    if run.gradient.shape != run.theta.shape:
        raise ValueError(f"gradient must have shape {run.theta.shape}, got {run.gradient.shape}")
    if pixels is not None and not pixels[0] * pixels[1] == network.widths[0] <= MAX_PIXELS:
        raise ValueError(
            f"pixels must be rows and columns of {network.widths[0]} inputs, up to {MAX_PIXELS}, got {pixels}"
        )
    if len(input_names) != network.widths[0]:
        raise ValueError(f"input_names must name {network.widths[0]} inputs, got {len(input_names)}")
    if points.y.shape != (len(points.x), network.widths[-1]):
        wanted = (len(points.x), network.widths[-1])
        raise ValueError(f"The points' y must have shape {wanted}, got {points.y.shape}")


def thin(run: PlayerRun, most: int) -> PlayerRun:
    """Return the run at no more than `most` of its key frames."""
    kept = spread(len(run.steps), most)

    def pick(part: Any) -> Any:
        return part[kept] if isinstance(part, np.ndarray) else part

    return PlayerRun(*map(pick, run))


def _standardized(scaling: Scaling) -> list[list[float] | None]:
    """Return mean and deviation of each column that is scaled, None for the others."""
    return [
        [mean, deviation] if changed else None
        for mean, deviation, changed in zip(
            scaling.mean.tolist(), scaling.deviation.tolist(), scaling.changes.tolist(), strict=True
        )
    ]


def _labels(network: Network, input_names: Sequence[str]) -> list[str]:
    units = [
        unit_label(network, layer, unit)
        for layer, width in enumerate(network.widths)
        for unit in range(width if layer else 0)
    ]
    return [*input_names, *units]


def _key(
    network: Network,
    run: PlayerRun,
    plane: Plane,
    points: Points,
    task: str,
    input_names: Sequence[str],
    output_names: Sequence[str],
    x_scaling: Scaling,
    y_scaling: Scaling,
    branches: Branches,
    later: Sequence[LaterPoints],
) -> str:
    """Return a text that is the same for two films only if they show the same."""
    texts = (
        network,
        plane.names,
        plane.low,
        plane.high,
        sorted(plane.held.items()),
        run.best,
        run.diverged,
        task,
        *input_names,
        *output_names,
        *branches.changes,
        *(left.label for left in branches.left),
        *(each[:3] for each in later),
    )
    key = zlib.crc32(repr(texts).encode())
    left = [array for left in branches.left for array in left[1:]]
    resampled = [array for each in later for array in each.points]
    for array in (*run[:8], *points, *x_scaling, *y_scaling, *left, *resampled):
        if isinstance(array, np.ndarray):
            key = zlib.crc32(np.ascontiguousarray(array).tobytes(), key)
    return f"{key:08x}"


def encode_or_none(values: Array | None) -> str | None:
    """Return numbers as text, in 64 bits each; None for none."""
    return None if values is None else encode(values, "<f8")


def encode(array: NDArray[Any], dtype: str) -> str:
    """Return numbers of a type as text: their bytes in base64."""
    return base64.b64encode(array.astype(dtype).tobytes()).decode("ascii")
