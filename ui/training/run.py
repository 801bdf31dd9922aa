"""A run of the Training page: from its state to the history, and to what the player and the charts show."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array, spread
from core.diagnosis import Breakdown, diagnosing
from core.evaluation import Evaluation, evaluating, sample_gradients
from core.exercise import quantities
from core.initializers import init_theta
from core.losses import LOSSES
from core.network import Network, forward
from core.phases import Rows, epochs_at, per_epoch, phases_of, step_of_epoch
from core.pieces import Pieces
from core.settings import Settings, segment_at
from core.training import (
    TrainingRun,
    Validation,
    awaits_weights,
    batch_rows_of,
    begin_phase,
    continue_segments,
    start_run,
)
from core.work import resume_seconds, run_seconds, training_seconds
from ui.limits import MAX_EVALUATED, MAX_TRAINING_STEPS, MAX_WORK_SECONDS, PIECE_SECONDS
from ui.text.breakdown import describe_breakdown
from ui.training.data import TrainingData
from ui.training.resampling import counting, data_at, places_of, samples_of
from ui.training.state import REAL, Left, Training, left_run

USUAL_LOSSES = {
    "binary": "binary_cross_entropy",
    "classes": "categorical_cross_entropy",
    "regression": "half_squared_error",
}


def loss_of(state: Training, task: str) -> str:
    """Return the loss of the state's network: the chosen one where it fits the data, else the usual."""
    return USUAL_LOSSES[task] if not state.loss or why_not(state.loss, task) else state.loss


def why_not(loss: str, task: str) -> str | None:
    """Return the reason why a loss does not fit data of a task, or None where it does."""
    label = LOSSES[loss].label
    if task == "regression" and LOSSES[loss].bounds == (0, 1):
        return f"{label} needs a probability as ŷ; this data's target is a number."
    if task == "binary" and loss == "categorical_cross_entropy":
        return f"{label} needs one output for each class; here one output stands for two classes."
    if task == "classes" and loss == "binary_cross_entropy":
        return f"{label} is for two classes; this data has more."
    return None


def output_activation(task: str) -> str:
    """Return the output's activation: what makes ŷ a probability, probabilities, or any number."""
    return {"binary": "sigmoid", "classes": "softmax", "regression": "identity"}[task]


