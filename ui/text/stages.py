"""The stages of a step in words: a title, what happens, the shapes of the arrays, and the lines of code."""

from typing import TypedDict

from core.activations import ACTIVATIONS
from core.derivation import ETA, LOSS, TARGET
from core.error_terms import with_minus
from core.expressions import Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from core.stages import Stage, stages
from ui.memory import remembered
from ui.text.array_code import library_loss
from ui.text.code import formula_lines, shortened
from ui.text.conventions import USUAL, Convention
from ui.text.written import written_shapes

# Letters whose digits are the number of the layer, to be written as an index.
_LETTERS = {
    "x": "x",
    "z": "z{}",
    "a": "a{}",
    "loss": "L",
    "da": "dL/da{}",
    "dW": "dL/dW{}",
    "step": "Δw",
    "new": "w + Δw",
    "loss_after": "L after",
}


class ArrayShape(TypedDict):
    """An array that a stage reads or writes: its letter, its shape, what its rows and columns are."""

    symbol: str
    shape: str
    axes: str
    written: bool


# What a button has room for, where that is less than the letter.
_SHORT = {"dL/dŷ": "∂ŷ", "dL/d": "∂", "w + Δw": "w′", "L after": "L′"}


class StageText(TypedDict):
    """A stage as it is shown; `writes` has the names and layers of the arrays that it computes."""

    id: str
    name: str
    layer: int
    symbol: str
    title: str
    sentence: str
    writes: list[tuple[str, int]]
    shapes: list[ArrayShape]
    code: list[str]


@remembered
def stage_texts(
    network: Network,
    convention: Convention = USUAL,
    *,
    sums_to_one: bool = False,
    train_biases: bool = True,
) -> tuple[StageText, ...]:
    """Return the stages of a step on one sample, in the order of the pass, in the words of a convention."""
    known = stages(network, sums_to_one=sums_to_one, train_biases=train_biases)
    return tuple(
        _describe(stage, network, convention, *_words(stage, network, convention, train_biases))
        for stage in known
    )


def _describe(stage: Stage, network: Network, convention: Convention, title: str, sentence: str) -> StageText:
    needed = [formula for formula in stage.formulas if _is_needed(stage, formula.left)]
    return StageText(
        id=stage.id,
        name=stage.name,
        layer=stage.layer,
        symbol=_short(_letter(Symbol(stage.name, stage.layer), network, convention)),
        title=title,
        sentence=sentence,
        writes=[(formula.left.name, formula.left.layer) for formula in needed] or [(stage.name, 0)],
        shapes=_shapes(stage, network, convention),
        code=shortened([line for formula in needed for line in formula_lines(formula, network, convention)]),
    )


def _is_needed(stage: Stage, symbol: Symbol) -> bool:
    """Return whether a stage's own line reads an array of it; where f′ cancels, nothing reads the slope."""
    if symbol.name != "slope":
        return True
    return any(symbol in symbols(formula.right) for formula in stage.formulas)


def _short(letter: str) -> str:
    for long, short in _SHORT.items():
        letter = letter.replace(long, short)
    return letter


def _letter(symbol: Symbol, network: Network, convention: Convention) -> str:
    """Return what stands for a stage in the row of all; its sign is not in it."""
    last = len(network.widths) - 1
    match symbol:
        case Symbol("a", layer) if layer == last:
            return "ŷ"
        case Symbol("da", layer) if layer == last:
            return "dL/dŷ"
        case Symbol("delta", layer):
            return f"{convention.delta_symbol.removeprefix('−')}{layer}"
        case Symbol(name, layer):
            return _LETTERS[name].format(layer or "")


def _shapes(stage: Stage, network: Network, convention: Convention) -> list[ArrayShape]:
    if convention.code == "Python" or not (stage.layer or stage.name == "loss"):
        return []
    read = [symbol for formula in stage.formulas for symbol in symbols(formula.right)]
    written = [symbol for symbol in stage.writes if _is_needed(stage, symbol)]
    arrays = [symbol for symbol in [*read, *written] if symbol not in (ETA, LOSS) or symbol in written]
    found = {array_letter(symbol, network, convention): symbol for symbol in arrays}
    size = written_shapes(network, convention)
    return [
        ArrayShape(
            symbol=letter,
            shape=str(size(symbol)) if size(symbol) else "a number",
            axes=_axes(symbol, network, convention),
            written=symbol in written,
        )
        for letter, symbol in found.items()
    ]


def array_letter(symbol: Symbol, network: Network, convention: Convention) -> str:
    """Return an array's letter with the number of its layer: W1, z1.grad."""
    last = len(network.widths) - 1
    name, layer = ("a" if symbol.name == "rest" else symbol.name), symbol.layer
    unit = {0: "x", last: "ŷ"}.get(layer, f"a{layer}")
    pieces = convention.array_letters_of(name).replace("@", unit).replace("_", str(layer or ""))
    sign = "−" if convention.is_error_term and with_minus(symbol) != symbol else ""
    return sign + (pieces if "+" in pieces else pieces.replace(" ", ""))


