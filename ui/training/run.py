"""A run of the Training page, step by step: from its state to the history."""

from core.arrays import spread
from core.phases import Rows
from core.pieces import Pieces
from core.settings import segment_at
from core.training import (
    TrainingRun,
    Validation,
    awaits_weights,
    continue_segments,
    start_run,
)
from core.work import resume_seconds, training_seconds
from ui.limits import MAX_EVALUATED, PIECE_SECONDS
from ui.training.built import build_network, first_theta
from ui.training.data import TrainingData
from ui.training.resampling import samples_of
from ui.training.state import Training


def begin(state: Training, data: TrainingData) -> TrainingRun:
    """Return the state's run before its first step."""
    network = build_network(state, data)
    return start_run(network, state.settings, first_theta(state, network), state.seed)


def leads_to(history: TrainingRun, state: Training) -> bool:
    """Return whether the state's run has taken all steps of `history`, with the settings it had."""
    taken, segments = history.phases, state.segments
    # Before its first step a run has no samples.
    same = len(taken) <= len(segments) and all(
        (phase.at, phase.settings, phase.weights) == (segment.at, segment.settings, segment.weights)
        and (phase.sampling == segment.sampling or not phase.samples)
        for phase, segment in zip(taken, segments, strict=False)
    )
    return same and all(segment.at >= history.step for segment in segments[len(taken) :])


def is_over(state: Training, history: TrainingRun) -> bool:
    """Return whether a run has come to the state's step, or to its end before.

    Where it has ended just as a segment begins, it goes on with that one; weights that are set at its last
    step are still to come.
    """
    if history.step >= state.steps:
        return history.step > state.steps or not awaits_weights(state.segments, history)
    goes_on = any(segment.at == history.step for segment in state.segments[len(history.phases) :])
    return (history.stopped or history.diverged is not None) and not goes_on


def extend(state: Training, data: TrainingData, history: TrainingRun) -> Pieces[TrainingRun]:
    """Train the run to the state's step in pieces, each of which gives how far it has come."""
    network = build_network(state, data)
    here: TrainingData | None = None
    sampling = None
    while not is_over(state, history):
        segment = segment_at(state.segments, history.step)
        if here is None or segment.sampling != sampling:
            sampling = segment.sampling
            here = samples_of(state.data, data, sampling)
            x, y = here.x_at(here.train), here.y_at(here.train)
            test = some_rows(here.test)
            validation = Validation(here.x_at(test), here.y_at(test)) if len(test) else None
        each = training_seconds(network, segment.settings, len(x), 1, len(test))
        piece = max(int((PIECE_SECONDS - resume_seconds(network)) / each), 1)
        steps = min(piece, state.steps - history.step)
        history = continue_segments(network, state.segments, history, x, y, steps, validation)
        yield history
    return history


def some_rows(rows: Rows) -> Rows:
    """Return the rows, or evenly picked ones where there are very many."""
    return rows[spread(len(rows), MAX_EVALUATED)]
