"""What is sent to the drawing with boxes: the network, what is given of it, and the boxes with their marks.

Plain data in and out, ready for JSON; nothing here imports Streamlit.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from core.answers import without_sign
from core.exercise import Exercise, quantities, unit_label
from core.network import Network
from ui.text.numbers import exact_on_screen

_UNIT_OR_WEIGHT = re.compile(r"(?P<kind>[a-z_.]*?)(?P<layer>\d+)\.(?P<first>\d+)(?:\.(?P<second>\d+))?")
_GIVEN = ("x", "w", "b", "y")


class Box(NamedTuple):
    """A box for the number of a quantity: `label` stands beside it, `name` is its whole name.

    `place` is where it stands, as `place_of` has it. Of what was typed as `text` the `kind` is right,
    follows, wrong, short (of decimals) or unread, "" for nothing; `mark` is that in a word or two, `words` in
    full, and `problem` is why it is no number. `quantity` is what a weight's box has, such as dL/dw, where
    the label is the unit that the weight comes from.
    """

    id: str
    place: str
    label: str
    name: str
    text: str = ""
    kind: str = ""
    mark: str = ""
    words: str = ""
    problem: str = ""
    quantity: str = ""


class GivenNumber(NamedTuple):
    """A number that is shown at a unit with its letter, or at a weight."""

    place: str
    label: str
    text: str


def place_of(quantity: str, network: Network) -> str:
    """Return where a quantity of core/answers.py stands, by its id: a unit n1.2, a weight w1.1.2, or ""."""
    plain = without_sign(quantity)
    if plain.startswith("error"):
        return f"n{len(network.widths) - 1}.{plain.removeprefix('error')}"
    found = _UNIT_OR_WEIGHT.fullmatch(plain)
    if not found:
        return ""
    layer, first, second = found["layer"], found["first"], found["second"]
    return f"w{layer}.{first}.{second}" if second else f"n{layer}.{first}"


def given_numbers(exercise: Exercise) -> list[GivenNumber]:
    """Return x at the inputs, b and y at their units, and each weight."""
    network = exercise.network
    last = len(network.widths) - 1
    found = []
    for quantity in quantities(network):
        if quantity.kind not in _GIVEN:
            continue
        place = {
            "x": f"n0.{quantity.row + 1}",
            "w": quantity.id,
            "b": f"n{quantity.layer}.{quantity.column + 1}",
            "y": f"n{last}.{quantity.row + 1}",
        }[quantity.kind]
        letters = {"x": "", "w": "", "b": "b", "y": quantity.label}
        text = exact_on_screen(exercise.value(quantity))
        found.append(GivenNumber(place, letters[quantity.kind], text))
    return found


def boxes_model(
    network: Network,
    given: Iterable[GivenNumber],
    boxes: Iterable[Box],
    *,
    lit: str | None = None,
    announcement: str = "",
) -> dict[str, Any]:
    """Return an AnswerBoxesModel of model.d.ts, but for what only a session has."""
    first = [sum(network.widths[:layer]) for layer in range(len(network.widths))]
    return {
        "layers": len(network.widths),
        "units": [
            {"id": f"n{layer}.{unit + 1}", "layer": layer, "label": unit_label(network, layer, unit)}
            for layer, width in enumerate(network.widths)
            for unit in range(width)
        ],
        "edges": [
            {"id": q.id, "from": first[q.layer - 1] + q.row, "to": first[q.layer] + q.column}
            for q in quantities(network)
            if q.kind == "w"
        ],
        "given": [number._asdict() for number in given],
        "boxes": [box._asdict() for box in boxes],
        "lit": lit,
        "announcement": announcement,
    }
