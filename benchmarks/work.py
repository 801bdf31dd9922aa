"""Compare predicted seconds of work with measured ones, for a spread of what a visitor can request.

    python -m benchmarks.work

Printed are the microseconds of a step, or of what is done once, and predicted beside measured; then the
largest error of both sides. Measured is processor time, the least of a few, on one thread. On two shared
cores of a cloud machine the predictions were 0.75 to 1.46 times what was measured.
"""

import os

from benchmarks.process import ONE_THREAD

os.environ.update(ONE_THREAD)

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from core.activations import ACTIVATIONS
from core.evaluation import evaluate
from core.exercise import Exercise
from core.history import descend
from core.initializers import init_theta
from core.network import Network
from core.optimizers import OPTIMIZERS
from core.settings import Settings
from core.training import Validation, continue_run, start_run
from core.work import evaluation_seconds, replay_seconds, resume_seconds, training_seconds

LEAST_SECONDS = 0.05
TIMES = 3
FRAMES = 20
REPLAYED = 50
SHAPES = ((2, 1), (2, 4, 2, 1), (7, 8, 8, 8, 8, 8, 8, 1), (20, 8, 8, 8, 8, 8, 8, 10))
# Digits of 8 × 8 pixels.
PIXELS = (64, 8, 10)
BATCHES = (1, 10, 100, 1000, 5000)


class Comparison(NamedTuple):
    """What was done, and its predicted and measured seconds."""

    name: str
    predicted: float
    measured: float

    @property
    def ratio(self) -> float:
        """Return how many times the measured seconds were predicted."""
        return self.predicted / self.measured


def seconds(work: Callable[[], object]) -> float:
    """Return the least processor seconds of some work."""
    calls = 1
    while (first := _seconds_of(work, calls)) < LEAST_SECONDS:
        calls *= 2
    return min(first, *(_seconds_of(work, calls) for _ in range(TIMES - 1))) / calls


def _seconds_of(work: Callable[[], object], calls: int) -> float:
    start = time.thread_time()
    for _ in range(calls):
        work()
    return time.thread_time() - start


def network_of(widths: tuple[int, ...], activation: str) -> Network:
    """Return a classifier of these widths."""
    hidden = (activation,) * (len(widths) - 2)
    if widths[-1] == 1:
        return Network(widths, (*hidden, "sigmoid"), "binary_cross_entropy")
    return Network(widths, (*hidden, "softmax"), "categorical_cross_entropy")


def compare_training(
    widths: tuple[int, ...], activation: str, samples: int, validated: int = 0, **changes: Any
) -> Comparison:
    """Compare the seconds of a step, with what it takes to begin shared among some."""
    rng = np.random.default_rng(0)
    network = network_of(widths, activation)
    settings = Settings(learning_rate=1e-6, **changes)
    x = rng.normal(size=(samples, widths[0]))
    y = np.eye(max(widths[-1], 2))[rng.integers(max(widths[-1], 2), size=samples)][:, : widths[-1]]
    validation = Validation(x[:validated], y[:validated]) if validated else None
    history = start_run(network, settings, init_theta(network, "xavier", rng), 1)
    steps = max(int(0.02 / training_seconds(network, settings, samples, 1, validated)), 1)
    predicted = training_seconds(network, settings, samples, steps, validated) + resume_seconds(network)
    measured = seconds(lambda: continue_run(network, settings, history, x, y, steps, validation))
    named = ", ".join(f"{name} {value}" for name, value in changes.items())
    name = f"step {'-'.join(map(str, widths))} {activation}, {named}"
    return Comparison(name, predicted / steps, measured / steps)


def compare_evaluation(widths: tuple[int, ...], activation: str, *, gradients: bool) -> Comparison:
    """Compare the seconds of evaluating key frames on as many samples as a page does."""
    rng = np.random.default_rng(0)
    network = network_of(widths, activation)
    theta = np.stack([init_theta(network, "xavier", rng) for _ in range(FRAMES)])
    x, y = rng.normal(size=(2000, widths[0])), np.zeros((2000, widths[-1]))
    measured = seconds(lambda: evaluate(network, theta, x, y, classes=True, gradients=gradients))
    kind = "gradients" if gradients else "losses"
    name = f"{kind} of {FRAMES} frames {'-'.join(map(str, widths))} {activation}"
    return Comparison(name, evaluation_seconds(network, FRAMES, 2000, gradients=gradients), measured)


def compare_replay(widths: tuple[int, ...], activation: str) -> Comparison:
    """Compare the seconds of a step of a replay."""
    network = Network(widths, (activation,) * (len(widths) - 1))
    theta = init_theta(network, "xavier", np.random.default_rng(0))
    exercise = Exercise(
        network, tuple(theta.tolist()), (0.5,) * widths[0], (0.2,) * widths[-1], learning_rate=0.01
    )
    measured = seconds(lambda: descend(exercise, REPLAYED)) / (REPLAYED + 1)
    name = f"step of a replay {'-'.join(map(str, widths))} {activation}"
    return Comparison(name, replay_seconds(network, 1), measured)


def comparisons() -> Iterator[Comparison]:
    """Compare all kinds of work."""
    for widths in (*SHAPES, PIXELS):
        for batch in BATCHES:
            yield compare_training(widths, "tanh", 5000, batch_size=batch)
    for activation, record in ACTIVATIONS.items():
        if not record.couples_units:
            for batch in (10, 1000):
                yield compare_training(SHAPES[2], activation, 2500, batch_size=batch)
    for optimizer in OPTIMIZERS:
        yield compare_training(SHAPES[1], "relu", 250, batch_size=10, optimizer=optimizer)
    extras: tuple[dict[str, Any], ...] = ({"dropout": 0.2}, {"l2": 0.01}, {"clip": 1.0}, {"shuffle": False})
    for extra in extras:
        for batch in (1, 500):
            yield compare_training(SHAPES[2], "sigmoid", 2500, batch_size=batch, **extra)
    for samples, batch, validated in ((250, 10, 50), (250, 250, 250), (2500, 500, 2000), (100, 1, 100)):
        for activation in ("tanh", "gelu"):
            validation = min(validated, samples)
            yield compare_training(
                SHAPES[2], activation, samples, validation, batch_size=batch, patience=100_000
            )
    for widths in (*SHAPES[1:3], PIXELS):
        for activation in ("tanh", "gelu", "softplus"):
            for gradients in (False, True):
                yield compare_evaluation(widths, activation, gradients=gradients)
    for replayed in ((2, 1), (2, 2, 1), (6, 6, 6, 6, 6, 6)):
        for activation in ("tanh", "gelu"):
            yield compare_replay(replayed, activation)


def main() -> None:
    """Print a line for each kind of work, and the largest errors."""
    ratios = []
    print(f"{'':62}{'predicted':>12}{'measured':>12}{'ratio':>8}")
    for each in comparisons():
        ratios.append(each.ratio)
        times = f"{1e6 * each.predicted:12,.1f}{1e6 * each.measured:12,.1f}"
        print(f"{each.name[:61]:62}{times}{each.ratio:8.2f}", flush=True)
    print(f"{len(ratios)} predictions, in µs: {min(ratios):.2f} to {max(ratios):.2f} times what was measured")


if __name__ == "__main__":
    main()
