"""What a run counts from step to step: epochs and their batches, the schedule's t, the optimizer's state.

A change of settings begins some of that anew, as `Phase` describes. The order of the batches follows from the
run's seed and the epoch alone.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.settings import Sampling, Segment, Settings

Rows = NDArray[np.integer[Any]]


class Phase(NamedTuple):
    """A segment as a run has taken it, and where what it counts began.

    The optimizer's state is 0 before step `state_from`, which is `at` where the optimizer changed. The
    schedule's t counts from step `schedule_from`, which is `at` where schedule, period or decay changed.
    Epoch `epoch` begins at step `epoch_from`: where batch size, shuffling or the samples changed, the epoch
    under way ends, and the next begins `at` once with the new batches. Else all three go on as before.
    Dropout draws by the step of the whole run, and patience waits from `at` on. The `weights` that a segment
    sets leave all of it as it is, the optimizer's state too. `samples` is their number, 0 before step 1.
    """

    at: int
    settings: Settings
    state_from: int = 0
    schedule_from: int = 0
    epoch_from: int = 0
    epoch: int = 0
    weights: tuple[tuple[str, float], ...] = ()
    sampling: Sampling | None = None
    samples: int = 0


def next_phase(last: Phase, segment: Segment, count: int) -> Phase:
    """Return the phase of a segment on `count` samples; `last` where that is its own, or goes on in it."""
    before, settings, at = last.settings, segment.settings, segment.at
    is_set = not segment.weights or (last.at, last.weights) == (at, segment.weights)
    is_resampled = segment.sampling != last.sampling
    if settings == before and is_set and not is_resampled:
        return last
    state_from = at if settings.optimizer != before.optimizer else last.state_from
    schedule_from = at if _schedule(settings) != _schedule(before) else last.schedule_from
    epoch_from, epoch = last.epoch_from, last.epoch
    batches = min(settings.batch_size, count), settings.shuffle
    if is_resampled or batches != (min(before.batch_size, last.samples), before.shuffle):
        epoch_from, epoch = at, epoch + _epochs_begun(before, last.samples, at - epoch_from)
    own = segment.weights, segment.sampling, count
    return Phase(at, settings, state_from, schedule_from, epoch_from, epoch, *own)


def phases_of(segments: Sequence[Segment], count: Callable[[Segment], int]) -> tuple[Phase, ...]:
    """Return the phases of a run by its segments, with the `count` of samples of each."""
    first = segments[0]
    phases = [Phase(0, first.settings, sampling=first.sampling, samples=count(first))]
    for segment in segments[1:]:
        phase = next_phase(phases[-1], segment, count(segment))
        if phase is not phases[-1]:
            phases.append(phase)
    return tuple(phases)


def batch_rows(settings: Settings, count: int, seed: int, step: int) -> Rows:
    """Return which of `count` samples the batch of a step (from 0 on) of a run of one phase holds."""
    return batch_rows_in(Phase(0, settings, samples=count), seed, step)


def batch_rows_in(phase: Phase, seed: int, step: int) -> Rows:
    """Return which of its samples the batch of a step (from 0 on) of a phase holds."""
    count = phase.samples
    batch = min(phase.settings.batch_size, count)
    epoch, place = divmod(step - phase.epoch_from, per_epoch(phase.settings, count))
    return sample_order(phase.settings, count, seed, phase.epoch + epoch)[place * batch : (place + 1) * batch]


def sample_order(settings: Settings, count: int, seed: int, epoch: int) -> Rows:
    """Return the order (N,) in which an epoch goes through `count` samples."""
    # A batch that holds all samples is the same in any order.
    if not settings.shuffle or settings.batch_size >= count:
        return np.arange(count)
    return np.random.default_rng([seed, epoch]).permutation(count)


def epochs_at(phases: Sequence[Phase], steps: Rows) -> Array:
    """Return how many passes over its samples a run has made, (K,), at ascending steps (K,)."""
    epochs = np.zeros(len(steps))
    for phase in phases:
        if not phase.samples:
            continue
        there = steps >= phase.at
        each = per_epoch(phase.settings, phase.samples)
        epochs[there] = phase.epoch + (steps[there] - phase.epoch_from) / each
    return epochs


def step_of_epoch(phases: Sequence[Phase], epoch: int) -> int:
    """Return the step after which a run, as it goes on last, has made so many passes over its samples.

    Where it had made more before its last phase began, that is before the phase.
    """
    last = phases[-1]
    return last.epoch_from + (epoch - last.epoch) * per_epoch(last.settings, last.samples)


def per_epoch(settings: Settings, count: int) -> int:
    """Return the number of steps in which `count` samples are gone through once."""
    return -(-count // min(settings.batch_size, count))


def _epochs_begun(settings: Settings, count: int, steps: int) -> int:
    return -(-steps // per_epoch(settings, count))


def _schedule(settings: Settings) -> tuple[str, int, float]:
    return settings.schedule, settings.period, settings.decay
