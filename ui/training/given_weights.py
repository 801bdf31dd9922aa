"""Weights that somebody has given: as text to be edited, and whether they fit the network."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.exercise import quantities
from core.network import Network
from core.settings import Segment
from ui.links.arrays import BYTES, parse_vector, write_array
from ui.links.query import whole
from ui.text.matrices import format_matrix, parse_matrices
from ui.text.numbers import count, parse_number

# Of more numbers than these the text would be too long to be edited.
MOST_EDITED = 300


def write_theta(theta: Sequence[float]) -> str:
    """Return the text of θ (P,) in a link, which reads back to the last digit."""
    return write_array(np.array(theta))


def parse_theta(text: str) -> tuple[float, ...]:
    """Return the θ that a text of a link is; raises ValueError with a sentence for one that is none."""
    length = (len(text) - len(BYTES)) * 3 // 32 if text.startswith(BYTES) else text.count("_") + 1
    return tuple(parse_vector(text, "theta", length))


def misfit(theta: Sequence[float], network: Network) -> str:
    """Return, as a sentence, that given weights are not as many as a network has, "" where they are."""
    if not theta or len(theta) == network.n_parameters:
        return ""
    return (
        f"The initial weights that were given are {count(len(theta), 'number')}; this network has "
        f"{network.n_parameters} weights and biases. They are drawn instead."
    )


def format_weights(network: Network, theta: Array) -> str:
    """Return θ (P,) as its matrices, each below its name, with every digit."""
    matrices = _matrices(network, theta)
    return "\n".join(f"{name}\n{format_matrix(values)}" for name, values in matrices.items())


def parse_weights(text: str, network: Network) -> tuple[float, ...]:
    """Return the θ that matrices are, each below its name, or in their order with blank lines between them.

    Raises ValueError with a sentence that names the matrix, its row and what is expected.
    """
    shapes = {
        name: values.shape for name, values in _matrices(network, np.zeros(network.n_parameters)).items()
    }
    matrices = parse_matrices(text, "Initial weights", shapes)
    return tuple(number for name in shapes for row in matrices[name] for number in row)


class GivenWeight(NamedTuple):
    """One weight or bias by its place in θ, from 0, and its number."""

    place: int
    number: float


def read_weight(text: str, parameters: int) -> GivenWeight:
    """Return what a text such as "12 0.5" gives of so many weights and biases.

    Raises ValueError with a sentence for what is no number, or no place in θ.
    """
    place, _, number = text.partition(" ")
    index = whole(place, "The place of the weight", 0, parameters - 1)
    return GivenWeight(index, parse_number(number, "The weight"))


def with_weight(theta: Sequence[float], given: GivenWeight) -> tuple[float, ...]:
    """Return θ with one number changed."""
    return (*theta[: given.place], given.number, *theta[given.place + 1 :])


def weight_ids(network: Network) -> tuple[str, ...]:
    """Return the id of each number in θ, as links have it."""
    return tuple(quantity.id for quantity in quantities(network) if quantity.kind in "wb")


def not_set(segments: Sequence[Segment], network: Network) -> str:
    """Return, as a sentence, which weights segments set that a network lacks, "" where it has all."""
    known = weight_ids(network)
    lacking = [name for segment in segments for name, _ in segment.weights if name not in known]
    if not lacking:
        return ""
    return f"Link: changes sets {', '.join(dict.fromkeys(lacking))}, which this network does not have."


def _matrices(network: Network, theta: Array) -> dict[str, Array]:
    """Return W1, b1, W2, … in the order of θ; a bias vector is a matrix of one row."""
    found = {}
    for place, layer in enumerate(network.layers(theta), start=1):
        found[f"W{place}"] = layer.W
        if layer.b is not None:
            found[f"b{place}"] = layer.b[None]
    return found
