"""Formulas as code over single numbers, each with its .data and .grad: w.grad += a.data * z.grad."""

from collections.abc import Iterator

import numpy as np

from core.activations import ACTIVATIONS
from core.derivation import LOSS, Formula, cut_off, has_probabilities, shapes, takes_logarithms
from core.exercise import unit_label
from core.expressions import (
    ONE,
    Expression,
    Number,
    Operation,
    Shape,
    Symbol,
    add,
    apply,
    divide,
    element,
    multiply,
    substitute,
    subtract,
)
from core.losses import LOSSES
from core.network import Network
from ui.text.python_code import Dialect, write_python

_HEADING = (
    "import math",
    "from math import cos, inf, log, log1p, pi, sin, sqrt, tanh",
    "",
    "",
    "class Value:",
    "    def __init__(self, data=0.0):",
    "        self.data = data",
    "        self.grad = 0.0",
    "",
    "",
    "def exp(x):",
    "    return inf if x > 709 else math.exp(x)",
)
_SOFTPLUS = ("", "", "def softplus(z):", "    return max(z, 0) + log1p(exp(-abs(z)))")
_LOG_SUM_EXP = (
    "",
    "",
    "def log_sum_exp(*z):",
    "    return max(z) + log(sum(exp(each - max(z)) for each in z))",
)
_CONSTANTS = {"√(2/π)": "sqrt(2 / pi)"}
# What holds the number of each symbol: a value's .data, or its .grad.
_HELD_AS = {"da": ("a", "grad"), "dW": ("W", "grad"), "db": ("b", "grad"), "delta": ("z", "grad")}
_ASCII = {"ŷ": "y_hat", ",": "_"}


def heading(network: Network) -> list[str]:
    """Return what stands before all: the class of values, and functions that do not overflow."""
    uses_softplus = "softplus" in network.activations or _fused_activation(network) == "sigmoid"
    return [
        *_HEADING,
        *(_SOFTPLUS if uses_softplus else ()),
        *(_LOG_SUM_EXP if "softmax" in network.activations else ()),
    ]


def _fused_activation(network: Network) -> str | None:
    fused = LOSSES[network.loss].fused
    return fused if fused == network.activations[-1] else None


def scalar_lines(formula: Formula, network: Network) -> list[str]:
    """Return the lines that compute every number of a formula; a gradient is added up part by part.

    f′ stands in the lines of δ: it is no number that any value holds.
    """
    name, layer = formula.left.name, formula.left.layer
    if name in ("slope", "step_W", "step_b"):
        return []
    size = shapes(network)
    lines: list[str] = []
    for index in np.ndindex(size(formula.left)):
        left = scalar_name(Symbol(name, layer, index), network)
        if name.startswith("new_"):
            number = scalar_name(Symbol(name.removeprefix("new_"), layer, index), network)
            parameter = number.removesuffix(".data")
            lines.append(f"{parameter}.data -= eta * {parameter}.grad")
            continue
        if own := _own_function(formula.left, index, network):
            lines.append(f"{left} = {own}")
            continue
        is_logarithmic = takes_logarithms(formula.left, network)
        right = formula.right
        if is_logarithmic and has_probabilities(network):
            right = cut_off(right)
        right = element(_with_slopes(right, network), index, size)
        right = _with_rests(right, network, is_exact=is_logarithmic)
        if name in _HELD_AS:
            lines += [f"{left} += {_write(term, network)}" for term in _terms(right, name)]
        else:
            lines.append(f"{left} = {_write(right, network)}")
    return lines


def value_names(network: Network) -> Iterator[tuple[Symbol, str]]:
    """Return every value of a network, inputs, targets, weights and units, with its name."""
    size = shapes(network)
    layers = range(1, len(network.widths))
    given = [Symbol("a", 0), Symbol("y")]
    parameters = [Symbol(name, layer) for layer in layers for name in ("W", *("b" * network.bias))]
    computed = [Symbol(name, layer) for layer in layers for name in ("z", "a")]
    for symbol in [*given, *parameters, *computed, Symbol("loss")]:
        for index in np.ndindex(size(symbol)):
            place = Symbol(symbol.name, symbol.layer, index)
            yield place, scalar_name(place, network).removesuffix(".data")


