"""The data of the Training page, made ready: samples, their split, and the plane they are drawn on."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.components import principal_components
from core.data import DATASETS, EDGE, Task, make_samples, split
from core.features import FEATURES, make_features
from core.phases import Rows
from core.plane import Plane
from core.relevance import explained_share
from core.scaling import Scaling, fit_scaling, unscaled
from ui.links.points import Point
from ui.text.numbers import quote
from ui.training.own_data import DataTable, Prepared, prepare
from ui.training.real_data import USUAL_TASKS, real_digits, real_table
from ui.training.state import PICTURES, REAL, Chosen
from ui.training.table_choice import Inputs, usual_inputs, usual_target
from ui.training.target_task import TargetTask

POINT_CLASSES = ("A", "B", "C")
_NAMED = 5
# Between the outermost samples and the edge of the plane, as a share of what they span.
_MARGIN = 0.08
STARTER_POINTS: tuple[Point, ...] = ((-3, -3, 0), (3, 3, 0), (-3, 3, 1), (3, -3, 1))


class TrainingData(NamedTuple):
    """Samples ready to train on.

    `own_x` (N, n_in) and `own_y` (N, n_out) are all samples in the data's own units; `x_scaling` and
    `y_scaling` lead to what the network gets, `x` and `y`. `train` and `test` are rows.
    `positions` (N, axes) is where the samples stand on the `plane`, in own units. `task` is "binary",
    "classes" or "regression"; `notes` are sentences about what was left out. Inputs that are `pixels` make a
    picture of so many rows and columns, row by row. Of a table, `columns` are those that are inputs, and
    `found` is what its target can be learned as.
    """

    own_x: Array
    own_y: Array
    x_scaling: Scaling
    y_scaling: Scaling
    train: Rows
    test: Rows
    positions: Array
    plane: Plane
    task: Task
    input_names: tuple[str, ...]
    output_names: tuple[str, ...]
    notes: tuple[str, ...]
    pixels: tuple[int, int] | None = None
    columns: tuple[str, ...] = ()
    found: TargetTask = TargetTask((), ())

    @property
    def x(self) -> Array:
        """Return all samples (N, n_in) as the network gets them; kept, they would double the data."""
        return self.x_at(slice(None))

    @property
    def y(self) -> Array:
        """Return all targets (N, n_out) as the network gets them."""
        return self.y_at(slice(None))

    def x_at(self, rows: Rows | slice | int) -> Array:
        """Return the samples of some rows as the network gets them."""
        return self.x_scaling.scaled(self.own_x[rows])

    def y_at(self, rows: Rows | slice | int) -> Array:
        """Return the targets of some rows as the network gets them."""
        return self.y_scaling.scaled(self.own_y[rows])

    @property
    def loss_of(self) -> str:
        """Return what the loss is computed on where that is not in the data's own units, else nothing."""
        return f"standardized {self.output_names[0]}" if self.y_scaling.changes.any() else ""


def load(chosen: Chosen, own: DataTable | None) -> TrainingData:
    """Return the data as chosen; `own` is the reader's table.

    Raises ValueError with a sentence when the choice has no samples or columns to train on.
    """
    if chosen.name in DATASETS:
        return _generated(chosen)
    if chosen.name == "points":
        return _points(chosen)
    if chosen.name in PICTURES:
        return _digits(chosen)
    table = real_table(chosen.name) if chosen.name in REAL else own
    if table is None:
        raise ValueError("There is no table of your own yet: upload one, or choose other data.")
    return _table(chosen, table)


def _generated(chosen: Chosen) -> TrainingData:
    dataset = DATASETS[chosen.name]
    positions, y = make_samples(chosen.name, chosen.samples, chosen.noise, chosen.seed)
    return _on_plane(chosen, positions, y, dataset.task, dataset.classes or ("y",))


def points_of(chosen: Chosen) -> tuple[Point, ...]:
    """Return the reader's own points, which begin with four."""
    return chosen.points or STARTER_POINTS


def _points(chosen: Chosen) -> TrainingData:
    points = points_of(chosen)
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
    plane = Plane(names, (low,) * len(names), (high,) * len(names), inputs, {})
    labels = names if len(names) == 1 else tuple(FEATURES[name].label for name in chosen.features)
    # The few corners of a truth table are all needed for training.
    train, test = split(len(y), 1.0 if exact else chosen.train_share, chosen.seed)
    x = inputs(positions)
    return TrainingData(
        own_x=x,
        own_y=y,
        x_scaling=unscaled(x.shape[1]),
        y_scaling=unscaled(y.shape[1]),
        train=train,
        test=test,
        positions=positions,
        plane=plane,
        task=task,
        input_names=labels,
        output_names=output_names,
        notes=(),
    )


