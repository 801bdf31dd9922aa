"""Formulas over −δ, −dL/da and −dL/dW in place of δ, dL/da and dL/dW: the error-term convention."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from core.derivation import Formula
from core.expressions import NEGATIVE_PREFIX, Expression, Number, Operation, Symbol, negative, subtract

_NEGATED = ("delta", "da", "dW", "db")
_MIRRORED = {"maximum": "minimum", "minimum": "maximum"}
# The negative of their argument makes the negative of them.
_ODD = ("transpose", "sum_outputs", "sum_samples", "sum_all", "sum_row", "sum_column")


class _Signed(NamedTuple):
    """An expression as its sign and what follows it."""

    is_negative: bool
    size: Expression

    def negated(self) -> "_Signed":
        return _Signed(not self.is_negative, self.size)


def with_minus(symbol: Symbol) -> Symbol:
    """Return −δ for δ, −dL/d… for dL/d…, and any other symbol as it is."""
    return replace(symbol, name=NEGATIVE_PREFIX + symbol.name) if symbol.name in _NEGATED else symbol


def without_minus(symbol: Symbol) -> tuple[bool, Symbol]:
    """Return whether a symbol stands for the negative of another one, and that or the symbol itself."""
    name = symbol.name.removeprefix(NEGATIVE_PREFIX)
    return name != symbol.name, replace(symbol, name=name)


def over_error_terms(formula: Formula) -> Formula:
    """Return a formula over −δ and −dL/d…: of −δ for one of δ, with as few signs as there can be."""
    is_negated = formula.left.name in _NEGATED

    def write(expression: Expression) -> Expression:
        signed = _signed(expression)
        return _written(signed.negated() if is_negated else signed)

    return Formula(with_minus(formula.left), write(formula.right), tuple(map(write, formula.because)))


def signed_numbers(numbers: Callable[[Symbol], Any]) -> Callable[[Symbol], Any]:
    """Return the values of symbols with those of −δ and −dL/d… too."""

    def number(symbol: Symbol) -> Any:
        is_negative, plain = without_minus(symbol)
        # 0 - x and not -x, so that no 0 becomes −0.
        return 0 - numbers(plain) if is_negative else numbers(plain)

    return number


def _written(signed: _Signed) -> Expression:
    if not signed.is_negative:
        return signed.size
    return _turned(signed.size) or negative(signed.size)


def _turned(expression: Expression) -> Expression | None:
    """Return the negative of an expression without a sign before it, None where there is none.

    Differences turn around, and the ends of a range change places.
    """
    if not isinstance(expression, Operation):
        return None
    name, parts = expression.name, expression.arguments

    def opposite(part: Expression) -> Expression:
        return _written(_signed(part).negated())

    if name == "subtract":
        return Operation(name, parts[::-1])
    if name in _MIRRORED:
        return Operation(_MIRRORED[name], tuple(map(opposite, parts)))
    if name == "where_greater":
        return Operation(name, (*parts[:2], *map(opposite, parts[2:])))
    if name == "multiply":
        for place, part in enumerate(parts):
            if other := _turned(part):
                return Operation(name, (*parts[:place], other, *parts[place + 1 :]))
    return None


def _signed(expression: Expression) -> _Signed:
    match expression:
        case Number():
            return _Signed(False, expression)
        case Symbol(name):
            return _Signed(name in _NEGATED, with_minus(expression))
        case Operation(name, arguments):
            parts = [_signed(argument) for argument in arguments]
            sizes = tuple(part.size for part in parts)
            match name:
                case "negative":
                    return parts[0].negated()
                case "multiply" | "divide" | "matmul":
                    return _Signed(sum(part.is_negative for part in parts) % 2 == 1, Operation(name, sizes))
                case "add":
                    return _signed_sum(parts)
                case "subtract":
                    return _signed_sum([parts[0], parts[1].negated()])
                case _ if name in _ODD:
                    return _Signed(parts[0].is_negative, Operation(name, sizes))
                case _:
                    return _Signed(False, Operation(name, tuple(map(_written, parts))))


def _signed_sum(terms: Sequence[_Signed]) -> _Signed:
    """Return a sum that begins with a term that is added, where there is one."""
    if all(term.is_negative for term in terms):
        return _Signed(True, _plain_sum([term.negated() for term in terms]))
    return _Signed(False, _plain_sum(terms))


def _plain_sum(terms: Sequence[_Signed]) -> Expression:
    if len(terms) == 2 and terms[0].is_negative != terms[1].is_negative:
        first, second = sorted(terms, key=lambda term: term.is_negative)
        return subtract(first.size, second.size)
    return Operation("add", tuple(map(_written, terms)))
