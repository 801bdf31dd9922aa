"""Formulas of arrays as lines of code: NumPy's, or PyTorch's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.derivation import Formula
from core.expressions import Expression, Number, Operation, Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from ui.text.conventions import Convention
from ui.text.numbers import exact

# How tightly Python holds what is written together, from a sum to a name.
_SUM, _PRODUCT, _POWER, _ATOM = range(1, 5)
_NUMPY_SUMS = {
    "sum_all": "",
    "sum_samples": ", axis=0",
    "sum_outputs": ", axis=1, keepdims=True",
    "sum_row": ", axis=1, keepdims=True",
    "sum_column": ", axis=0, keepdims=True",
}
_TORCH_SUMS = {
    name: text.replace("axis", "dim").replace("keepdims", "keepdim") for name, text in _NUMPY_SUMS.items()
}


@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """A library of arrays: how its functions are called, and what it has a function of its own for.

    `activations` and `losses` are by the names in ACTIVATIONS and LOSSES, over {z}, {y_hat} and {y}; losses
    are of one sample. One of probabilities is not used for other numbers, and one over {z} only behind the
    activation that it has inside. `bounds` has the arguments for the larger and the smaller of a number and
    an array.
    """

    module: str
    heading: tuple[str, ...]
    array: str
    sums: Mapping[str, str]
    bounds: Mapping[str, str]
    constants: Mapping[str, str]
    activations: Mapping[str, str]
    losses: Mapping[str, str]
    in_place: bool = False


NUMPY = Library(
    module="np",
    heading=("import numpy as np",),
    array="np.array({})",
    sums=_NUMPY_SUMS,
    bounds={},
    constants={"√(2/π)": "np.sqrt(2 / np.pi)"},
    activations={},
    losses={},
)
TORCH = Library(
    module="torch",
    heading=(
        "import torch",
        "import torch.nn.functional as F",
        "",
        "torch.set_default_dtype(torch.float64)",
    ),
    array="torch.tensor({})",
    sums=_TORCH_SUMS,
    bounds={"maximum": "min", "minimum": "max"},
    constants={"√(2/π)": "(2 / torch.pi) ** 0.5"},
    activations={
        "sigmoid": "torch.sigmoid({z})",
        "tanh": "torch.tanh({z})",
        "relu": "torch.relu({z})",
        "leaky_relu": "F.leaky_relu({z}, 0.01)",
        "elu": "F.elu({z})",
        "softplus": "F.softplus({z})",
        "gelu": 'F.gelu({z}, approximate="tanh")',
        "softmax": "torch.softmax({z}, dim=1)",
    },
    losses={
        "half_squared_error": '0.5 * F.mse_loss({y_hat}, {y}, reduction="sum")',
        "mean_squared_error": "F.mse_loss({y_hat}, {y})",
        "binary_cross_entropy": 'F.binary_cross_entropy({y_hat}, {y}, reduction="sum")',
        "categorical_cross_entropy": "F.cross_entropy({z}, {y})",
        "huber": 'F.huber_loss({y_hat}, {y}, reduction="sum")',
    },
    in_place=True,
)
LIBRARIES = {"NumPy": NUMPY, "PyTorch": TORCH}
# What each loss of this page is in torch, and which reduction makes it so.
TORCH_LOSSES = {
    "half_squared_error": 'half of MSELoss with reduction="sum"; its default, "mean", divides by the outputs',
    "mean_squared_error": 'MSELoss with its default, reduction="mean", over samples and outputs',
    "binary_cross_entropy": 'BCELoss with reduction="sum"; its default, "mean", divides by the outputs',
    "categorical_cross_entropy": (
        'CrossEntropyLoss, which takes z and computes softmax itself; its default, "mean", is over samples'
    ),
    "huber": 'HuberLoss with reduction="sum"; its default, "mean", divides by the outputs',
}


def array_line(formula: Formula, network: Network, convention: Convention) -> str:
    """Return the line of code that computes a formula's array: delta1 = da1 * slope1."""
    library = LIBRARIES[convention.code]
    last = len(network.widths) - 1

    def name(symbol: Symbol) -> str:
        if symbol.name == "rest":
            return f"1 - {name(Symbol('a', symbol.layer))}"
        return convention.code_name(symbol, last)

    left, right = formula.left, formula.right
    if library.in_place and left.name.startswith("new_"):
        parameter, step = symbols(right)
        return f"{name(parameter)} += {name(step)}"
    written = _own_function(formula, network, library, name) or _write(right, library, name)
    if not symbols(right):
        # A slope that is the same everywhere is an array too.
        written = f"{library.module}.full_like({name(Symbol('z', left.layer))}, {written})"
    return f"{name(left)} = {written}"


def _own_function(
    formula: Formula, network: Network, library: Library, name: Callable[[Symbol], str]
) -> str | None:
    """Return the library's own function of an activation or of the loss, None where it has none."""
    layer, last = formula.left.layer, len(network.widths) - 1
    if formula.left.name == "a":
        text = library.activations.get(network.activations[layer - 1])
        return text.format(z=name(Symbol("z", layer))) if text else None
    if formula.left.name != "loss":
        return None
    low, high = ACTIVATIONS[network.activations[-1]].bounds
    loss, text = LOSSES[network.loss], library.losses.get(network.loss)
    takes_probabilities = loss.bounds == (0, 1)
    if text is None or (takes_probabilities and not (low >= 0 and high <= 1)):
        return None
    if "{z}" in text and loss.fused != network.activations[-1]:
        return None
    letters = {"y_hat": Symbol("a", last), "y": Symbol("y"), "z": Symbol("z", last)}
    return text.format(**{key: name(symbol) for key, symbol in letters.items()})


def _write(expression: Expression, library: Library, name: Callable[[Symbol], str]) -> str:
    module = library.module

    def written(part: Expression) -> tuple[str, int]:
        match part:
            case Symbol():
                text = name(part)
                return text, _SUM if " - " in text else _ATOM
            case Number(_, text) if text in library.constants:
                return library.constants[text], _ATOM if text.endswith(")") else _POWER
            case Number(_, text) if "/" in text:
                return text.replace("/", " / "), _PRODUCT
            case Number(number):
                return exact(number), _PRODUCT if number < 0 else _ATOM
            case Operation(operation, arguments):
                return applied(operation, arguments)

    def at_least(part: Expression, least: int) -> str:
        text, holds = written(part)
        return text if holds >= least else f"({text})"

    def listed(parts: tuple[Expression, ...]) -> str:
        return ", ".join(written(part)[0] for part in parts)

    def applied(operation: str, arguments: tuple[Expression, ...]) -> tuple[str, int]:
        first, *others = arguments
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
                return f"{module}.where({left} > {right}, {then}, {otherwise})", _ATOM
            case _ if operation in library.bounds:
                # torch takes a number for a bound only.
                bound, array = arguments if not symbols(first) else arguments[::-1]
                limit = f"{library.bounds[operation]}={written(bound)[0]}"
                return f"{module}.clamp({written(array)[0]}, {limit})", _ATOM
            case _ if operation in library.sums:
                return f"{module}.sum({listed(arguments)}{library.sums[operation]})", _ATOM
            case _:
                return f"{module}.{operation}({listed(arguments)})", _ATOM

    return written(expression)[0]


def array_setting(library: Library, name: str, array: Array | Any) -> str:
    """Return the line that gives an array its numbers."""
    return f"{name} = {library.array.format(repr(array.tolist()))}"
