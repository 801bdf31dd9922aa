"""The next steps of a run that is trained on while it is watched: in pieces, with key frames of their own."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.evaluation import evaluating, input_gradients
from core.network import Network
from core.phases import epochs_at
from core.pieces import Pieces, finish
from core.settings import settings_at
from core.training import TrainingRun
from core.work import evaluation_seconds, resume_seconds, training_seconds
from ui.components.player.film_bytes import next_key_frames_in
from ui.components.player.next_steps import NextSteps, build_next_steps
from ui.components.player.picture import Picture
from ui.components.player.records import PlayerRun, Points
from ui.limits import MAX_EVALUATED, MAX_PIECE_BYTES, PIECE_SECONDS
from ui.training.built import build_network
from ui.training.data import TrainingData
from ui.training.film import in_test, sample_label
from ui.training.length import refusal
from ui.training.resampling import data_at
from ui.training.run import extend, some_rows
from ui.training.state import Training

# What a piece's key frames show in about two seconds, and the predicted seconds of what is computed for them.
NEXT_KEY_FRAMES = 50
EVALUATION_SECONDS = 0.1
# The predicted seconds of training in a piece, however many steps are requested.
LONGEST_SECONDS = 0.4


class Learned(NamedTuple):
    """A run some steps later, and on the way there the parameters `theta` (F, P) at `steps` (F,)."""

    history: TrainingRun
    steps: np.ndarray[Any, np.dtype[np.int64]]
    theta: Array


class Piece(NamedTuple):
    """A piece of a run: where it has come to, and what is sent of it, None where there is not one step."""

    history: TrainingRun
    steps: NextSteps | None


def steps_allowed(state: Training, data: TrainingData, after: int, steps: int) -> int:
    """Return how many of so many steps more the run may take, which has taken `after`."""
    network = build_network(state, data)
    here = data_at(state, data, after)
    each = training_seconds(network, settings_at(state.segments, after), len(here.train), 1)
    steps = min(steps, max(int(LONGEST_SECONDS / each), 1))
    if refusal(state, data, after + steps) is None:
        return steps

    def is_refused(more: int) -> bool:
        return refusal(state, data, after + more) is not None

    return bisect_left(range(1, steps), True, key=is_refused)


def learning(
    state: Training, data: TrainingData, history: TrainingRun, steps: int, size: int
) -> Pieces[Learned]:
    """Take so many steps more in pieces; the bits are those of one run, whatever the pieces.

    A number is sent in `size` bytes.
    """
    network = build_network(state, data)
    marks = marks_behind(history.step, steps, _key_frames(network, data, size))
    settings = settings_at(state.segments, history.step)
    here = data_at(state, data, history.step)
    each = training_seconds(network, settings, len(here.train), 1, min(len(here.test), MAX_EVALUATED))
    found: list[tuple[int, Array]] = []
    spent = 0.0
    for mark in marks:
        before = history.step
        spent += (mark - before) * each + resume_seconds(network)
        longer = extend(replace(state, steps=mark, at=None), data, history)
        if spent > PIECE_SECONDS:
            history, spent = (yield from longer), 0.0
            yield
        else:
            history = finish(longer)
        if history.step > before:
            found.append((history.step, history.theta))
        if history.step < mark:
            break
    theta = [at for _, at in found]
    return Learned(
        history,
        np.array([step for step, _ in found], np.int64),
        np.stack(theta) if theta else np.empty((0, network.n_parameters)),
    )


def marks_behind(after: int, steps: int, most: int) -> list[int]:
    """Return at most so many evenly spread steps behind `after`, the last of them `steps` later."""
    count = min(steps, most)
    # Whole numbers alone: 50 · (112/50) is more than 112, and so would be the step above it.
    return [after - (-place * steps // count) for place in range(1, count + 1)]


def _key_frames(network: Network, data: TrainingData, size: int) -> int:
    """Return how many key frames a piece has at the most: fewer where each is much to compute or send."""
    samples, test = min(len(data.train), MAX_EVALUATED), min(len(data.test), MAX_EVALUATED)
    each = evaluation_seconds(network, 1, samples, gradients=True) + evaluation_seconds(network, 1, test)
    rows, columns = data.pixels or (0, 0)
    first = rows * columns * network.widths[1]
    fitting = next_key_frames_in(MAX_PIECE_BYTES, network.n_parameters - first, rows * columns, size)
    return min(max(int(EVALUATION_SECONDS / each), 2), fitting, NEXT_KEY_FRAMES)


def next_piece(
    state: Training,
    data: TrainingData,
    history: TrainingRun,
    steps: int,
    film: Mapping[str, Any],
    span: Array,
    row: int,
) -> Pieces[Piece]:
    """Train so many steps more in pieces and make of them what follows a film, whose maps have this span.

    `row` is the sample that is drawn where the inputs are pixels.
    """
    learned = yield from learning(state, data, history, steps, np.dtype(film["number"]).itemsize)
    if not len(learned.steps):
        return Piece(learned.history, None)
    data = data_at(state, data, history.step)
    run = yield from _evaluated(state, data, learned)
    sent = yield from build_next_steps(
        build_network(state, data),
        run,
        data.plane,
        Points(data.positions, data.x, data.own_y, in_test(data)),
        film=film,
        span=span,
        y_scaling=data.y_scaling,
        picture=_picture(state, data, learned, row),
    )
    return Piece(learned.history, sent)


def _evaluated(state: Training, data: TrainingData, learned: Learned) -> Pieces[PlayerRun]:
    network, classes = build_network(state, data), data.task != "regression"
    rows, test_rows = some_rows(data.train), some_rows(data.test)
    theta = learned.theta
    train = yield from evaluating(network, theta, data.x_at(rows), data.y_at(rows), classes=classes)
    test = None
    if len(test_rows):
        x, y = data.x_at(test_rows), data.y_at(test_rows)
        test = yield from evaluating(network, theta, x, y, classes=classes, gradients=False)
    return PlayerRun.of(
        learned.steps,
        epochs_at(learned.history.phases, learned.steps),
        theta,
        train,
        test,
        None,
        diverged=learned.history.diverged is not None,
    )


def _picture(state: Training, data: TrainingData, learned: Learned, row: int) -> Picture | None:
    if data.pixels is None:
        return None
    network = build_network(state, data)
    gradient = input_gradients(network, learned.theta, data.x_at(row), data.y_at(row))
    return Picture(row + 1, len(data.own_y), sample_label(data, row), data.own_x[row], gradient)
