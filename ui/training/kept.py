"""What a session keeps of the Training page, each made once: the own table, its data, the run, its film.

What comes of a link alone is computed once for all visitors.
"""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.pieces import Pieces
from core.training import TrainingRun
from ui.limits import MAX_BESIDE_BYTES
from ui.memory import MEMORY
from ui.shell.run_context import end_where_unwanted
from ui.shell.shared_computations import SharedComputations
from ui.shell.turns import TURNS
from ui.shell.visit import keep, recall
from ui.training.data import TrainingData, load
from ui.training.own_data import DataTable
from ui.training.packed_table import PackedTable, pack
from ui.training.run import Shown, begin, extend, is_over, show
from ui.training.state import Chosen, Training

NOT_IN_LINK = "A table of your own is not in the link; a small example stands in its place."
STARTER = DataTable(("x1", "x2", "y"), (("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"), ("1", "1", "0")))

_DATA = "training_data_opened"
_RUN = "training_run"
_SHOWN = "training_shown"
_FILM = "training_film"
_TABLE = "training_table"
# As objects of their own the cells of a large table take a hundred megabytes: those of one table at a time.
UNPACKING = Lock()

_SHARED: SharedComputations[Any] = SharedComputations(TURNS, MEMORY)


class _Run(NamedTuple):
    """A run so far, with all that it depends on."""

    of: tuple[Training, PackedTable | None]
    history: TrainingRun


class _Opened(NamedTuple):
    """Data made ready, and the reason why it is not the chosen one."""

    of: tuple[Chosen, PackedTable | None]
    data: TrainingData
    trouble: str | None


class _Evaluated(NamedTuple):
    of: tuple[Training, PackedTable | None]
    shown: Shown


def own_table() -> PackedTable | None:
    """Return the reader's own table, if there is one in this session."""
    table: PackedTable | None = recall(_TABLE)
    return table


def keep_table(table: DataTable) -> None:
    """Keep the reader's own table, which is in no link, and nothing of the one before."""
    keep(_TABLE, pack(table))
    for key in (_DATA, _RUN, _SHOWN, _FILM):
        keep(key, None)


def open_data(state: Training) -> tuple[TrainingData, str | None]:
    """Return the state's data, or, with the reason as a sentence, the usual data in its place.

    It is made ready once, and kept by the session alone: a table goes with whoever has entered it.
    """
    of = state.data, own_table()
    kept: tuple[_Opened, ...] = recall(_DATA) or ()
    found = next((opened for opened in kept if opened.of == of), None)
    if found is None:
        found = _sharing(_Opened(of, *_open_data(*of)), kept)
        # The run from before a change is shown with its own data.
        keep(_DATA, (found, *(other for other in kept[:1] if _is_light(found, other))))
    return found.data, found.trouble


def stays_open(before: Training, state: Training) -> bool:
    """Return whether the data of a state from before a change is still kept beside that of the new state."""
    open_data(before)
    open_data(state)
    return any(opened.of == (before.data, own_table()) for opened in recall(_DATA))


def _sharing(opened: _Opened, kept: tuple[_Opened, ...]) -> _Opened:
    """Return data with the arrays of kept data of the same columns, which was split in another way."""
    arrays = [array for other in kept for array in (other.data.own_x, other.data.own_y)]

    def shared(array: Array) -> Array:
        return next((other for other in arrays if np.array_equal(other, array)), array)

    data = opened.data
    return opened._replace(data=data._replace(own_x=shared(data.own_x), own_y=shared(data.own_y)))


def _is_light(opened: _Opened, other: _Opened) -> bool:
    """Return whether other data, kept beside `opened`, adds little to it."""
    data = other.data
    return data.own_x is opened.data.own_x or data.own_x.nbytes + data.own_y.nbytes <= MAX_BESIDE_BYTES


def _open_data(chosen: Chosen, table: PackedTable | None) -> tuple[TrainingData, str | None]:
    try:
        if chosen.name != "own":
            return load(chosen, None), None
        if table is None:
            data = load(chosen, STARTER)
            return data._replace(notes=(NOT_IN_LINK, *data.notes)), None
        with UNPACKING:
            return load(chosen, table.table()), None
    except ValueError as error:
        return load(Chosen(), None), str(error)


def identity(state: Training) -> tuple[Training, PackedTable | None]:
    """Return what a run's numbers depend on."""
    usual = Training()
    table = own_table() if state.data.name == "own" else None
    data = replace(state.data, axes=())
    state = replace(state, data=data, steps=0, at=None, sample=None, budget=usual.budget, unit=usual.unit)
    state = replace(state, hide=(), digits=usual.digits, decimals=usual.decimals)
    return state, table


def _key(kind: str, of: tuple[Training, PackedTable | None], *more: Hashable) -> Hashable:
    """Return the key under which all visitors share something; None for what is of a table of their own."""
    state, table = of
    return (kind, state, *more) if table is None else None


def run(state: Training, data: TrainingData, after_piece: Callable[[TrainingRun], None]) -> TrainingRun:
    """Return the state's run, going on from where an earlier one has come; `after_piece` gets its progress.

    Visitors with the same run share it, but for one on a table of somebody's own.
    """
    of = identity(state)
    kept: _Run | None = recall(_RUN)
    if kept is None or kept.of != of or kept.history.step > state.steps:
        kept = _Run(of, begin(state, data))
    if is_over(state, kept.history):
        keep(_RUN, kept)
        return kept.history

    first = kept.history

    def check(history: TrainingRun | None) -> None:
        end_where_unwanted()
        # Whoever began the shared run may have begun at an earlier step.
        if history is not None and history.step > first.step:
            keep(_RUN, _Run(of, history))
            after_piece(history)

    pieces = partial(extend, state, data, first)
    history: TrainingRun = _SHARED.result(_key("run", of, state.steps), pieces, check)
    keep(_RUN, _Run(of, history))
    return history


def steps_so_far(state: Training) -> int:
    """Return how many steps of the state's run have been computed, be it further than the state goes."""
    kept: _Run | None = recall(_RUN)
    return 0 if kept is None or kept.of != identity(state) else kept.history.step


def last_step(state: Training) -> int:
    """Return the step at which the state's run ends, whether or not all of it has been computed."""
    kept: _Run | None = recall(_RUN)
    if kept is None or kept.of != identity(state) or not (kept.history.stopped or kept.history.diverged):
        return state.steps
    return kept.history.step


def _end(history: TrainingRun) -> Hashable:
    """Return what tells two runs of a state apart: how far they are, and whether the next step diverges."""
    return history.step, history.diverged


def evaluated(state: Training, data: TrainingData, history: TrainingRun) -> Shown:
    """Return the run with what its key frames do; it is computed once for a run."""
    of = identity(state)
    kept: _Evaluated | None = recall(_SHOWN)
    if kept is None or kept.of != of or _end(kept.shown.history) != _end(history):
        pieces = partial(show, state, data, history)
        kept = _Evaluated(of, _SHARED.result(_key("shown", of, _end(history)), pieces, end_where_unwanted))
        keep(_SHOWN, kept)
    return kept.shown


def film(state: Training, shown: Shown, build: Callable[[], Pieces[dict[str, object]]]) -> dict[str, object]:
    """Return the film of a run; it is built once for a run."""
    of = identity(state), state.data.axes, _end(shown.history)
    kept: tuple[object, dict[str, object]] | None = recall(_FILM)
    if kept is None or kept[0] != of:
        key = _key("film", *of)
        kept = of, _SHARED.result(key, build, end_where_unwanted)
        keep(_FILM, kept)
    return kept[1]
