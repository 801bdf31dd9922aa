"""The small pictures by which data and features are chosen: samples, and what a feature is over the plane."""

import base64
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data import DATASETS, EDGE, make_samples
from core.features import FEATURES, make_features

# Generated sets in two coordinates, those that are played with most first.
DATA_TILES = (
    *("circle", "xor", "gaussians", "spiral", "moons"),
    *("blobs3", "spirals3", "plane", "multi_gaussian"),
)
_SAMPLES = 80
_SIDE = 16
# The middle of a byte's values, as of the player's maps.
_LEVELS = 127


@cache
def data_pictures() -> dict[str, dict[str, Any]]:
    """Return a SentPicturePoints of model.d.ts for each of DATA_TILES: few samples without noise."""
    return {name: _picture_points(name) for name in DATA_TILES}


@cache
def feature_pictures() -> dict[str, dict[str, Any]]:
    """Return a SentPictureMap of model.d.ts for each of FEATURES, from the upper left corner row by row."""
    middles = (np.arange(_SIDE) + 0.5) / _SIDE * 2 * EDGE - EDGE
    x1, x2 = np.meshgrid(middles, middles[::-1])
    columns = make_features(np.stack([x1.ravel(), x2.ravel()], axis=-1), list(FEATURES))
    return {
        name: {"kind": "map", "side": _SIDE, "cells": _encode(_signed(column))}
        for name, column in zip(FEATURES, columns.T, strict=True)
    }


def _picture_points(name: str) -> dict[str, Any]:
    dataset = DATASETS[name]
    x, y = make_samples(name, _SAMPLES, 0, 1)
    places = np.clip((x + EDGE) / (2 * EDGE) * 2 * _LEVELS, 0, 2 * _LEVELS)
    if dataset.task == "classes":
        colors = np.argmax(y, axis=1).astype(np.float64)
    else:
        colors = _signed(y[:, 0] if dataset.task == "regression" else 2 * y[:, 0] - 1)
    points = np.column_stack([places, colors])
    return {"kind": "points", "several": dataset.task == "classes", "points": _encode(points)}


def _signed(values: Array) -> Array:
    """Return values as bytes around the middle one, which stands for 0; the largest size is at an end."""
    scaled: Array = _LEVELS + _LEVELS * values / np.max(np.abs(values))
    return scaled


def _encode(values: Array) -> str:
    whole: NDArray[np.uint8] = np.round(values).astype(np.uint8)
    return base64.b64encode(whole.tobytes()).decode("ascii")
