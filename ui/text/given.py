"""What is given of an exercise: the functions of the network, and its numbers as tables."""

import re

import numpy as np

from core.activations import ACTIVATIONS
from core.exercise import Exercise, quantities, unit_label
from core.losses import LOSSES
from core.network import Network, widths_text
from ui.text.formulas import activation_formula, loss_formula
from ui.text.tables import Table, tables_html

_POWER_OF_E = re.compile(r"e\^(−?\w+)")


def network_words(network: Network) -> str:
    """Return the layers, the activation functions and the loss by their names: 2-1 (sigmoid; …)."""
    names = ", ".join(ACTIVATIONS[name].label for name in network.activations)
    return f"{widths_text(network.widths)} ({names}; {LOSSES[network.loss].label})"


def functions_sentence(network: Network) -> str:
    """Return the activation functions and the loss over letters."""
    return f"{_functions(network)}. L = {loss_formula(LOSSES[network.loss])}."


def given_html(exercise: Exercise, *, with_shapes: bool = True) -> str:
    """Return the tables of the numbers given, as HTML; captions give the shapes, or none."""
    return tables_html(given_tables(exercise, with_shapes=with_shapes), None)


def _functions(network: Network) -> str:
    if len(set(network.activations)) == 1:
        return f"All units: f(z) = {_activation(network.activations[0])}"
    layers = "; ".join(
        f"layer {layer}: f(z) = {_activation(name)}"
        for layer, name in enumerate(network.activations, start=1)
    )
    # The rest keeps its capitals, as Σ.
    return f"L{layers[1:]}"


def _activation(name: str) -> str:
    """Return f(z) over letters, with exp(−z) for a power that would stand as e^−z in plain text."""
    return _POWER_OF_E.sub(r"exp(\1)", activation_formula(ACTIVATIONS[name]))


def given_tables(exercise: Exercise, *, with_shapes: bool = True) -> list[Table]:
    """Return x, y and η, and W of each layer with b below it: a row for each unit that it comes from.

    Captions of layers give the shapes, (n_in, n_out) and (n_out,) as in NumPy, or the letters alone.
    """
    network = exercise.network
    sample = [quantity for quantity in quantities(network) if quantity.kind in ("x", "y", "eta")]
    values = [exercise.value(quantity) for quantity in sample]
    tables = [Table("Sample and learning rate", ("number", "value"), [q.label for q in sample], [values])]
    for layer, (W, b) in enumerate(network.layers(exercise.theta_array), start=1):
        rows, columns = ([unit_label(network, place, unit) for unit in range(size)]
                         for place, size in zip((layer - 1, layer), W.shape, strict=True))  # fmt: skip
        numbers = W if b is None else np.vstack([W, b])
        arrays = {f"W{layer}": W} if b is None else {f"W{layer}": W, f"b{layer}": b}
        letters = ", ".join(
            f"{name} {array.shape}" if with_shapes else name for name, array in arrays.items()
        )
        fixed = "" if b is None or exercise.train_biases else ", held fixed"
        names = rows if b is None else [*rows, "b"]
        tables.append(
            Table(f"Layer {layer}: {letters}{fixed}", ("from, to", *columns), names, numbers.T.tolist())
        )
    return tables
