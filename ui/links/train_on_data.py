"""The link that trains the network of a step on data, from the weights that it has."""

from itertools import pairwise

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.exercise import Exercise
from core.features import FEATURES
from core.network import Network
from ui.limits import MAX_TRAINING_LAYERS, MAX_TRAINING_UNITS
from ui.links.arrays import write_array
from ui.links.versions import VERSION
from ui.text.numbers import count, exact

# The data whose targets are what such an output gives: one of two classes, one of three, a number.
_DATA = {("sigmoid", 1): "circle", ("softmax", 3): "blobs3", ("identity", 1): "plane"}


def train_on_data(exercise: Exercise) -> dict[str, str]:
    """Return the query of the Training page that begins with an exercise's network, weights and η.

    The inputs are the first of FEATURES; biases that the network leaves out begin at 0. Raises ValueError
    with a sentence for a network that cannot be trained on data there.
    """
    network = exercise.network
    inputs, *hidden, outputs = network.widths
    functions = network.activations[:-1]
    data = _DATA.get((network.activations[-1], outputs))
    if data is None:
        raise ValueError(
            "Training takes one sigmoid output for two classes, three softmax outputs for three, or one "
            f"identity output for a number; this network has {count(outputs, 'output')} with "
            f"{ACTIVATIONS[network.activations[-1]].label}."
        )
    if any(one != other for one, other in pairwise(functions)):
        raise ValueError("Training takes one activation for all hidden layers; this network has several.")
    if inputs > len(FEATURES) or len(hidden) > MAX_TRAINING_LAYERS or max([*hidden, 0]) > MAX_TRAINING_UNITS:
        raise ValueError(
            f"Training takes up to {len(FEATURES)} inputs and {MAX_TRAINING_LAYERS} hidden layers of "
            f"{MAX_TRAINING_UNITS} units; this network is {'-'.join(map(str, network.widths))}."
        )
    query = {
        "data": data,
        "features": ".".join([*FEATURES][:inputs]),
        "hidden": "-".join(map(str, hidden)) or "0",
        "loss": network.loss,
        "optimizer": "gradient_descent",
        "eta": exact(exercise.learning_rate),
        "theta": write_array(_with_biases(exercise)),
        "v": str(VERSION),
    }
    return query | ({"f": functions[0]} if functions else {})


def _with_biases(exercise: Exercise) -> Array:
    """Return θ of the network with a bias for each unit, 0 where it has none."""
    network = exercise.network
    layers = network.layers(exercise.theta_array)
    biases = [np.zeros(layer.W.shape[1]) if layer.b is None else layer.b for layer in layers]
    return Network(network.widths, network.activations, network.loss).pack(
        [layer.W for layer in layers], biases
    )
