"""Every formula of one step of backprop, as data: what each array is made of, in the order of the pass."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from core.activations import ACTIVATIONS
from core.exercise import Exercise
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
    multiply,
    negative,
    substitute,
    subtract,
)
from core.losses import LOSSES, SMALLEST_PROBABILITY
from core.network import Network
from core.step import Step

ETA, LOSS, TARGET = Symbol("eta"), Symbol("loss"), Symbol("y")
_SMALLEST = Number(SMALLEST_PROBABILITY[np.dtype(np.float64)])


class Formula(NamedTuple):
    """An equation of arrays: `left` = `right`.

    `because` has the expressions that `right` follows from, the first of them first; most follow from none.
    """

    left: Symbol
    right: Expression
    because: tuple[Expression, ...] = ()


def derive(
    network: Network, samples: int = 1, *, sums_to_one: bool = False, train_biases: bool = True
) -> tuple[Formula, ...]:
    """Return the formulas of one step on so many samples, each over symbols of those before it.

    Forward z = a W + b and a = f(z), layer by layer, then L; back from dL/dŷ, layer by layer from the last,
    f′, δ = dL/da ∘ f′, dL/dW = aᵀ δ, dL/db = Σ δ and, for the layer before, dL/da = δ Wᵀ; then for each
    layer ΔW = −η dL/dW and W + ΔW. The activations of layer 0 are x, those of the last ŷ. `sums_to_one`
    means that the targets of each sample sum to 1.
    """
    layers = range(1, len(network.widths))
    formulas = [formula for layer in layers for formula in _forward(network, layer)]
    formulas += _loss(network, samples)
    for layer in reversed(layers):
        formulas += _backward(network, layer, samples, sums_to_one)
    for layer in layers:
        formulas += _update("W", layer)
        if network.bias and train_biases:
            formulas += _update("b", layer)
    return tuple(formulas)


def _forward(network: Network, layer: int) -> list[Formula]:
    z = apply("matmul", Symbol("a", layer - 1), Symbol("W", layer))
    if network.bias:
        z = add(z, Symbol("b", layer))
    activation = ACTIVATIONS[network.activations[layer - 1]]
    return [
        Formula(Symbol("z", layer), z),
        Formula(Symbol("a", layer), _in_layer(activation.formula, layer)),
    ]


def _loss(network: Network, samples: int) -> list[Formula]:
    loss = LOSSES[network.loss]
    outputs = network.widths[-1] if loss.mean_outputs else 1
    scale = [] if samples * outputs == 1 else [Number(1 / (samples * outputs), f"1/{samples * outputs}")]
    is_probability = has_probabilities(network)
    last = len(network.widths) - 1

    def of_network(expression: Expression) -> Expression:
        return _in_layer(expression if is_probability else cut_off(expression), last)

    return [
        Formula(LOSS, _product(*scale, of_network(loss.formula))),
        Formula(Symbol("da", last), _product(*scale, of_network(loss.slope_formula))),
    ]


def _backward(network: Network, layer: int, samples: int, sums_to_one: bool) -> list[Formula]:
    activation = ACTIVATIONS[network.activations[layer - 1]]
    before, delta = Symbol("a", layer - 1), Symbol("delta", layer)
    formulas = [
        Formula(Symbol("slope", layer), _in_layer(activation.slope_formula, layer)),
        _delta(network, layer, samples, sums_to_one),
        Formula(Symbol("dW", layer), apply("matmul", apply("transpose", before), delta)),
    ]
    if network.bias:
        formulas.append(Formula(Symbol("db", layer), apply("sum_samples", delta)))
    to_inputs = apply("matmul", delta, apply("transpose", Symbol("W", layer)))
    return [*formulas, Formula(Symbol("da", layer - 1), to_inputs)]


def _delta(network: Network, layer: int, samples: int, sums_to_one: bool) -> Formula:
    """Return δ = dL/da ∘ f′(z); through softmax a ∘ (dL/da − Σ a ∘ dL/da).

    With the loss that an output activation is fused with, f′ and the slope of the logarithm cancel:
    through sigmoid ((1 − y)/(1 − ŷ) − y/ŷ) ŷ (1 − ŷ) = (1 − y) ŷ − y (1 − ŷ) = ŷ − y, through softmax
    ŷ ∘ (−y/ŷ + Σ ŷ y/ŷ) = ŷ Σ y − y.
    """
    couples = ACTIVATIONS[network.activations[layer - 1]].couples_units
    a, da, delta, rest = (Symbol(name, layer) for name in ("a", "da", "delta", "rest"))
    loss = LOSSES[network.loss]
    if layer == len(network.widths) - 1 and loss.fused == network.activations[-1]:
        scale = [] if samples == 1 else [Number(1 / samples, f"1/{samples}")]
        slope = _in_layer(loss.slope_formula, layer)
        if not couples:
            composed = multiply(slope, a, rest)
            canceled = subtract(multiply(subtract(ONE, TARGET), a), multiply(TARGET, rest))
            chain = [composed, canceled, subtract(a, TARGET)]
        else:
            composed = multiply(a, subtract(slope, apply("sum_outputs", multiply(a, slope))))
            scaled = subtract(multiply(a, apply("sum_outputs", TARGET)), TARGET)
            chain = [composed, scaled, *([subtract(a, TARGET)] if sums_to_one else [])]
        *because, right = (_product(*scale, expression) for expression in chain)
        return Formula(delta, right, tuple(because))
    if couples:
        return Formula(delta, multiply(a, subtract(da, apply("sum_outputs", multiply(a, da)))))
    return Formula(delta, multiply(da, Symbol("slope", layer)))


def _update(name: str, layer: int) -> list[Formula]:
    step, parameter = Symbol(f"step_{name}", layer), Symbol(name, layer)
    return [
        Formula(step, multiply(negative(ETA), Symbol(f"d{name}", layer))),
        Formula(Symbol(f"new_{name}", layer), add(parameter, step)),
    ]


def _in_layer(expression: Expression, layer: int) -> Expression:
    """Return an expression over z, a, ŷ, 1 − a and y with those of a layer in their place."""

    def of_layer(symbol: Symbol) -> Symbol:
        if symbol == TARGET:
            return symbol
        return Symbol("a" if symbol.name == "y_hat" else symbol.name, layer)

    return substitute(expression, of_layer)


def has_probabilities(network: Network) -> bool:
    """Return whether the predictions of a network are probabilities."""
    low, high = ACTIVATIONS[network.activations[-1]].bounds
    return low >= 0 and high <= 1


def takes_logarithms(array: Symbol, network: Network) -> bool:
    """Return whether an array is a loss of probabilities, or its slope."""
    return LOSSES[network.loss].bounds == (0, 1) and array in (LOSS, Symbol("da", len(network.widths) - 1))


def cut_off(expression: Expression) -> Expression:
    """Return a loss of probabilities as it is for any number: logarithms and their slopes have an end.

    log p becomes log(max(p, 1e-100)), and n/p becomes 0 where p is smaller than that.
    """
    match expression:
        case Operation("log", (probability,)):
            return apply("log", apply("maximum", _SMALLEST, probability))
        case Operation("divide", (numerator, probability)):
            return apply("where_greater", probability, _SMALLEST, divide(numerator, probability), Number(0))
        case Operation(name, arguments):
            return Operation(name, tuple(cut_off(argument) for argument in arguments))
        case _:
            return expression


def _product(*factors: Expression) -> Expression:
    return factors[0] if len(factors) == 1 else multiply(*factors)


def shapes(network: Network, samples: int = 1) -> Callable[[Symbol], Shape]:
    """Return the shape of each symbol: (N, n) of a layer's units, (n_in, n_out) of W, (n_out,) of b."""

    def shape_of(symbol: Symbol) -> Shape:
        if symbol in (ETA, LOSS):
            return ()
        if symbol == TARGET:
            return samples, network.widths[-1]
        if symbol.name.endswith("W"):
            return network.shapes[symbol.layer - 1]
        if symbol.name.endswith("b"):
            return (network.widths[symbol.layer],)
        return samples, network.widths[symbol.layer]

    return shape_of


