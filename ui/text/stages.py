"""The stages of a step in words: a title, what happens, the shapes of the arrays, and the NumPy line."""

from functools import lru_cache
from typing import TypedDict

from core.activations import ACTIVATIONS
from core.derivation import ETA, LOSS, TARGET, shapes
from core.expressions import Symbol, symbols
from core.losses import LOSSES
from core.network import Network
from core.stages import Stage, stages
from ui.text.numpy_code import formula_code

# Letters whose digits are the number of the layer, to be written as an index.
_LETTERS = {
    "x": "x",
    "z": "z{}",
    "a": "a{}",
    "rest": "a{}",
    "loss": "L",
    "da": "dL/da{}",
    "slope": "f′(z{})",
    "delta": "δ{}",
    "dW": "dL/dW{}",
    "db": "dL/db{}",
    "W": "W{}",
    "b": "b{}",
    "step": "Δw",
    "step_W": "ΔW{}",
    "step_b": "Δb{}",
    "new": "w + Δw",
    "new_W": "W{} + ΔW{}",
    "new_b": "b{} + Δb{}",
    "loss_after": "L after",
    "y": "y",
    "eta": "η",
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
    numpy: list[str]


# As many networks as are on screens at about the same time.
@lru_cache(maxsize=64)
def stage_texts(
    network: Network, *, sums_to_one: bool = False, train_biases: bool = True, is_error_term: bool = False
) -> tuple[StageText, ...]:
    """Return the stages of a step on one sample, in the order of the pass, in words of δ or of −δ."""
    known = stages(network, sums_to_one=sums_to_one, train_biases=train_biases)
    return tuple(
        _describe(stage, network, *_words(stage, network, is_error_term, train_biases)) for stage in known
    )


def _describe(stage: Stage, network: Network, title: str, sentence: str) -> StageText:
    needed = [formula for formula in stage.formulas if _is_needed(stage, formula.left)]
    return StageText(
        id=stage.id,
        name=stage.name,
        layer=stage.layer,
        symbol=_short(_letter(Symbol(stage.name, stage.layer), network)),
        title=title,
        sentence=sentence,
        writes=[(formula.left.name, formula.left.layer) for formula in needed] or [(stage.name, 0)],
        shapes=_shapes(stage, network),
        numpy=[formula_code(formula, network) for formula in needed],
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


def _letter(symbol: Symbol, network: Network) -> str:
    last = len(network.widths) - 1
    match symbol:
        case Symbol("a", 0):
            return "x"
        case Symbol("a" | "rest", layer) if layer == last:
            return "ŷ"
        case Symbol("da", layer) if layer == last:
            return "dL/dŷ"
        case Symbol(name, layer):
            return _LETTERS[name].format(layer or "")


def _shapes(stage: Stage, network: Network) -> list[ArrayShape]:
    if stage.layer or stage.name == "loss":
        read = [symbol for formula in stage.formulas for symbol in symbols(formula.right)]
        written = [symbol for symbol in stage.writes if _is_needed(stage, symbol)]
        arrays = [symbol for symbol in [*read, *written] if symbol not in (ETA, LOSS) or symbol in written]
        found = {_letter(symbol, network): symbol for symbol in arrays}
        size = shapes(network)
        return [
            ArrayShape(
                symbol=letter,
                shape=str(size(symbol)) if size(symbol) else "a number",
                axes=_axes(symbol, network),
                written=symbol in written,
            )
            for letter, symbol in found.items()
        ]
    return []


def _axes(symbol: Symbol, network: Network) -> str:
    if symbol == LOSS:
        return ""
    if symbol == TARGET:
        return "samples × outputs"
    units = _units(symbol.layer, network)
    if symbol.name.endswith("W"):
        return f"{_units(symbol.layer - 1, network)} × {units}"
    return units if symbol.name.endswith("b") else f"samples × {units}"


def _units(layer: int, network: Network) -> str:
    last = len(network.widths) - 1
    if layer == 0:
        return "inputs"
    return "outputs" if layer == last else "hidden" if last == 2 else f"hidden {layer}"


def _words(stage: Stage, network: Network, is_error_term: bool, train_biases: bool) -> tuple[str, str]:
    """Return a stage's title and what happens in it, in the convention of δ or of the error term −δ."""
    layer = stage.layer
    is_output = layer == len(network.widths) - 1
    are_many = network.widths[-1] > 1
    of_layer = f"of {_layer_name(layer, network)}"
    match stage.name:
        case "x":
            given = "What is given: inputs, weights, targets and the learning rate."
            return "Inputs", f"{given} Nothing is computed yet."
        case "z":
            bias = ", and its bias" if network.bias else ""
            how = f"Each unit adds up what comes in, each number times its weight{bias}."
            return f"Layer input {of_layer}", how
        case "a":
            activation = ACTIVATIONS[network.activations[layer - 1]]
            prediction = (
                "Predictions, the outputs’ activations" if are_many else "Prediction, the output’s activation"
            )
            how = "for all units together" if activation.couples_units else "unit by unit"
            letter = "ŷ" if is_output else "a"
            return (
                prediction if is_output else f"Layer output {of_layer}",
                f"The activation function, {activation.label}, turns z into {letter}, {how}.",
            )
        case "loss":
            distance = (
                "the predictions are from the targets" if are_many else "the prediction is from the target"
            )
            return "Loss", f"How far {distance}, as one number: {LOSSES[network.loss].label}."
        case "da":
            return _slope_of_loss(layer, network, is_error_term)
        case "delta":
            title = "Error term" if is_error_term else "δ"
            return f"{title} {of_layer}", _delta_sentence(layer, network, is_error_term)
        case "dW":
            title = f"Gradient of the weights into {_layer_name(layer, network)}"
            delta = "error term" if is_error_term else "δ"
            ending = ": −dL/dw" if is_error_term else ""
            bias = f" A bias has that {delta} itself." if network.bias else ""
            what = f"what came in through it times the {delta} of the unit that it feeds"
            return title, f"For each weight, {what}{ending}.{bias}"
        case "step":
            fixed = " Biases are held fixed." if network.bias and not train_biases else ""
            return (
                "Weight deltas",
                f"Against the gradient, as far as the learning rate: Δw = −η dL/dw.{fixed}",
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


def _slope_of_loss(layer: int, network: Network, is_error_term: bool) -> tuple[str, str]:
    name = _layer_name(layer, network)
    title = f"Error of {name}" if is_error_term else f"Slope of the loss at {name}"
    if layer == len(network.widths) - 1:
        what = (
            "How the loss falls with each prediction, −dL/dŷ."
            if is_error_term
            else "How the loss changes with each prediction, dL/dŷ."
        )
        return title, f"{what} Here backpropagation begins, from right to left."
    what = "error term" if is_error_term else "δ"
    back = f"What comes back along the edges: the {what} of each unit fed, times the weight that feeds it"
    if is_error_term:
        return title, f"{back}: the course’s hidden layer output error, −dL/da."
    return title, f"{back}. The course’s hidden layer output error is −dL/da."


def _delta_sentence(layer: int, network: Network, is_error_term: bool) -> str:
    activation = ACTIVATIONS[network.activations[layer - 1]]
    if layer == len(network.widths) - 1 and LOSSES[network.loss].fused == network.activations[-1]:
        what = "the error term" if is_error_term else "δ"
        return f"With this loss and this activation f′ cancels: {what} is a difference."
    if activation.couples_units:
        return (
            "Through softmax every output of the layer depends on every z: all slopes of the loss meet here."
        )
    if is_error_term:
        return "The error at the unit’s output, times the slope f′ of its activation: −δ = −dL/dz."
    return (
        "The slope of the loss at the unit’s output, times the slope f′ of its activation: δ = dL/dz. "
        "The course’s error term is −δ."
    )
