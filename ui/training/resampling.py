"""The samples of each segment of a run: what noise and training fraction make of the data it begins with."""

from collections.abc import Callable
from itertools import pairwise

from core.data import DATASETS, split
from core.phases import Rows
from core.settings import Sampling, Segment, segment_at
from ui.training.data import TrainingData, load
from ui.training.state import Chosen, Training, resampled


def samples_of(chosen: Chosen, data: TrainingData, sampling: Sampling | None) -> TrainingData:
    """Return data as a segment has it, by that of `chosen`.

    Generated samples are generated anew with the same seed. Of others the split is another one; scaling and
    plane stay, as the weights belong to them.
    """
    other = resampled(chosen, sampling)
    if other == chosen:
        return data
    if chosen.name in DATASETS or chosen.name == "points":
        return load(other, None)
    train, test = split(len(data.own_y), other.train_share, chosen.seed)
    return data._replace(train=train, test=test)


def data_at(state: Training, data: TrainingData, step: int) -> TrainingData:
    """Return the data that the step after `step` of the state's run is taken on, by that of its start."""
    return samples_of(state.data, data, segment_at(state.segments, step).sampling)


def is_resampled(state: Training) -> bool:
    """Return whether noise or training fraction change on the way."""
    return len(sampled_from(state)) > 1


def sampled_from(state: Training) -> list[tuple[int, Segment]]:
    """Return the steps from which on a run has other samples than before, with their segments, from 0 on."""
    first, *_ = segments = state.segments
    changes = [(after.at, after) for before, after in pairwise(segments) if before.sampling != after.sampling]
    return [(0, first), *changes]


def counting(state: Training, data: TrainingData) -> Callable[[Segment], int]:
    """Return a function that gives the number of training samples of a segment of the state's run."""
    known: dict[Sampling | None, int] = {}

    def count(segment: Segment) -> int:
        if segment.sampling not in known:
            known[segment.sampling] = len(samples_of(state.data, data, segment.sampling).train)
        return known[segment.sampling]

    return count


def places_of(state: Training, steps: Rows) -> list[tuple[Segment, slice]]:
    """Return for each stretch of ascending key steps (K,) with the same samples its segment and its place."""
    begins = sampled_from(state)
    ends = [int(steps.searchsorted(at)) for at, _ in begins[1:]] + [len(steps)]
    starts = [0, *ends[:-1]]
    return [
        (segment, slice(start, end))
        for (_, segment), start, end in zip(begins, starts, ends, strict=True)
        if start < end
    ]
