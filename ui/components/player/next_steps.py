"""What the player gets of a run that goes on: key frames of its next steps, that follow those of its film."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array, spread
from core.network import Network
from core.pieces import Pieces
from core.plane import Plane
from core.scaling import Scaling
from ui.components.player.film_bytes import next_map_frames_in
from ui.components.player.payload import MAX_POINTS, encode, encode_or_none
from ui.components.player.picture import Picture, picture_data
from ui.components.player.records import PlayerRun, Points
from ui.components.player.unit_maps import (
    ColorScale,
    compute_maps,
    quantize,
    scale_of_hidden,
    scale_of_outputs,
)
from ui.limits import MAX_PIECE_BYTES


class NextSteps(NamedTuple):
    """Next steps as they are sent, and the `span` (units,) of their maps, with which the next ones begin."""

    sent: dict[str, Any]
    span: Array


def build_next_steps(
    network: Network,
    run: PlayerRun,
    plane: Plane,
    points: Points,
    *,
    film: Mapping[str, Any],
    span: Array,
    y_scaling: Scaling,
    picture: Picture | None = None,
) -> Pieces[NextSteps]:
    """Make in pieces what follows a film: `run` has the new key frames alone, of which some get maps.

    `span` (units,) is that of the maps so far; units whose activation has no bounds may widen it. `picture`
    is the sample that is drawn where the inputs are pixels, with its gradient at the new key frames.
    """
    size = np.dtype(film["number"])
    first = 0 if film["pixels"] is None else network.shapes[0][0] * network.shapes[0][1]
    shown = spread(len(points.x), MAX_POINTS)
    points = Points(points.x[shown], points.inputs[shown], points.y[shown], points.test[shown])
    key_frames = len(run.steps)
    most = next_map_frames_in(MAX_PIECE_BYTES, network, key_frames, first, plane, len(shown), size.itemsize)
    frames = spread(key_frames, most)
    maps = yield from compute_maps(network, run.theta[frames], plane, points.inputs, y_scaling, size)
    inputs = network.widths[0]
    hidden_end = inputs + maps.units.shape[1]
    two = len(plane.names) == 2
    with np.errstate(over="ignore", invalid="ignore"):
        hidden = scale_of_hidden(network, maps.units)
        output = scale_of_outputs(network, film["task"], points.y, maps.surface)
        span = np.maximum(span, np.concatenate([span[:inputs], hidden.span, output.span]))
        hidden = ColorScale(hidden.center, span[inputs:hidden_end])
        output = ColorScale(output.center, span[hidden_end:])
        surface = quantize(maps.surface, output) if two else maps.surface
        sent = {
            "steps": run.steps.tolist(),
            "epochs": run.epochs.tolist(),
            "theta": encode(run.theta[:, first:], film["number"]),
            "gradient": encode(run.gradient[:, first:], film["number"]),
            "loss": {"train": encode(run.train_loss, "<f8"), "test": encode_or_none(run.test_loss)},
            "accuracy": {
                "train": encode_or_none(run.train_accuracy),
                "test": encode_or_none(run.test_accuracy),
            },
            "frames": frames.tolist(),
            "hidden": encode(quantize(maps.units, hidden), "u1"),
            "surface": encode(surface, "u1" if two else film["number"]),
            "span": span.tolist(),
            "predictions": encode(maps.predictions, film["number"]),
            "picture": None if picture is None else picture_data(picture),
        }
    return NextSteps(sent, span)
