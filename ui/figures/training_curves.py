"""Loss and accuracy over training steps, and what all charts over steps have in common."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from core.arrays import Array
from ui.figures.plain import plain_text
from ui.figures.thin import Line, thin
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format

HEIGHT = 340
FAINT = "rgba(128, 128, 128, 0.4)"
TRANSPARENT = "rgba(0, 0, 0, 0)"
SEE_THROUGH = {
    "paper_bgcolor": TRANSPARENT,
    "plot_bgcolor": TRANSPARENT,
    # Against a transparent page Plotly would pick a dark gray bar.
    "modebar": {"bgcolor": TRANSPARENT, "color": "rgba(128, 128, 128, 0.8)", "activecolor": "#000001"},
}

# Streamlit's theme replaces these colors by those of chartCategoricalColors, in light and dark: train and
# test, then, behind the two of the sign scale, colors without a meaning, which are those of the classes.
COLORS = ("#000001", "#000002")
LAYER_COLORS = ("#000005", "#000006", "#000007", "#000008", "#000009", "#000010")
# In its place comes the gray of text, in which the timeline too draws train and test.
TEXT = "#000037"
DASHES = ("solid", "dash", "dot")


class CurvesData(NamedTuple):
    """Curves over steps by name, those that exist, and the step at the playhead.

    `left` are futures that were left behind, by what they were, `changes` the steps at which settings
    changed.
    """

    batch: Line | None
    train: Line | None
    test: Line | None
    step: int
    left: Sequence[tuple[str, Line]] = ()
    changes: Sequence[tuple[int, str]] = ()


def loss_data(
    batch_loss: Array,
    steps: Sequence[int],
    train: Array,
    test: Array | None,
    step: int,
    left: Sequence[tuple[str, Sequence[int], Array]] = (),
    changes: Sequence[tuple[int, str]] = (),
) -> CurvesData:
    """Return the loss of each batch (S,) before its update, and of train and test (K,) at the key `steps`.

    `left` are the names, steps (L,) and train losses (L,) of futures that were left behind, `changes` the
    steps at which settings changed, with what they became.
    """
    every = range(len(batch_loss))
    behind = [(name, thin(there, values)) for name, there, values in left]
    return CurvesData(thin(every, batch_loss), thin(steps, train), _line(steps, test), step, behind, changes)


def accuracy_data(steps: Sequence[int], train: Array | None, test: Array | None, step: int) -> CurvesData:
    """Return the accuracy of train and test (K,) at the key `steps`."""
    return CurvesData(None, _line(steps, train), _line(steps, test), step)


def _line(steps: Sequence[int], values: Array | None) -> Line | None:
    return None if values is None else thin(steps, values)


def plot_loss(
    data: CurvesData, logarithmic: bool, title: str = "loss", precision: Precision = USUAL_PRECISION
) -> dict[str, Any]:
    """Return the loss curves as a plain dict, with the playhead as a vertical line.

    `title` is that of the axis, which names what the loss is of.
    """
    text = plain_text(title)
    axis = logarithmic_axis(text) if logarithmic else {"title": {"text": text}, "rangemode": "tozero"}
    return _plot(data, f"loss, {'logarithmic' if logarithmic else 'linear'}", axis, hover_format(precision))


def plot_accuracy(data: CurvesData) -> dict[str, Any]:
    """Return the accuracy curves as a plain dict, from 0 to 100 %."""
    axis = {"title": {"text": "accuracy"}, "range": [0, 1.03], "tickformat": ".0%"}
    return _plot(data, "accuracy", axis, ".2%")


def _plot(data: CurvesData, name: str, y_axis: dict[str, Any], digits: str) -> dict[str, Any]:
    styles = {
        "batch": (data.batch, {"color": FAINT, "width": 1}),
        "train": (data.train, {"color": TEXT, "width": 2}),
        "test": (data.test, {"color": TEXT, "width": 2, "dash": "4px,3px"}),
    }
    curves = [
        step_trace(line, label, style, f"%{{y:{digits}}}")
        for label, (line, style) in styles.items()
        if line is not None
    ]
    behind = [
        step_trace(line, plain_text(label), {"color": FAINT, "width": 2, "dash": "dot"}, f"%{{y:{digits}}}")
        for label, line in data.left
    ]
    lines = [*(line for line, _ in styles.values()), *(line for _, line in data.left)]
    last = max((line[0][-1] for line in lines if line and line[0]), default=0)
    layout = step_layout(name, data.step, last, y_axis)
    layout["shapes"] += [_vertical(step, FAINT) for step, _ in data.changes]
    layout["annotations"] = [_mark(step, label) for step, label in data.changes]
    return {"data": [*behind, *curves], "layout": layout}


def _mark(step: int, label: str) -> dict[str, Any]:
    """Return the words at the top of the line of a change."""
    return {
        "x": step,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "left",
        "showarrow": False,
        "text": plain_text(label),
        "font": {"size": 11},
    }


def step_trace(line: Line, name: str, style: dict[str, Any], hover: str) -> dict[str, Any]:
    """Return a line over steps as a plain dict; a single point, which has no line, as a marker."""
    return {
        "type": "scatter",
        "mode": "lines" if len(line[0]) > 1 else "markers",
        "x": line[0],
        "y": line[1],
        "name": name,
        "line": style,
        "marker": {"color": style["color"], "size": 8},
        "hovertemplate": hover,
    }


def step_layout(name: str, step: int, last: int, y_axis: dict[str, Any]) -> dict[str, Any]:
    """Return the layout of a chart over the steps from 0 to `last`, with a line at `step`.

    The reader's zoom stays as long as `name` does.
    """
    width = max(last, 10)
    return {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        **SEE_THROUGH,
        "hovermode": "x unified",
        "uirevision": name,
        # A finger that drags scrolls the page; the mode bar has the zoom.
        "dragmode": False,
        "legend": {"orientation": "h", "x": 0, "y": -0.24, "yanchor": "top"},
        "xaxis": {
            "title": {"text": f"step (line at {step})"},
            "range": [-0.02 * width, 1.03 * width],
            "automargin": True,
            "hoverformat": "d",
        },
        "yaxis": {"automargin": True, "exponentformat": "power", **y_axis},
        "shapes": [playhead(step)],
    }


def playhead(step: int) -> dict[str, Any]:
    """Return the vertical line at the step where the reader is."""
    return _vertical(step, COLORS[0])


def _vertical(step: int, color: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": step,
        "x1": step,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": color, "width": 1.5, "dash": "dot"},
    }


def logarithmic_axis(title: str) -> dict[str, Any]:
    """Return a logarithmic y axis; what is 0 has no place on it and leaves a gap."""
    return {"title": {"text": title}, "type": "log"}


def layer_style(layer: int, width: float) -> dict[str, Any]:
    """Return the line of a layer, counted from 0, in no color of a sign; from the seventh on dashed."""
    dashes, color = divmod(layer, len(LAYER_COLORS))
    return {"color": LAYER_COLORS[color], "dash": DASHES[dashes % len(DASHES)], "width": width}