def _digits(chosen: Chosen) -> TrainingData:
    """Return the digits; the plane is that of the directions in which the training samples differ most.

    Over two of their pixels there would be little to see: no digit stands or falls with them.
    """
    ink, digit = real_digits()
    x, y = ink.reshape(len(ink), -1), np.eye(10)[digit]
    train, test = split(len(x), chosen.train_share, chosen.seed)
    components = principal_components(x[train], 2)
    positions = components.project(x)
    low, high = positions.min(axis=0), positions.max(axis=0)
    margin = _MARGIN * (high - low)
    plane = Plane(
        ("component 1", "component 2"),
        tuple((low - margin).tolist()),
        tuple((high + margin).tolist()),
        components.place,
        {},
    )
    rows, columns = ink.shape[1:]
    return TrainingData(
        own_x=x,
        own_y=y,
        x_scaling=unscaled(x.shape[1]),
        y_scaling=unscaled(y.shape[1]),
        train=train,
        test=test,
        positions=positions,
        plane=plane,
        task="classes",
        input_names=tuple(
            f"pixel {row + 1},{column + 1}" for row in range(rows) for column in range(columns)
        ),
        output_names=tuple(map(str, range(10))),
        notes=(),
        pixels=(rows, columns),
    )


def _as_they_are(positions: Array) -> Array:
    return positions


def _table(chosen: Chosen, table: DataTable) -> TrainingData:
    target = chosen.target or usual_target(chosen.name, table)
    inputs = Inputs(chosen.columns) if chosen.columns else usual_inputs(table, target)
    task = chosen.task or USUAL_TASKS.get((chosen.name, target), "")
    prepared = prepare(table, target, inputs.columns, task)
    train, test = split(len(prepared.y), chosen.train_share, chosen.seed)
    x_scaling, y_scaling = unscaled(prepared.x.shape[1]), unscaled(prepared.y.shape[1])
    notes = (*filter(None, [inputs.note]), *prepared.notes)
    if chosen.standardize:
        numeric_target = np.full(prepared.y.shape[1], prepared.task == "regression")
        x_scaling = fit_scaling(prepared.x[train], prepared.numeric_inputs)
        y_scaling = fit_scaling(prepared.y[train], numeric_target)
        notes += _constant_note(prepared, train)
    axes, unknown = _axes(chosen, prepared, train)
    positions = prepared.x[:, axes]
    low, high = positions.min(axis=0), positions.max(axis=0)
    margin = _MARGIN * np.where(high > low, high - low, np.maximum(np.abs(high), 1.0))
    means = prepared.x[train].mean(axis=0)
    plane = Plane(
        tuple(prepared.feature_names[axis] for axis in axes),
        tuple((low - margin).tolist()),
        tuple((high + margin).tolist()),
        partial(_on_axes, axes=axes, others=means, scaling=x_scaling),
        {place: float(mean) for place, mean in enumerate(means) if place not in axes},
    )
    return TrainingData(
        own_x=prepared.x,
        own_y=prepared.y,
        x_scaling=x_scaling,
        y_scaling=y_scaling,
        train=train,
        test=test,
        positions=positions,
        plane=plane,
        task=prepared.task,
        input_names=prepared.feature_names,
        output_names=prepared.output_names,
        notes=(*notes, *unknown),
        columns=inputs.columns,
        found=prepared.found,
    )


def _on_axes(at: Array, axes: list[int], others: Array, scaling: Scaling) -> Array:
    """Return the network's inputs at positions (..., axes), those that are no axis at `others` (n_in,)."""
    filled = np.tile(others, (*at.shape[:-1], 1))
    filled[..., axes] = at
    return scaling.scaled(filled)


def _axes(chosen: Chosen, prepared: Prepared, train: Rows) -> tuple[list[int], tuple[str, ...]]:
    """Return the inputs that are axes of the plane, and a sentence for a chosen one that does not exist."""
    usual = usual_axes(prepared.x[train], prepared.y[train], prepared.numeric_inputs)
    names = prepared.feature_names
    if not chosen.axes:
        return usual, ()
    for name in chosen.axes:
        if name not in names:
            shown = " and ".join(names[axis] for axis in usual)
            return usual, (f"The axes got {quote(name)}, which is no input here; shown are {shown}.",)
    return [names.index(name) for name in chosen.axes], ()


def usual_axes(x: Array, y: Array, numeric: NDArray[np.bool_]) -> list[int]:
    """Return the two inputs, or the only one, that have most to do with the target, in the order of columns.

    x (N, n_in) and y (N, n_out) are the training samples; what is compared is `explained_share`. An input
    that is only 0 or 1, as for a text, comes behind those that are `numeric` (n_in,): all its samples would
    stand on two lines.
    """
    share = explained_share(x, y)
    ranked = sorted(range(x.shape[1]), key=lambda place: (not numeric[place], -share[place]))
    return sorted(ranked[:2])


def _constant_note(prepared: Prepared, train: Rows) -> tuple[str, ...]:
    columns = np.concatenate([prepared.x, prepared.y], axis=1)[train]
    numeric = [*prepared.numeric_inputs, *np.full(prepared.y.shape[1], prepared.task == "regression")]
    names = [
        quote(name)[1:-1]
        for name, of_numbers, range_ in zip(
            (*prepared.feature_names, *prepared.output_names), numeric, np.ptp(columns, axis=0), strict=False
        )
        if of_numbers and range_ == 0
    ]
    if not names:
        return ()
    shown = ", ".join(names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    which, verb = ("Column", "has") if len(names) == 1 else ("Columns", "have")
    what = f"{which} {shown}{more} {verb} the same number in every training row"
    return (f"{what}, so nothing can be learned there.",)
