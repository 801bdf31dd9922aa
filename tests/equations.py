"""Equations as the screen shows them, evaluated: each number plugged in brings the rounding of its digits."""

import ast
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple
from xml.etree import ElementTree

_NUMBER = re.compile(r"(?<!\w)\d+(\.\d+)?(e-?\d+)?")
_OPERATORS = {"−": "-", "·": "*", "+": "+", "(": "(", ")": ")", ",": ","}
_CONSTANTS = {"½": "0.5", "√(2/π)": repr(math.sqrt(2 / math.pi))}
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


def python_of(mathml: str) -> str:
    """Return a row of MathML over numbers as a Python expression, without the "=" that it may begin with."""
    root = ElementTree.fromstring(mathml)  # noqa: S314
    return _row(list(root)).removeprefix("=")


def _row(elements: list[ElementTree.Element]) -> str:
    texts: list[str] = []
    is_open = False
    for element in elements:
        text = element.text or ""
        if element.tag == "mo" and text == "|":
            texts.append(")" if is_open else "abs(")
            is_open = not is_open
        elif element.tag == "mo":
            texts.append(_OPERATORS.get(text, text))
        elif element.tag == "mtext":
            assert not text.strip(), text
        elif texts and texts[-1] in ("log", "tanh", "sin", "cos"):
            texts.append(f"({_element(element)})")
        else:
            texts.append(_element(element))
    return "".join(texts)


def _element(element: ElementTree.Element) -> str:
    text, parts = element.text or "", list(element)
    match element.tag:
        case "mn":
            return (
                _CONSTANTS.get(text) or f"({text})"
                if "/" in text
                else _CONSTANTS.get(text, text).replace("−", "-")
            )
        case "mi":
            return text
        case "mrow":
            return _row(parts)
        case "mfrac":
            return f"(({_element(parts[0])})/({_element(parts[1])}))"
        case "msup" if parts[0].text == "e":
            return f"exp({_element(parts[1])})"
        case "msup":
            return f"({_element(parts[0])})**{_element(parts[1])}"
    raise ValueError(f"cannot read {element.tag}")


def evaluate(text: str, digits: int) -> Rounded:
    """Return what a Python expression comes to whose numbers are rounded to so many significant digits."""
    texts: list[str] = []

    def name(match: re.Match[str]) -> str:
        texts.append(match[0])
        return f"n[{len(texts) - 1}]"

    tree = ast.parse(_NUMBER.sub(name, text), mode="eval").body
    return _value(tree, [_rounded(number, digits) for number in texts])


def _rounded(text: str, digits: int) -> Rounded:
    number = Decimal(text)
    error = 0.0 if number == 0 else float(Decimal(5).scaleb(number.adjusted() - digits))
    return Rounded(float(number), error * (1 + 1e-9), abs(float(number)))


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": lambda z: math.exp(z) if z < 709 else math.inf,
    "log": math.log,
    "tanh": math.tanh,
    "sin": math.sin,
    "cos": math.cos,
    "abs": abs,
}


def _value(tree: ast.expr, numbers: list[Rounded]) -> Rounded:
    def value(part: ast.expr) -> Rounded:
        return _value(part, numbers)

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
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            a, b = value(left), value(right)
            if math.isinf(b.value) and math.isfinite(a.value):
                return Rounded(0.0, 0.0, 0.0)
            least = abs(b.value) - b.error
            error = (a.error + abs(a.value / b.value) * b.error) / least if least > 0 else math.inf
            return Rounded(
                a.value / b.value, error, (a.largest + abs(a.value / b.value) * b.largest) / abs(b.value)
            )
        case ast.BinOp(left=left, op=ast.Pow(), right=ast.Subscript() as right):
            a, exponent = value(left), value(right).value
            ends = [(a.value + side * a.error) ** exponent for side in (-1, 0, 1)]
            steepness = exponent * abs(a.value) ** (exponent - 1)
            return Rounded(ends[1], max(abs(end - ends[1]) for end in ends), steepness * a.largest)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            a, b = value(left), value(right)
            total = a.value + b.value if isinstance(op, ast.Add) else a.value - b.value
            return Rounded(total, a.error + b.error, a.largest + b.largest)
        case ast.Call(func=ast.Name(id="max" | "min" as name), args=[left, right]):
            a, b = value(left), value(right)
            pick = {"max": max, "min": min}[name]
            low, middle, high = (
                pick(a.value + side * a.error, b.value + side * b.error) for side in (-1, 0, 1)
            )
            return Rounded(
                middle,
                max(middle - low, high - middle),
                abs(middle) if low == high else max(a.largest, b.largest),
            )
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            a = value(argument)
            function = _FUNCTIONS[name]
            if name == "log" and 0 < a.value <= a.error:
                return Rounded(math.log(a.value), math.inf, math.inf)
            ends = [function(a.value + side * a.error) for side in (-1, 0, 1)]
            error = a.error if name in ("sin", "cos", "abs") else max(ends) - min(ends)
            nearby = function(a.value * (1 + 1e-9))
            steepness = abs(nearby - ends[1]) / (abs(a.value) * 1e-9) if a.value else 1.0
            return Rounded(ends[1], error, max(abs(ends[1]), 2 * steepness * a.largest))
    raise ValueError(f"cannot read {ast.dump(tree)}")
