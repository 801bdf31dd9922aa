"""A run of the Training page: from its state to the history, and to what the player and the charts show."""

from bisect import bisect_right
from functools import partial
from typing import NamedTuple

import numpy as np

from core.arrays import Array, spread
from core.diagnosis import Breakdown, diagnosing
from core.evaluation import Evaluation, evaluating, sample_gradients
from core.exercise import quantities
from core.initializers import init_theta
from core.losses import LOSSES
from core.network import Network, forward
from core.pieces import Pieces
from core.training import (
    Rows,
    Segment,
    Settings,
    TrainingRun,
    Validation,
    batch_rows,
    continue_run,
    start_run,
)
from core.work import resume_seconds, run_seconds, training_seconds
from ui.limits import MAX_EVALUATED, MAX_TRAINING_STEPS, MAX_WORK_SECONDS, PIECE_SECONDS
from ui.text.breakdown import describe_breakdown
from ui.training.data import TrainingData
from ui.training.state import REAL, Training

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
    return -(-len(data.train) // min(settings.batch_size, len(data.train)))


def steps_of_budget(state: Training, data: TrainingData) -> int:
    """Return the number of steps that a press on Train takes."""
    return state.budget * (batches_per_epoch(state.settings, data) if state.unit == "epochs" else 1)


def refusal(state: Training, data: TrainingData, steps: int) -> str | None:
    """Return why a run of `steps` steps in all is too large, or None where it is not."""
    if steps > MAX_TRAINING_STEPS:
        allowed = _length(state, data, MAX_TRAINING_STEPS)
        return f"{steps:,} steps in all would be taken; {allowed} are allowed."
    seconds = predicted_seconds(state, data, steps)
    if seconds <= MAX_WORK_SECONDS:
        return None
    most = _length(state, data, _most_steps(state, data, steps))
    # Of epochs a smaller batch makes more steps.
    batch = ", a smaller batch" if state.unit == "steps" else ""
    return (
        f"{steps:,} steps in all would take about {seconds:,.0f} s of work; {MAX_WORK_SECONDS:.0f} s are "
        f"allowed. Take up to {most}{batch} or a smaller network."
    )


def _length(state: Training, data: TrainingData, steps: int) -> str:
    """Return a number of steps, with the whole epochs that they are where the reader counts in epochs."""
    epochs = steps // batches_per_epoch(state.settings, data) if state.unit == "epochs" else 0
    noun = "epoch" if epochs == 1 else "epochs"
    return f"{steps:,} steps ({epochs:,} {noun})" if epochs else f"{steps:,} steps"


def predicted_seconds(state: Training, data: TrainingData, steps: int) -> float:
    """Return the seconds of work that a run of so many steps and its evaluation are predicted to take."""
    network = build_network(state, data)
    segments = [Segment(0, state.settings)]
    return run_seconds(network, segments, len(data.train), len(data.test), steps, MAX_EVALUATED)


def _most_steps(state: Training, data: TrainingData, refused: int) -> int:
    """Return a round number of steps that are allowed where `refused` are too many."""
    places = range(refused)
    most = bisect_right(places, MAX_WORK_SECONDS, key=partial(predicted_seconds, state, data)) - 1
    unit = 10 ** max(len(str(most)) - 2, 0)
    return most // unit * unit


def begin(state: Training, data: TrainingData) -> TrainingRun:
    """Return the state's run before its first step."""
    network = build_network(state, data)
    theta = init_theta(network, state.initializer, np.random.default_rng(state.seed))
    return start_run(network, state.settings, theta, state.seed)


def is_over(state: Training, history: TrainingRun) -> bool:
    """Return whether a run has come to the state's step, or to its end before."""
    return history.step >= state.steps or history.stopped or history.diverged is not None


def extend(state: Training, data: TrainingData, history: TrainingRun) -> Pieces[TrainingRun]:
    """Train the run to the state's step in pieces, each of which gives how far it has come."""
    network = build_network(state, data)
    x, y = data.x_at(data.train), data.y_at(data.train)
    validation, test = None, _some(data.test)
    if state.settings.patience is not None and len(test):
        validation = Validation(data.x_at(test), data.y_at(test))
    each = training_seconds(network, state.settings, len(x), 1, len(test))
    piece = max(int((PIECE_SECONDS - resume_seconds(network)) / each), 1)
    while not is_over(state, history):
        steps = min(piece, state.steps - history.step)
        history = continue_run(network, state.settings, history, x, y, steps, validation)
        yield history
    return history


class Shown(NamedTuple):
    """A run ready to be shown: what its key frames do on training and test samples, and how it broke down."""

    network: Network
    history: TrainingRun
    train: Evaluation
    test: Evaluation | None
    per_epoch: int
    breakdown: Breakdown | None


def show(state: Training, data: TrainingData, history: TrainingRun) -> Pieces[Shown]:
    """Evaluate in pieces the key frames of a run on at most 2,000 training and test samples each."""
    network = build_network(state, data)
    classes = data.task != "regression"
    rows, test_rows = _some(data.train), _some(data.test)
    train = yield from evaluating(
        network, history.key_theta, data.x_at(rows), data.y_at(rows), classes=classes
    )
    test = None
    if len(test_rows):
        test = yield from evaluating(
            network,
            history.key_theta,
            data.x_at(test_rows),
            data.y_at(test_rows),
            classes=classes,
            gradients=False,
        )
    found = yield from diagnosing(
        network,
        state.settings,
        history.key_steps,
        history.key_theta,
        train.loss,
        data.x_at(rows),
        data.y_at(rows),
        history.loss,
        history.diverged.step if history.diverged else None,
    )
    train = train._replace(gradient=_as_in_films(history.key_theta, train.gradient))
    return Shown(network, history, train, test, batches_per_epoch(state.settings, data), found)


def _as_in_films(theta: Array, gradient: Array) -> Array:
    """Return gradients in 32 bits, as films have them, unless they or θ are too large for that.

    θ stays in 64 bits: files and links have every digit of it.
    """
    largest = np.max(np.abs(np.concatenate([theta, gradient])))
    return gradient.astype(np.float32) if largest <= np.finfo(np.float32).max else gradient


def _some(rows: Rows) -> Rows:
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
    rows = data.train[batch_rows(state.settings, len(data.train), state.seed, step)][:MAX_EVALUATED]
    theta = shown.history.key_theta[frame]
    loss, gradient = sample_gradients(shown.network, theta, data.x_at(rows), data.y_at(rows))
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
        state.settings,
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