def scalar_name(symbol: Symbol, network: Network) -> str:
    """Return what holds one number: w_x1_h1.grad, a_h1.data, eta."""
    name, layer, index = symbol.name, symbol.layer, symbol.index or ()
    if name == "eta":
        return "eta"
    if name == "loss":
        return "loss.data"
    if name == "y":
        return f"y{index[1] + 1 if network.widths[-1] > 1 else ''}.data"
    held, attribute = _HELD_AS.get(name, (name, "data"))
    if held == "W":
        ends = unit_label(network, layer - 1, index[0]), unit_label(network, layer, index[1])
        return f"w_{'_'.join(map(_plain, ends))}.{attribute}"
    unit = _plain(unit_label(network, layer, index[-1]))
    is_hidden = 0 < layer < len(network.widths) - 1
    return f"{unit if held == 'a' and not is_hidden else f'{held}_{unit}'}.{attribute}"


def _plain(label: str) -> str:
    for sign, text in _ASCII.items():
        label = label.replace(sign, text)
    return label


def _own_function(array: Symbol, index: Shape, network: Network) -> str | None:
    """Return the call of a function of the heading, where the formula itself would overflow; else None."""
    last = len(network.widths) - 1
    layer = array.layer or last
    units = range(network.widths[layer])
    z = [scalar_name(Symbol("z", layer, (0, unit)), network) for unit in units]
    y = [scalar_name(Symbol("y", 0, (0, unit)), network) for unit in range(network.widths[last])]
    activation = network.activations[layer - 1]
    if array.name == "a" and activation == "softplus":
        return f"softplus({z[index[-1]]})"
    if array.name == "a" and activation == "softmax":
        return f"exp({z[index[-1]]} - log_sum_exp({', '.join(z)}))"
    fused = _fused_activation(network) if array == LOSS else None
    if fused == "sigmoid":
        pairs = zip(z, y, strict=True)
        return " + ".join(
            f"{target} * softplus(-{each}) + (1 - {target}) * softplus({each})" for each, target in pairs
        )
    if fused == "softmax":
        total = f"log_sum_exp({', '.join(z)})"
        return " + ".join(f"{target} * ({total} - {each})" for each, target in zip(z, y, strict=True))
    return None


def _with_rests(expression: Expression, network: Network, *, is_exact: bool) -> Expression:
    """Return an expression over single numbers with 1 − a in its place, or without subtracting from 1."""

    def rest_of(symbol: Symbol) -> Expression:
        if symbol.name != "rest":
            return symbol
        layer, index = symbol.layer, symbol.index
        activation = network.activations[layer - 1] if is_exact else ""
        z = Symbol("z", layer, index)
        if activation == "sigmoid":
            return divide(ONE, add(ONE, apply("exp", z)))
        if activation == "tanh":
            return divide(Number(2), add(ONE, apply("exp", multiply(Number(2), z))))
        if activation == "softmax":
            places = [(0, unit) for unit in range(network.widths[layer])]
            others = [Symbol("a", layer, place) for place in places if place != index]
            if not others:
                return Number(0)
            return add(*others) if len(others) > 1 else others[0]
        return subtract(ONE, Symbol("a", layer, index))

    return substitute(expression, rest_of)


def _with_slopes(expression: Expression, network: Network) -> Expression:
    def formula_of(symbol: Symbol) -> Expression:
        if symbol.name != "slope":
            return symbol
        slope = ACTIVATIONS[network.activations[symbol.layer - 1]].slope_formula
        return _with_slopes(substitute(slope, lambda inner: Symbol(inner.name, symbol.layer)), network)

    return substitute(expression, formula_of)


def _terms(right: Expression, name: str) -> tuple[Expression, ...]:
    """Return what is added to a gradient part by part: what comes back along each edge."""
    is_along_edges = name == "da" and isinstance(right, Operation) and right.name == "add"
    return right.arguments if is_along_edges and isinstance(right, Operation) else (right,)


def _write(expression: Expression, network: Network) -> str:
    def function(operation: str, _: tuple[Expression, ...], texts: list[str]) -> str:
        match operation:
            case "where_greater":
                left, right, then, otherwise = texts
                return f"({then} if {left} > {right} else {otherwise})"
            case "maximum" | "minimum":
                return f"{operation[:3]}({', '.join(texts)})"
            case _:
                return f"{operation}({', '.join(texts)})"

    def name(symbol: Symbol) -> str:
        return scalar_name(symbol, network)

    return write_python(expression, Dialect(name, _CONSTANTS, function))
