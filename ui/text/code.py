"""One step of backprop as code in a convention: the numbers of an exercise, then lines for each formula."""

from math import isclose

from core.derivation import Formula, derive, numbers
from core.exercise import Exercise
from core.expressions import Symbol, symbols
from core.network import Network
from ui.text import scalar_code
from ui.text.array_code import LIBRARIES, array_line, array_setting
from ui.text.conventions import USUAL, Convention, as_written
from ui.text.numbers import exact

# More lines than these are not read one by one.
_SHOWN = 12


def step_code(exercise: Exercise, convention: Convention = USUAL) -> str:
    """Return Python that computes one step of an exercise, in the order of the pass and in a convention."""
    network = exercise.network
    lines = [*_given(exercise, convention), ""]
    found = derive(network, sums_to_one=isclose(sum(exercise.y), 1), train_biases=exercise.train_biases)
    # Through softmax, and where f' cancels, no δ is computed by the slope.
    read = {symbol for formula in found for symbol in symbols(formula.right)}
    for formula in found:
        if formula.left.name != "slope" or formula.left in read:
            lines += lines_of(formula.left, network, convention, exercise)
    return "\n".join(lines) + "\n"


def lines_of(
    array: Symbol, network: Network, convention: Convention, exercise: Exercise | None = None
) -> list[str]:
    """Return the lines of code that compute an array, such as the gradient Symbol("dW", 1), in a convention.

    An exercise says whether its targets sum to 1 and its biases are trained. An array that the step does not
    compute has no lines, nor has f′ over single numbers, where it stands in the lines of δ.
    """
    sums_to_one = exercise is not None and isclose(sum(exercise.y), 1)
    train_biases = exercise is None or exercise.train_biases
    for formula in derive(network, sums_to_one=sums_to_one, train_biases=train_biases):
        if formula.left == array:
            return formula_lines(formula, network, convention)
    return []


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


def _given(exercise: Exercise, convention: Convention) -> list[str]:
    network = exercise.network
    last = len(network.widths) - 1
    known = numbers(exercise, exercise.step())
    if convention.code == "Python":
        given = {"a": 0, "y": 0}
        lines = [*scalar_code.HEADING, "", ""]
        for symbol, name in scalar_code.value_names(network):
            is_given = symbol.name in ("W", "b") or given.get(symbol.name) == symbol.layer
            lines.append(f"{name} = Value({exact(float(known(symbol))) if is_given else ''})")
        return [*lines, f"eta = {exercise.learning_rate!r}"]
    library = LIBRARIES[convention.code]
    layers = range(1, len(network.widths))
    arrays = [Symbol("a", 0), Symbol("y")]
    arrays += [Symbol(name, layer) for layer in layers for name in ("W", *("b" * network.bias))]
    return [
        *library.heading,
        "",
        *(
            array_setting(
                library,
                convention.code_name(symbol, last),
                convention.orientation.array(symbol, known(symbol)),
            )
            for symbol in arrays
        ),
        f"{convention.code_name(Symbol('eta'), last)} = {exercise.learning_rate!r}",
    ]