def _axes(symbol: Symbol, network: Network, convention: Convention) -> str:
    if symbol == LOSS:
        return ""
    units = "outputs" if symbol == TARGET else _units(symbol.layer, network)
    is_turned = convention.orientation.turns(symbol)
    if symbol.name.endswith("W"):
        axes = [_units(symbol.layer - 1, network), units]
    elif symbol.name.endswith("b"):
        axes = ["1", units] if is_turned else [units]
    else:
        axes = ["samples", units]
    return " × ".join(axes[::-1] if is_turned else axes)


def _units(layer: int, network: Network) -> str:
    last = len(network.widths) - 1
    if layer == 0:
        return "inputs"
    return "outputs" if layer == last else "hidden" if last == 2 else f"hidden {layer}"


def _words(stage: Stage, network: Network, convention: Convention, train_biases: bool) -> tuple[str, str]:
    """Return a stage's title and what happens in it, in the words of a convention."""
    layer = stage.layer
    is_output = layer == len(network.widths) - 1
    are_many = network.widths[-1] > 1
    of_layer = f"of {_layer_name(layer, network)}"
    word = convention.word
    match stage.name:
        case "x":
            given = "What is given: inputs, weights, targets and the learning rate."
            return "Inputs", f"{given} Nothing is computed yet."
        case "z":
            bias = ", and its bias" if network.bias else ""
            how = f"Each unit adds up what comes in, each number times its weight{bias}."
            return f"{word('z')} {of_layer}", how
        case "a":
            activation = ACTIVATIONS[network.activations[layer - 1]]
            prediction = word("predictions" if are_many else "prediction")
            how = "for all units together" if activation.couples_units else "unit by unit"
            letter = "ŷ" if is_output else "a"
            return (
                prediction if is_output else f"{word('a')} {of_layer}",
                f"The activation function, {activation.label}, turns z into {letter}, {how}.",
            )
        case "loss":
            distance = (
                "the predictions are from the targets" if are_many else "the prediction is from the target"
            )
            label = LOSSES[network.loss].label
            how = f"How far {distance}, as one number: {label}. {library_loss(network, convention)}"
            return "Loss", how.rstrip()
        case "da":
            return _slope_of_loss(layer, network, convention)
        case "delta":
            return f"{word('delta')} {of_layer}", _delta_sentence(layer, network, convention)
        case "dW":
            title = f"{word('dW')} {_layer_name(layer, network)}"
            delta = word("the_delta").removeprefix("the ")
            bias = f" A bias has that {delta} itself." if network.bias else ""
            what = f"what came in through it times the {delta} of the unit that it feeds"
            return title, f"For each weight, {what}{word('is_dW')}.{bias}"
        case "step":
            fixed = " Biases are held fixed." if network.bias and not train_biases else ""
            return (
                "Weight deltas",
                f"Against the gradient, times the learning rate: {word('step')}.{fixed}",
            )
        case "new":
            return "Weights after the step", "Each weight moves by its delta."
        case _:
            return "Loss after the step", "The same inputs through the new weights."


def _layer_name(layer: int, network: Network) -> str:
    last = len(network.widths) - 1
    if layer == last:
        return "the outputs" if network.widths[-1] > 1 else "the output"
    return "the hidden layer" if last == 2 else f"hidden layer {layer}"


def _slope_of_loss(layer: int, network: Network, convention: Convention) -> tuple[str, str]:
    name, word = _layer_name(layer, network), convention.word
    title = f"{word('da')} {name}"
    if layer == len(network.widths) - 1:
        verb = "falls" if convention.is_error_term else "changes"
        what = f"How the loss {verb} with each prediction, {word('is_da')}."
        return title, f"{what} Here backpropagation begins, from right to left."
    back = f"the {word('the_delta').removeprefix('the ')} of each unit fed, times the weight that feeds it"
    return title, f"What comes back along the edges: {back}{word('is_hidden_da')}."


def _delta_sentence(layer: int, network: Network, convention: Convention) -> str:
    activation, word = ACTIVATIONS[network.activations[layer - 1]], convention.word
    if layer == len(network.widths) - 1 and LOSSES[network.loss].fused == network.activations[-1]:
        return f"With this loss and this activation f′ cancels: {word('the_delta')} is a difference."
    if activation.couples_units:
        return (
            "Through softmax every output of the layer depends on every z: all slopes of the loss meet here."
        )
    times = "times the slope f′ of its activation"
    return f"{word('the_da')} at the unit’s output, {times}: {word('is_delta')}."
