"""Predictions of a regression against their targets: on the diagonal they agree."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, finite, spread
from ui.figures.plain import plain_text
from ui.figures.thin import MAX_POINTS
from ui.figures.training_curves import COLORS, FAINT, SEE_THROUGH
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format


class Cloud(NamedTuple):
    """One output's targets and predictions in train or test."""

    name: str
    output: int
    test: bool
    true: list[float | None]
    predicted: list[float | None]


class PredictedTrueData(NamedTuple):
    """The points by output and by train and test, the range of all, and how many of how many are drawn."""

    clouds: list[Cloud]
    low: float
    high: float
    shown: int
    total: int


def predicted_true_data(
    y: Array, y_hat: Array, test: NDArray[np.bool_], output_names: Sequence[str]
) -> PredictedTrueData:
    """Return targets y and predictions ŷ (N, n_out), apart by `test` (N,); at most MAX_POINTS a cloud."""
    clouds = []
    for output in range(y.shape[1]):
        for is_test in (False, True):
            rows = np.flatnonzero(test == is_test)
            rows = rows[spread(len(rows), MAX_POINTS)]
            if len(rows):
                part = "test" if is_test else "train"
                name = part if y.shape[1] == 1 else f"{output_names[output]}, {part}"
                points = finite(y[rows, output]), finite(y_hat[rows, output])
                clouds.append(Cloud(name, output, is_test, *points))
    values = np.concatenate([y.ravel(), y_hat.ravel()])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    return PredictedTrueData(clouds, low, high, sum(len(cloud.true) for cloud in clouds), y.size)


def predicted_true_note(data: PredictedTrueData) -> str | None:
    """Return a sentence where not every sample is drawn."""
    if data.shown == data.total:
        return None
    return f"Drawn are {data.shown:,} of {data.total:,} points, evenly picked; the CSV has all."


def plot_predicted_true(data: PredictedTrueData, precision: Precision = USUAL_PRECISION) -> dict[str, Any]:
    """Return the figure as a plain dict: train filled, test hollow, and the diagonal."""
    hover = hover_format(precision)
    margin = 0.05 * (data.high - data.low) or 1.0
    low, high = data.low - margin, data.high + margin
    diagonal = {
        "type": "scatter",
        "mode": "lines",
        "x": [low, high],
        "y": [low, high],
        "line": {"color": FAINT, "dash": "dot", "width": 1.5},
        "name": "predicted = true",
        "hoverinfo": "skip",
    }
    points = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": cloud.true,
            "y": cloud.predicted,
            "name": plain_text(cloud.name),
            "marker": {
                "color": COLORS[cloud.output % len(COLORS)],
                "symbol": "circle-open" if cloud.test else "circle",
                "size": 7,
                "opacity": 0.75,
            },
            "hovertemplate": f"true %{{x:{hover}}}, predicted %{{y:{hover}}}",
        }
        for cloud in data.clouds
    ]
    axis = {"range": [low, high], "automargin": True, "exponentformat": "power", "zeroline": False}
    return {
        "data": [diagonal, *points],
        "layout": {
            "height": 440,
            "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
            **SEE_THROUGH,
            "hovermode": "closest",
            "uirevision": "predicted and true",
            "dragmode": False,
            "legend": {"orientation": "h", "x": 0, "y": -0.18, "yanchor": "top"},
            "xaxis": {**axis, "title": {"text": "true"}},
            "yaxis": {**axis, "title": {"text": "predicted"}},
        },
    }
