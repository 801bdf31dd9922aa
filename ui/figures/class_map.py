"""Where a class has made its slips, as a heat map over the network, as SVG."""

from collections.abc import Mapping
from html import escape
from math import hypot
from typing import NamedTuple

from core.exercise import quantities, unit_label
from core.network import Network

WIDTH = 680.0
_RADIUS, _SIDE, _SPACING, _TOP = 22.0, 70.0, 78.0, 12.0
_HEAT = "#d9730d"
_STRONGEST, _WIDEST = 0.6, 9.0


class Slips(NamedTuple):
    """How many of those who answered somewhere made a slip there that follows from none before it."""

    slips: int
    answered: int

    @property
    def share(self) -> float:
        """Return the part of those who answered, from 0 to 1."""
        return self.slips / self.answered if self.answered else 0.0


def class_map(network: Network, slips: Mapping[str, Slips]) -> str:
    """Return the drawing; `slips` are those at units n1.2 and weights w1.1.2, the darker the more."""
    last = len(network.widths) - 1
    height = max(network.widths) * _SPACING + _TOP
    places = {
        (layer, unit): (
            _SIDE + layer * (WIDTH - 2 * _SIDE) / last,
            height / 2 + (unit - (width - 1) / 2) * _SPACING - _TOP,
        )
        for layer, width in enumerate(network.widths)
        for unit in range(width)
    }
    parts = []
    for quantity in quantities(network):
        if quantity.kind == "w":
            start, end = places[quantity.layer - 1, quantity.row], places[quantity.layer, quantity.column]
            parts.append(_edge(quantity.label, slips.get(quantity.id), start, end))
    for (layer, unit), (x, y) in places.items():
        parts.append(_unit(unit_label(network, layer, unit), slips.get(f"n{layer}.{unit + 1}"), x, y))
    return (
        f'<svg class="class-map" viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-label="The network with the slips of the class; the tables have the same numbers">'
        f"{''.join(parts)}</svg>"
    )


def _edge(label: str, slips: Slips | None, start: tuple[float, float], end: tuple[float, float]) -> str:
    share = slips.share if slips else 0.0
    # Units have no ground of their own that could cover the ends.
    part = _RADIUS / hypot(end[0] - start[0], end[1] - start[1])
    across, down = part * (end[0] - start[0]), part * (end[1] - start[1])
    line = (
        f'x1="{start[0] + across:.1f}" y1="{start[1] + down:.1f}" '
        f'x2="{end[0] - across:.1f}" y2="{end[1] - down:.1f}"'
    )
    heat = (
        f'<line {line} stroke="{_HEAT}" stroke-width="{1 + (_WIDEST - 1) * share:.1f}" '
        f'stroke-opacity="{0.3 + 0.6 * share:.2f}"/>'
        if share
        else ""
    )
    plain = f'<line {line} stroke="currentColor" stroke-opacity="0.35" stroke-width="1"/>'
    return f"<g>{_title(label, slips)}{plain}{heat}</g>"


def _unit(label: str, slips: Slips | None, x: float, y: float) -> str:
    share = slips.share if slips else 0.0
    circle = f'cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS:g}"'
    count = (
        f'<text x="{x:.1f}" y="{y + _RADIUS + 16:.1f}" text-anchor="middle" font-size="13" '
        f'fill="currentColor">{slips.slips} of {slips.answered}</text>'
        if slips and slips.answered
        else ""
    )
    return (
        f"<g>{_title(label, slips)}"
        f'<circle {circle} fill="{_HEAT}" fill-opacity="{_STRONGEST * share:.2f}" stroke="currentColor"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" font-size="14" font-style="italic" '
        f'fill="currentColor">{escape(label)}</text>{count}</g>'
    )


def _title(label: str, slips: Slips | None) -> str:
    if not slips or not slips.answered:
        return ""
    return f"<title>{escape(label)}: {slips.slips} of {slips.answered} with a slip</title>"
