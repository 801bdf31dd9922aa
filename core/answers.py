"""What a learner can hand in of one step: its numbers by their ids, and the texts they are typed as."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from core.exercise import Exercise
from core.expressions import NEGATIVE_PREFIX
from core.network import Network, widths_text
from core.typed_number import decimals_in, plain_number, quotient, without_thousands

# The negatives that the error-term convention has in place of these.
_NEGATED = ("da", "delta", "dw", "db")
_LONGEST = 100
_ALL_DIGITS = 17
_SHOWN = 40


class Place(NamedTuple):
    """An array of a step: z, a, da, delta, dw, db, step.w, step.b, after.w or after.b of a layer from 1.

    error, loss and loss_after are of layer 0; an array holds one sample and has no axis for it.
    """

    name: str
    layer: int = 0


class Column(NamedTuple):
    """Where a quantity stands in a sheet, with sign −1 where it is the negative of what stands there.

    `stage` counts the stages in the order of the pass; numbers of one stage do not follow from one another.
    """

    place: int
    sign: int
    stage: int


class Typed(NamedTuple):
    """A number as it was typed: its value, one unit in its last place, and its significant digits."""

    value: float
    unit: float
    digits: int

    @staticmethod
    def of(number: Decimal) -> "Typed":
        """Return a decimal with the digits that it is written with."""
        _sign, digits, exponent = number.as_tuple()
        return Typed(float(number), float(Decimal(1).scaleb(int(exponent))), len(digits) if number else 0)


class SheetLayout:
    """The order of a sheet: one row of all numbers of a step, each array flat, in the order of the pass.

    z and a of each layer; y − ŷ and the loss; from the last layer back dL/da and δ; from the last layer back
    dL/dw with dL/db; Δw of all layers; w + Δw of all layers; the loss after the step. `slices` has the part
    of a sheet that an array has, `shapes` its shape, `columns` the place of every id, −dL/d… included.
    """

    def __init__(self, network: Network) -> None:
        self.slices: dict[Place, slice] = {}
        self.shapes: dict[Place, tuple[int, ...]] = {}
        self.columns: dict[str, Column] = {}
        self.size = 0
        for stage, places in enumerate(_stages(network)):
            for place, shape in places.items():
                start = self.size
                self.size += int(np.prod(shape))
                self.slices[place] = slice(start, self.size)
                self.shapes[place] = shape
                for index, id_ in enumerate((quantity_id(place, at) for at in np.ndindex(shape)), start):
                    self.columns[id_] = Column(index, 1, stage)
                    if place.name in _NEGATED:
                        self.columns[negative_of(id_)] = Column(index, -1, stage)


def _stages(network: Network) -> list[dict[Place, tuple[int, ...]]]:
    outputs = network.widths[-1]
    layers = range(1, len(network.widths))
    units = {layer: (network.widths[layer],) for layer in layers}
    stages: list[dict[Place, tuple[int, ...]]] = []
    for layer in layers:
        stages += [{Place("z", layer): units[layer]}, {Place("a", layer): units[layer]}]
    stages += [{Place("error"): (outputs,)}, {Place("loss"): ()}]
    for layer in reversed(layers):
        stages += [{Place("da", layer): units[layer]}, {Place("delta", layer): units[layer]}]

    def parameters(weight: str, bias: str, layer: int) -> dict[Place, tuple[int, ...]]:
        biases = {Place(bias, layer): units[layer]} if network.bias else {}
        return {Place(weight, layer): network.shapes[layer - 1], **biases}

    stages += [parameters("dw", "db", layer) for layer in reversed(layers)]
    for name in ("step", "after"):
        of_layers = [parameters(f"{name}.w", f"{name}.b", layer) for layer in layers]
        stages.append({place: shape for arrays in of_layers for place, shape in arrays.items()})
    return [*stages, {Place("loss_after"): ()}]


def quantity_id(place: Place, index: Sequence[int]) -> str:
    """Return the id of one number of an array, at an index from 0: dw1.2.1, error1, loss."""
    dot = "." if place.layer else ""
    numbers = ".".join(str(at + 1) for at in index)
    return f"{place.name}{place.layer or ''}{dot if numbers else ''}{numbers}"


def negative_of(name: str) -> str:
    """Return the id of the negative of a quantity, such as that of −δ for the id of δ."""
    return NEGATIVE_PREFIX + name


def without_sign(name: str) -> str:
    """Return the id of a quantity for the id of its negative too, and any other id as it is."""
    return name.removeprefix(NEGATIVE_PREFIX)


def gradient_of(name: str) -> str | None:
    """Return the id of the gradient that belongs to one of dL/dw, Δw and w + Δw; None for anything else."""
    plain = without_sign(name)
    if plain.startswith(("dw", "db")):
        return plain
    kind, _, parameter = plain.partition(".")
    return f"d{parameter}" if kind in ("step", "after") else None


def read_answers(exercise: Exercise, answers: Mapping[str, str]) -> dict[str, Typed]:
    """Return the numbers typed for quantities of an exercise: 0.5, 0,5, −1e-3 or 3/4.

    Raises ValueError with one sentence that names the quantity, what came and what is allowed.
    """
    known = SheetLayout(exercise.network).columns
    for name in answers:
        if name not in known:
            widths = widths_text(exercise.network.widths)
            raise ValueError(
                f"{_quoted(name)} is no quantity of a {widths} network; it takes ids such as "
                f"z1.1, a1.1, error1, loss, delta1.1, dw1.1.1, step.w1.1.1 and after.w1.1.1."
            )
    return {name: _read_number(name, text) for name, text in answers.items()}


def _read_number(name: str, text: str) -> Typed:
    plain = plain_number(text)
    if not plain:
        raise ValueError(f"{name} is empty; it takes a number such as 0.5, 0,5 or 1e-3.")
    written = without_thousands(plain)
    if written:
        raise ValueError(
            f"{name} got {_quoted(text)}, which can be read in two ways; write {written} or a point."
        )
    if len(plain) > _LONGEST:
        raise ValueError(f"{name} got {_quoted(text)}; it takes a number of up to {_LONGEST} characters.")
    decimals = decimals_in(plain)
    if not decimals:
        raise ValueError(f"{name} got {_quoted(text)}; it takes a number such as 0.5, 0,5 or 1e-3.")
    value = quotient(decimals)
    if len(decimals) > 1 and not Decimal(decimals[1]):
        raise ValueError(f"{name} got {_quoted(text)}; a number cannot be divided by 0.")
    if not np.isfinite(value):
        raise ValueError(f"{name} got {_quoted(text)}; it takes a number up to 1e308.")
    # A fraction has all the digits that a float has.
    return Typed.of(Decimal(decimals[0] if len(decimals) == 1 else f"{value:.{_ALL_DIGITS - 1}e}"))


def _quoted(text: str) -> str:
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(text.split()))
    return f"“{line[:_SHOWN]}…”" if len(line) > _SHOWN else f"“{line}”"
