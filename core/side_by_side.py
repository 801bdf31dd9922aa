"""Several runs that differ in one setting, trained side by side in pieces.

Every run is the run that it would be alone: one that diverges, or whose patience runs out, ends by itself,
and the others go on. A product of several matrices at once may add in another order than one alone, so that
the last digits differ: over a few dozen steps θ agrees to a relative 1e-11, and more steps make more of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array
from core.chunks import Diverged
from core.network import Network, forward, trace_loss
from core.own_values import NO_OWN_VALUES, OwnValues
from core.phases import Rows
from core.pieces import Pieces
from core.settings import Segment, segment_at
from core.training import TrainingRun, Validation, awaits_weights, begin_phase, continue_run, start_run


class RunAlone(NamedTuple):
    """One of several runs: its last `step`, and θ (K, P) after each of its `key_steps` (K,).

    `diverged` is where it had to stop, `stopped` whether its patience ran out, and `best` the step with the
    least validation loss, where there is validation.
    """

    step: int
    key_steps: Rows
    key_theta: Array
    diverged: Diverged | None = None
    stopped: bool = False
    best: int | None = None


class _Waiting(NamedTuple):
    """What patience counts for R runs: the step (R,) of the least validation loss (R,) so far."""

    best: Rows
    loss: Array

    def picked(self, runs: Sequence[int]) -> "_Waiting":
        return _Waiting(self.best[list(runs)], self.loss[list(runs)])


def train_side_by_side(
    network: Network,
    segments: Sequence[Segment],
    theta: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    steps: int,
    piece: int,
    seed: int = 0,
    own_values: OwnValues = NO_OWN_VALUES,
    validation: Validation | None = None,
) -> Pieces[tuple[RunAlone, ...]]:
    """Train from each of θ (R, P) for `steps` steps in pieces of at most `piece`; each gives the last step.

    All have the settings of the `segments` but for their `own_values`. x (N, n_in) and y (N, n_out) are the
    samples of all runs, or with a leading axis R those of each; validation likewise, where there is patience.
    Raises ValueError, before the first step, when a shape does not fit or a number is out of range.
    """
    theta, x, y = np.asarray(theta), np.asarray(x), np.asarray(y)
    _check(segments, theta, steps, piece, own_values)
    history = start_run(network, segments[0].settings, theta, seed)
    count = len(history.theta)
    active = list(range(count))
    waiting = _Waiting(np.full(count, -1), np.full(count, np.inf))
    ended: dict[int, RunAlone] = {}
    while active and history.step < steps:
        segment = segment_at(segments, history.step)
        settings = segment.settings
        history = begin_phase(network, history, segment, x.shape[-2])
        held_out = None if settings.patience is None else validation
        ends = [segment.at for segment in segments if segment.at > history.step]
        stop = min([*ends, steps, history.step + piece])
        epoch = -(-x.shape[-2] // settings.batch_size)
        begun = history.phases[-1]
        if held_out is not None:
            stop = min(stop, history.step + epoch - (history.step - begun.epoch_from) % epoch)
        history = continue_run(network, settings, history, x, y, stop - history.step, own_values=own_values)
        over: list[int] = []
        if history.diverged is not None:
            over = [history.diverged.run]
            ended[active[over[0]]] = _alone(history, waiting, over[0])._replace(
                diverged=history.diverged._replace(run=0)
            )
        elif held_out is not None and (history.step - begun.epoch_from) % epoch == 0:
            waiting = _validated(network, history, waiting, held_out)
            waited = history.step - np.maximum(waiting.best, begun.at)
            over = np.flatnonzero(waited >= settings.patience).tolist()
            for run in over:
                ended[active[run]] = _alone(history, waiting, run)._replace(stopped=True)
        if over:
            kept = [run for run in range(len(active)) if run not in over]
            active = [active[run] for run in kept]
            waiting, own_values = waiting.picked(kept), own_values.picked(kept)
            if x.ndim == 3:
                x, y = x[kept], y[kept]
                validation = validation and Validation(validation.x[kept], validation.y[kept])
            history = _picked(history, kept)
        yield history.step
    if active and awaits_weights(segments, history):
        history = begin_phase(network, history, segment_at(segments, history.step), x.shape[-2])
    ended |= {run: _alone(history, waiting, place) for place, run in enumerate(active)}
    return tuple(ended[run] for run in range(count))


def _check(segments: Sequence[Segment], theta: Array, steps: int, piece: int, own_values: OwnValues) -> None:
    places = [segment.at for segment in segments]
    if not places or places[0] != 0 or places != sorted(set(places)):
        raise ValueError(f"segments must ascend from step 0, got {places}")
    if theta.ndim != 2:
        raise ValueError(f"theta must have shape (R, P), got {theta.shape}")
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, got {steps}")
    if piece < 1:
        raise ValueError(f"piece must be 1 or more, got {piece}")
    own_values.check(len(theta))


def _picked(history: TrainingRun, runs: Sequence[int]) -> TrainingRun:
    """Return a history of some of its runs, which go on."""
    chosen = list(runs)
    return history._replace(
        theta=history.theta[chosen],
        loss=history.loss[chosen],
        key_theta=history.key_theta[chosen],
        state=tuple(part[chosen] for part in history.state),
        diverged=None,
    )


def _alone(history: TrainingRun, waiting: _Waiting, run: int) -> RunAlone:
    best = int(waiting.best[run])
    return RunAlone(history.step, history.key_steps, history.key_theta[run], best=None if best < 0 else best)


def _validated(network: Network, history: TrainingRun, waiting: _Waiting, validation: Validation) -> _Waiting:
    trace = forward(network, history.theta, validation.x)
    loss = trace_loss(network, trace, validation.y)
    better = loss < waiting.loss
    return _Waiting(np.where(better, history.step, waiting.best), np.where(better, loss, waiting.loss))
