"""Formulas of arrays as lines of code: NumPy's, or PyTorch's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.derivation import LOSS, Formula, cut_off, has_probabilities, takes_logarithms
from core.error_terms import without_minus
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

    `activations`, `losses` and `fused_losses` are by the names in ACTIVATIONS and LOSSES, over {z}, {y_hat}
    and {y}; losses are of one sample. A fused one is computed from {z}, which is exact where the activation
    that it has inside has saturated. {axis} is that of the units. `rests` have 1 − ŷ of activations that
    saturate at 1, with all its digits. `bounds` has the arguments for the larger and the smaller of a number
    and an array.
    """

    module: str
    heading: tuple[str, ...]
    array: str
    sums: Mapping[str, str]
    bounds: Mapping[str, str]
    constants: Mapping[str, str]
    activations: Mapping[str, str]
    losses: Mapping[str, str]
    fused_losses: Mapping[str, str]
    rests: Mapping[str, str]
    in_place: bool = False


NUMPY = Library(
    module="np",
    heading=("import numpy as np",),
    array="np.array({})",
    sums=_NUMPY_SUMS,
    bounds={},
    constants={"√(2/π)": "np.sqrt(2 / np.pi)"},
    activations={
        "softplus": "np.logaddexp(0, {z})",
        "softmax": "np.exp({z} - np.logaddexp.reduce({z}, axis={axis}, keepdims=True))",
    },
    losses={},
    fused_losses={
        "binary_cross_entropy": "np.sum({y} * np.logaddexp(0, -{z}) + (1 - {y}) * np.logaddexp(0, {z}))",
        "categorical_cross_entropy": (
            "np.sum({y} * (np.logaddexp.reduce({z}, axis={axis}, keepdims=True) - {z}))"
        ),
    },
    rests={
        "sigmoid": "1 / (1 + np.exp({z}))",
        "tanh": "2 / (1 + np.exp(2 * {z}))",
    },
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
        "huber": 'F.huber_loss({y_hat}, {y}, reduction="sum")',
    },
    fused_losses={
        "binary_cross_entropy": 'F.binary_cross_entropy_with_logits({z}, {y}, reduction="sum")',
        "categorical_cross_entropy": "F.cross_entropy({z}, {y})",
    },
    rests={
        "sigmoid": "torch.sigmoid(-{z})",
        "tanh": "2 * torch.sigmoid(-2 * {z})",
    },
    in_place=True,
)
LIBRARIES = {"NumPy": NUMPY, "PyTorch": TORCH}
# What each loss of this page is in torch, and which reduction makes it so.
_TORCH_LOSSES = {
    "half_squared_error": 'half of MSELoss with reduction="sum"; its default, "mean", divides by the outputs',
    "mean_squared_error": 'MSELoss with its default, reduction="mean", over samples and outputs',
    "binary_cross_entropy": 'BCELoss with reduction="sum"; its default, "mean", divides by the outputs',
    "huber": 'HuberLoss with reduction="sum"; its default, "mean", divides by the outputs',
}
_FUSED_TORCH_LOSSES = {
    "binary_cross_entropy": (
        "BCEWithLogitsLoss, which takes z and computes sigmoid itself, with "
        'reduction="sum"; its default, "mean", divides by the outputs'
    ),
    "categorical_cross_entropy": (
        'CrossEntropyLoss, which takes z and computes softmax itself; its default, "mean", is over samples'
    ),
}


def library_loss(network: Network, convention: Convention) -> str:
    """Return a sentence on what a library computes the loss by, where that is not its formula; else ""."""
    is_fused = LOSSES[network.loss].fused == network.activations[-1]
    if convention.code != "PyTorch" and is_fused:
        return (
            "The line of code computes it from z, and so has its digits where ŷ is 0 or 1 but for rounding."
        )
    if convention.code != "PyTorch":
        return ""
    found = (_FUSED_TORCH_LOSSES if is_fused else _TORCH_LOSSES).get(network.loss)
    return f"In torch: {found}." if found and _own_loss(network, TORCH) else ""


def array_line(formula: Formula, network: Network, convention: Convention) -> str:
    """Return the line of code that computes a formula's array: delta1 = da1 * slope1."""
    library = LIBRARIES[convention.code]
    last = len(network.widths) - 1
    left, right = formula.left, formula.right
    is_logarithmic = takes_logarithms(without_minus(left)[1], network)

    def name(symbol: Symbol) -> str:
        if symbol.name != "rest":
            return convention.code_name(symbol, last)
        exact = _exact_rest(network, convention) if is_logarithmic else None
        return exact or f"1 - {name(Symbol('a', symbol.layer))}"

    if library.in_place and left.name.startswith("new_"):
        parameter, step = symbols(right)
        return f"{name(parameter)} += {name(step)}"
    if is_logarithmic and has_probabilities(network):
        right = cut_off(right)
    written = _own_function(formula, network, convention) or _write(right, library, name)
    if not symbols(right):
        # A slope that is the same everywhere is an array too.
        written = f"{library.module}.full_like({name(Symbol('z', left.layer))}, {written})"
    return f"{name(left)} = {written}"


def _exact_rest(network: Network, convention: Convention) -> str | None:
    """Return 1 − ŷ without subtracting from 1; None where an activation has no such form."""
    library, last = LIBRARIES[convention.code], len(network.widths) - 1
    z, y_hat = (convention.code_name(Symbol(name, last), last) for name in "za")
    if network.activations[-1] == "softmax":
        others = f"(1 - {library.module}.eye({network.widths[-1]}))"
        is_turned = convention.orientation.units_are_columns
        return f"{others} @ {y_hat}" if is_turned else f"{y_hat} @ {others}"
    text = library.rests.get(network.activations[-1])
    return text.format(z=z) if text else None


def _own_function(formula: Formula, network: Network, convention: Convention) -> str | None:
    """Return the library's own function of an activation or of the loss, None where it has none."""
    library, last = LIBRARIES[convention.code], len(network.widths) - 1
    layer = formula.left.layer or last
    if formula.left.name == "a":
        text = library.activations.get(network.activations[layer - 1])
    else:
        text = _own_loss(network, library) if formula.left == LOSS else None
    letters = {"y_hat": Symbol("a", last), "y": Symbol("y"), "z": Symbol("z", layer)}
    names = {key: convention.code_name(symbol, last) for key, symbol in letters.items()}
    return text.format(**names, axis=0 if convention.orientation.units_are_columns else 1) if text else None


def _own_loss(network: Network, library: Library) -> str | None:
    loss = LOSSES[network.loss]
    if loss.fused == network.activations[-1] and network.loss in library.fused_losses:
        return library.fused_losses[network.loss]
    is_fit = loss.bounds != (0, 1) or has_probabilities(network)
    return library.losses.get(network.loss) if is_fit else None


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
