"""The data of the Training page, made ready: samples, their split, and the plane they are drawn on."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.data import DATASETS, EDGE, Task, make_samples, split
from core.features import FEATURES, make_features
from core.training import Rows
from ui.components.player.payload import Plane
from ui.own_data import Prepared, Table, prepare
from ui.points import Point
from ui.real_data import USUAL_TARGETS, real_table
from ui.training_state import REAL, Chosen

POINT_CLASSES = ("blue", "orange", "purple")
STARTER_POINTS: tuple[Point, ...] = ((-3, -3, 0), (3, 3, 0), (-3, 3, 1), (3, -3, 1))


class TrainingData(NamedTuple):
    """Samples ready to train on.

    `x` (N, n_in) and `y` (N, n_out) are all samples, `train` and `test` their rows. `positions` (N, axes)
    is where they stand on the `plane`. `task` is "binary", "classes" or "regression"; `notes` are
    sentences about what was left out.
    """

    x: Array
    y: Array
    train: Rows
    test: Rows
    positions: Array
    plane: Plane
    task: Task
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    notes: tuple[str, ...]


def load(chosen: Chosen, own: Table | None) -> TrainingData:
    """Return the data as chosen; `own` is the reader's table.

    Raises ValueError with a sentence when the choice has no samples or columns to train on.
    """
    if chosen.name in DATASETS:
        return _generated(chosen)
    if chosen.name == "points":
        return _points(chosen)
    table = real_table(chosen.name) if chosen.name in REAL else own
    if table is None:
        raise ValueError("There is no table of your own yet: upload one, or choose other data.")
    return _table(chosen, table)


@lru_cache(maxsize=8)
def _generated(chosen: Chosen) -> TrainingData:
    dataset = DATASETS[chosen.name]
    positions, y = make_samples(chosen.name, chosen.samples, chosen.noise, chosen.seed)
    return _on_plane(chosen, positions, y, dataset.task, dataset.classes or ("y",))


@lru_cache(maxsize=8)
def _points(chosen: Chosen) -> TrainingData:
    points = chosen.points or STARTER_POINTS
    positions = np.array([point[:2] for point in points], dtype=np.float64)
    labels = np.array([point[2] for point in points])
    several = labels.max() > 1
    y = np.eye(len(POINT_CLASSES))[labels] if several else labels[:, None].astype(np.float64)
    classes = POINT_CLASSES if several else POINT_CLASSES[:2]
    return _on_plane(chosen, positions, y, "classes" if several else "binary", classes)


def _on_plane(
    chosen: Chosen, positions: Array, y: Array, task: Task, output_names: tuple[str, ...]
) -> TrainingData:
    """Return samples in one or two coordinates; from two, features are made."""
    if positions.shape[1] == 1:
        inputs: Callable[[Array], Array] = _as_they_are
        names: tuple[str, ...] = ("x",)
    else:
        inputs, names = partial(make_features, names=chosen.features), ("x₁", "x₂")
    exact = bool(np.all(np.isin(positions, (0.0, 1.0))))
    low, high = (-0.5, 1.5) if exact else (-EDGE, EDGE)
    plane = Plane(names, (low,) * len(names), (high,) * len(names), inputs, "")
    labels = names if len(names) == 1 else tuple(FEATURES[name].label for name in chosen.features)
    # The few corners of a truth table are all needed for training.
    train, test = split(len(y), 1.0 if exact else chosen.train_share, chosen.seed)
    return TrainingData(inputs(positions), y, train, test, positions, plane, task, labels, output_names, ())


def _as_they_are(positions: Array) -> Array:
    return positions


def _table(chosen: Chosen, table: Table) -> TrainingData:
    target = chosen.target or usual_target(chosen.name, table)
    columns = chosen.columns or tuple(name for name in table.columns if name != target)
    prepared = _prepared(table, target, columns, chosen.standardize)
    axes = min(2, prepared.x.shape[1])
    positions = prepared.x[:, :axes]
    low, high = positions.min(axis=0), positions.max(axis=0)
    margin = np.maximum(0.08 * (high - low), 1e-3)
    others = prepared.x.mean(axis=0)

    def inputs(at: Array) -> Array:
        filled = np.tile(others, (*at.shape[:-1], 1))
        filled[..., :axes] = at
        return filled

    held = len(others) - axes
    note = f"The other {held} inputs are held at their means." if held > 1 else ""
    note = "The other input is held at its mean." if held == 1 else note
    plane = Plane(
        prepared.feature_names[:axes],
        tuple((low - margin).tolist()),
        tuple((high + margin).tolist()),
        inputs,
        note,
    )
    train, test = split(len(prepared.y), chosen.train_share, chosen.seed)
    return TrainingData(
        prepared.x,
        prepared.y,
        train,
        test,
        positions,
        plane,
        prepared.task,
        prepared.feature_names,
        prepared.output_names,
        prepared.notes,
    )


def usual_target(name: str, table: Table) -> str:
    """Return the column that is predicted when none is chosen: for a table of the reader's own, the last."""
    return USUAL_TARGETS.get(name, table.columns[-1])


@lru_cache(maxsize=4)
def _prepared(table: Table, target: str, columns: tuple[str, ...], standardize: bool) -> Prepared:
    return prepare(table, target, columns, standardize)
