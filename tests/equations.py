"""Equations as the screen shows them, evaluated: each number plugged in brings the rounding of its digits."""

import ast
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import numpy as np

_NUMBER = re.compile(r"\d+(\.\d+)?(e-?\d+)?")
_SIGNS = str.maketrans({"−": "-", "×": "*", "·": "*", "\u2062": "*"})
# The largest slope of any activation is that of GELU.
STEEPEST = 1.13
# What float64 arithmetic may add, in parts of the largest number on the way.
ROUNDING = 1e-14


class Rounded(NamedTuple):
    """A number, how far from it the true one may be, and the largest number on the way to it."""

    value: float
    error: float
    largest: float

    @property
    def bound(self) -> float:
        """Return how far another way to the same number may lead."""
        return self.error + ROUNDING * self.largest


def holds(equation: str, digits: int, activation: Callable[[float], float]) -> bool:
    """Whether both sides of "… = …" agree as far as `digits` significant digits of each number allow."""
    left, right = (side.translate(_SIGNS).replace("e^(", "exp(").strip() for side in equation.split("="))
    first, second = (_evaluate(side, digits, activation) for side in (left, right))
    return abs(first.value - second.value) <= first.bound + second.bound


def _rounded(text: str, digits: int) -> Rounded:
    number = Decimal(text)
    error = 0.0 if number == 0 else float(Decimal(5).scaleb(number.adjusted() - digits))
    return Rounded(float(number), error * (1 + 1e-9), abs(float(number)))


def _evaluate(text: str, digits: int, activation: Callable[[float], float]) -> Rounded:
    texts: list[str] = []

    def name(match: re.Match[str]) -> str:
        texts.append(match[0])
        return f"n[{len(texts) - 1}]"

    tree = ast.parse(_NUMBER.sub(name, text), mode="eval").body
    return _value(tree, [_rounded(number, digits) for number in texts], activation)


def _value(tree: ast.expr, numbers: list[Rounded], activation: Callable[[float], float]) -> Rounded:
    def value(part: ast.expr) -> Rounded:
        return _value(part, numbers, activation)

    match tree:
        case ast.Subscript(slice=ast.Constant(value=int(place))):
            return numbers[place]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            a = value(operand)
            return a._replace(value=-a.value)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            a, b = value(left), value(right)
            error = abs(a.value) * b.error + abs(b.value) * a.error + a.error * b.error
            carried = abs(a.value) * b.largest + abs(b.value) * a.largest
            return Rounded(a.value * b.value, error, carried)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            a, b = value(left), value(right)
            total = a.value + b.value if isinstance(op, ast.Add) else a.value - b.value
            return Rounded(total, a.error + b.error, a.largest + b.largest)
        case ast.BinOp(op=ast.Div()):
            # e^z / Σ e^z, shifted so that nothing overflows; no slope of it is above 1/4.
            own, *powers = [value(call.args[0]) for call in ast.walk(tree) if isinstance(call, ast.Call)]
            most = max(power.value for power in powers)
            share = math.exp(own.value - most) / sum(math.exp(power.value - most) for power in powers)
            error = sum(share * 2 * np.expm1(2 * power.error) for power in [own, *powers])
            return Rounded(share, float(error), max(1.0, most) * share)
        case ast.Call(func=ast.Name(id="f"), args=[argument]):
            a = value(argument)
            ends = [activation(a.value + side * a.error) for side in (-1, 0, 1)]
            return Rounded(ends[1], STEEPEST * a.error, max(map(abs, ends)) + abs(a.value))
    raise ValueError(f"cannot read {ast.dump(tree)}")