def build_network(state: Training, data: TrainingData) -> Network:
    """Return the network that fits the data's inputs and outputs."""
    widths = (data.own_x.shape[1], *state.hidden, data.own_y.shape[1])
    activations = (*(state.activation for _ in state.hidden), output_activation(data.task))
    return Network(widths, activations, loss_of(state, data.task))


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
    count = counting(state, data)
    return sum(
        run_seconds(
            network,
            segments,
            max(count(segment) for segment in segments),
            max(len(data.own_y) - count(segment) for segment in segments),
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


def begin(state: Training, data: TrainingData) -> TrainingRun:
    """Return the state's run before its first step."""
    network = build_network(state, data)
    return start_run(network, state.settings, first_theta(state, network), state.seed)


def first_theta(state: Training, network: Network) -> Array:
    """Return θ (P,) before the first step: as it was given, where it fits the network, or else drawn."""
    if len(state.theta) == network.n_parameters:
        return state.init_scale * np.array(state.theta)
    return state.init_scale * init_theta(network, state.initializer, np.random.default_rng(state.seed))


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


class Shown(NamedTuple):
    """A run ready to be shown: what its key frames do on training and test samples, and how it broke down.

    `epochs` (K,) is how many passes over the training samples it has made at each of them.
    """

    network: Network
    history: TrainingRun
    train: Evaluation
    test: Evaluation | None
    epochs: Array
    breakdown: Breakdown | None


def show(state: Training, data: TrainingData, history: TrainingRun) -> Pieces[Shown]:
    """Evaluate in pieces the key frames of a run on at most 2,000 training and test samples each."""
    network = build_network(state, data)
    classes = data.task != "regression"
    trained, tested = [], []
    for segment, place in places_of(state, history.key_steps):
        here = samples_of(state.data, data, segment.sampling)
        rows, test_rows = some_rows(here.train), some_rows(here.test)
        theta = history.key_theta[place]
        part = yield from evaluating(network, theta, here.x_at(rows), here.y_at(rows), classes=classes)
        trained.append(part)
        if len(test_rows):
            part = yield from evaluating(
                network,
                theta,
                here.x_at(test_rows),
                here.y_at(test_rows),
                classes=classes,
                gradients=False,
            )
            tested.append(part)
    train = _joined(trained)
    # A curve with gaps would be no curve.
    test = _joined(tested) if len(tested) == len(trained) else None
    found = yield from diagnosing(
        network,
        history.phases[-1].settings,
        history.key_steps,
        history.key_theta,
        train.loss,
        here.x_at(rows),
        here.y_at(rows),
        history.loss,
        history.diverged.step if history.diverged else None,
    )
    train = train._replace(gradient=_as_in_films(history.key_theta, train.gradient))
    epochs = epochs_at(history.phases, history.key_steps)
    return Shown(network, history, train, test, epochs, found)


def _joined(parts: Sequence[Evaluation]) -> Evaluation:
    """Return what was evaluated in stretches as one."""
    if len(parts) == 1:
        return parts[0]

    def join(*arrays: Array | None) -> Any:
        return None if arrays[0] is None else np.concatenate([array for array in arrays if array is not None])

    return Evaluation(*map(join, *parts))


class LossesLeft(NamedTuple):
    """A replaced future: its training loss (L,) at the key `steps` (L,) from where it left the run."""

    left: Left
    steps: Rows
    loss: Array


def losses_left(state: Training, data: TrainingData, left: Left, history: TrainingRun) -> Pieces[LossesLeft]:
    """Evaluate in pieces the key frames of a run that was left, from there on."""
    there = history.key_steps >= left.at
    steps, theta = history.key_steps[there], history.key_theta[there]
    losses = []
    for segment, place in places_of(state, steps):
        here = samples_of(state.data, data, segment.sampling)
        rows = some_rows(here.train)
        evaluated = yield from evaluating(
            build_network(state, data),
            theta[place],
            here.x_at(rows),
            here.y_at(rows),
            classes=False,
            gradients=False,
        )
        losses.append(evaluated.loss)
    return LossesLeft(left, steps, np.concatenate(losses))


def _as_in_films(theta: Array, gradient: Array) -> Array:
    """Return gradients in 32 bits, as films have them, unless they or θ are too large for that.

    θ stays in 64 bits: files and links have every digit of it.
    """
    largest = np.max(np.abs(np.concatenate([theta, gradient])))
    return gradient.astype(np.float32) if largest <= np.finfo(np.float32).max else gradient


def some_rows(rows: Rows) -> Rows:
    """Return the rows, or evenly picked ones where there are very many."""
    return rows[spread(len(rows), MAX_EVALUATED)]


def key_frame(history: TrainingRun, step: int) -> int:
    """Return the index of the key frame at `step`, or of the last one before it."""
    return max(int(np.searchsorted(history.key_steps, step, side="right")) - 1, 0)


class Batch(NamedTuple):
    """The batch of one step: the samples' rows (B,), their losses (B,) and gradients (B, P)."""

    rows: Rows
    loss: Array
    gradient: Array


def batch_at(state: Training, data: TrainingData, shown: Shown, frame: int) -> Batch:
    """Return the batch that the step after a key frame takes."""
    step = int(shown.history.key_steps[frame])
    history, here = shown.history, data_at(state, data, step)
    if step == history.step:
        segment = segment_at(state.segments, step)
        history = begin_phase(shown.network, history, segment, len(here.train))
    rows = here.train[batch_rows_of(history, step)][:MAX_EVALUATED]
    theta = shown.history.key_theta[frame]
    loss, gradient = sample_gradients(shown.network, theta, here.x_at(rows), here.y_at(rows))
    return Batch(rows, loss, gradient)


def predictions(data: TrainingData, shown: Shown, frame: int) -> Array:
    """Return ŷ (N, n_out) of all samples at a key frame, in the units of the data's own targets."""
    return data.y_scaling.own(forward(shown.network, shown.history.key_theta[frame], data.x).a[-1])


def outcome(state: Training, data: TrainingData, shown: Shown) -> list[str]:
    """Return the sentences that describe how a run broke down or had to stop, none for one that did not."""
    found, diverged = shown.breakdown, shown.history.diverged
    sentences = []
    if diverged is not None:
        names = [quantity.label for quantity in quantities(shown.network) if quantity.kind in "wb"]
        sentences.append(
            f"Training stopped after step {diverged.step:,}, the last with finite numbers: the next would "
            f"drive the weight {names[diverged.place]} or the loss out of range."
        )
    if found is None:
        return sentences
    table = state.data.name in REAL or state.data.name == "own"
    standardize = table and not state.data.standardize
    outputs = data.output_names if len(data.output_names) == data.own_y.shape[1] else ("y",)
    described = describe_breakdown(
        found,
        shown.network,
        shown.history.phases[-1].settings,
        columns=(*data.input_names, *outputs),
        samples="every training sample",
        remedies={
            "scale": "Turn Standardize on, in the data menu."
            if standardize
            else "Try other inputs, or a smaller learning rate.",
            "start": "Try another seed or other initial weights.",
        },
    )
    return [*sentences, *described]
