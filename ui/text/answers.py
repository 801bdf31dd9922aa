"""The numbers of a step that a learner may have: what they are called, and the groups that they stand in."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from core.answers import Typed, read_answers
from core.derivation import shapes
from core.error_terms import with_minus
from core.exercise import Exercise, unit_label
from core.expressions import Shape, Symbol
from core.network import Network
from core.stages import stages
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
    "db": "dL/db",
    "step_b": "Δb",
    "new_b": "b + Δb",
    "loss_after": "L after the step",
}
_NEGATED = "minus_"


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
    shape_of = shapes(network)
    found: list[Answerable] = []
    for stage in stages(network):
        if stage.name == "loss":
            found += [_of_place(Symbol("error"), (0, k), network) for k in range(network.widths[-1])]
        for symbol in stage.writes:
            if symbol.name in _IDS:
                found += [_of_place(symbol, index, network) for index in np.ndindex(shape_of(symbol))]
    found.append(Answerable("loss_after", Symbol("loss_after"), ""))
    with_negated = [
        each
        for number in found
        for each in ((number, _negated(number)) if with_minus(number.symbol) != number.symbol else (number,))
    ]
    return {number.id: number for number in with_negated}


def _negated(number: Answerable) -> Answerable:
    return number._replace(id=id_of(number.symbol, is_negated=True), is_negated=True)


def id_of(symbol: Symbol, is_negated: bool = False) -> str:
    """Return the id of one number of an array, or of its negative."""
    start = (_NEGATED if is_negated else "") + _IDS[symbol.name] + (str(symbol.layer) if symbol.layer else "")
    numbers = ".".join(str(at + 1) for at in _place(symbol))
    return f"{start}.{numbers}" if symbol.layer else start + numbers


def _place(symbol: Symbol) -> Shape:
    """Return the place of a number within its layer; of one sample what a unit has stands in its only row."""
    index = symbol.index or ()
    return index if symbol.name.endswith("W") else index[-1:]


def _of_place(array: Symbol, index: Shape, network: Network) -> Answerable:
    symbol = replace(array, index=index)
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


def boxes_of(
    exercise: Exercise, group: str, convention: Convention, given: Collection[str] = ()
) -> list[list[Answerable]]:
    """Return the numbers of a group that have boxes, in rows: those of a layer, in the order of the pass.

    With error terms the box is for −δ, and for −dL/da. Numbers that were `given` have one in any case.
    """
    rows: dict[object, list[Answerable]] = {}
    for number in answerable(exercise).values():
        name = number.symbol.name
        is_negated = convention.is_error_term and name in ("da", "delta")
        has_box = number.is_negated == is_negated or number.id in given
        if name in GROUPS[group].arrays and has_box:
            of_weights = name.endswith(("W", "b"))
            layer = number.symbol.layer or len(exercise.network.widths) - 1
            rows.setdefault((layer, of_weights), []).append(number)
    return [*rows.values()]
