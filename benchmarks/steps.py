"""The time of a training step, of a checkout's core and of plain NumPy.

Run as a script it is a worker: it imports only `core`, of the checkout that PYTHONPATH names, so that the
cores of two checkouts can be measured in turns. It counts processor time, which depends less than that of a
clock on what else the machine does.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from core.arrays import Array
from core.initializers import init_theta
from core.network import Network
from core.training import train

NETWORKS = ((2, 4, 2, 1), (2, 8, 8, 1), (2, 32, 32, 1))
SAMPLES, BATCH, LEARNING_RATE = 250, 10, 0.1
AT_ONCE = 10
SECONDS_A_ROUND = 0.4

# Takes a number of steps and trains so many.
Run = Callable[[int], Any]
Program = Callable[[Network, Array, Array, Array], Run]


def samples() -> tuple[Array, Array]:
    """Return the samples every program trains on."""
    x = np.random.default_rng(0).uniform(-1, 1, (SAMPLES, 2))
    return x, (x[:, :1] * x[:, 1:] > 0).astype(float)


def sigmoid_network(widths: tuple[int, ...]) -> tuple[Network, Array]:
    """Return a network of sigmoid units and the parameters that every program starts from."""
    network = Network(widths, ("sigmoid",) * (len(widths) - 1))
    return network, init_theta(network, "xavier", np.random.default_rng(1))


def batches(steps: int) -> list[slice]:
    """Return the rows of every step, in order."""
    return [slice(start % SAMPLES, start % SAMPLES + BATCH) for start in range(0, steps * BATCH, BATCH)]


def ours(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with core.training."""
    return lambda steps: train(
        network, theta, x, y, steps=steps, learning_rate=LEARNING_RATE, batch_size=BATCH, shuffle=False
    )


def ours_at_once(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train ten runs at once with core.training."""
    return ours(network, np.tile(theta, (AT_ONCE, 1)), x, y)


def plain_numpy(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with a @ W + b, layer by layer."""

    def run(steps: int) -> list[float]:
        layers = [(layer.W.copy(), np.array(layer.b)) for layer in network.layers(theta)]
        losses: list[float] = []
        for rows in batches(steps):
            a = [x[rows]]
            for W, b in layers:
                a.append(1 / (1 + np.exp(-(a[-1] @ W + b))))
            error = a[-1] - y[rows]
            losses.append(float(0.5 * np.sum(error**2) / BATCH))
            delta = error / BATCH * a[-1] * (1 - a[-1])
            for index in range(len(layers) - 1, -1, -1):
                W, b = layers[index]
                before = delta @ W.T * a[index] * (1 - a[index]) if index else delta
                W -= LEARNING_RATE * (a[index].T @ delta)
                b -= LEARNING_RATE * delta.sum(axis=0)
                delta = before
        return losses

    return run


PROGRAMS: dict[str, Program] = {"train": ours, "at_once": ours_at_once, "numpy": plain_numpy}


def microseconds(run: Run, steps: int) -> float:
    """Return the microseconds of processor time that each of some steps takes."""
    start = time.process_time()
    run(steps)
    return (time.process_time() - start) / steps * 1e6


def steps_for(run: Run) -> int:
    """Return how many steps fill a round; finding out warms the program up."""
    steps, spent = 2, 0.0
    while spent < SECONDS_A_ROUND / 4 and steps < 20_000:
        steps *= 2
        spent = microseconds(run, steps) * steps / 1e6
    return max(2, int(steps * SECONDS_A_ROUND / spent))


def main() -> None:
    """Read lines of a program and its widths, and write for each the microseconds of a step."""
    known: dict[str, tuple[Run, int]] = {}
    for line in sys.stdin:
        program, widths = line.split()
        if line not in known:
            network, theta = sigmoid_network(tuple(map(int, widths.split("-"))))
            run = PROGRAMS[program](network, theta, *samples())
            known[line] = run, steps_for(run)
        print(microseconds(*known[line]), flush=True)


if __name__ == "__main__":
    main()
