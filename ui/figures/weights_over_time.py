"""Every weight and bias over training steps."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.exercise import quantities
from core.network import Network
from ui.figures.plain import plain_text
from ui.figures.thin import Line, shorten, thin
from ui.figures.training_curves import layer_style, step_layout, step_trace
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format

MAX_LINES = 60
NAME_LENGTH = 14


class WeightLine(NamedTuple):
    """A weight or bias over steps; its layer counts from 0."""

    name: str
    layer: int
    line: Line


class WeightsData(NamedTuple):
    """The lines to draw, how many weights and biases there are, and the step at the playhead."""

    lines: list[WeightLine]
    total: int
    step: int


def parameter_names(network: Network, input_names: Sequence[str]) -> list[str]:
    """Return a name for every weight and bias as θ packs them: w x1→h1, b→h1.

    Inputs get their given names, shortened, or x1, x2, … where two would be the same.
    """
    short = [shorten(name, NAME_LENGTH) for name in input_names]
    distinct = len(set(short)) == network.widths[0] == len(short)
    names = []
    for quantity in quantities(network):
        if quantity.kind == "w" and quantity.layer == 1 and distinct:
            _, _, end = quantity.label.partition("→")
            names.append(f"w {short[quantity.row]}→{end}")
        elif quantity.kind in "wb":
            names.append(f"w {quantity.label}" if quantity.kind == "w" else quantity.label)
    return names


def weights_data(
    network: Network, input_names: Sequence[str], steps: Sequence[int], theta: Array, step: int
) -> WeightsData:
    """Return θ (K, P) at the key `steps` (K,) as lines: the MAX_LINES that moved furthest from the first."""
    with np.errstate(over="ignore"):
        moved = np.max(np.abs(theta - theta[0]), axis=0)
    furthest = np.sort(np.argsort(-moved, kind="stable")[:MAX_LINES])
    names = parameter_names(network, input_names)
    layers = [q.layer - 1 for q in quantities(network) if q.kind in "wb"]
    lines = [WeightLine(names[p], layers[p], thin(steps, theta[:, p])) for p in furthest.tolist()]
    return WeightsData(lines, theta.shape[1], step)


def weights_note(data: WeightsData) -> str | None:
    """Return a sentence where not every weight and bias is drawn."""
    if len(data.lines) == data.total:
        return None
    drawn = f"the {len(data.lines)} of {data.total} weights and biases that moved furthest"
    return f"Drawn are {drawn}; the CSV has all."


def plot_weights(data: WeightsData, precision: Precision = USUAL_PRECISION) -> dict[str, Any]:
    """Return the figure as a plain dict: faint lines in the color of their layer."""
    curves = []
    named: set[int] = set()
    for name, layer, line in data.lines:
        hover = f"{plain_text(name)} at step %{{x}}: %{{y:{hover_format(precision)}}}"
        trace = step_trace(line, f"layer {layer + 1}", layer_style(layer, 1.5), hover)
        first = layer not in named
        named.add(layer)
        curves.append({**trace, "opacity": 0.6, "legendgroup": str(layer), "showlegend": first})
    last = max((line.line[0][-1] for line in data.lines), default=0)
    layout = step_layout("weights", data.step, last, {"title": {"text": "weight or bias"}})
    # A box with sixty rows would cover the lines.
    return {"data": curves, "layout": {**layout, "hovermode": "closest"}}
