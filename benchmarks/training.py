"""Compare the processor time of a training step with the libraries a user would pick, in one run.

    python -m benchmarks.training

Every program trains the same network on the same 250 samples with batches of 10, gradient descent and
sigmoid units, and keeps the loss of every batch. Programs take turns, so that a machine that slows down
slows all of them; printed is the median of microseconds a step, and how many times Backprop Explorer's.
Libraries that are not installed are left out. "12 side by side" is a step of all of twelve runs that differ
in their learning rate.
"""

import os

from benchmarks.process import ONE_THREAD

os.environ.update(ONE_THREAD)

import statistics
import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.steps import (
    BATCH,
    LEARNING_RATE,
    NETWORKS,
    Program,
    Run,
    batches,
    microseconds,
    ours,
    plain_numpy,
    samples,
    sigmoid_network,
    steps_for,
)
from core.arrays import Array
from core.network import Network
from core.own_values import OwnValues
from core.pieces import finish
from core.settings import Segment, Settings
from core.side_by_side import RunAlone, train_side_by_side

ROUNDS = 5
# Steps between which others would have their turns.
PIECE = 500


def per_record(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with a NumPy loop over the samples of a batch, as homework solutions do."""

    def run(steps: int) -> list[float]:
        layers = [(layer.W.copy(), np.array(layer.b)) for layer in network.layers(theta)]
        losses = []
        for rows in batches(steps):
            sums = [(np.zeros_like(W), np.zeros_like(b)) for W, b in layers]
            loss = 0.0
            for sample, target in zip(x[rows], y[rows], strict=True):
                a = [sample]
                for W, b in layers:
                    a.append(1 / (1 + np.exp(-(np.dot(a[-1], W) + b))))
                loss += 0.5 * float(np.sum((a[-1] - target) ** 2))
                delta = (a[-1] - target) * a[-1] * (1 - a[-1])
                for index in range(len(layers) - 1, -1, -1):
                    sums[index][0][...] += np.outer(a[index], delta)
                    sums[index][1][...] += delta
                    if index:
                        delta = np.dot(layers[index][0], delta) * a[index] * (1 - a[index])
            for (W, b), (dW, db) in zip(layers, sums, strict=True):
                W -= LEARNING_RATE * dW / BATCH
                b -= LEARNING_RATE * db / BATCH
            losses.append(loss / BATCH)
        return losses

    return run


def pytorch(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with PyTorch, eager, and its SGD."""
    import torch

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)

    def run(steps: int) -> list[float]:
        modules: list[Any] = []
        for layer in network.layers(theta):
            linear = torch.nn.Linear(*layer.W.shape)
            linear.weight.data[...] = torch.from_numpy(layer.W.T.copy())
            linear.bias.data[...] = torch.from_numpy(np.array(layer.b))
            modules += [linear, torch.nn.Sigmoid()]
        model = torch.nn.Sequential(*modules)
        optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
        inputs, targets = torch.from_numpy(x), torch.from_numpy(y)
        losses = []
        for rows in batches(steps):
            optimizer.zero_grad()
            loss = 0.5 * torch.nn.functional.mse_loss(model(inputs[rows]), targets[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    return run


def jax_jit(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with JAX, one jitted call a step."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def loss_of(layers: Any, inputs: Any, targets: Any) -> Any:
        a = inputs
        for W, b in layers:
            a = jax.nn.sigmoid(a @ W + b)
        return 0.5 * jnp.sum((a - targets) ** 2) / BATCH

    def take_step(layers: Any, inputs: Any, targets: Any) -> Any:
        loss, gradient = jax.value_and_grad(loss_of)(layers, inputs, targets)
        return loss, jax.tree.map(lambda value, slope: value - LEARNING_RATE * slope, layers, gradient)

    step = jax.jit(take_step)

    def run(steps: int) -> list[float]:
        layers = [(jnp.array(layer.W), jnp.array(layer.b)) for layer in network.layers(theta)]
        losses = []
        for rows in batches(steps):
            loss, layers = step(layers, x[rows], y[rows])
            losses.append(loss)
        return [float(loss) for loss in losses]

    return run


def scikit_learn(network: Network, _theta: Array, x: Array, y: Array) -> Run:
    """Train with scikit-learn's MLPRegressor.partial_fit, a call a batch."""
    from sklearn.neural_network import MLPRegressor

    def run(steps: int) -> list[float]:
        model = MLPRegressor(
            hidden_layer_sizes=network.widths[1:-1], activation="logistic", solver="sgd", momentum=0,
            alpha=0, learning_rate_init=LEARNING_RATE, batch_size=BATCH,
        )  # fmt: skip
        losses = []
        for rows in batches(steps):
            model.partial_fit(x[rows], y[rows, 0])
            losses.append(float(model.loss_))
        return losses

    return run


def hips_autograd(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with HIPS autograd."""
    import autograd.numpy as anp
    from autograd import value_and_grad

    def loss_of(layers: Any, inputs: Any, targets: Any) -> Any:
        a = inputs
        for W, b in layers:
            a = 1 / (1 + anp.exp(-(anp.dot(a, W) + b)))
        return 0.5 * anp.sum((a - targets) ** 2) / BATCH

    slope_of = value_and_grad(loss_of)

    def run(steps: int) -> list[float]:
        layers = [(layer.W.copy(), np.array(layer.b)) for layer in network.layers(theta)]
        losses = []
        for rows in batches(steps):
            loss, gradient = slope_of(layers, x[rows], y[rows])
            losses.append(float(loss))
            for (W, b), (dW, db) in zip(layers, gradient, strict=True):
                W -= LEARNING_RATE * dW
                b -= LEARNING_RATE * db
        return losses

    return run


def micrograd(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train with micrograd's scalars; it has tanh-like units only, so its ReLU takes sigmoid's place."""
    from micrograd.engine import Value

    def run(steps: int) -> list[float]:
        layers = [
            ([[Value(w) for w in row] for row in layer.W], [Value(b) for b in np.array(layer.b)])
            for layer in network.layers(theta)
        ]
        parameters = [value for W, b in layers for value in (*(w for row in W for w in row), *b)]
        losses = []
        for rows in batches(steps):
            loss = Value(0.0)
            for sample, target in zip(x[rows], y[rows], strict=True):
                a = [Value(number) for number in sample]
                for W, b in layers:
                    a = [sum((a[i] * W[i][j] for i in range(len(a))), b[j]).relu() for j in range(len(b))]
                loss = loss + (a[0] - float(target[0])) ** 2 * (0.5 / BATCH)
            for parameter in parameters:
                parameter.grad = 0
            loss.backward()
            for parameter in parameters:
                parameter.data -= LEARNING_RATE * parameter.grad
            losses.append(loss.data)
        return losses

    return run


def twelve_side_by_side(network: Network, theta: Array, x: Array, y: Array) -> Run:
    """Train twelve runs with core.side_by_side."""
    settings = Settings(batch_size=BATCH, shuffle=False)
    together = np.tile(theta, (12, 1))
    own_values = OwnValues(learning_rate=np.geomspace(0.1, 10, 12) * LEARNING_RATE)

    def run(steps: int) -> tuple[RunAlone, ...]:
        return finish(
            train_side_by_side(
                network,
                [Segment(0, settings)],
                together,
                x,
                y,
                steps=steps,
                piece=PIECE,
                own_values=own_values,
            )
        )

    return run


PROGRAMS: dict[str, tuple[str | None, Program]] = {
    "Backprop Explorer": (None, ours),
    "12 side by side": (None, twelve_side_by_side),
    "plain NumPy": (None, plain_numpy),
    "NumPy per record": (None, per_record),
    "PyTorch eager": ("torch", pytorch),
    "JAX jit per step": ("jax", jax_jit),
    "scikit-learn": ("sklearn", scikit_learn),
    "HIPS autograd": ("autograd", hips_autograd),
    "micrograd": ("micrograd", micrograd),
}


def measure(widths: tuple[int, ...]) -> dict[str, float]:
    """Return the median of microseconds a step for every program that is installed."""
    network, theta = sigmoid_network(widths)
    runs = {
        name: make(network, theta, *samples())
        for name, (module, make) in PROGRAMS.items()
        if module is None or find_spec(module)
    }
    steps = {name: steps_for(run) for name, run in runs.items()}
    rounds = [{name: microseconds(run, steps[name]) for name, run in runs.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(times[name] for times in rounds) for name in runs}


def main() -> None:
    """Print a line a program: microseconds a step, and how many times ours, for every network."""
    warnings.filterwarnings("ignore")
    tables = [measure(widths) for widths in NETWORKS]
    print("µs a step".ljust(20) + "".join("-".join(map(str, widths)).rjust(20) for widths in NETWORKS))
    for name in tables[0]:
        cells = [f"{table[name]:.1f}  {table[name] / table['Backprop Explorer']:6.1f}x" for table in tables]
        print(name.ljust(20) + "".join(cell.rjust(20) for cell in cells))


if __name__ == "__main__":
    main()
