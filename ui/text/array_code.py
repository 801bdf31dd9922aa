"""Formulas of arrays as lines of code: NumPy's, or PyTorch's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.derivation import Formula
from core.expressions import Expression, Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from ui.text.conventions import Convention
from ui.text.python_code import Dialect, write_python

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

    def function(operation: str, arguments: tuple[Expression, ...], texts: list[str]) -> str:
        listed = ", ".join(texts)
        match operation:
            case "where_greater":
                left, right, then, otherwise = texts
                return f"{module}.where({left} > {right}, {then}, {otherwise})"
            case _ if operation in library.bounds:
                # torch takes a number for a bound only.
                bound, array = texts if not symbols(arguments[0]) else texts[::-1]
                return f"{module}.clamp({array}, {library.bounds[operation]}={bound})"
            case _ if operation in library.sums:
                return f"{module}.sum({listed}{library.sums[operation]})"
            case _:
                return f"{module}.{operation}({listed})"

    return write_python(expression, Dialect(name, library.constants, function))


def array_setting(library: Library, name: str, array: Array | Any) -> str:
    """Return the line that gives an array its numbers."""
    return f"{name} = {library.array.format(repr(array.tolist()))}"
