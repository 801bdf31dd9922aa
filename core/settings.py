"""How to train, and at which steps of a run that changes, be it that a weight is set there by hand."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from core.optimizers import OPTIMIZERS, Rates
from core.schedules import SCHEDULES


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: all that, with data, initial weights and a seed, makes a run.

    `optimizer` and `schedule` are names in OPTIMIZERS and SCHEDULES; `learning_rate` is above 0;
    `batch_size` counts from 1, and more than there are samples means all of them. `l1` and `l2` are the
    factors of Σ|w| and ½Σw² over the weights, not the biases. `dropout` is the share of hidden units left
    out, from 0 to below 1; `clip` the largest norm of the gradient, or None. `patience` is the number of
    steps without a better validation loss after which training stops, or None. Raises ValueError for
    settings that are out of range.
    """

    optimizer: str = "gradient_descent"
    learning_rate: float = 0.1
    batch_size: int = 10
    schedule: str = "constant"
    period: int = 1000
    decay: float = 0.5
    rates: Rates = field(default_factory=Rates)
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    clip: float | None = None
    patience: int | None = None
    shuffle: bool = True

    def __post_init__(self) -> None:
        for name, table in (("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)):
            if getattr(self, name) not in table:
                raise ValueError(f"{name} must be one of {', '.join(table)}, got {getattr(self, name)!r}")
        ranges = {
            "learning_rate": (0 < self.learning_rate < np.inf, "above 0"),
            "batch_size": (self.batch_size >= 1, "1 or more"),
            "period": (self.period >= 1, "1 or more"),
            "decay": (0 < self.decay <= 1, "above 0 and up to 1"),
            "l1": (0 <= self.l1 < np.inf, "0 or more"),
            "l2": (0 <= self.l2 < np.inf, "0 or more"),
            "dropout": (0 <= self.dropout < 1, "from 0 to below 1"),
            "clip": (self.clip is None or self.clip > 0, "above 0 or None"),
            "patience": (self.patience is None or self.patience >= 1, "1 or more, or None"),
        }
        for name, (fits, allowed) in ranges.items():
            if not fits:
                raise ValueError(f"{name} must be {allowed}, got {getattr(self, name)}")


class Sampling(NamedTuple):
    """How the samples of a segment come: the noise of generated ones, and the share that is trained on."""

    noise: float
    train_share: float


@dataclass(frozen=True, slots=True)
class Segment:
    """From step `at` on a run is trained with these settings, until the next segment begins.

    `weights` are set there before the next step: ids of weights and biases in core.exercise, each once, with
    their numbers. One that a network lacks changes nothing. `sampling` is how its samples come, where that is
    known.
    """

    at: int
    settings: Settings
    weights: tuple[tuple[str, float], ...] = ()
    sampling: Sampling | None = None


def segment_at(segments: Sequence[Segment], step: int) -> Segment:
    """Return the segment in which the step after `step` is taken; segments ascend from step 0."""
    return segments[bisect_right(segments, step, key=lambda segment: segment.at) - 1]


def settings_at(segments: Sequence[Segment], step: int) -> Settings:
    """Return the settings with which the step after `step` is taken; segments ascend from step 0."""
    return segment_at(segments, step).settings


def continued_at(segments: Sequence[Segment], step: int) -> Segment:
    """Return what acts from a step on: settings and sampling, with the weights that are set just there."""
    segment = segment_at(segments, step)
    return segment if segment.at == step else replace(segment, at=step, weights=())


def normalized(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments without those that change nothing."""
    kept: list[Segment] = []
    for segment in segments:
        if kept and kept[-1].at == segment.at:
            kept.pop()
        if not kept or segment.weights or _lasting(kept[-1]) != _lasting(segment):
            kept.append(segment)
    return tuple(kept)


def _lasting(segment: Segment) -> tuple[Settings, Sampling | None]:
    return segment.settings, segment.sampling
