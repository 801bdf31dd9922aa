"""How many steps a run has by its budget, and how many it may have."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from core.phases import epochs_at, per_epoch, phases_of, step_of_epoch
from core.settings import Settings
from core.work import run_seconds
from ui.limits import MAX_EVALUATED, MAX_TRAINING_STEPS, MAX_WORK_SECONDS
from ui.text.numbers import count
from ui.training.built import build_network
from ui.training.data import TrainingData
from ui.training.resampling import counting, data_at
from ui.training.state import Training, left_run, up_to


def batches_per_epoch(settings: Settings, data: TrainingData) -> int:
    """Return how many steps one pass over the training samples takes."""
    return per_epoch(settings, len(data.train))


def steps_of_budget(state: Training, data: TrainingData) -> int:
    """Return the number of steps that the budget is; epochs have the batches of the run's end."""
    if state.unit == "steps":
        return state.budget
    last = state.segments[-1]
    return state.budget * batches_per_epoch(last.settings, data_at(state, data, last.at))


def step_of_budget(state: Training, data: TrainingData) -> int:
    """Return the step at which a run has come to its budget in all, with batches of whatever sizes."""
    if state.unit == "steps":
        return state.budget
    return step_of_epoch(phases_of(state.segments, counting(state, data)), state.budget)


def refusal(state: Training, data: TrainingData, steps: int) -> str | None:
    """Return why a run of `steps` steps in all is too large, or None where it is not."""
    if steps > MAX_TRAINING_STEPS:
        allowed = _length(state, data, MAX_TRAINING_STEPS)
        return f"{steps:,} steps in all would be taken; {allowed} are allowed."
    seconds = predicted_seconds(state, data, steps)
    if seconds <= MAX_WORK_SECONDS:
        return None
    most = _length(state, data, most_steps(partial(predicted_seconds, state, data), steps))
    # Of epochs a smaller batch makes more steps.
    batch = ", a smaller batch" if state.unit == "steps" else ""
    return (
        f"{steps:,} steps in all would take about {seconds:,.0f} s of work; {MAX_WORK_SECONDS:.0f} s are "
        f"allowed. Take up to {most}{batch} or a smaller network."
    )


def without_futures(state: Training, data: TrainingData, steps: int) -> Training:
    """Return the state without the oldest of its replaced futures where its run leaves no time for them."""
    while state.left and refusal(state, data, steps):
        state = replace(state, left=state.left[1:])
    return state


def _length(state: Training, data: TrainingData, steps: int) -> str:
    """Return a number of steps, with the whole epochs that they are where the reader counts in epochs."""
    made = epochs_at(phases_of(state.segments, counting(state, data)), np.array([steps]))
    epochs = int(made[0]) if state.unit == "epochs" else 0
    noun = "epoch" if epochs == 1 else "epochs"
    return f"{steps:,} steps ({epochs:,} {noun})" if epochs else f"{steps:,} steps"


def predicted_seconds(state: Training, data: TrainingData, steps: int) -> float:
    """Return the seconds of work that a run of so many steps and its evaluation are predicted to take.

    They include what it takes to compute the replaced futures anew, as a link has to.
    """
    network = build_network(state, data)
    runs = [(state.segments, steps), *((left_run(state, left).segments, left.end) for left in state.left)]
    # As if all steps had the samples of which there are most.
    trained_on = counting(state, data)
    return sum(
        run_seconds(
            network,
            segments,
            max(trained_on(segment) for segment in segments),
            max(len(data.own_y) - trained_on(segment) for segment in segments),
            length,
            MAX_EVALUATED,
        )
        for segments, length in runs
    )


def most_steps(predicted: Callable[[int], float], refused: int) -> int:
    """Return a round number of steps whose `predicted` seconds are allowed, where `refused` are too many."""
    most = max(bisect_right(range(refused), MAX_WORK_SECONDS, key=predicted) - 1, 0)
    unit = 10 ** max(len(str(most)) - 2, 0)
    return most // unit * unit


def within_limits(state: Training, data: TrainingData) -> tuple[Training, tuple[str, ...]]:
    """Return the state, or its start and the reason where a link is of a run that is too large.

    Of replaced futures as many are left out as would be too much beside the run.
    """
    allowed = without_futures(state, data, state.steps)
    reason = refusal(allowed, data, state.steps)
    if reason:
        return replace(up_to(state, 0), left=()), (f"Link: {reason}",)
    missing = len(state.left) - len(allowed.left)
    if not missing:
        return allowed, ()
    return allowed, (f"Not drawn: {count(missing, 'replaced future')}, too much work beside the run.",)
