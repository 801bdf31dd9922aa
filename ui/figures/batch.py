"""The batch of one step: how large each sample's loss is, and which way it pulls each weight."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, finite
from ui.figures.plain import plain_text
from ui.figures.training_curves import SEE_THROUGH
from ui.text.numbers import USUAL_PRECISION, Precision, hover_format

MAX_SAMPLES = 60
MAX_WEIGHTS = 60
BARS, GAP, ROW, BELOW = 110, 22, 17, 130
MAX_SPACED = 30
DECADES = 3
FAINTEST = 0.06

# Streamlit's theme replaces the first, and by ui/theme.py's blue and orange the other two; the gray between
# lets the page shine through, so that it fits light and dark.
ACCENT, NEGATIVE, POSITIVE = "#000001", "#000003", "#000004"
ZERO = "rgba(128, 128, 128, 0.3)"


class BatchData(NamedTuple):
    """The samples and weights to draw, by name, with the losses (samples) and gradients (weights, samples).

    The last two count the whole batch and all weights and biases.
    """

    samples: list[str]
    losses: list[float | None]
    weights: list[str]
    gradient: list[list[float | None]]
    n_samples: int
    n_weights: int


def batch_data(rows: ArrayLike, loss: Array, gradient: Array, names: Sequence[str]) -> BatchData:
    """Return the batch of samples `rows` (B,), from 0, with their losses (B,) and gradients (B, P) to draw.

    Kept in their order are the MAX_SAMPLES with the largest loss and, of the weights and biases called
    `names` (P,), the MAX_WEIGHTS whose gradient is largest in any sample.
    """
    samples = np.sort(np.argsort(-loss, kind="stable")[:MAX_SAMPLES])
    largest = np.max(np.abs(gradient), axis=0, initial=0)
    weights = np.sort(np.argsort(-largest, kind="stable")[:MAX_WEIGHTS])
    numbers = np.asarray(rows)
    return BatchData(
        [sample_name(row) for row in numbers[samples].tolist()],
        finite(loss[samples]),
        [names[place] for place in weights.tolist()],
        [finite(gradient[samples, place]) for place in weights.tolist()],
        len(numbers),
        gradient.shape[1],
    )


def sample_name(row: int) -> str:
    """Return the number of a sample, counted from 1 as people do."""
    return str(row + 1)


def batch_note(data: BatchData) -> str | None:
    """Return a sentence where not all samples or weights are drawn."""
    cut = []
    if len(data.samples) < data.n_samples:
        cut.append(f"the {len(data.samples)} of {data.n_samples} samples with the largest loss")
    if len(data.weights) < data.n_weights:
        cut.append(
            f"the {len(data.weights)} of {data.n_weights} weights and biases with the largest gradient"
        )
    return f"Drawn are {' and '.join(cut)}; the CSV has all." if cut else None


def color_shares(gradient: Array, largest: float, logarithmic: bool) -> Array:
    """Return where gradients stand between −1 and 1, the colors' ends.

    The logarithmic scale is that of the live network: it spans three decades below the largest.
    """
    sizes = np.abs(gradient) / largest
    if logarithmic:
        with np.errstate(divide="ignore"):
            sizes = np.maximum(1 + np.log10(sizes) / DECADES, FAINTEST)
    return np.sign(gradient) * sizes


def _color_ticks(largest: float, logarithmic: bool) -> dict[str, Any]:
    """Return the ticks of the color bar, in gradients: both ends, the middle, and the decades between."""
    shares = [k / DECADES for k in range(-DECADES, DECADES + 1)] if logarithmic else [-1, -0.5, 0, 0.5, 1]
    sizes = [
        (10 ** (DECADES * (abs(share) - 1)) if logarithmic and share else abs(share)) for share in shares
    ]
    signs = ["−" if share < 0 else "" for share in shares]
    texts = [f"{sign}{largest * size:.2g}" for sign, size in zip(signs, sizes, strict=True)]
    return {"tickmode": "array", "tickvals": shares, "ticktext": texts}


def plot_batch(
    data: BatchData, logarithmic: bool, title: str = "loss", precision: Precision = USUAL_PRECISION
) -> dict[str, Any]:
    """Return the figure as a plain dict: a bar a sample, and below it its gradients, zero-centered.

    `title` is that of the bars' axis, which names what the loss is of.
    """
    inner = BARS + GAP + ROW * max(len(data.weights), 4)
    gradient = np.array(data.gradient, float).reshape(len(data.weights), len(data.samples))
    largest = float(np.max(np.abs(gradient), initial=0, where=np.isfinite(gradient))) or 1.0
    gap = 1 if len(data.samples) <= MAX_SPACED else 0
    bars = {
        "type": "bar",
        "x": data.samples,
        "y": data.losses,
        "yaxis": "y2",
        "marker": {"color": ACCENT},
        "showlegend": False,
        "hovertemplate": f"sample %{{x}}: loss %{{y:{hover_format(precision)}}}<extra></extra>",
    }
    heatmap = {
        "type": "heatmap",
        "x": data.samples,
        "y": [plain_text(name) for name in data.weights],
        "z": [finite(row) for row in color_shares(gradient, largest, logarithmic)],
        "zmin": -1,
        "zmax": 1,
        "customdata": data.gradient,
        "colorscale": [[0, NEGATIVE], [0.5, ZERO], [1, POSITIVE]],
        "xgap": gap,
        "ygap": 1,
        "colorbar": {
            "orientation": "h",
            "x": 0.5,
            "y": -52 / inner,
            "yanchor": "top",
            "len": 0.8,
            "thickness": 10,
            "title": {"text": "gradient of the sample's loss", "side": "bottom"},
            **_color_ticks(largest, logarithmic),
        },
        "hovertemplate": f"%{{y}}, sample %{{x}}: %{{customdata:{hover_format(precision)}}}<extra></extra>",
    }
    below = (inner - BARS - GAP) / inner
    return {
        "data": [heatmap, bars],
        "layout": {
            "height": inner + BELOW,
            "margin": {"l": 8, "r": 8, "t": 36, "b": BELOW - 36},
            **SEE_THROUGH,
            "hovermode": "closest",
            "dragmode": False,
            "xaxis": {"type": "category", "title": {"text": "sample"}, "anchor": "y", "automargin": True},
            "yaxis": {
                "type": "category",
                "domain": [0, below],
                "autorange": "reversed",
                "tickmode": "linear",
                "dtick": 1,
                "showgrid": False,
                "automargin": True,
            },
            "yaxis2": {
                "domain": [below + GAP / inner, 1],
                "title": {"text": plain_text(title)},
                "rangemode": "tozero",
                "nticks": 4,
                "exponentformat": "power",
                "automargin": True,
            },
        },
    }
