"""Formulas of a step, their numbers and their shapes, as a convention writes them."""

from collections.abc import Callable
from typing import Any

from core.derivation import Formula, derive
from core.derivation import shapes as core_shapes
from core.error_terms import over_error_terms, signed_numbers, without_minus
from core.expressions import Shape, Symbol
from core.network import Network
from core.orientation import oriented
from ui.memory import remembered
from ui.text.conventions import USUAL, Convention


@remembered
def written_formulas(
    network: Network,
    convention: Convention = USUAL,
    samples: int = 1,
    *,
    sums_to_one: bool = False,
    train_biases: bool = True,
) -> tuple[Formula, ...]:
    """Return the formulas of a step as a convention writes them, in the order of the pass."""
    found = derive(network, samples, sums_to_one=sums_to_one, train_biases=train_biases)
    return tuple(as_written(formula, convention) for formula in found)


def as_written(formula: Formula, convention: Convention) -> Formula:
    """Return a formula of the core as a convention writes it."""
    turned = oriented(formula, convention.orientation)
    return over_error_terms(turned) if convention.is_error_term else turned


def written_numbers(numbers: Callable[[Symbol], Any], convention: Convention) -> Callable[[Symbol], Any]:
    """Return the arrays that the symbols of a convention's formulas stand for, from those of the core.

    A symbol with an index is a number of the array as it stands in the convention.
    """

    def number(symbol: Symbol) -> Any:
        _, plain = without_minus(symbol)
        whole = signed_numbers(numbers)(Symbol(symbol.name, symbol.layer))
        array = convention.orientation.array(plain, whole)
        return array if symbol.index is None else array[symbol.index]

    return number


def written_shapes(network: Network, convention: Convention, samples: int = 1) -> Callable[[Symbol], Shape]:
    """Return the shape of each symbol's array in a convention."""
    shape = core_shapes(network, samples)

    def shape_of(symbol: Symbol) -> Shape:
        _, plain = without_minus(symbol)
        return convention.orientation.shape(plain, shape(plain))

    return shape_of
