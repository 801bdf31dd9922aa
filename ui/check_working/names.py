"""What the names of a learner's sheet stand for: those of the screen, of links, of code and of courses."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

import numpy as np

from core.derivation import shapes
from core.exercise import Exercise
from core.expressions import Symbol
from ui.text.answers import ARRAYS, GROUPS, answerable, boxes_of, id_of, number_label
from ui.text.conventions import CONVENTIONS, Convention

_WORDS = {"δ": "delta", "Δ": "step ", "ŷ": "y hat", "∂": "d", "−": "minus ", "→": " ", "←": " "}
# Before a letter it is one; with a blank behind it, it begins an item of a list.
_TYPED_MINUS = re.compile(r"^\s*[-–](?=[^\W\d])")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# What courses call the arrays of a network with one hidden layer, where that is not their name in code here.
_COURSE_NAMES: Mapping[str, tuple[str, int, bool]] = {
    "hidden_layer_in": ("z", 1, False),
    "hidden_layer_input": ("z", 1, False),
    "hidden_layer_out": ("a", 1, False),
    "hidden_layer_output": ("a", 1, False),
    "output_layer_in": ("z", 2, False),
    "output_layer_input": ("z", 2, False),
    "output_layer_out": ("a", 2, False),
    "output_layer_output": ("a", 2, False),
    "hidden_error": ("da", 1, True),
    "hidden_layer_error": ("da", 1, True),
    "hidden_error_term": ("delta", 1, True),
    "output_error_term": ("delta", 2, True),
    "hidden_delta": ("delta", 1, False),
    "output_delta": ("delta", 2, False),
    "del_w_input_hidden": ("dW", 1, True),
    "del_w_hidden_output": ("dW", 2, True),
    "change_in_weights_for_input_layer_to_hidden_layer": ("step_W", 1, False),
    "change_in_weights_for_hidden_layer_to_output_layer": ("step_W", 2, False),
    "delta_w_i_h": ("step_W", 1, False),
    "delta_weights_input_hidden": ("step_W", 1, False),
    "delta_w_h_o": ("step_W", 2, False),
    "delta_weights_hidden_output": ("step_W", 2, False),
}
HIDDEN_AND_OUTPUT = 2
# What the loss is differentiated by in an array, as in dL/dW1.
_SLOPES_OF = {"da": "a", "delta": "z", "dW": "W", "db": "b"}
_NET_AND_OUT = {"z": "net", "a": "out"}


class NamedArray(NamedTuple):
    """The numbers of an array by their ids, in C order of the shape in which it stands."""

    ids: tuple[str, ...]
    shape: tuple[int, ...]


def names_of_numbers(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the names of single numbers, as the screen has them in any convention, and their ids."""
    for convention in CONVENTIONS.values():
        for group in GROUPS:
            for row in boxes_of(exercise, group, convention):
                for number in row:
                    yield plain_name(number_label(number, convention)), number.id
    for number in answerable(exercise).values():
        yield plain_name(number.id), number.id
        layer, of = number.symbol.layer, "o" if number.of.startswith("ŷ") else number.of[:1]
        if number.symbol.name in _NET_AND_OUT and layer:
            # As net_h1 and out_o1, the units of the last layer as o1, o2.
            unit = plain_name(f"{of}{number.of[1:] or 1}")
            yield f"{_NET_AND_OUT[number.symbol.name]}_{unit}", number.id
        if number.symbol.name == "error":
            # The minus typed as a hyphen.
            yield plain_name(f"y{number.of} - ŷ{number.of}"), number.id
    yield from (("e_total", "loss"), ("e", "loss"))


def names_of_arrays(exercise: Exercise, usual: Convention) -> Iterator[tuple[str, NamedArray]]:
    """Yield the names of arrays in code, and what stands in them; of two with one name the last counts."""
    network = exercise.network
    last = len(network.widths) - 1
    shape_of = shapes(network)
    known = answerable(exercise)

    def named(symbol: Symbol, is_negated: bool, turns: bool = False) -> NamedArray:
        shape = shape_of(symbol)
        ids = [id_of(Symbol(symbol.name, symbol.layer, index), is_negated) for index in np.ndindex(shape)]
        array = np.array(ids, dtype=object).reshape(shape)
        array = array.T if turns else array
        return NamedArray(tuple(array.ravel().tolist()), array.shape)

    for name in ARRAYS:
        for layer in range(1, last + 1):
            found = named(Symbol(name, layer), is_negated=False)
            if found.ids[0] in known:
                yield plain_name(f"{name}{layer}"), found
                if name in _SLOPES_OF:
                    yield from (
                        (plain_name(f"{loss}/d{_SLOPES_OF[name]}{layer}"), found) for loss in ("dL", "dE")
                    )
    for convention in (*reversed([*CONVENTIONS.values()]), usual):
        for name in ARRAYS:
            for layer in range(1, last + 1):
                symbol = Symbol(name, layer)
                is_negated = convention.is_error_term and name in ("da", "delta", "dW", "db")
                found = named(symbol, is_negated, convention.orientation.turns(symbol))
                if found.ids[0] in known:
                    yield plain_name(convention.code_name(symbol, last)), found
    yield (
        "error",
        NamedArray(tuple(f"error{k + 1}" for k in range(network.widths[-1])), (1, network.widths[-1])),
    )
    if last == HIDDEN_AND_OUTPUT:
        for course_name, (name, layer, is_negated) in _COURSE_NAMES.items():
            yield course_name, named(Symbol(name, layer), is_negated)


def known_name(name: str, known: Set[str]) -> str:
    """Return a name as it is known: z₁, z_1 and z_{1} are z1 where they are nothing else, and yhat is ŷ."""
    plain = plain_name(name).replace("yhat", "y_hat")
    return plain if plain in known else re.sub(r"(?<=[a-z])_(?=\d)", "", plain)


def plain_name(name: str) -> str:
    """Return a name as names are compared: δ h1 and delta_h1 alike, and -δ h1 with any minus."""
    name = _TYPED_MINUS.sub("−", name)
    for letter, word in _WORDS.items():
        name = name.replace(letter, word)
    return re.sub(r"[^a-z0-9.]+", "_", name.translate(_SUBSCRIPTS).lower()).strip("_.")
