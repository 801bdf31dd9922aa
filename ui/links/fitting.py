"""Numbers of an exercise that fit a network: drawn weights, samples of its size, targets in its bounds."""

import numpy as np

from core.assignment import Assignment
from core.exercise import Exercise
from core.initializers import init_theta
from core.network import Network
from ui.text.numbers import target_bounds

BIASES = {"none": "none", "fixed": "fixed", "trained": "trained"}
DEFAULT_SEED = 1
DEFAULT_INITIALIZER = "uniform"


def bias_mode(described: Exercise | Assignment) -> str:
    """Return which of BIASES an exercise or an assignment has."""
    if not described.network.bias:
        return "none"
    return "trained" if described.train_biases else "fixed"


def random_theta(network: Network, initializer: str, seed: int) -> tuple[float, ...]:
    """Return θ drawn from a seed, rounded to 4 decimals so that it can be copied onto paper."""
    theta = init_theta(network, initializer, np.random.default_rng(seed))
    return tuple(np.round(theta, 4).tolist())


def resize(values: tuple[float, ...], length: int) -> tuple[float, ...]:
    """Return the values cut to `length`, or filled up with 0.5."""
    return (values + (0.5,) * length)[:length]


def fit_targets(y: tuple[float, ...], loss: str) -> tuple[float, ...]:
    """Return the targets moved into the interval that the loss allows."""
    low, high = target_bounds(loss)
    return tuple(min(max(target, low), high) for target in y)


def one_hot(y: tuple[float, ...]) -> tuple[float, ...]:
    """Return targets with 1 where `y` is largest, the first of equals, and 0 elsewhere."""
    return tuple(float(k == y.index(max(y))) for k in range(len(y)))


def rebuild(
    exercise: Exercise, network: Network, train_biases: bool, initializer: str, seed: int
) -> Exercise:
    """Return the exercise on another network, keeping every number that has a place in both.

    Targets become one-hot where the outputs become softmax, or their number changes, unless they sum to 1.
    Weights of new units are drawn from the seed, new biases are 0, new inputs and targets 0.5, and
    targets move into the interval that the loss allows.
    """
    theta = np.array(random_theta(network, initializer, seed))
    n_old, n_new = len(exercise.network.shapes), len(network.shapes)
    old_layers = exercise.network.layers(exercise.theta_array)
    for index, (W, b) in enumerate(network.layers(theta)):
        # The output layer stays the output layer when hidden layers come or go before it.
        if index == n_new - 1:
            old_index = n_old - 1
        elif index < n_old - 1:
            old_index = index
        else:
            continue
        old_W, old_b = old_layers[old_index]
        rows, columns = min(len(W), len(old_W)), min(W.shape[1], old_W.shape[1])
        W[:rows, :columns] = old_W[:rows, :columns]
        if b is not None and old_b is not None:
            b[:columns] = old_b[:columns]
    y = fit_targets(resize(exercise.y, network.widths[-1]), network.loss)
    old = exercise.network
    before, now = ((shape.activations[-1], shape.widths[-1]) for shape in (old, network))
    if now[0] == "softmax" and now != before and (min(y) < 0 or abs(sum(y) - 1) > 1e-9):
        y = one_hot(y)
    return Exercise(
        network,
        tuple(theta.tolist()),
        resize(exercise.x, network.widths[0]),
        y,
        exercise.learning_rate,
        train_biases,
    )
