"""A run of the Training page as the film that the player plays."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.evaluation import input_gradients
from core.pieces import Pieces
from core.settings import Segment, continued_at
from ui.components.player.payload import build_player
from ui.components.player.picture import Picture
from ui.components.player.records import (
    NO_BRANCHES,
    Branches,
    LaterPoints,
    LeftCurve,
    PlayerRun,
    Points,
    SettingsChange,
)
from ui.text.settings import becomes, was
from ui.training.data import TrainingData
from ui.training.resampling import sampled_from, samples_of
from ui.training.sample import target_text
from ui.training.shown import LossesLeft, Shown
from ui.training.state import Training, left_run, sampling_of


def player_run(shown: Shown) -> PlayerRun:
    """Return the run as the player takes it; the best step has the lowest test loss on its last samples."""
    history, train, test = shown.history, shown.train, shown.test
    best = None if history.phases[-1].settings.patience is None else history.best
    if best is None and test is not None and history.step:
        begun = [after.at for before, after in pairwise(history.phases) if before.sampling != after.sampling]
        first = int(np.searchsorted(history.key_steps, begun[-1])) if begun else 0
        best = int(history.key_steps[first + np.argmin(test.loss[first:])])
    return PlayerRun.of(
        history.key_steps,
        shown.epochs,
        history.key_theta,
        train,
        test,
        best,
        diverged=history.diverged is not None,
    )


class Faint(NamedTuple):
    """What is drawn faint beside a run: its replaced futures, and the run from before it began.

    `of` is what the latter depends on.
    """

    futures: Sequence[LossesLeft] = ()
    before: LeftCurve | None = None
    of: Hashable = None


def branches_of(state: Training, faint: Faint, *, short: bool = True) -> Branches:
    """Return the changes of a run's settings with their words, and what is drawn faint beside it.

    The words are `short` where they stand in a drawing.
    """
    changes = [
        SettingsChange(segment.at, becomes(replace(before, weights=()), segment, short=short))
        for before, segment in pairwise(state.segments)
    ]
    left = [
        LeftCurve(
            f"{was(left_run(state, left).acting, continued_at(state.segments, left.at), short=short)}, "
            f"left behind at step {left.at:,}",
            steps,
            loss,
        )
        for left, steps, loss in faint.futures
    ]
    if faint.before is not None:
        left.append(faint.before)
    return Branches(changes, left)


def build_film(
    state: Training,
    data: TrainingData,
    shown: Shown,
    run: PlayerRun,
    max_bytes: int,
    branches: Branches = NO_BRANCHES,
) -> Pieces[dict[str, object]]:
    """Make in pieces what the player plays: a run over its data, in at most so many bytes."""
    first, *later = [
        LaterPoints(at, *(segment.sampling or sampling_of(state.data)), points_of(state, data, segment))
        for at, segment in sampled_from(state)
        if at <= run.steps[-1]
    ]
    return build_player(
        shown.network,
        run,
        data.plane,
        first.points,
        later=later,
        task=data.task,
        input_names=data.input_names,
        output_names=data.output_names,
        x_scaling=data.x_scaling,
        y_scaling=data.y_scaling,
        pixels=data.pixels,
        max_bytes=max_bytes,
        branches=branches,
    )


def points_of(state: Training, data: TrainingData, segment: Segment) -> Points:
    """Return the samples of a segment as they are drawn."""
    here = samples_of(state.data, data, segment.sampling)
    return Points(here.positions, here.x, here.own_y, in_test(here))


def sample_picture(data: TrainingData, shown: Shown, row: int, film: Mapping[str, Any]) -> Picture | None:
    """Return a sample as the picture that goes with a film, None where its inputs are no pixels."""
    if data.pixels is None:
        return None
    frames = np.searchsorted(shown.history.key_steps, film["steps"])
    theta = shown.history.key_theta[frames]
    gradient = input_gradients(shown.network, theta, data.x_at(row), data.y_at(row))
    return Picture(row + 1, len(data.own_y), sample_label(data, row), data.own_x[row], gradient)


def sample_label(data: TrainingData, row: int) -> str:
    """Return what a sample is: its target, and what it is for."""
    return f"{target_text(data, row)}, {'test' if row in data.test else 'training'} sample"


def in_test(data: TrainingData) -> NDArray[np.bool_]:
    """Return for each sample (N,) whether it is one of the test."""
    mask = np.zeros(len(data.own_y), dtype=np.bool_)
    mask[data.test] = True
    return mask
