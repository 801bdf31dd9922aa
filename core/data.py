"""Data to train on: samples drawn from a seed, as one table, and their split into training and test rows.

Each set draws the same random numbers whatever the noise, so that more of it moves the same points further.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array

Task = Literal["binary", "classes", "regression"]
Rows = NDArray[np.integer[Any]]

MIN_SAMPLES = 4
MAX_SAMPLES = 5000
MAX_NOISE = 0.5
MIN_TRAIN_SHARE = 0.1

# All coordinates lie between −EDGE and EDGE.
EDGE = 6.0

# Its own random numbers: not those that place the points, nor those that shuffle the batches.
_SPLIT_STREAM = (0, 2)


class Samples(NamedTuple):
    """Inputs x (N, n_inputs) and targets y (N, n_outputs), both float64."""

    x: Array
    y: Array


@dataclass(frozen=True, slots=True)
class Dataset:
    """A kind of data: `make(rng, n, noise)` draws n samples, with noise from 0 to 0.5.

    y is one column of 0 and 1 where the task is "binary", one-hot for "classes", and one column of numbers
    for "regression". `classes` are the names of the classes, in the order of 0 and 1 or of the columns,
    empty for regression. Where `noisy` is false, the samples are always the same ones: n and noise do not
    apply.
    """

    name: str
    label: str
    task: Task
    make: Callable[[np.random.Generator, int, float], Samples]
    classes: tuple[str, ...] = ()
    inputs: int = 2
    outputs: int = 1
    noisy: bool = True


def make_samples(name: str, n: int, noise: float, seed: int) -> Samples:
    """Return n samples of the named dataset, the same ones for the same seed.

    n is from 4 to 5000, `noise` from 0 to 0.5, `seed` at least 0; raises ValueError for anything else.
    """
    if name not in DATASETS:
        raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, got {name!r}")
    if not MIN_SAMPLES <= n <= MAX_SAMPLES:
        raise ValueError(f"n must be from {MIN_SAMPLES} to {MAX_SAMPLES}, got {n}")
    if not 0 <= noise <= MAX_NOISE:
        raise ValueError(f"noise must be from 0 to {MAX_NOISE}, got {noise}")
    _check_seed(seed)
    return DATASETS[name].make(np.random.default_rng(seed), n, noise)


def split(n: int, train_share: float, seed: int) -> tuple[Rows, Rows]:
    """Return the training rows and the test rows of n samples, shuffled by the seed.

    `train_share` is from 0.1 to 1. There is always a training row and, from 2 samples on and with a share
    below 1, a test row. Raises ValueError for a share out of range, no samples or a negative seed.
    """
    if n < 1:
        raise ValueError(f"n must be 1 or more, got {n}")
    if not MIN_TRAIN_SHARE <= train_share <= 1:
        raise ValueError(f"train_share must be from {MIN_TRAIN_SHARE} to 1, got {train_share}")
    _check_seed(seed)
    rows = np.random.default_rng((seed, *_SPLIT_STREAM)).permutation(n)
    count = n if train_share == 1 else max(1, min(round(n * train_share), n - 1))
    return rows[:count], rows[count:]


def _check_seed(seed: int) -> None:
    if seed < 0:
        raise ValueError(f"seed must be 0 or more, got {seed}")


def _turns(n: int, classes: int) -> tuple[Rows, Rows]:
    """Return the class of each sample, taking turns from the last one down, and its number among them."""
    order = np.arange(n)
    return classes - 1 - order % classes, order // classes


def _column(values: NDArray[Any]) -> Array:
    return values.astype(np.float64)[:, None]


def _on_circle(radius: Array, angle: Array) -> Array:
    return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1)


def _folded(x: Array) -> Array:
    """Return the points with what lies beyond the edge mirrored back into the picture."""
    return np.maximum(np.minimum(x, 2 * EDGE - x), -2 * EDGE - x)


def _make_circle(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw a disk of radius 2.5 (class 1) in a ring from 3.5 to 5.

    Source of the formula: TensorFlow Playground, classifyCircleData in src/dataset.ts (github
    tensorflow/playground). Noise moves a point by up to 5 · noise before its class is read, not the point
    itself; a disk loses more than it gains, so that with noise class 1 is the smaller one.
    """
    inside, _ = _turns(n, 2)
    low, high = np.where(inside, 0.0, 3.5), np.where(inside, 2.5, 5.0)
    x = _on_circle(rng.uniform(low, high), rng.uniform(0, 2 * np.pi, n))
    seen = x + noise * rng.uniform(-5, 5, (n, 2))
    return Samples(x, _column(np.hypot(seen[:, 0], seen[:, 1]) < 2.5))


