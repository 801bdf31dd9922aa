"""The glossary: every term and symbol on the screen in one sentence, with its formulas in a network."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple

from core.activations import ACTIVATIONS
from core.derivation import Formula
from core.error_terms import without_minus
from core.expressions import Expression, Operation, Symbol, multiply
from core.network import Network
from ui.text.conventions import USUAL, Convention
from ui.text.formulas import write
from ui.text.numbers import MINUS
from ui.text.stages import array_letter
from ui.text.written import written_formulas


class Entry(NamedTuple):
    """A term and what it means; `symbol` is its name in core/derivation.py, "" where it has none there.

    In the sentence {eta}, {da}, {dW} and {delta} stand for the letters of a convention.
    """

    term: str
    sentence: str
    symbol: str = ""


GLOSSARY: Mapping[str, Entry] = {
    "input": Entry("input", "A number of the sample that goes into the network."),
    "target": Entry("target", "The value that the prediction should have.", "y"),
    "prediction": Entry(
        "prediction", "What the network computes for the inputs: the activations of its last layer."
    ),
    "weight": Entry(
        "weight", "How strongly a unit counts what comes in along one edge. Training changes it.", "W"
    ),
    "bias": Entry("bias", "A number that a unit adds, whatever comes in.", "b"),
    "contribution": Entry(
        "contribution", "Weight times activation: what one edge adds to z of the unit it leads into."
    ),
    "pre_activation": Entry(
        "pre-activation",
        "The sum of all contributions to a unit, with its bias, before the activation function.",
        "z",
    ),
    "activation": Entry("activation", "The output of a unit: its activation function f of z.", "a"),
    "slope": Entry(
        "slope of the activation",
        "How much the activation changes per change of z. Where it is near 0 the unit is saturated, and "
        "hardly any of the gradient passes through.",
        "slope",
    ),
    "loss": Entry(
        "loss", "How far the predictions are from the targets, in one number. Training lowers it.", "loss"
    ),
    "loss_after": Entry(
        "loss after this step", "The loss of the same sample once all weights and biases have taken the step."
    ),
    "estimate": Entry(
        "first-order estimate",
        "L − {eta} Σ ({dW})², over all trained weights and biases: the loss after the step if no slope "
        "changed on the way.",
    ),
    "output_gradient": Entry(
        "gradient of an activation", "How much the loss changes per change of the activation, {da}.", "da"
    ),
    "delta": Entry(
        "δ = dL/dz",
        "How much the loss changes per change of a unit’s z. It is a factor of every gradient of the weights "
        "that lead into the unit.",
        "delta",
    ),
    "error_term": Entry(
        "error term", "−{delta}: positive where a larger z would lower the loss.", "minus_delta"
    ),
    "gradient": Entry(
        "gradient",
        "How much the loss changes per change of a weight, {dW}: what comes in along the edge, times {delta} "
        "of the unit it leads into.",
        "dW",
    ),
    "bias_gradient": Entry(
        "gradient of a bias", "How much the loss changes per change of a bias: {delta} of its unit.", "db"
    ),
    "weight_delta": Entry(
        "weight delta", "How much the step changes a weight: against its gradient.", "step_W"
    ),
    "bias_delta": Entry("bias delta", "How much the step changes a bias: against its gradient.", "step_b"),
    "new_weight": Entry("weight after the step", "The weight plus its weight delta."),
    "new_bias": Entry("bias after the step", "The bias plus its bias delta."),
    "learning_rate": Entry(
        "learning rate", "How far a step goes along the negative gradient. Too large a one overshoots.", "eta"
    ),
    "step": Entry("step", "One change of all weights and biases, from the gradients of one sample or batch."),
    "stage": Entry("stage", "A part of one step: forward from inputs to loss, back from loss to gradients."),
}
# δ and the error term are entries of their own; what else has a sign of a convention's is one.
_NEGATED = {"da": ("minus_da",), "dW": ("minus_dW",), "db": ("minus_db",)}
TRAINING: Mapping[str, Entry] = {
    "epoch": Entry("epoch", "One pass over all training samples."),
    "batch": Entry("batch", "The samples whose loss is averaged in one step."),
    "training_fraction": Entry(
        "training fraction", "The part of the samples to train on; the others are for the test loss."
    ),
    "test_loss": Entry("test loss", "The loss of samples that the training never sees."),
    "accuracy": Entry("accuracy", "The part of the samples whose most probable class is the right one."),
    "initializer": Entry("initial weights", "The random rule by which the weights before step 0 are drawn."),
    "seed": Entry("seed", "The number that random draws begin with: the same seed, the same draws."),
    "optimizer": Entry("optimizer", "The rule that makes a step of the gradients."),
    "gradient_norm": Entry("gradient norm", "The length of a layer’s gradient as one vector: √ Σ ({dW})²."),
}


def formulas_of(
    entry: Entry, network: Network, convention: Convention = USUAL, *, sums_to_one: bool = False
) -> list[str]:
    """Return the formulas of an entry in a network as text, layer by layer in the order of the pass."""
    if not entry.symbol:
        return []
    names = (entry.symbol, *_NEGATED.get(entry.symbol, ()))
    found = [
        formula
        for formula in written_formulas(network, convention, sums_to_one=sums_to_one)
        if formula.left.name in names and not _has_no_slope(formula.left, network)
    ]

    is_single = convention.code == "Python"

    def letter(symbol: Symbol) -> str:
        if symbol.name == "rest":
            return f"1 {MINUS} {letter(Symbol('a', symbol.layer))}"
        _, plain = without_minus(symbol)
        return array_letter(plain, network, convention)

    def right(formula: Formula) -> str:
        if is_single:
            return write(_of_one_sample(formula.right), letter, " · ")
        return write(formula.right, letter, over_arrays=True)

    return [f"{letter(formula.left)} = {right(formula)}" for formula in found]


def _of_one_sample(expression: Expression) -> Expression:
    """Return an expression over arrays with what it sums over samples as that of one sample."""
    match expression:
        case Operation("matmul", (Operation("transpose", (before,)), behind)):
            return multiply(before, behind)
        case Operation("sum_samples", (array,)):
            return array
        case _:
            return expression


def _has_no_slope(symbol: Symbol, network: Network) -> bool:
    """Return whether a symbol is the slope of softmax, which has none of its own."""
    return symbol.name == "slope" and ACTIVATIONS[network.activations[symbol.layer - 1]].couples_units


def glossary_data(convention: Convention) -> dict[str, dict[str, str]]:
    """Return the terms of One step by their keys, ready for JSON, as a convention calls them."""
    return {key: entry._asdict() for key, entry in _called(GLOSSARY, convention).items()}


def _called(entries: Mapping[str, Entry], convention: Convention) -> dict[str, Entry]:
    """Return the entries under the names, and with the letters, that a convention has for their symbols."""
    letters = {
        name: convention.letters_of(name).replace("@", "a").translate(str.maketrans("", "", " _"))
        for name in ("eta", "da", "dW", "delta")
    }
    return {
        key: entry._replace(
            term=convention.meanings.get(entry.symbol, entry.term), sentence=entry.sentence.format(**letters)
        )
        for key, entry in entries.items()
    }


def glossary_html(
    network: Network,
    convention: Convention = USUAL,
    entries: Mapping[str, Entry] = GLOSSARY,
    *,
    sums_to_one: bool = False,
) -> str:
    """Return the entries as a list of terms, each with its sentence and its formulas in a network."""
    items = (
        _item(entry, formulas_of(entry, network, convention, sums_to_one=sums_to_one))
        for entry in _called(entries, convention).values()
    )
    return f'<dl class="glossary">{"".join(items)}</dl>'


def _item(entry: Entry, formulas: Iterable[str]) -> str:
    lines = "".join(f'<dd class="formula">{_with_indices(escape(formula))}</dd>' for formula in formulas)
    return f"<div><dt>{escape(entry.term)}</dt><dd>{escape(entry.sentence)}</dd>{lines}</div>"


def _with_indices(formula: str) -> str:
    """Return a formula with the number behind each letter as its subscript, and powers as such."""
    formula = re.sub(r"\^(−?\w+)", r"<sup>\1</sup>", formula)
    return re.sub(r"(?<=[^\W\d_])(\d+)", r"<sub>\1</sub>", formula)
