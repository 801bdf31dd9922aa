"""Small pictures for an index, as SVG that follows its page's colors."""

from itertools import product

import numpy as np

from core.arrays import Array
from core.exercise import Exercise

WIDTH, HEIGHT = 120, 76
_MARGIN, _UNIT = 12.0, 6.0
_THINNEST, _THICKEST = 1.0, 4.0
_POINTS = 60


def network_picture(exercise: Exercise) -> str:
    """Return the drawing of a network: edges with the sign of their gradient, and as wide as |w|."""
    network = exercise.network
    gradients, weights = (
        [W for W, _ in network.layers(theta)]
        for theta in (exercise.step().gradient.theta, exercise.theta_array)
    )
    largest = max(float(np.abs(W).max()) for W in weights) or 1.0
    places = [
        [_place(network.widths, layer, unit) for unit in range(n)] for layer, n in enumerate(network.widths)
    ]
    edges = []
    for layer, (dW, W) in enumerate(zip(gradients, weights, strict=True)):
        for row, column in product(*map(range, W.shape)):
            (x1, y1), (x2, y2) = places[layer][row], places[layer + 1][column]
            thickness = _THINNEST + (_THICKEST - _THINNEST) * abs(float(W[row, column])) / largest
            sign = ("negative", "zero", "positive")[int(np.sign(dW[row, column])) + 1]
            dash = ' stroke-dasharray="5 3"' if sign == "negative" else ""
            edges.append(
                f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="var(--{sign})" '
                f'stroke-width="{thickness:.1f}"{dash}/>'
            )
    units = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{_UNIT:.0f}"/>' for layer in places for x, y in layer
    )
    return _picture("network", f"{''.join(edges)}{units}")


def _place(widths: tuple[int, ...], layer: int, unit: int) -> tuple[float, float]:
    across = (WIDTH - 2 * _MARGIN) / (len(widths) - 1)
    return _MARGIN + layer * across, HEIGHT * (unit + 0.5) / widths[layer]


def curve_picture(loss: Array) -> str:
    """Return the curve of a loss (steps,) from its largest value down to 0."""
    at = np.linspace(0, len(loss) - 1, min(_POINTS, len(loss)))
    shown = np.interp(at, np.arange(len(loss)), loss)
    x = np.linspace(_MARGIN, WIDTH - _MARGIN, len(shown))
    y = _MARGIN + (HEIGHT - 2 * _MARGIN) * (1 - shown / (shown.max() or 1.0))
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    low, right = HEIGHT - _MARGIN, WIDTH - _MARGIN
    axes = f"{_MARGIN:.0f},{_MARGIN:.0f} {_MARGIN:.0f},{low:.0f} {right:.0f},{low:.0f}"
    return _picture("curve", f'<polyline class="axes" points="{axes}"/><polyline points="{points}"/>')


def _picture(kind: str, drawing: str) -> str:
    return f'<svg class="{kind}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{drawing}</svg>'
