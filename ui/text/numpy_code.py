"""One step of backprop as NumPy code: the numbers of an exercise, then a line for each formula."""

from collections.abc import Callable
from math import isclose

from core.arrays import Array
from core.derivation import Formula, derive
from core.exercise import Exercise
from core.expressions import Expression, Number, Operation, Symbol, symbols
from core.network import Network
from ui.text.numbers import exact

# How tightly Python holds what is written together, from a sum to a name.
_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
_CONSTANTS = {"√(2/π)": "np.sqrt(2 / np.pi)"}
_SUMS = {"sum_all": "", "sum_samples": ", axis=0", "sum_outputs": ", axis=1, keepdims=True"}


def step_code(exercise: Exercise) -> str:
    """Return Python that computes one step of an exercise with NumPy alone, in the order of the pass."""
    network = exercise.network
    lines = ["import numpy as np", "", f"x = {_array(exercise.x_array)}", f"y = {_array(exercise.y_array)}"]
    for layer, (W, b) in enumerate(network.layers(exercise.theta_array), start=1):
        lines.append(f"W{layer} = {_array(W)}")
        if b is not None:
            lines.append(f"b{layer} = {_array(b)}")
    lines += [f"eta = {exercise.learning_rate!r}", ""]
    formulas = derive(network, sums_to_one=isclose(sum(exercise.y), 1), train_biases=exercise.train_biases)
    # Through softmax, and where f' cancels, no δ is computed by the slope.
    read = {symbol for formula in formulas for symbol in symbols(formula.right)}
    written = [formula for formula in formulas if formula.left.name != "slope" or formula.left in read]
    lines += [formula_code(formula, network) for formula in written]
    return "\n".join(lines) + "\n"


def formula_code(formula: Formula, network: Network) -> str:
    """Return the line of NumPy that computes a formula's array: delta1 = da1 * slope1."""
    last = len(network.widths) - 1

    def name(symbol: Symbol) -> str:
        match symbol:
            case Symbol("a", 0):
                return "x"
            case Symbol("da", 0):
                return "dx"
            case Symbol("rest", layer):
                return f"1 - {name(Symbol('a', layer))}"
            case Symbol("a", layer) if layer == last:
                return "y_hat"
            case Symbol("da", layer) if layer == last:
                return "dy_hat"
            case Symbol(letter, layer):
                return f"{letter}{layer or ''}"

    right = _write(formula.right, name)
    if not symbols(formula.right):
        # A slope that is the same everywhere is an array too.
        right = f"np.full_like({name(Symbol('z', formula.left.layer))}, {right})"
    return f"{name(formula.left)} = {right}"


def _write(expression: Expression, name: Callable[[Symbol], str]) -> str:
    def written(part: Expression) -> tuple[str, int]:
        match part:
            case Symbol():
                text = name(part)
                return text, _SUM if " - " in text else _ATOM
            case Number(_, text) if text in _CONSTANTS:
                return _CONSTANTS[text], _ATOM
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
        inside = ", ".join(written(part)[0] for part in arguments)
        match operation:
            case "add":
                return " + ".join(at_least(term, _SUM) for term in arguments), _SUM
            case "subtract":
                return f"{at_least(first, _SUM)} - {at_least(others[0], _PRODUCT)}", _SUM
            case "multiply" | "divide" | "matmul":
                sign = {"multiply": "*", "divide": "/", "matmul": "@"}[operation]
                factors = [at_least(factor, _POWER) for factor in others]
                return f" {sign} ".join([at_least(first, _PRODUCT), *factors]), _PRODUCT
            case "negative":
                return f"-{at_least(first, _PRODUCT)}", _PRODUCT
            case "power":
                return f"{at_least(first, _ATOM)} ** {written(others[0])[0]}", _POWER
            case "transpose":
                return f"{at_least(first, _ATOM)}.T", _ATOM
            case "where_greater":
                left, right, then, otherwise = (written(part)[0] for part in arguments)
                return f"np.where({left} > {right}, {then}, {otherwise})", _ATOM
            case _ if operation in _SUMS:
                return f"np.sum({inside}{_SUMS[operation]})", _ATOM
            case _:
                return f"np.{operation}({inside})", _ATOM

    return written(expression)[0]


def _array(array: Array) -> str:
    return f"np.array({array.tolist()!r})"
