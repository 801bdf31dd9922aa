"""A run ready to be shown: what its key frames do on the samples, and how it broke down."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.diagnosis import Breakdown, diagnosing
from core.evaluation import Evaluation, evaluating, sample_gradients
from core.exercise import quantities
from core.network import Network, forward
from core.phases import Rows, epochs_at
from core.pieces import Pieces
from core.settings import segment_at
from core.training import (
    TrainingRun,
    batch_rows_of,
    begin_phase,
)
from ui.limits import MAX_EVALUATED
from ui.text.breakdown import describe_breakdown
from ui.training.built import build_network
from ui.training.data import TrainingData
from ui.training.resampling import data_at, places_of, samples_of
from ui.training.run import some_rows
from ui.training.state import REAL, Left, Training


class Shown(NamedTuple):
    """A run ready to be shown: what its key frames do on training and test samples, and how it broke down.

    `epochs` (K,) is how many passes over the training samples it has made at each of them.
    """

    network: Network
    history: TrainingRun
    train: Evaluation
    test: Evaluation | None
    epochs: Array
    breakdown: Breakdown | None


def show(state: Training, data: TrainingData, history: TrainingRun) -> Pieces[Shown]:
    """Evaluate in pieces the key frames of a run on at most 2,000 training and test samples each."""
    network = build_network(state, data)
    classes = data.task != "regression"
    trained, tested = [], []
    for segment, place in places_of(state, history.key_steps):
        here = samples_of(state.data, data, segment.sampling)
        rows, test_rows = some_rows(here.train), some_rows(here.test)
        theta = history.key_theta[place]
        part = yield from evaluating(network, theta, here.x_at(rows), here.y_at(rows), classes=classes)
        trained.append(part)
        if len(test_rows):
            part = yield from evaluating(
                network,
                theta,
                here.x_at(test_rows),
                here.y_at(test_rows),
                classes=classes,
                gradients=False,
            )
            tested.append(part)
    train = _joined(trained)
    # A curve with gaps would be no curve.
    test = _joined(tested) if len(tested) == len(trained) else None
    found = yield from diagnosing(
        network,
        history.phases[-1].settings,
        history.key_steps,
        history.key_theta,
        train.loss,
        here.x_at(rows),
        here.y_at(rows),
        history.loss,
        history.diverged.step if history.diverged else None,
    )
    train = train._replace(gradient=_as_in_films(history.key_theta, train.gradient))
    epochs = epochs_at(history.phases, history.key_steps)
    return Shown(network, history, train, test, epochs, found)


def _joined(parts: Sequence[Evaluation]) -> Evaluation:
    """Return what was evaluated in stretches as one."""
    if len(parts) == 1:
        return parts[0]

    def join(*arrays: Array | None) -> Any:
        return None if arrays[0] is None else np.concatenate([array for array in arrays if array is not None])

    return Evaluation(*map(join, *parts))


class LossesLeft(NamedTuple):
    """A replaced future: its training loss (L,) at the key `steps` (L,) from where it left the run."""

    left: Left
    steps: Rows
    loss: Array


def losses_left(state: Training, data: TrainingData, left: Left, history: TrainingRun) -> Pieces[LossesLeft]:
    """Evaluate in pieces the key frames of a run that was left, from there on."""
    there = history.key_steps >= left.at
    steps, theta = history.key_steps[there], history.key_theta[there]
    losses = []
    for segment, place in places_of(state, steps):
        here = samples_of(state.data, data, segment.sampling)
        rows = some_rows(here.train)
        evaluated = yield from evaluating(
            build_network(state, data),
            theta[place],
            here.x_at(rows),
            here.y_at(rows),
            classes=False,
            gradients=False,
        )
        losses.append(evaluated.loss)
    return LossesLeft(left, steps, np.concatenate(losses))


def _as_in_films(theta: Array, gradient: Array) -> Array:
    """Return gradients in 32 bits, as films have them, unless they or θ are too large for that.

    θ stays in 64 bits: files and links have every digit of it.
    """
    largest = np.max(np.abs(np.concatenate([theta, gradient])))
    return gradient.astype(np.float32) if largest <= np.finfo(np.float32).max else gradient


def key_frame(history: TrainingRun, step: int) -> int:
    """Return the index of the key frame at `step`, or of the last one before it."""
    return max(int(np.searchsorted(history.key_steps, step, side="right")) - 1, 0)


class Batch(NamedTuple):
    """The batch of one step: the samples' rows (B,), their losses (B,) and gradients (B, P)."""

    rows: Rows
    loss: Array
    gradient: Array


def batch_at(state: Training, data: TrainingData, shown: Shown, frame: int) -> Batch:
    """Return the batch that the step after a key frame takes."""
    step = int(shown.history.key_steps[frame])
    history, here = shown.history, data_at(state, data, step)
    if step == history.step:
        segment = segment_at(state.segments, step)
        history = begin_phase(shown.network, history, segment, len(here.train))
    rows = here.train[batch_rows_of(history, step)][:MAX_EVALUATED]
    theta = shown.history.key_theta[frame]
    loss, gradient = sample_gradients(shown.network, theta, here.x_at(rows), here.y_at(rows))
    return Batch(rows, loss, gradient)


def predictions(data: TrainingData, shown: Shown, frame: int) -> Array:
    """Return ŷ (N, n_out) of all samples at a key frame, in the units of the data's own targets."""
    return data.y_scaling.own(forward(shown.network, shown.history.key_theta[frame], data.x).a[-1])


def outcome(state: Training, data: TrainingData, shown: Shown) -> list[str]:
    """Return the sentences that describe how a run broke down or had to stop, none for one that did not."""
    found, diverged = shown.breakdown, shown.history.diverged
    sentences = []
    if diverged is not None:
        names = [quantity.label for quantity in quantities(shown.network) if quantity.kind in "wb"]
        sentences.append(
            f"Training stopped after step {diverged.step:,}, the last with finite numbers: the next would "
            f"drive the weight {names[diverged.place]} or the loss out of range."
        )
    if found is None:
        return sentences
    table = state.data.name in REAL or state.data.name == "own"
    standardize = table and not state.data.standardize
    outputs = data.output_names if len(data.output_names) == data.own_y.shape[1] else ("y",)
    described = describe_breakdown(
        found,
        shown.network,
        shown.history.phases[-1].settings,
        columns=(*data.input_names, *outputs),
        samples="every training sample",
        remedies={
            "scale": "Turn Standardize on, in the data menu."
            if standardize
            else "Try other inputs, or a smaller learning rate.",
            "start": "Try another seed or other initial weights.",
        },
    )
    return [*sentences, *described]
