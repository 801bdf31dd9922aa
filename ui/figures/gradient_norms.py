"""How large each layer's gradient is over training: where it vanishes, where it explodes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from ui.figures.thin import Line, thin
from ui.figures.training_curves import layer_style, logarithmic_axis, step_layout, step_trace
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format


class GradientNormsData(NamedTuple):
    """One line a layer, how many of its key steps have a norm of exactly 0, and the step at the playhead."""

    lines: list[Line]
    zeros: list[int]
    step: int


def gradient_norms_data(steps: Sequence[int], norms: Array, step: int) -> GradientNormsData:
    """Return the gradient norms (K, layers) at the key `steps` (K,), a line a layer."""
    lines = [thin(steps, of_layer) for of_layer in norms.T]
    return GradientNormsData(lines, np.sum(norms == 0, axis=0).tolist(), step)


def gradient_norms_note(data: GradientNormsData) -> str | None:
    """Return a sentence where norms are exactly 0, which a logarithmic axis cannot show."""
    where = [
        f"layer {layer} at {count} of its key steps" for layer, count in enumerate(data.zeros, 1) if count
    ]
    if not where:
        return None
    return f"A norm of exactly 0 has no place on a logarithmic axis and leaves a gap: {', '.join(where)}."


def plot_gradient_norms(data: GradientNormsData, precision: Precision = USUAL_PRECISION) -> dict[str, Any]:
    """Return the figure as a plain dict: ‖dL/dθ‖ of every layer on a logarithmic axis."""
    curves = [
        step_trace(line, f"layer {layer + 1}", layer_style(layer, 2), f"%{{y:{hover_format(precision)}}}")
        for layer, line in enumerate(data.lines)
    ]
    last = max((steps[-1] for steps, _ in data.lines), default=0)
    axis = logarithmic_axis("gradient norm")
    return {"data": curves, "layout": step_layout("gradient norms", data.step, last, axis)}
