"""Twelve runs of a state that differ in one hyperparameter, as the film whose slider goes through them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array, spread
from core.evaluation import Evaluation, evaluating
from core.network import Network
from core.phases import Rows, epochs_at, phases_of
from core.pieces import Pieces
from core.side_by_side import RunAlone, train_side_by_side
from core.training import Validation
from core.work import evaluation_seconds, resume_seconds, segments_seconds, training_seconds
from ui.components.player.records import PlayerRun, Points
from ui.components.player.sweep import SWEEP_KEY_FRAMES, SWEEP_MAP_FRAMES, Swept, build_sweep
from ui.components.player.unit_maps import SURFACE_SIDE
from ui.limits import MAX_EVALUATED, MAX_WORK_SECONDS, PIECE_SECONDS
from ui.text.numbers import exact
from ui.training.built import build_network, first_theta
from ui.training.data import TrainingData, load
from ui.training.film import in_test
from ui.training.hyperparameters import HYPERPARAMETERS, VALUES, Hyperparameter, offered
from ui.training.length import most_steps
from ui.training.resampling import is_resampled
from ui.training.state import Training

# Of the time of one after the other what runs of a large network take side by side; small ones take less.
_SIDE_BY_SIDE = 0.8


class _Samples(NamedTuple):
    """The samples of all runs, or with a leading axis those of each: to train on, and to test on."""

    x: Array
    y: Array
    test_x: Array
    test_y: Array


def why_no_film(state: Training, data: TrainingData, chosen: Hyperparameter) -> str:
    """Return why there is no film of a hyperparameter, as a sentence, or nothing where there is one."""
    if data.pixels is not None:
        return f"A film of {chosen.symbol} needs inputs that are drawn one by one, not as a picture."
    if is_resampled(state):
        return f"A film of {chosen.symbol} needs the same samples throughout; here they change on the way."
    lacking = chosen.lacks(state, data)
    if lacking:
        return f"A film of {chosen.symbol} needs {lacking}."
    if not state.steps:
        return f"A film of {chosen.symbol} is of whole runs: press Train first."
    predicted = partial(sweep_seconds, state, data, chosen)
    seconds = predicted(state.steps)
    if seconds <= MAX_WORK_SECONDS:
        return ""
    most = most_steps(predicted, state.steps)
    return (
        f"A film of {chosen.symbol} is {VALUES} runs of {state.steps:,} steps, about {seconds:,.0f} s of "
        f"work; {MAX_WORK_SECONDS:.0f} s are allowed. "
        f"Train up to {most:,} steps, or a smaller network."
    )


def sweep_seconds(state: Training, data: TrainingData, chosen: Hyperparameter, steps: int) -> float:
    """Return the seconds of work that the runs of a film and their evaluation are predicted to take.

    All count as the one with the largest value: with it there is dropout, or a penalty.
    """
    state = chosen.put(state, values_of(state, chosen)[-1])
    network = build_network(state, data)
    count, test = len(data.train), len(data.test)
    trained = segments_seconds(network, state.segments, count, steps, min(test, MAX_EVALUATED))
    frames = min(steps + 1, SWEEP_KEY_FRAMES)
    evaluated = evaluation_seconds(network, frames, min(count, MAX_EVALUATED), gradients=True)
    tested = evaluation_seconds(network, frames, min(test, MAX_EVALUATED))
    maps = evaluation_seconds(network, SWEEP_MAP_FRAMES, SURFACE_SIDE**2)
    return VALUES * (_SIDE_BY_SIDE * trained + evaluated + tested + maps)


def choices(state: Training, data: TrainingData) -> dict[str, Any] | None:
    """Return what films can be chosen, as SweepChoices of model.d.ts; None where there are none."""
    found = offered(state, data)
    chosen = HYPERPARAMETERS.get(state.film)
    if not found and chosen is None:
        return None
    return {
        # What a link has chosen is among them, also where the run lacks what it needs.
        "choices": [
            {"name": each.name, "label": each.label}
            for each in HYPERPARAMETERS.values()
            if each in found or each is chosen
        ],
        "chosen": state.film,
        "note": why_no_film(state, data, chosen) if chosen else "",
    }


def values_of(state: Training, chosen: Hyperparameter) -> list[float]:
    """Return the values of a film, the present one among them."""
    return chosen.around(chosen.value(state))


def taken(state: Training, chosen: Hyperparameter, value: float) -> Training:
    """Return the state whose run is the film's with a value: as long, and without replaced futures."""
    return replace(chosen.put(state, value), left=())


