"""The two names of a number where they stand apart: its letter, such as z or δ, and its unit or weight."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from core.exercise import Exercise, unit_label
from core.network import Network
from ui.check_working.names import HIDDEN_AND_OUTPUT, plain_name
from ui.memory import remembered
from ui.text.answers import GROUPS, Answerable, boxes_of, letter_of
from ui.text.conventions import CONVENTIONS, Convention

# What else a letter is called beside a unit, by what the screen has for it.
_LETTERS: Mapping[str, tuple[str, ...]] = {
    "z": ("net", "in", "net in", "net input", "input", "pre activation", "preactivation", "weighted sum"),
    "a": ("out", "output", "activation"),
    "δ": ("dL/dz", "dE/dz", "dL/dnet", "dE/dnet"),
    "−δ": ("error term",),
    "dL/da": ("dL/dout", "dE/da", "dE/dout"),
    "dL/dw": ("dE/dw", "dw", "gradient", "grad"),
    "dL/db": ("dE/db", "db"),
}
_OUTPUTS = ("ŷ", "yhat", "o", "output", "out", "y")
_HIDDEN = ("h", "hidden")
# What says no more than that it is a unit.
_UNIT_WORDS = re.compile(r"(?<![a-z])(?:unit|neuron|node|to)(?![a-z])")


class UnitNames(NamedTuple):
    """Ids of quantities by a letter and a unit, both as names are compared, and all letters and all units."""

    ids: Mapping[tuple[str, str], str]
    letters: Mapping[str, str]
    units: Mapping[str, str]

    def id_of(self, first: str, second: str) -> str | None:
        """Return the id for a letter and a unit as they were written, in either order, None for no number."""
        for letter, unit in ((first, second), (second, first)):
            ends = self.letters.get(plain_name(letter), ""), self.units.get(_plain_unit(unit), "")
            if ends in self.ids:
                return self.ids[ends]
        return None

    def has(self, name: str) -> bool:
        """Return whether a name is a letter or a unit."""
        return plain_name(name) in self.letters or self.has_unit(name)

    def has_unit(self, name: str) -> bool:
        """Return whether a name is a unit, or a weight by its two ends."""
        return _plain_unit(name) in self.units


@remembered
def unit_names(exercise: Exercise) -> UnitNames:
    """Return the names under which the screen has each number in any convention, and others in use."""
    ids: dict[tuple[str, str], str] = {}
    letters: dict[str, str] = {}
    units: dict[str, str] = {}
    for convention in CONVENTIONS.values():
        for group in GROUPS:
            for row in boxes_of(exercise, group, convention):
                for number in row:
                    if not number.of or number.symbol.name == "error":
                        continue
                    unit = _plain_unit(convention.weight_label(number.of))
                    units.setdefault(unit, unit)
                    for letter in map(plain_name, _letters_of(number, convention)):
                        letters.setdefault(letter, letter)
                        ids.setdefault((letter, unit), number.id)
    for letter, others in _LETTERS.items():
        if plain_name(letter) in letters:
            for other in others:
                letters.setdefault(plain_name(other), plain_name(letter))
    for label, other in _other_units(exercise.network):
        units.setdefault(_plain_unit(other), _plain_unit(label))
    return UnitNames(ids, letters, units)


def _letters_of(number: Answerable, convention: Convention) -> Iterator[str]:
    """Yield what a number is called at its unit; a bias may stand in a column of weights."""
    yield letter_of(number, convention)
    name = number.symbol.name
    if name.endswith("b"):
        as_weight = replace(number.symbol, name=f"{name.removesuffix('b')}W")
        yield letter_of(number._replace(symbol=as_weight), convention)


def _other_units(network: Network) -> Iterator[tuple[str, str]]:
    """Yield the label of each unit, and what else it is called."""
    last = len(network.widths) - 1
    for layer in range(1, last + 1):
        for unit in range(network.widths[layer]):
            label = unit_label(network, layer, unit)
            # With several hidden layers a number alone may be that of a layer.
            words = _OUTPUTS if layer == last else _HIDDEN if last == HIDDEN_AND_OUTPUT else ()
            for word in words:
                yield label, f"{word} {unit + 1}"
                if network.widths[layer] == 1:
                    yield label, word


def _plain_unit(name: str) -> str:
    """Return the name of a unit as such names are compared: neuron h_1 and Hidden 1 have no blank."""
    plain = re.sub(r"[_.]+", "_", plain_name(name).replace("yhat", "y_hat"))
    plain = re.sub(r"_+", "_", _UNIT_WORDS.sub("", plain)).strip("_")
    return re.sub(r"(?<=[a-z])_(?=\d)", "", plain)
