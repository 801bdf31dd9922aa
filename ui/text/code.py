"""One step of backprop as code in a convention: the numbers of an exercise, and lines for each formula."""

from math import isclose
from typing import TypedDict

from core.derivation import Formula, derive, numbers
from core.exercise import Exercise
from core.expressions import Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from ui.text import scalar_code
from ui.text.array_code import LIBRARIES, array_line
from ui.text.conventions import USUAL, Convention
from ui.text.numbers import exact
from ui.text.written import as_written

# Where a formula loses the digits that the page has, and by what the page computes it; {} is the library.
_EXACT_SLOPES = {
    "sigmoid": (
        "f' of sigmoid, a * (1 - a), has few digits where a is almost 1: the page has a / (1 + {}exp(z))"
    ),
    "tanh": "f' of tanh, 1 - a ** 2, has few digits where a is near 1 or -1: the page has 1 / {}cosh(z) ** 2",
    "gelu": (
        "1 + tanh, of some v in gelu, has few digits where z is far below 0: "
        "the page has 2 / (1 + {}exp(-2 * v))"
    ),
}
# More lines than these are not read one by one.
_SHOWN = 12


def given_lines(exercise: Exercise, convention: Convention = USUAL) -> list[str]:
    """Return the lines that stand before those of a step: imports, and what is given with its numbers."""
    setting = code_setting(exercise.network, convention)
    known = numbers(exercise, exercise.step())
    eta = convention.code_name(Symbol("eta"), len(exercise.network.widths) - 1)

    def written(symbol: Symbol) -> str:
        if symbol.index is not None:
            return exact(float(known(symbol)))
        return repr(convention.orientation.array(symbol, known(symbol)).tolist())

    return [
        *setting["heading"],
        *(f"{name} = {setting['array'].format(written(symbol))}" for symbol, name in setting["given"]),
        *(f"{name} = Value()" for name in setting["computed"]),
        f"{eta} = {exercise.learning_rate!r}",
    ]


def step_lines(exercise: Exercise, convention: Convention = USUAL) -> list[tuple[Formula, list[str]]]:
    """Return the formulas that a step computes, in the order of the pass, each with its lines of code."""
    network = exercise.network
    found = derive(network, sums_to_one=isclose(sum(exercise.y), 1), train_biases=exercise.train_biases)
    # Through softmax, and where f' cancels, no δ is computed by the slope.
    read = {symbol for formula in found for symbol in symbols(formula.right)}
    return [
        (formula, formula_lines(formula, network, convention))
        for formula in found
        if formula.left.name != "slope" or formula.left in read
    ]


def formula_lines(formula: Formula, network: Network, convention: Convention) -> list[str]:
    """Return the lines of code of a formula of the core, in a convention."""
    if convention.code == "Python":
        return scalar_code.scalar_lines(formula, network)
    return [array_line(as_written(formula, convention), network, convention)]


def shortened(lines: list[str]) -> list[str]:
    """Return lines to be read, the rest of many as a comment with their count."""
    if len(lines) <= _SHOWN:
        return lines
    return [*lines[: _SHOWN - 1], f"# and {len(lines) - _SHOWN + 1} more lines like these"]


class CodeSetting(TypedDict):
    """What stands before the lines of a step: the heading, and what is given, each with its name.

    `array` is how its number or numbers are written, with {} in their place. `computed` are names that hold
    nothing yet.
    """

    heading: list[str]
    array: str
    given: list[tuple[Symbol, str]]
    computed: list[str]


def code_setting(network: Network, convention: Convention) -> CodeSetting:
    """Return what stands before the lines of a step in a network, in a convention."""
    layers = range(1, len(network.widths))
    last = len(network.widths) - 1
    arrays = [Symbol("a", 0), Symbol("y")]
    arrays += [Symbol(name, layer) for layer in layers for name in ("W", *("b" * network.bias))]
    if convention.code == "Python":
        named = list(scalar_code.value_names(network))
        given = [(symbol, name) for symbol, name in named if Symbol(symbol.name, symbol.layer) in arrays]
        return CodeSetting(
            heading=[*scalar_code.heading(network), "", "", *_notes_on_digits(network, "")],
            array="Value({})",
            given=given,
            computed=[name for symbol, name in named if (symbol, name) not in given],
        )
    library = LIBRARIES[convention.code]
    return CodeSetting(
        heading=[*library.heading, "", *_notes_on_digits(network, f"{library.module}.")],
        array=library.array,
        given=[(symbol, convention.code_name(symbol, last)) for symbol in arrays],
        computed=[],
    )


def _notes_on_digits(network: Network, prefix: str) -> list[str]:
    """Return comments on the slopes that the lines of a step read and that lose digits."""
    *hidden, output = network.activations
    is_fused = LOSSES[network.loss].fused == output
    found = {*hidden, *(() if is_fused else (output,))}
    return [f"# {note.format(prefix)}" for name, note in _EXACT_SLOPES.items() if name in found]
