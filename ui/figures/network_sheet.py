"""A network on paper as SVG: the numbers given at inputs, weights and biases, and lines to be filled in."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NamedTuple

from core.exercise import Exercise, Quantity, quantities, unit_label
from ui.text.numbers import exact_on_screen

WIDTH = 680.0
# With more weights between two layers their numbers would cover one another: a table has them then.
MOST_WEIGHTS = 9
_RADIUS, _LEFT, _RIGHT, _TOP, _LINE, _SPACING = 21.0, 74.0, 104.0, 30.0, 16.0, 44.0
# Of the lines below a unit, by how far they reach to its left and to its right.
_BEFORE, _BEHIND = 44.0, 56.0
_CHARACTER, _LABEL_HEIGHT = 7.0, 15.0
_ALONG = (0.3, 0.38, 0.46, 0.54, 0.62, 0.22, 0.7)


class Blank(NamedTuple):
    """What stands below a unit: a letter, and its number, or "" for a line to write it on."""

    letter: str
    text: str = ""


class _Rectangle(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    def overlap(self, other: "_Rectangle") -> float:
        """Return the area that both cover."""
        across = (self.width + other.width) / 2 - abs(self.x - other.x)
        down = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(across, 0) * max(down, 0)


def has_all_weights(exercise: Exercise) -> bool:
    """Return whether the drawing has the number of every weight."""
    return all(n_in * n_out <= MOST_WEIGHTS for n_in, n_out in exercise.network.shapes)


def network_sheet(exercise: Exercise, blanks: Mapping[tuple[int, int], Sequence[Blank]]) -> str:
    """Return the drawing of an exercise, with `blanks` below units, by layer and unit from 0."""
    network = exercise.network
    last = len(network.widths) - 1
    below = max((len(lines) for lines in blanks.values()), default=0)
    spacing = 2 * _RADIUS + below * _LINE + _SPACING
    height = max(network.widths) * spacing + _TOP / 2
    places = {
        (layer, unit): (
            _LEFT + layer * (WIDTH - _LEFT - _RIGHT) / last,
            _TOP + height / 2 - (width * spacing) / 2 + unit * spacing + _RADIUS,
        )
        for layer, width in enumerate(network.widths)
        for unit in range(width)
    }
    taken = [_Rectangle(x, y, 2 * _RADIUS, 2 * _RADIUS) for x, y in places.values()]
    taken += [
        _Rectangle(
            places[unit][0], places[unit][1] + _RADIUS + len(lines) * _LINE / 2, 96, len(lines) * _LINE
        )
        for unit, lines in blanks.items()
    ]
    known = quantities(network)
    weights = [quantity for quantity in known if quantity.kind == "w"]
    edges = [_edge(places[q.layer - 1, q.row], places[q.layer, q.column]) for q in weights]
    if has_all_weights(exercise):
        edges += [_weight(q, exercise, places, taken) for q in weights]
    units = [_unit(exercise, layer, unit, *place) for (layer, unit), place in places.items()]
    lines = [_blanks(blanks[unit], *places[unit]) for unit in blanks]
    numbers = [_given(q, exercise, places) for q in known if q.kind in ("x", "b", "y")]
    body = "".join([*edges, *units, *lines, *numbers])
    return (
        f'<svg class="network-sheet" viewBox="0 0 {WIDTH:g} {height + _TOP:g}" role="img" '
        f'aria-label="The network with its numbers">{body}</svg>'
    )


def _edge(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f'<line class="edge" x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"/>'


def _weight(
    quantity: Quantity,
    exercise: Exercise,
    places: Mapping[tuple[int, int], tuple[float, float]],
    taken: list[_Rectangle],
) -> str:
    """Return the number of a weight, where on its line it covers least of what is there."""
    text = exact_on_screen(exercise.value(quantity))
    (x1, y1), (x2, y2) = places[quantity.layer - 1, quantity.row], places[quantity.layer, quantity.column]
    width = len(text) * _CHARACTER + 6
    tried = [
        _Rectangle(x1 + along * (x2 - x1), y1 + along * (y2 - y1), width, _LABEL_HEIGHT) for along in _ALONG
    ]
    best = min(tried, key=lambda label: sum(map(label.overlap, taken)))
    taken.append(best)
    return (
        f'<rect class="ground" x="{best.x - width / 2:.1f}" y="{best.y - _LABEL_HEIGHT / 2:.1f}" '
        f'width="{width:g}" height="{_LABEL_HEIGHT:g}"/>{_text(best.x, best.y + 4.5, text, "number")}'
    )


def _unit(exercise: Exercise, layer: int, unit: int, x: float, y: float) -> str:
    label = unit_label(exercise.network, layer, unit)
    return f'<circle class="unit" cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS:g}"/>{_text(x, y + 5, label, "name")}'


def _blanks(lines: Sequence[Blank], x: float, y: float) -> str:
    # An edge that runs behind the lines would be taken for one of them.
    found = (
        f'<rect class="ground" x="{x - _BEFORE:.1f}" y="{y + _RADIUS + 3:.1f}" '
        f'width="{_BEFORE + _BEHIND:g}" height="{len(lines) * _LINE:g}"/>'
    )
    for place, blank in enumerate(lines, start=1):
        below = y + _RADIUS + place * _LINE
        found += _text(x - 12, below, blank.letter, "letter")
        if blank.text:
            found += _text(x - 6, below, blank.text, "answer")
        else:
            ends = f'x1="{x - 8:.1f}" y1="{below + 2:.1f}" x2="{x + 52:.1f}" y2="{below + 2:.1f}"'
            found += f'<line class="blank" {ends}/>'
    return found


def _given(
    quantity: Quantity, exercise: Exercise, places: Mapping[tuple[int, int], tuple[float, float]]
) -> str:
    text = exact_on_screen(exercise.value(quantity))
    last = len(exercise.network.widths) - 1
    if quantity.kind == "x":
        x, y = places[0, quantity.row]
        return _text(x - _RADIUS - 6, y + 4.5, text, "number end")
    if quantity.kind == "b":
        x, y = places[quantity.layer, quantity.column]
        return _text(x, y - _RADIUS - 6, f"b = {text}", "number")
    x, y = places[last, quantity.row]
    return _text(x + _RADIUS + 6, y + 4.5, f"{quantity.label} = {text}", "number start")


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'
