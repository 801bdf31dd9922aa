"""Expressions: formulas as trees of operations over named arrays, which anything can write or evaluate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import numpy as np

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A named array of one layer, or with `index` one number of it.

    Layers count from 1; 0 stands for the inputs, and for what belongs to no layer.
    """

    name: str
    layer: int = 0
    index: Shape | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, and how it is written where that is not its value: ½, √(2/π)."""

    value: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation named in OPERATIONS, applied to its arguments."""

    name: str
    arguments: tuple["Expression", ...]


Expression = Symbol | Number | Operation

# What the name of a symbol, or the id of a number, begins with for its negative: −δ is minus_delta.
NEGATIVE_PREFIX = "minus_"
# The symbols that are one number.
SCALARS = ("eta", "loss")
_SUMS = ("sum_outputs", "sum_row", "sum_column", "sum_all")

ONE, HALF = Number(1), Number(0.5, "½")


def _where_greater(left: Any, right: Any, then: Any, otherwise: Any) -> Any:
    return np.where(left > right, then, otherwise)


# Elementwise, all but the last seven. `where_greater(l, r, a, b)` is a where l > r, else b.
OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "add": lambda *terms: reduce(np.add, terms),
    "subtract": np.subtract,
    "multiply": lambda *factors: reduce(np.multiply, factors),
    "divide": np.divide,
    "negative": np.negative,
    "power": np.power,
    "exp": np.exp,
    "log": np.log,
    "tanh": np.tanh,
    "sin": np.sin,
    "cos": np.cos,
    "abs": np.abs,
    "maximum": np.maximum,
    "minimum": np.minimum,
    "where_greater": _where_greater,
    "matmul": np.matmul,
    "transpose": np.transpose,
    "sum_outputs": lambda array: np.sum(array, axis=-1, keepdims=True),
    "sum_samples": lambda array: np.sum(array, axis=-2),
    "sum_all": np.sum,
    # Of arrays whose samples are columns.
    "sum_column": lambda array: np.sum(array, axis=-2, keepdims=True),
    "sum_row": lambda array: np.sum(array, axis=-1, keepdims=True),
}


def add(*terms: Expression) -> Expression:
    """Return the sum of the terms."""
    return Operation("add", terms)


def subtract(left: Expression, right: Expression) -> Expression:
    """Return left − right."""
    return Operation("subtract", (left, right))


def multiply(*factors: Expression) -> Expression:
    """Return the elementwise product of the factors."""
    return Operation("multiply", factors)


def divide(left: Expression, right: Expression) -> Expression:
    """Return left / right."""
    return Operation("divide", (left, right))


def negative(argument: Expression) -> Expression:
    """Return −argument."""
    return Operation("negative", (argument,))


def power(base: Expression, exponent: int) -> Expression:
    """Return base^exponent."""
    return Operation("power", (base, Number(exponent)))


def apply(name: str, *arguments: Expression) -> Expression:
    """Return an operation named in OPERATIONS, applied to its arguments."""
    return Operation(name, arguments)


def value(expression: Expression, numbers: Callable[[Symbol], Any]) -> Any:
    """Return what an expression comes to, where `numbers` has the value of every symbol in it."""
    match expression:
        case Symbol():
            return numbers(expression)
        case Number():
            return expression.value
        case Operation():
            arguments = (value(argument, numbers) for argument in expression.arguments)
            return OPERATIONS[expression.name](*arguments)


def substitute(expression: Expression, symbols: Callable[[Symbol], Expression]) -> Expression:
    """Return an expression with another one in place of each symbol."""
    match expression:
        case Symbol():
            return symbols(expression)
        case Number():
            return expression
        case Operation():
            arguments = tuple(substitute(argument, symbols) for argument in expression.arguments)
            return replace(expression, arguments=arguments)


def shape(expression: Expression, shapes: Callable[[Symbol], Shape]) -> Shape:
    """Return the shape of an expression's array, where `shapes` has that of every symbol in it."""
    match expression:
        case Symbol():
            return shapes(expression)
        case Number():
            return ()
        case Operation():
            arguments = [shape(argument, shapes) for argument in expression.arguments]
            first = arguments[0]
            match expression.name:
                case "matmul":
                    return first[0], arguments[1][1]
                case "transpose":
                    return first[::-1]
                case "sum_outputs" | "sum_row":
                    return first[0], 1
                case "sum_column":
                    return 1, first[1]
                case "sum_samples":
                    return first[1:]
                case "sum_all":
                    return ()
                case _:
                    return np.broadcast_shapes(*arguments)


def element(expression: Expression, index: Shape, shapes: Callable[[Symbol], Shape]) -> Expression:
    """Return the one number of an expression at `index`, as an expression over numbers of its symbols.

    A matrix product becomes the sum of the products of its row and column:
    (A B)[r, c] = A[r, 0] B[0, c] + A[r, 1] B[1, c] + …
    """
    own = shape(expression, shapes)
    # As in broadcasting: the last axes count, and along an axis of one there is only one place.
    index = tuple(
        0 if size == 1 else at for size, at in zip(own, index[len(index) - len(own) :], strict=True)
    )

    def at(part: Expression, place: Shape) -> Expression:
        return element(part, place, shapes)

    match expression:
        case Symbol():
            return replace(expression, index=index)
        case Number():
            return expression
        case Operation(name, arguments):
            first = arguments[0]
            size = shape(first, shapes)
            match name:
                case "matmul":
                    row, column = index
                    pairs = [(at(first, (row, k)), at(arguments[1], (k, column))) for k in range(size[1])]
                    return _sum([multiply(left, right) for left, right in pairs])
                case "transpose":
                    return at(first, index[::-1])
                case "sum_outputs" | "sum_row":
                    return _sum([at(first, (index[0], k)) for k in range(size[1])])
                case "sum_column":
                    return _sum([at(first, (k, index[1])) for k in range(size[0])])
                case "sum_samples":
                    return _sum([at(first, (k, *index)) for k in range(size[0])])
                case "sum_all":
                    return _sum([at(first, place) for place in np.ndindex(size)])
                case _:
                    return Operation(name, tuple(at(argument, index) for argument in arguments))


def _sum(terms: list[Expression]) -> Expression:
    return terms[0] if len(terms) == 1 else add(*terms)


def resolve(expression: Expression, numbers: Callable[[Symbol], float]) -> Expression:
    """Return an expression over numbers with only those cases left that they fall under."""
    if not isinstance(expression, Operation):
        return expression
    if expression.name == "where_greater":
        left, right, then, otherwise = expression.arguments
        is_greater = value(left, numbers) > value(right, numbers)
        return resolve(then if is_greater else otherwise, numbers)
    return replace(
        expression, arguments=tuple(resolve(argument, numbers) for argument in expression.arguments)
    )


def symbols(expression: Expression) -> list[Symbol]:
    """Return the symbols of an expression from left to right."""
    match expression:
        case Symbol():
            return [expression]
        case Number():
            return []
        case Operation():
            return [symbol for argument in expression.arguments for symbol in symbols(argument)]


def is_array(expression: Expression) -> bool:
    """Return whether an expression over arrays has more than one number for each sample.

    The learning rate and the loss are numbers, symbols with an index too, and so is what a sum comes to.
    """
    match expression:
        case Symbol(name, _, index):
            return index is None and name not in SCALARS
        case Number():
            return False
        case Operation(name, arguments):
            return name not in _SUMS and any(map(is_array, arguments))