def _make_xor(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw four squares beside the axes; class 1 where x₁ and x₂ have the same sign.

    Source of the formula: TensorFlow Playground, classifyXORData in src/dataset.ts (github
    tensorflow/playground): 0.3 to 5.3 away from each axis, and noise of up to 5 · noise before the class is
    read. Here the squares take turns, so that they hold equally many points.
    """
    order = np.arange(n)
    signs = 1.0 - 2.0 * np.stack([order // 2 % 2, (order + order // 2) % 2], axis=1)
    x = signs * rng.uniform(0.3, 5.3, (n, 2))
    seen = x + noise * rng.uniform(-5, 5, (n, 2))
    return Samples(x, _column(seen[:, 0] * seen[:, 1] >= 0))


def _make_blobs(rng: np.random.Generator, n: int, noise: float, centers: Array) -> tuple[Array, Rows]:
    """Return points (n, 2) around centers (classes, 2), and the class of each of them.

    The variance grows with the noise from 0.5 to 4, as in Playground.
    """
    which, _ = _turns(n, len(centers))
    deviation = np.sqrt(0.5 + 7 * noise)
    return _folded(centers[which] + deviation * rng.standard_normal((n, 2))), which


def _make_gaussians(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw a Gaussian around (−2, −2) and one, class 1, around (2, 2).

    Source of the formula: TensorFlow Playground, classifyTwoGaussData in src/dataset.ts (github
    tensorflow/playground). Here points beyond the edge are mirrored back.
    """
    x, which = _make_blobs(rng, n, noise, np.array([[-2.0, -2.0], [2.0, 2.0]]))
    return Samples(x, _column(which))


def _make_arms(rng: np.random.Generator, n: int, noise: float, arms: int, turns: float) -> tuple[Array, Rows]:
    """Return points (n, 2) on spiral arms of radius up to 5, and the arm of each of them."""
    which, number = _turns(n, arms)
    # Half a point further out than in Playground, where all arms share their first point, the origin.
    along = np.minimum((number + 0.5) * arms / n, 1)
    angle = 2 * np.pi * (turns * along + (arms - 1 - which) / arms)
    x = _on_circle(5 * along, angle) + noise * rng.uniform(-1, 1, (n, 2))
    return x, which


def _make_spiral(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw two spiral arms of 1.75 turns.

    Source of the formula: TensorFlow Playground, classifySpiralData in src/dataset.ts (github
    tensorflow/playground).
    """
    x, which = _make_arms(rng, n, noise, arms=2, turns=1.75)
    return Samples(x, _column(which))


def _make_plane(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw y = (x₁ + x₂) / 10 over the whole picture.

    Source of the formula: TensorFlow Playground, regressPlane in src/dataset.ts (github
    tensorflow/playground). Noise moves a point by up to 6 · noise before its target is read.
    """
    x = rng.uniform(-EDGE, EDGE, (n, 2))
    seen = x + noise * rng.uniform(-EDGE, EDGE, (n, 2))
    return Samples(x, np.sum(seen, axis=1, keepdims=True) / 10)


# Center and sign of each bump.
_BUMPS = np.array(
    [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)], dtype=np.float64
)


def _make_multi_gaussian(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw six cones of height ±1 and radius 2, the nearest of which gives y; 0 between them.

    Source of the formula: TensorFlow Playground, regressGaussian in src/dataset.ts (github
    tensorflow/playground). Noise moves a point by up to 6 · noise before its target is read.
    """
    x = rng.uniform(-EDGE, EDGE, (n, 2))
    seen = x + noise * rng.uniform(-EDGE, EDGE, (n, 2))
    distance = np.linalg.norm(seen[:, None] - _BUMPS[:, :2], axis=2)
    nearest = np.argmin(distance, axis=1)
    height = np.maximum(1 - np.min(distance, axis=1) / 2, 0)
    # Without the sum a 0 beside a negative bump would be −0.
    return Samples(x, (_BUMPS[nearest, 2] * height + 0.0)[:, None])


def _make_truth(_rng: np.random.Generator, _n: int, _noise: float, targets: tuple[int, ...]) -> Samples:
    """Return the corners (0, 0), (0, 1), (1, 0) and (1, 1) with the targets of a truth table."""
    x = np.array([(0, 0), (0, 1), (1, 0), (1, 1)], dtype=np.float64)
    return Samples(x, _column(np.array(targets)))


def _make_moons(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw two half circles of radius 3 that reach into each other, class 1 being the lower one.

    Noise is normal with the deviation 3 · noise; points beyond the edge are mirrored back.
    """
    lower, _ = _turns(n, 2)
    angle = rng.uniform(0, np.pi, n)
    sign = np.where(lower, -1.0, 1.0)
    x = sign[:, None] * np.stack([3 * np.cos(angle) - 1.5, 3 * np.sin(angle) - 0.75], axis=1)
    return Samples(_folded(x + 3 * noise * rng.standard_normal((n, 2))), _column(lower))


def _make_blobs3(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw three Gaussians around the corners of a triangle, 3.5 from the middle."""
    centers = _on_circle(np.full(3, 3.5), np.arange(3) * 2 * np.pi / 3)
    x, which = _make_blobs(rng, n, noise, centers)
    return Samples(x, np.eye(3)[which])


def _make_spirals3(rng: np.random.Generator, n: int, noise: float) -> Samples:
    """Draw three spiral arms of one turn."""
    x, which = _make_arms(rng, n, noise, arms=3, turns=1.0)
    return Samples(x, np.eye(3)[which])


def _make_curve(rng: np.random.Generator, n: int, noise: float, curve: Callable[[Array], Array]) -> Samples:
    """Draw y = f(x) for x from −6 to 6, with normal noise of deviation `noise` on y."""
    x = rng.uniform(-EDGE, EDGE, (n, 1))
    return Samples(x, curve(x) + noise * rng.standard_normal((n, 1)))


def _truth(name: str, label: str, targets: tuple[int, ...]) -> Dataset:
    make = partial(_make_truth, targets=targets)
    return Dataset(name, label, "binary", make, ("0", "1"), noisy=False)


def _curve(name: str, label: str, curve: Callable[[Array], Array]) -> Dataset:
    return Dataset(name, label, "regression", partial(_make_curve, curve=curve), inputs=1)


DATASETS: dict[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        Dataset("circle", "Circle", "binary", _make_circle, ("ring", "disk")),
        Dataset("xor", "XOR", "binary", _make_xor, ("different signs", "same sign")),
        Dataset("gaussians", "Gaussians", "binary", _make_gaussians, ("lower left", "upper right")),
        Dataset("spiral", "Spiral", "binary", _make_spiral, ("arm 1", "arm 2")),
        Dataset("plane", "Plane", "regression", _make_plane),
        Dataset("multi_gaussian", "Multi-Gaussian", "regression", _make_multi_gaussian),
        _truth("truth_and", "AND truth table", (0, 0, 0, 1)),
        _truth("truth_or", "OR truth table", (0, 1, 1, 1)),
        _truth("truth_xor", "XOR truth table", (0, 1, 1, 0)),
        Dataset("moons", "Moons", "binary", _make_moons, ("upper moon", "lower moon")),
        Dataset("blobs3", "Three blobs", "classes", _make_blobs3, ("top", "right", "left"), outputs=3),
        Dataset(
            "spirals3", "Three spirals", "classes", _make_spirals3, ("arm 1", "arm 2", "arm 3"), outputs=3
        ),
        _curve("sine", "Sine", np.sin),
        _curve("step", "Step", lambda x: np.where(x < 0, -1.0, 1.0)),
    )
}
