"""Which way round arrays stand: samples as rows or as columns, and weights (n_in, n_out) or (n_out, n_in)."""

from typing import Any, NamedTuple

import numpy as np

from core.derivation import Formula
from core.expressions import SCALARS, Expression, Number, Operation, Shape, Symbol, apply

# The sums along the other axis of an array that is turned.
_TURNED_SUMS = {"sum_outputs": "sum_column", "sum_samples": "sum_row"}


class Orientation(NamedTuple):
    """Which arrays are turned, compared with those of the core: (N, n) of units, (n_in, n_out) of weights.

    Units as columns have the shape (n, N), with biases (n, 1); turned weights have (n_out, n_in).
    """

    units_are_columns: bool = False
    weights_are_turned: bool = False

    def turns(self, symbol: Symbol) -> bool:
        """Return whether the array of a symbol is turned."""
        if symbol.name.endswith("W"):
            return self.weights_are_turned
        return self.units_are_columns and symbol.name not in SCALARS

    def array(self, symbol: Symbol, array: Any) -> Any:
        """Return an array of the core as it stands here."""
        return np.atleast_2d(array).T if self.turns(symbol) else array

    def shape(self, symbol: Symbol, shape: Shape) -> Shape:
        """Return the shape of an array of the core as it stands here."""
        return (1, *shape)[-2:][::-1] if self.turns(symbol) else shape


def oriented(formula: Formula, orientation: Orientation) -> Formula:
    """Return a formula of the core over arrays that stand otherwise: (A B)ᵀ = Bᵀ Aᵀ.

    With units as columns and turned weights z = a W + b becomes z = W a + b, and dL/dW = aᵀ δ becomes δ aᵀ;
    with turned weights alone, as torch stores them, a Wᵀ + b and δᵀ a.
    """
    is_turned = orientation.turns(formula.left)

    def write(expression: Expression) -> Expression:
        return _write(expression, orientation, is_turned)

    return Formula(formula.left, write(formula.right), tuple(map(write, formula.because)))


def _write(expression: Expression, orientation: Orientation, is_turned: bool) -> Expression:
    """Return an expression of the core, or its transpose, over arrays that stand otherwise."""

    def write(part: Expression, turned: bool = is_turned) -> Expression:
        return _write(part, orientation, turned)

    match expression:
        case Symbol():
            stands = expression.name in SCALARS or orientation.turns(expression) == is_turned
            return expression if stands else apply("transpose", expression)
        case Number():
            return expression
        case Operation("matmul", (left, right)):
            return apply(
                "matmul", *((write(right), write(left)) if is_turned else (write(left), write(right)))
            )
        case Operation("transpose", (array,)):
            return write(array, not is_turned)
        case Operation("sum_all", (array,)):
            return apply("sum_all", write(array, orientation.units_are_columns))
        case Operation(name, arguments):
            other = _TURNED_SUMS.get(name, name) if is_turned else name
            return Operation(other, tuple(map(write, arguments)))
