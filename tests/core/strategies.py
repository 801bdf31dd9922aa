"""Hypothesis strategies for networks and the numbers that go with them."""

from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes
from hypothesis.strategies import DrawFn, SearchStrategy

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.exercise import Exercise, Quantity
from core.losses import LOSSES
from core.network import Network

ALL_ACTIVATIONS = tuple(ACTIVATIONS)
ALL_LOSSES = tuple(LOSSES)
# The slope of ELU has no jump at 0, but a kink: enough to spoil a central difference.
KINKED = ("relu", "leaky_relu", "elu")
SMOOTH = tuple(name for name in ACTIVATIONS if name not in KINKED)
LOG_LOSSES = tuple(name for name, loss in LOSSES.items() if loss.bounds == (0, 1))
OTHER_LOSSES = tuple(name for name in LOSSES if name not in LOG_LOSSES)


class Problem(NamedTuple):
    """A network with parameters and samples; the arrays may carry leading axes that broadcast."""

    network: Network
    theta: Array
    x: Array
    y: Array


def fits(loss: str, activation: str, outputs: int = 2) -> bool:
    """Whether the predictions lie where the loss is smooth."""
    if loss not in LOG_LOSSES:
        return True
    # One softmax unit alone always predicts 1.
    alone = outputs == 1 and ACTIVATIONS[activation].couples_units
    return ACTIVATIONS[activation].bounds == (0, 1) and not (alone and loss == "binary_cross_entropy")


@st.composite
def networks(
    draw: DrawFn,
    activations: tuple[str, ...] = ALL_ACTIVATIONS,
    losses: tuple[str, ...] = ALL_LOSSES,
    biases: tuple[bool, ...] = (False, True),
) -> Network:
    """Draw networks of 1 to 4 layers of 1 to 5 units.

    Losses with logarithms only get outputs inside (0, 1): elsewhere they are cut off and have kinks.
    """
    widths = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    loss = draw(st.sampled_from(losses))
    hidden = [name for name in activations if not ACTIVATIONS[name].couples_units]
    output = [name for name in activations if fits(loss, name, widths[-1])]
    names = [draw(st.sampled_from(hidden)) for _ in widths[2:]]
    names.append(draw(st.sampled_from(output)))
    return Network(tuple(widths), tuple(names), loss, draw(st.sampled_from(biases)))


def generators() -> SearchStrategy[np.random.Generator]:
    return st.integers(0, 2**32 - 1).map(np.random.default_rng)


def draw_targets(rng: np.random.Generator, loss: str, shape: tuple[int, ...]) -> Array:
    """Return targets that suit the loss: probabilities, rows of them that sum to 1, or any numbers."""
    if loss == "binary_cross_entropy":
        return rng.uniform(0.05, 0.95, shape)
    if loss == "categorical_cross_entropy":
        if rng.random() < 0.5:
            return np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
        return rng.dirichlet(np.ones(shape[-1]), shape[:-1])
    return rng.standard_normal(shape)


@st.composite
def problems(
    draw: DrawFn, described: SearchStrategy[Network] | None = None, leading_axes: bool = False
) -> Problem:
    """Draw networks with θ, x and y for 1 to 4 samples, each with leading axes of its own if wanted."""
    network = draw(networks() if described is None else described)
    leads: tuple[tuple[int, ...], ...] = ((), (), ())
    if leading_axes:
        shapes = mutually_broadcastable_shapes(num_shapes=3, min_dims=0, max_dims=2, max_side=3)
        leads = draw(shapes).input_shapes
    samples = draw(st.integers(1, 4))
    rng = draw(generators())
    return Problem(
        network,
        rng.uniform(-1, 1, (*leads[0], network.n_parameters)),
        rng.standard_normal((*leads[1], samples, network.widths[0])),
        draw_targets(rng, network.loss, (*leads[2], samples, network.widths[-1])),
    )


@st.composite
def exercises(draw: DrawFn, described: SearchStrategy[Network] | None = None) -> Exercise:
    """Draw exercises with a learning rate from 0.01 to 0.5, biases trained or held fixed."""
    network, theta, x, y = draw(problems(described))
    return Exercise(
        network,
        tuple(theta.tolist()),
        tuple(x[0].tolist()),
        tuple(y[0].tolist()),
        draw(st.floats(0.01, 0.5)),
        draw(st.booleans()),
    )


def values(exercise: Exercise, quantity: Quantity) -> SearchStrategy[float]:
    """Return numbers that the quantity may take; for the targets of a logarithm those inside (0, 1)."""
    if quantity.kind == "eta":
        return st.floats(0.01, 0.5)
    if quantity.kind == "y" and exercise.network.loss in LOG_LOSSES:
        return st.floats(0.05, 0.95)
    return st.floats(-2, 2)


def broadcast(problem: Problem) -> tuple[tuple[int, ...], Problem]:
    """Return the leading axes of all arrays together, and the problem with them on every array."""
    network, theta, x, y = problem
    lead = np.broadcast_shapes(theta.shape[:-1], x.shape[:-2], y.shape[:-2])

    def spread(array: Array, core_axes: int) -> Any:
        return np.broadcast_to(array, (*lead, *array.shape[array.ndim - core_axes :]))

    return lead, Problem(network, spread(theta, 1), spread(x, 2), spread(y, 2))
