"""Training on data: runs, and the history they leave.

A run is a value: `continue_run` makes a longer one of it, and 1,000 steps give the same bits at once or in
pieces. Settings may change on the way: a run is a list of segments, and `continue_segments` takes the steps
of each with its settings and the weights that are there, or that it sets.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.arrays import Array, as_array
from core.chunks import Diverged, Key, Plan
from core.exercise import quantities_by_id
from core.network import Network, forward, trace_loss
from core.optimizers import OPTIMIZERS, State
from core.own_values import NO_OWN_VALUES, OwnValues
from core.phases import Phase, Rows, batch_rows_in, next_phase
from core.settings import Segment, Settings, segment_at

KEY_FRAMES = 300
CHUNK = 1024


class TrainingRun(NamedTuple):
    """A run of `step` steps so far, of one θ (P,) or of R side by side (R, P).

    `theta` (..., P) holds the parameters after the last step and `loss` (..., steps) each batch's loss
    before its update, without penalties. `key_theta` (..., K, P) holds the parameters after each of the
    `key_steps` (K,), at most 300: step 0, then at even distances, those at which settings changed, and the
    last. `best` is the step with the least validation loss `best_loss` so far, where there is validation.
    `stopped` means that patience ran out. `seed`, `state` and the last of the `phases` are what the next
    step needs.
    """

    step: int
    theta: Array
    loss: Array
    key_steps: Rows
    key_theta: Array
    seed: int
    state: State
    phases: tuple[Phase, ...]
    best: int | None = None
    best_loss: float = np.inf
    best_theta: Array | None = None
    stopped: bool = False
    diverged: Diverged | None = None


class Validation(NamedTuple):
    """Samples the network is not trained on: x (M, n_in) and y (M, n_out)."""

    x: Array
    y: Array


def start_run(network: Network, settings: Settings, theta: ArrayLike, seed: int) -> TrainingRun:
    """Return a run before its first step, from θ (P,) or, for R runs side by side, (R, P).

    Raises ValueError for a θ of another shape.
    """
    theta = as_array(theta).astype(np.float64)
    if theta.ndim not in (1, 2) or theta.shape[-1] != network.n_parameters:
        raise ValueError(f"theta must have shape ({network.n_parameters},), got {theta.shape}")
    state = OPTIMIZERS[settings.optimizer].init(theta)
    return TrainingRun(
        0,
        theta,
        np.empty((*theta.shape[:-1], 0)),
        np.array([0]),
        theta[..., None, :].copy(),
        seed,
        state,
        (Phase(0, settings),),
    )


def train(
    network: Network,
    theta: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    steps: int,
    rng: np.random.Generator | None = None,
    **settings: Any,
) -> TrainingRun:
    """Train from θ (P,) for `steps` steps on samples x (N, n_in) with targets y (N, n_out).

    The keywords are those of Settings, as in `optimizer="adam", learning_rate=0.01, batch_size=10,
    shuffle=False`. `rng` gives the order of the batches. With θ (R, P) R runs are trained side by side.
    Raises ValueError when a shape or a setting does not fit.
    """
    chosen = Settings(**settings)
    seed = 0 if rng is None else int(rng.integers(2**32))
    return continue_run(network, chosen, start_run(network, chosen, theta, seed), x, y, steps)


def continue_run(
    network: Network,
    settings: Settings,
    history: TrainingRun,
    x: ArrayLike,
    y: ArrayLike,
    steps: int,
    validation: Validation | None = None,
    own_values: OwnValues = NO_OWN_VALUES,
) -> TrainingRun:
    """Return the run after `steps` more steps, or fewer where it diverges or patience runs out.

    Settings that differ from those of the steps before begin a new phase, see `begin_phase`; a run that was
    over goes on with them. `own_values` gives every one of R runs side by side values of its own, and so do
    x (R, N, n_in) and y (R, N, n_out). The first of the runs that diverges ends the steps of all, see
    `core.side_by_side`. Raises ValueError when a shape does not fit, or for fewer than 0 steps.
    """
    x, y = _samples(network, x, y, history.theta.shape[:-1])
    if steps < 0:
        raise ValueError(f"steps must be 0 or more, got {steps}")
    if steps:
        segment = Segment(history.step, settings, sampling=history.phases[-1].sampling)
        history = begin_phase(network, history, segment, x.shape[-2])
    total = history.step + steps
    begun = {phase.at for phase in history.phases}
    check_every = -(-x.shape[-2] // settings.batch_size)
    checked_from = history.phases[-1].epoch_from
    plan = Plan(network, settings, x, y, history.seed, history.phases[-1], own_values)
    pieces = [history.loss]
    keys = list(zip(history.key_steps.tolist(), np.moveaxis(history.key_theta, -2, 0), strict=True))
    theta = history.theta.copy()
    state = history.state
    step = history.step
    while step < total and not (history.stopped or history.diverged):
        stop = min(total, step + CHUNK)
        if validation is not None:
            stop = min(stop, step + check_every - (step - checked_from) % check_every)
        # By the steps taken and not by those to come, which a run may not reach, or take in other pieces.
        stride = _stride(step, len(begun) - 1)
        before = theta.copy(), state
        losses, found, state = plan.run(theta, state, step, stop, stride)
        if np.any(plan.unfit(theta, losses)):
            theta, state, losses, found, diverged = plan.run_to_the_last_finite(*before, step, stop, stride)
            history = history._replace(diverged=diverged)
        step += losses.shape[-1]
        pieces.append(losses)
        keys = _thin([*keys, *found], _stride(step, len(begun) - 1), begun)
        is_checked = (step - checked_from) % check_every == 0
        if validation is not None and is_checked and not history.diverged:
            history = _validate(network, settings, history, validation, theta, step)
    if keys[-1][0] != step:
        keys.append((step, theta.copy()))
    return history._replace(
        step=step,
        theta=theta,
        loss=np.concatenate(pieces, axis=-1),
        key_steps=np.array([at for at, _ in keys]),
        key_theta=np.stack([key for _, key in keys], axis=-2),
        state=state,
    )


def continue_segments(
    network: Network,
    segments: Sequence[Segment],
    history: TrainingRun,
    x: ArrayLike,
    y: ArrayLike,
    steps: int,
    validation: Validation | None = None,
) -> TrainingRun:
    """Return the run after `steps` more steps, each with the settings of the segment that it is in.

    Samples x (N, n_in) and targets y (N, n_out) are those of the present segment. `segments` ascend from
    step 0. A run that is over before the next of them begins ends there. Samples for validation are used
    where a segment has patience. Weights that a segment sets are those of the run from its step on, also
    where that is the last; the optimizer's state stays. Where the sampling changes the run ends: a segment
    with other samples takes its own x and y. Raises ValueError when a shape does not fit.
    """
    total = history.step + steps
    sampling = segment_at(segments, history.step).sampling
    while history.step < total:
        segment = segment_at(segments, history.step)
        if segment.sampling != sampling:
            return history
        history = begin_phase(network, history, segment, np.shape(x)[-2])
        end = min([each.at for each in segments if each.at > history.step] + [total])
        held_out = None if segment.settings.patience is None else validation
        history = continue_run(network, segment.settings, history, x, y, end - history.step, held_out)
        if history.step < end:
            return history
    segment = segment_at(segments, total)
    if segment.sampling == sampling and awaits_weights(segments, history):
        history = begin_phase(network, history, segment, np.shape(x)[-2])
    return history


def awaits_weights(segments: Sequence[Segment], history: TrainingRun) -> bool:
    """Return whether a segment that begins where a run is sets weights that the run does not have yet."""
    segment, last = segment_at(segments, history.step), history.phases[-1]
    is_begun = (last.at, last.weights) == (segment.at, segment.weights)
    return segment.at == history.step and bool(segment.weights) and not is_begun


def begin_phase(network: Network, history: TrainingRun, segment: Segment, count: int) -> TrainingRun:
    """Return the run as it is before its next step, which is one of a segment, on `count` samples.

    Where it has taken a step of the segment, or nothing changes, it is returned as it is. The weights that
    the segment sets stand in its last key frame; of other samples the best step is another one.
    """
    last, at = history.phases[-1], history.step
    settings = segment.settings
    if segment.at < at:
        # What it sets has been set.
        segment = replace(segment, at=at, weights=())
    if not last.samples:
        last = last._replace(samples=count, sampling=segment.sampling)
        history = history._replace(phases=(*history.phases[:-1], last))
    phase = next_phase(last, segment, count)
    if phase is last:
        return history
    if phase.sampling != last.sampling:
        history = history._replace(best=None, best_loss=np.inf, best_theta=None)
    begins_anew = settings.optimizer != last.settings.optimizer
    state = OPTIMIZERS[settings.optimizer].init(history.theta) if begins_anew else history.state
    # Before its first step a run has no other settings behind it.
    phases = (*history.phases, phase) if at else (phase,)
    history = history._replace(state=state, phases=phases, stopped=False, diverged=None)
    if not segment.weights:
        return history
    theta, key_theta = history.theta.copy(), history.key_theta.copy()
    known = quantities_by_id(network)
    for name, number in segment.weights:
        if name in known and known[name].kind in "wb":
            theta[..., known[name].place] = number
    key_theta[..., -1, :] = theta
    return history._replace(theta=theta, key_theta=key_theta)


def _samples(network: Network, x: ArrayLike, y: ArrayLike, lead: tuple[int, ...] = ()) -> tuple[Array, Array]:
    """Return samples as arrays, x (N, n_in) and y (N, n_out), or both with a leading axis as θ has it."""
    x, y = as_array(x).astype(np.float64), as_array(y).astype(np.float64)
    n_in, n_out = network.widths[0], network.widths[-1]
    fits = x.ndim == 2 or (x.ndim == 3 and x.shape[:1] == lead)
    if not fits or x.shape[-1] != n_in or not x.shape[-2]:
        raise ValueError(f"x must have shape (N, {n_in}), got {x.shape}")
    if y.shape != (*x.shape[:-1], n_out):
        raise ValueError(f"y must have shape ({', '.join(map(str, x.shape[:-1]))}, {n_out}), got {y.shape}")
    return x, y


def _stride(steps: int, changes: int) -> int:
    """Return the distance of key frames after so many steps: a power of 2, so that it only doubles."""
    stride = 1
    while steps // stride + 2 + changes > KEY_FRAMES:
        stride *= 2
    return stride


def _thin(keys: list[Key], stride: int, begun: Collection[int]) -> list[Key]:
    """Return the key frames at multiples of a stride, and at the steps at which phases have begun."""
    return [(at, theta) for at, theta in keys if at % stride == 0 or at in begun]


def _validate(
    network: Network,
    settings: Settings,
    history: TrainingRun,
    validation: Validation,
    theta: Array,
    step: int,
) -> TrainingRun:
    loss = float(np.mean(trace_loss(network, forward(network, theta, validation.x), validation.y)))
    if loss < history.best_loss:
        return history._replace(best=step, best_loss=loss, best_theta=theta.copy())
    waited = step - max(history.best or 0, history.phases[-1].at)
    return history._replace(stopped=settings.patience is not None and waited >= settings.patience)


def batch_rows_of(history: TrainingRun, step: int) -> Rows:
    """Return which of its samples the batch of a step (from 0 on) of a run holds."""
    phases = history.phases
    phase = phases[bisect_right(phases, step, key=lambda phase: phase.at) - 1]
    return batch_rows_in(phase, history.seed, step)
