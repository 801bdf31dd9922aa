"""Expressions as Python: the operators and brackets that code over arrays and over single numbers share."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from core.expressions import Expression, Number, Operation, Symbol
from ui.text.numbers import exact

# How tightly Python holds what is written together, from a sum to a name.
_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
_OPERATORS = {"multiply": "*", "divide": "/", "matmul": "@"}


class Dialect(NamedTuple):
    """How symbols, constants by their text, and functions are written.

    `function(operation, arguments, texts)` writes what is no operator as one call, from the arguments and
    their texts.
    """

    symbol: Callable[[Symbol], str]
    constants: Mapping[str, str]
    function: Callable[[str, tuple[Expression, ...], list[str]], str]


def write_python(expression: Expression, dialect: Dialect) -> str:
    """Return an expression as Python, in brackets where its parts hold less tightly."""

    def written(part: Expression) -> tuple[str, int]:
        match part:
            case Symbol():
                text = dialect.symbol(part)
                return text, _SUM if " " in text else _ATOM
            case Number(_, text) if text in dialect.constants:
                return dialect.constants[text], _ATOM if text.endswith(")") else _POWER
            case Number(_, text) if "/" in text:
                return text.replace("/", " / "), _PRODUCT
            case Number(number):
                return exact(number), _PRODUCT if number < 0 else _ATOM
            case Operation(operation, arguments):
                return applied(operation, arguments)

    def at_least(part: Expression, least: int) -> str:
        text, holds = written(part)
        return text if holds >= least else f"({text})"

    def applied(operation: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
        first, *others = arguments
        match operation:
            case "add":
                return " + ".join(at_least(term, _SUM) for term in arguments), _SUM
            case "subtract":
                return f"{at_least(first, _SUM)} - {at_least(others[0], _PRODUCT)}", _SUM
            case "multiply" | "divide" | "matmul":
                factors = [at_least(factor, _POWER) for factor in others]
                return f" {_OPERATORS[operation]} ".join([at_least(first, _PRODUCT), *factors]), _PRODUCT
            case "negative":
                return f"-{at_least(first, _PRODUCT)}", _PRODUCT
            case "power":
                return f"{at_least(first, _ATOM)} ** {written(others[0])[0]}", _POWER
            case "transpose":
                return f"{at_least(first, _ATOM)}.T", _ATOM
            case _:
                texts = [written(argument)[0] for argument in arguments]
                return dialect.function(operation, arguments, texts), _ATOM

    return written(expression)[0]
