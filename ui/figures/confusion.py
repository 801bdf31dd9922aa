"""Which classes a network takes for which."""

from collections.abc import Sequence
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from ui.figures.plain import plain_text
from ui.figures.thin import shorten
from ui.figures.training_curves import SEE_THROUGH
from ui.theme import CLASS_MARKERS

THRESHOLD = 0.5
CELL = 40
TICK_LENGTH = 12
LETTERS_IN_A_ROW = 32

# Streamlit's theme replaces these two: the page's background and the first of chartCategoricalColors.
BACKGROUND, ACCENT = "#000038", "#000001"


class ConfusionData(NamedTuple):
    """The names of the classes and how many samples of each (rows) were taken for which (columns)."""

    names: list[str]
    counts: list[list[int]]


def confusion_data(y: Array, y_hat: Array, output_names: Sequence[str]) -> ConfusionData:
    """Return the counts for targets y and predictions ŷ, both (N, n_out).

    One output is class 1 above the threshold of 0.5, else class 0; of several the largest wins.
    `output_names` names the classes; without two names for one output they are 0 and 1.
    """
    outputs = y.shape[1]
    classes = max(outputs, 2)
    true, predicted = (
        (values[:, 0] > THRESHOLD).astype(int) if outputs == 1 else np.argmax(values, axis=1)
        for values in (y, y_hat)
    )
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (true, predicted), 1)
    named = len(output_names) == classes
    names = [str(name) for name in (output_names if named else range(classes))]
    return ConfusionData(names, counts.tolist())


def plot_confusion(data: ConfusionData, samples: str) -> dict[str, Any]:
    """Return the figure as a plain dict, counts in the cells, colored by their share of the true class.

    `samples` names whose matrix it is, such as train.
    """
    counts = np.array(data.counts)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    names = [shorten(name, TICK_LENGTH) for name in data.names]
    if len(names) > 2:
        # In the order in which the plane marks them.
        names = [f"{name} {marker.character}" for name, marker in zip(names, cycle(CLASS_MARKERS))]
    ticks = {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": [plain_text(name) for name in names],
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }
    heatmap = {
        "type": "heatmap",
        "z": shares.tolist(),
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, BACKGROUND], [1, ACCENT]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "text": data.counts,
        "texttemplate": "%{text}",
        "textfont": {"size": 15},
        "hovertext": [
            [
                f"true {plain_text(true)}, predicted {plain_text(predicted)}: {count} ({share:.1%})"
                for predicted, count, share in zip(data.names, row, row_shares, strict=True)
            ]
            for true, row, row_shares in zip(data.names, data.counts, shares, strict=True)
        ],
        "hoverinfo": "text",
    }
    return {
        "data": [heatmap],
        "layout": {
            "height": 130 + CELL * max(len(data.names), 4),
            "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
            **SEE_THROUGH,
            "dragmode": False,
            "xaxis": {
                **ticks,
                # Left to itself, Plotly drops labels that would touch.
                "tickangle": 90 if len("".join(names)) > LETTERS_IN_A_ROW else 0,
                "title": {"text": f"predicted ({samples}, {counts.sum():,})"},
            },
            "yaxis": {**ticks, "title": {"text": "true"}, "autorange": "reversed"},
        },
    }
