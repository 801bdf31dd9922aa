"""The numbers of a step that a learner may have: what they are called, and the groups that they stand in."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from core.answers import Place, SheetLayout, Typed, negative_of, quantity_id, read_answers, without_sign
from core.exercise import Exercise, unit_label
from core.expressions import Shape, Symbol
from core.network import Network
from ui.memory import remembered
from ui.text.conventions import Convention
from ui.text.numbers import MINUS

FORWARD = "forward"
# What the numbers of an array begin with in an id, by the array's name in core/derivation.py.
_IDS = {
    "z": "z",
    "a": "a",
    "error": "error",
    "loss": "loss",
    "da": "da",
    "delta": "delta",
    "dW": "dw",
    "db": "db",
    "step_W": "step.w",
    "step_b": "step.b",
    "new_W": "after.w",
    "new_b": "after.b",
    "loss_after": "loss_after",
}
_LETTERS = {
    "z": "z",
    "a": "a",
    "loss": "L",
    "step_b": "Δb",
    "new_b": "b + Δb",
    "loss_after": "L after the step",
}
_ARRAYS = {quantity: array for array, quantity in _IDS.items()}


class BoxGroup(NamedTuple):
    """Arrays whose numbers have their boxes on the screen together, by their names in core/derivation.py."""

    label: str
    arrays: tuple[str, ...]


ARRAYS = tuple(name for name in _IDS if name not in ("error", "loss", "loss_after"))
GROUPS: Mapping[str, BoxGroup] = {
    FORWARD: BoxGroup("Forward", ("z", "a", "error", "loss")),
    "backward": BoxGroup("Backward", ("da", "delta")),
    "gradients": BoxGroup("Gradients", ("dW", "db")),
    "steps": BoxGroup("Weight deltas", ("step_W", "step_b")),
    "after": BoxGroup("New weights", ("new_W", "new_b", "loss_after")),
}


class Answerable(NamedTuple):
    """A number to be checked: its place in an array of core/derivation.py, and what unit or edge it is of.

    `is_negated` where it is the negative of the number there, as an error term is of δ. The error y − ŷ
    and the loss after the step are of no array there.
    """

    id: str
    symbol: Symbol
    of: str
    is_negated: bool = False


def number_label(number: Answerable, convention: Convention) -> str:
    """Return what the screen calls a number in a convention, such as δ h1."""
    if number.symbol.name == "error":
        return f"y{number.of} {MINUS} ŷ{number.of}"
    return f"{letter_of(number, convention)} {convention.weight_label(number.of)}".rstrip()


def letter_of(number: Answerable, convention: Convention) -> str:
    """Return what the screen calls a number at the unit or weight that it is of, such as δ."""
    name = number.symbol.name
    if name == "error":
        return f"y {MINUS} ŷ"
    # With error terms the title itself has the minus, which a δ that is not negated has not.
    letter = (_LETTERS.get(name) or re.split(r" [=(]", convention.title(name))[0]).removeprefix(MINUS)
    return MINUS + letter if number.is_negated else letter


def label_in_drawing(number: Answerable, convention: Convention) -> str:
    """Return what stands beside a number's box: its letter, or of a weight's the unit that it comes from.

    A gradient's negative, which has a box beside the gradient's own, has its minus there.
    """
    if number.symbol.name == "loss_after":
        return _LETTERS["loss"]
    if "→" not in number.of:
        return letter_of(number, convention)
    return (MINUS if number.is_negated else "") + number.of.split("→")[0]


def quantity_in_drawing(number: Answerable, convention: Convention) -> str:
    """Return what a weight's or bias's number is, such as dL/dw; "" where its label has that."""
    return letter_of(number._replace(is_negated=False), convention) if "→" in number.of else ""


def read_named(exercise: Exercise, texts: Mapping[str, str], convention: Convention) -> dict[str, Typed]:
    """Return the numbers typed for quantities, by their ids.

    Raises ValueError with one sentence, which has what the screen calls the number in a convention.
    """
    try:
        return read_answers(exercise, texts)
    except ValueError as error:
        known = answerable(exercise)
        id_, _, rest = str(error).partition(" ")
        if id_ not in known:
            raise
        raise ValueError(f"{number_label(known[id_], convention)} {rest}") from None


def answerable(exercise: Exercise) -> Mapping[str, Answerable]:
    """Return every number of a step that can be checked, by id, in the order of the pass.

    Δb of biases that are held fixed is 0, and among them: to have another one is a mistake.
    """
    return _answerable(exercise.network)


@remembered
def _answerable(network: Network) -> Mapping[str, Answerable]:
    layout = SheetLayout(network)
    plain = [
        _of_place(Symbol(_ARRAYS[place.name], place.layer), index, network)
        for place, shape in layout.shapes.items()
        for index in np.ndindex(shape)
    ]
    known = {number.id: number for number in plain}
    return {
        id_: known[without_sign(id_)]._replace(id=id_, is_negated=column.sign < 0)
        for id_, column in layout.columns.items()
    }


def id_of(symbol: Symbol, is_negated: bool = False) -> str:
    """Return the id of one number of an array, or of its negative."""
    name = quantity_id(Place(_IDS[symbol.name], symbol.layer), _place(symbol))
    return negative_of(name) if is_negated else name


def _place(symbol: Symbol) -> Shape:
    """Return the place of a number within its layer; of one sample what a unit has stands in its only row."""
    index = symbol.index or ()
    return index if symbol.name.endswith("W") else index[-1:]


def _of_place(array: Symbol, index: Shape, network: Network) -> Answerable:
    # Of the one sample what a unit has stands in the only row of its array.
    has_rows = array.name in ("z", "a", "da", "delta", "error")
    symbol = replace(array, index=(0, *index) if has_rows else index)
    name, layer = symbol.name, symbol.layer or len(network.widths) - 1
    is_weight = name.endswith("W")
    place = _place(symbol)
    ends = [unit_label(network, layer, at) for at in place[-1:]]
    if is_weight:
        ends = [unit_label(network, layer - 1, place[0]), *ends]
    elif name.endswith("b"):
        ends = ["b", *ends]
    if name == "error":
        number = str(place[0] + 1) if network.widths[-1] > 1 else ""
        return Answerable(id_of(symbol), symbol, number)
    return Answerable(id_of(symbol), symbol, "→".join(ends))


def group_of(number: Answerable) -> str:
    """Return the group, in GROUPS, that a number has its box in."""
    return next(name for name, group in GROUPS.items() if number.symbol.name in group.arrays)


def has_box(number: Answerable, convention: Convention, given: Collection[str]) -> bool:
    """Return whether a number has a box: with error terms −δ and −dL/da have, in place of δ and dL/da.

    Numbers that were `given` have one in any case.
    """
    is_negated = convention.is_error_term and number.symbol.name in ("da", "delta")
    return number.is_negated == is_negated or number.id in given


def boxes_of(
    exercise: Exercise, group: str, convention: Convention, given: Collection[str] = ()
) -> list[list[Answerable]]:
    """Return the numbers of a group that have boxes, in rows: those of a layer, in the order of the pass.

    Which these are is as in `has_box`.
    """
    rows: dict[object, list[Answerable]] = {}
    for number in answerable(exercise).values():
        if number.symbol.name in GROUPS[group].arrays and has_box(number, convention, given):
            of_weights = number.symbol.name.endswith(("W", "b"))
            layer = number.symbol.layer or len(exercise.network.widths) - 1
            rows.setdefault((layer, of_weights), []).append(number)
    return [*rows.values()]
