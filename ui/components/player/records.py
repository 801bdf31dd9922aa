"""What the player shows of a training run, as records."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array, Integers
from core.evaluation import Evaluation


class PlayerRun(NamedTuple):
    """A training run at its K key frames, from 1 (not trained yet) to 300.

    `steps` (K,) ascend from 0; `theta` and `gradient` have the shape (K, P), the rest (K,). `best` is a step.
    """

    steps: Integers
    epochs: Array
    theta: Array
    gradient: Array
    train_loss: Array
    test_loss: Array | None
    train_accuracy: Array | None
    test_accuracy: Array | None
    best: int | None
    diverged: bool

    @staticmethod
    def of(
        steps: Integers,
        epochs: Array,
        theta: Array,
        train: Evaluation,
        test: Evaluation | None,
        best: int | None,
        *,
        diverged: bool,
    ) -> "PlayerRun":
        """Return the run of parameters θ (K, P), evaluated on the training samples and those of the test."""
        return PlayerRun(
            steps,
            epochs,
            theta,
            train.gradient,
            train.loss,
            None if test is None else test.loss,
            train.accuracy,
            None if test is None else test.accuracy,
            best,
            diverged,
        )


class Points(NamedTuple):
    """Samples: positions `x` (N, axes), network `inputs` (N, n_in), targets `y` (N, n_out), `test` (N,).

    Positions and targets are in the data's own units.
    """

    x: Array
    inputs: Array
    y: Array
    test: NDArray[np.bool_]


class LaterPoints(NamedTuple):
    """The samples from a step on, as many as before, with their noise and the share that is trained on."""

    step: int
    noise: float
    share: float
    points: Points


class SettingsChange(NamedTuple):
    """A step from which on other settings act, and what they become, such as "η → 0.3"."""

    step: int
    label: str


class LeftCurve(NamedTuple):
    """A future that a change has replaced: its training loss (L,) at ascending `steps` (L,).

    `label` is what it was.
    """

    label: str
    steps: Integers
    loss: Array


class Branches(NamedTuple):
    """Where a run's settings changed, and the futures that this replaced."""

    changes: Sequence[SettingsChange] = ()
    left: Sequence[LeftCurve] = ()


class Placing(NamedTuple):
    """The classes that a click on the plane can place, by their `names`.

    Where it is `optional`, a press on a button comes first. `test` has a row for one new point and more: for
    each of them whether it is one of the test.
    """

    names: Sequence[str]
    optional: bool
    test: Sequence[Sequence[bool]]


NO_BRANCHES = Branches()