def numbers(exercise: Exercise, step: Step) -> Callable[[Symbol], Any]:
    """Return the array of each symbol, or its one number where it has an index, in a step of an exercise."""
    network = exercise.network
    theta = exercise.theta_array
    of_theta = {
        "": theta,
        "d": step.gradient.theta,
        "step_": step.weight_delta,
        "new_": theta + step.weight_delta,
    }
    arrays = {ETA: np.array(exercise.learning_rate), LOSS: step.loss, TARGET: exercise.y_array}
    for prefix, flat in of_theta.items():
        for layer, (W, b) in enumerate(network.layers(flat), start=1):
            arrays[Symbol(f"{prefix}W", layer)] = W
            if b is not None:
                arrays[Symbol(f"{prefix}b", layer)] = b
    for layer, (a, da) in enumerate(zip(step.trace.a, step.gradient.da, strict=True)):
        arrays |= {Symbol("a", layer): a, Symbol("da", layer): da}
    layers = zip(network.activations, step.trace.z, step.trace.a[1:], step.gradient.delta, strict=True)
    for layer, (name, z, a, delta) in enumerate(layers, start=1):
        activation = ACTIVATIONS[name]
        arrays |= {
            Symbol("z", layer): z,
            Symbol("rest", layer): activation.rest(z, a),
            Symbol("slope", layer): activation.derivative(z, a),
            Symbol("delta", layer): delta,
        }

    def number(symbol: Symbol) -> Any:
        array = arrays[Symbol(symbol.name, symbol.layer)]
        return array if symbol.index is None else array[symbol.index]

    return number
