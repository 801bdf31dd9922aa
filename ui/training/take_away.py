"""What can be taken away from a run: a notebook and a script that train again in plain NumPy."""

from collections.abc import Callable
from functools import partial

import numpy as np

from core.pieces import finish
from core.training import TrainingRun, start_run
from ui.export.code.cells import notebook, script
from ui.export.code.run_cells import WrittenRun, WrittenSamples, drops, run_cells
from ui.export.code.torch_run_cells import torch_run_cells
from ui.limits import MAX_WRITTEN_NUMBERS
from ui.shell.messages import note
from ui.shell.take_away import TakenFile, render_take_away
from ui.training import kept
from ui.training.built import build_network, first_theta
from ui.training.data import TrainingData
from ui.training.resampling import sampled_from, samples_of
from ui.training.run import extend
from ui.training.shown import Shown
from ui.training.state import Training

# About what two ways of adding the same numbers differ by, and how far a run may come apart by it.
_ROUNDING = 1e-15
_SAME = 1e-10


def render_files(state: Training, data: TrainingData, shown: Shown) -> None:
    """Show the files of a run that has steps, or why its samples are too many for a file."""
    if not shown.history.step or "answers" in state.hide:
        return
    trouble = why_no_file(state, data)
    if trouble:
        note(trouble)
        return
    is_of_torch = not drops(shown.history.phases)
    if not is_of_torch:
        note(
            "There is no PyTorch script of a run with dropout: torch draws its masks by other random numbers."
        )
    files = [file for file in FILES if file is not TORCH or is_of_torch]
    # Each file is made in a request of its own.
    same_until = kept.of_run(state, shown.history, partial(_same_until, state, data, shown.history))
    render_take_away(files, partial(written_run, state, data, shown.history, same_until))


def why_no_file(state: Training, data: TrainingData) -> str | None:
    """Return, as a sentence, that a run has too many samples for a notebook; None where it has not."""
    each = data.own_x.shape[1] + data.own_y.shape[1]
    count = sum(
        each * len(samples_of(state.data, data, segment.sampling).train) for _, segment in sampled_from(state)
    )
    if count <= MAX_WRITTEN_NUMBERS:
        return None
    return (
        f"A notebook of this run would hold {count:,} numbers of samples; up to {MAX_WRITTEN_NUMBERS:,} fit. "
        "Take a smaller training fraction."
    )


def written_run(
    state: Training, data: TrainingData, history: TrainingRun, same_until: Callable[[], int] | None = None
) -> WrittenRun:
    """Return a run of a state as it is written.

    `same_until` gives the step up to which rounding leaves it the same; without, it is trained once more for
    that.
    """
    network = build_network(state, data)
    samples = []
    for at, segment in sampled_from(state):
        here = samples_of(state.data, data, segment.sampling)
        samples.append(WrittenSamples(at, here.x_at(here.train), here.y_at(here.train)))
    theta = first_theta(state, network)
    return WrittenRun(
        network,
        history.phases,
        samples,
        state.seed,
        theta,
        history.loss,
        history.theta,
        same_until() if same_until else _same_until(state, data, history),
        _ending(history),
    )


def _ending(history: TrainingRun) -> str:
    if history.diverged is not None:
        return "With its next step the run would have left the range of numbers, and ends there."
    return "Early stopping ended the run at its last step." if history.stopped else ""


def _same_until(state: Training, data: TrainingData, history: TrainingRun) -> int:
    """Return the first step at which a run comes apart that begins with other last digits, or its end."""
    network = build_network(state, data)
    theta = first_theta(state, network)
    signs = np.where(np.arange(len(theta)) % 2, 1.0, -1.0)
    moved = start_run(network, state.settings, theta * (1 + _ROUNDING * signs), state.seed)
    other = finish(extend(state, data, moved))
    count = min(len(other.loss), len(history.loss))
    first, second = history.loss[:count], other.loss[:count]
    apart = np.flatnonzero(np.abs(first - second) > _SAME * np.abs(first) + 1e-12)
    if len(apart):
        return int(apart[0])
    is_same = np.allclose(other.theta, history.theta, rtol=_SAME, atol=_SAME)
    return count if is_same or count < len(history.loss) else max(count - 1, 0)


TORCH = TakenFile(
    "PyTorch script",
    "training_torch.py",
    "text/x-python",
    "local_fire_department",
    "Trains again with modules, autograd and an optimizer of torch, and compares losses and weights",
    lambda run: script(torch_run_cells(run)),
)
FILES = (
    TakenFile(
        "Notebook",
        "training.ipynb",
        "application/x-ipynb+json",
        "book_2",
        "A Jupyter notebook that trains again in plain NumPy, and compares losses and weights",
        lambda run: notebook(run_cells(run)),
    ),
    TakenFile(
        "Script",
        "training.py",
        "text/x-python",
        "code",
        "The same as a Python script",
        lambda run: script(run_cells(run)),
    ),
    TORCH,
)
