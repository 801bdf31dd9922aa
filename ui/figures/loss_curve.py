"""The loss over training steps, with the branches left behind."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from core.arrays import spread
from ui.figures.thin import MAX_POINTS
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format

HEIGHT = 220
FAINT = "rgba(128, 128, 128, 0.45)"

# Streamlit's theme replaces this color by the first of chartCategoricalColors, in light and dark.
ACCENT = "#000001"


class LossCurveData(NamedTuple):
    """The present curve up to and beyond the reader's step, and the old branches: (steps, losses) each."""

    behind: tuple[list[int], list[float]]
    ahead: tuple[list[int], list[float]]
    old: list[tuple[list[int], list[float]]]
    position: int
    loss: float


def loss_curve_data(
    curve: Sequence[float], old: Sequence[tuple[int, Sequence[float]]], position: int
) -> LossCurveData:
    """Return the points to draw: `curve[i]` is the loss at step i, an old branch is (first step, losses)."""
    return LossCurveData(
        behind=_thin(curve[: position + 1], 0),
        ahead=_thin(curve[position:], position),
        old=[_thin(losses, at) for at, losses in old],
        position=position,
        loss=float(curve[position]),
    )


def _thin(losses: Sequence[float], first: int) -> tuple[list[int], list[float]]:
    """Return at most MAX_POINTS evenly spaced points, the first and the last among them."""
    places = spread(len(losses), MAX_POINTS).tolist()
    return [first + place for place in places], [float(losses[place]) for place in places]


def plot_loss_curve(
    data: LossCurveData, precision: Precision = USUAL_PRECISION, *, logarithmic: bool = False
) -> dict[str, Any]:
    """Return the figure as a plain dict, with what lies ahead of the reader's step faint."""
    line = {"mode": "lines", "type": "scatter", "showlegend": False}
    figure_data: list[dict[str, Any]] = [
        {
            **line,
            "x": steps,
            "y": losses,
            "line": {"color": FAINT, "width": 1.5},
            "name": "earlier branch",
        }
        for steps, losses in data.old
    ]
    ahead = {
        **line,
        "x": data.ahead[0],
        "y": data.ahead[1],
        "opacity": 0.35,
        "name": "ahead",
        "line": {"color": ACCENT},
    }
    behind = {**line, "x": data.behind[0], "y": data.behind[1], "name": "loss", "line": {"color": ACCENT}}
    here = {
        "type": "scatter",
        "mode": "markers",
        "x": [data.position],
        "y": [data.loss],
        "marker": {"size": 10, "color": ACCENT},
        "showlegend": False,
        # At the lowest loss it lies on the edge of the plot.
        "cliponaxis": False,
        "name": "this step",
    }
    last = max([data.ahead[0][-1], *(steps[-1] for steps, _ in data.old)])
    return {
        "data": [*figure_data, ahead, behind, here],
        "layout": {
            "height": HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "hovermode": "closest",
            "uirevision": "loss",
            "dragmode": "zoom",
            "xaxis": {
                "title": {"text": "step"},
                "range": [-0.02 * max(last, 10), 1.03 * max(last, 10)],
                "automargin": True,
            },
            "yaxis": {
                "title": {"text": "loss"},
                "type": "log" if logarithmic else "linear",
                "rangemode": "normal" if logarithmic else "tozero",
                "automargin": True,
                "exponentformat": "power",
                "hoverformat": hover_format(precision),
            },
        },
    }
