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
    network: Network, *, sums_to_one: bool = False, train_biases: bool = True
) -> tuple[StageText, ...]:
    """Return the stages of a step on one sample, in the order of the pass."""
    known = stages(network, sums_to_one=sums_to_one, train_biases=train_biases)
    return tuple(_describe(stage, network) for stage in known)


def _describe(stage: Stage, network: Network) -> StageText:
    title, sentence = _words(stage, network)
    return StageText(
        id=stage.id,
        name=stage.name,
        layer=stage.layer,
        symbol=_short(_letter(Symbol(stage.name, stage.layer), network)),
        title=title,
        sentence=sentence,
        writes=[(symbol.name, symbol.layer) for symbol in stage.writes] or [(stage.id, 0)],
        shapes=_shapes(stage, network),
        numpy=[
            formula_code(formula, network) for formula in stage.formulas if _is_needed(stage, formula.left)
        ],
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


def _words(stage: Stage, network: Network) -> tuple[str, str]:
    layer = stage.layer
    last = len(network.widths) - 1
    is_output = layer == last
    of_layer = f"of {_layer_name(layer, network)}"
    loss = LOSSES[network.loss]
    match stage.name:
        case "x":
            return (
                "Inputs",
                "What is given: inputs, weights, targets and the learning rate. Nothing is computed yet.",
            )
        case "z":
            bias = ", and its bias" if network.bias else ""
            return (
                f"Layer input {of_layer}",
                f"Each unit adds up what comes in, each number times its weight{bias}.",
            )
        case "a":
            name = ACTIVATIONS[network.activations[layer - 1]].label
            title = "Prediction, the output’s activation" if is_output else f"Layer output {of_layer}"
            couples = ACTIVATIONS[network.activations[layer - 1]].couples_units
            how = "of all units together" if couples else "unit by unit"
            return title, f"The activation function, {name}, turns z into a, {how}."
        case "loss":
            return "Loss", f"How far the prediction is from the target, as one number: {loss.label}."
        case "da" if is_output:
            return (
                "Slope of the loss",
                "How the loss changes with each prediction. Here backpropagation begins, from right to left.",
            )
        case "da":
            return (
                f"Error {of_layer}",
                "What comes back along the edges: the δ of each unit fed, times the weight that feeds it. "
                "With the sign turned it is the course’s hidden layer output error.",
            )
        case "delta":
            return f"Error term {of_layer}", _delta_sentence(layer, network)
        case "dW":
            return (
                f"Gradient of the weights into {_layer_name(layer, network)}",
                "Each weight’s gradient is what came in through it, times the δ of the unit that it feeds."
                + (" A bias has that δ itself." if network.bias else ""),
            )
        case "step":
            return "Weight deltas", "Against the gradient, as far as the learning rate: Δw = −η dL/dw."
        case "new":
            return "Weights after the step", "Each weight moves by its delta."
        case _:
            return "Loss after the step", "The same inputs through the new weights."


def _layer_name(layer: int, network: Network) -> str:
    last = len(network.widths) - 1
    return "the output" if layer == last else "the hidden layer" if last == 2 else f"hidden layer {layer}"


def _delta_sentence(layer: int, network: Network) -> str:
    last = len(network.widths) - 1
    activation = ACTIVATIONS[network.activations[layer - 1]]
    if layer == last and LOSSES[network.loss].fused == network.activations[-1]:
        return "With this loss and this activation f′ cancels: δ is a difference."
    if activation.couples_units:
        return "Through softmax every prediction depends on every z, so all slopes of the loss meet here."
    return (
        "The slope of the loss at the unit’s output, times the slope f′ of its activation: δ = dL/dz. "
        "With the sign turned it is the course’s error term."
    )
