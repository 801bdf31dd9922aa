"""A run of the Training page as the film that the player plays."""

import numpy as np
from numpy.typing import NDArray

from core.pieces import Pieces
from ui.components.player.payload import PlayerRun, Points, build_player
from ui.training.data import TrainingData
from ui.training.run import Shown


def player_run(shown: Shown) -> PlayerRun:
    """Return the run as the player takes it; the best step is the one of lowest test loss."""
    history, train, test = shown.history, shown.train, shown.test
    best = history.best
    if best is None and test is not None and history.step:
        best = int(history.key_steps[np.argmin(test.loss)])
    return PlayerRun(
        history.key_steps,
        history.key_steps / shown.per_epoch,
        history.key_theta,
        train.gradient,
        train.loss,
        None if test is None else test.loss,
        train.accuracy,
        None if test is None else test.accuracy,
        best,
        history.diverged is not None,
    )


def build_film(data: TrainingData, shown: Shown, run: PlayerRun, max_bytes: int) -> Pieces[dict[str, object]]:
    """Make in pieces what the player plays: a run over its data, in at most so many bytes."""
    points = Points(data.positions, data.x, data.own_y, in_test(data))
    return build_player(
        shown.network,
        run,
        data.plane,
        points,
        task=data.task,
        input_names=data.input_names,
        output_names=data.output_names,
        x_scaling=data.x_scaling,
        y_scaling=data.y_scaling,
        max_bytes=max_bytes,
    )


def in_test(data: TrainingData) -> NDArray[np.bool_]:
    """Return for each sample (N,) whether it is one of the test."""
    mask = np.zeros(len(data.own_y), dtype=np.bool_)
    mask[data.test] = True
    return mask