def sweeping(
    state: Training, data: TrainingData, chosen: Hyperparameter, film: dict[str, Any]
) -> Pieces[dict[str, Any]]:
    """Train and evaluate the runs in pieces, and make the film of them that goes with that of the run.

    Each piece gives the share of the steps that have been taken.
    """
    values = values_of(state, chosen)
    states = [chosen.put(state, value) for value in values]
    network = build_network(state, data)
    sources = [load(each.data, None) for each in states] if chosen.path.startswith("data.") else [data]
    samples = _samples(sources)
    runs = yield from _train(network, states, samples, chosen, values)
    shown = []
    for place, run in enumerate(_thin(runs, state.steps)):
        one = samples if samples.x.ndim == 2 else _Samples(*(part[place] for part in samples))
        found = yield from _player_run(network, states[place], data, one, run)
        shown.append(found)
        yield 1.0
    points = [Points(each.positions, each.x, each.own_y, in_test(each)) for each in sources]
    swept = Swept(
        chosen.name,
        chosen.symbol,
        values,
        [chosen.text(value) for value in values],
        [exact(value) for value in values],
        values.index(chosen.value(state)),
        chosen.put(state, chosen.value(state)).segments == state.segments,
    )
    built = yield from build_sweep(network, swept, shown, data.plane, points, data.y_scaling, film)
    return built


def _train(
    network: Network,
    states: Sequence[Training],
    samples: _Samples,
    chosen: Hyperparameter,
    values: Sequence[float],
) -> Pieces[tuple[RunAlone, ...]]:
    # Of the largest value, which is the most work: with it there is dropout, or a penalty.
    state = states[-1]
    theta = np.stack([first_theta(each, network) for each in states])
    count, test = samples.x.shape[-2], samples.test_y.shape[-2]
    validation = Validation(samples.test_x, samples.test_y) if test else None
    each = VALUES * _SIDE_BY_SIDE * training_seconds(network, state.settings, count, 1, test)
    training = train_side_by_side(
        network,
        state.segments,
        theta,
        samples.x,
        samples.y,
        steps=state.steps,
        piece=max(int((PIECE_SECONDS - resume_seconds(network)) / each), 1),
        seed=state.seed,
        own_values=chosen.own_values(np.array(values, dtype=np.float64)),
        validation=validation,
    )
    while True:
        try:
            step = next(training)
        except StopIteration as end:
            runs: tuple[RunAlone, ...] = end.value
            return runs
        yield step / state.steps


def _samples(sources: Sequence[TrainingData]) -> _Samples:
    """Return the samples of data that differ in their numbers alone."""

    def some(rows: Rows) -> Rows:
        return rows[spread(len(rows), MAX_EVALUATED)]

    parts = [
        (data.x_at(data.train), data.y_at(data.train), data.x_at(some(data.test)), data.y_at(some(data.test)))
        for data in sources
    ]
    if len(parts) == 1:
        return _Samples(*parts[0])
    return _Samples(*(np.stack(part) for part in zip(*parts, strict=True)))


def _thin(runs: Sequence[RunAlone], steps: int) -> list[RunAlone]:
    """Return the runs at few key frames, at the same steps as far as each goes, and at its own last one."""
    stride = max(-(-steps // (SWEEP_KEY_FRAMES - 2)), 1)
    # The longest run has the widest distance between its key frames: the others have those too.
    longest = max(runs, key=lambda run: run.step).key_steps
    # Where that is wider than the stride, the nearest of them before.
    places = np.searchsorted(longest, np.arange(0, steps + 1, stride), side="right") - 1
    shared = np.union1d(longest[places], longest[-1:])
    thinned = []
    for run in runs:
        kept = np.isin(run.key_steps, shared) | (run.key_steps == run.step)
        thinned.append(run._replace(key_steps=run.key_steps[kept], key_theta=run.key_theta[kept]))
    return thinned


def _player_run(
    network: Network, state: Training, data: TrainingData, samples: _Samples, run: RunAlone
) -> Pieces[PlayerRun]:
    """Evaluate one run in pieces, as the player takes it."""
    classes = data.task != "regression"
    rows = spread(len(samples.x), MAX_EVALUATED)
    x, y = samples.x[rows], samples.y[rows]
    train = yield from evaluating(network, run.key_theta, x, y, classes=classes)
    test: Evaluation | None = None
    if len(samples.test_x):
        test = yield from evaluating(
            network, run.key_theta, samples.test_x, samples.test_y, classes=classes, gradients=False
        )
    phases = phases_of(state.segments, lambda _: len(samples.x))
    return PlayerRun.of(
        run.key_steps,
        epochs_at(phases, run.key_steps),
        run.key_theta,
        train,
        test,
        None if test is None else int(run.key_steps[np.argmin(test.loss)]),
        diverged=run.diverged is not None,
    )
