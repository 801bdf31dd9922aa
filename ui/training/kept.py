"""What a session keeps of the Training page, each made once: the own table, its data, the run, its film."""

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from core.pieces import Pieces
from core.training import TrainingRun
from ui.memory import MEMORY
from ui.shell.flights import Flights
from ui.shell.run_context import end_where_unwanted
from ui.shell.turns import TURNS
from ui.shell.visit import keep, recall
from ui.training.data import TrainingData, load
from ui.training.own_data import DataTable
from ui.training.run import Shown, begin, extend, is_over, show
from ui.training.state import Chosen, Training

NOT_IN_LINK = "A table of your own is not in the link; a small example stands in its place."
STARTER = DataTable(("x1", "x2", "y"), (("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"), ("1", "1", "0")))

_DATA = "training_data_opened"
_RUN = "training_run"
_SHOWN = "training_shown"
_FILM = "training_film"
_TABLE = "training_table"


_SHARED: Flights[Any] = Flights(TURNS, MEMORY)


class _Run(NamedTuple):
    """A run so far, with all that it depends on."""

    of: tuple[Training, DataTable | None]
    history: TrainingRun


class _Opened(NamedTuple):
    """Data made ready, and the reason why it is not the chosen one."""

    of: tuple[Chosen, DataTable | None]
    data: TrainingData
    trouble: str | None


class _Evaluated(NamedTuple):
    of: tuple[Training, DataTable | None]
    shown: Shown


def own_table() -> DataTable | None:
    """Return the reader's own table, if there is one in this session."""
    table: DataTable | None = recall(_TABLE)
    return table


def keep_table(table: DataTable) -> None:
    """Keep the reader's own table; it is in no link."""
    keep(_TABLE, table)


def open_data(state: Training) -> tuple[TrainingData, str | None]:
    """Return the state's data, or, with the reason as a sentence, the usual data in its place.

    It is made ready once, and kept by the session alone: a table goes with whoever has entered it.
    """
    of = state.data, own_table()
    kept: tuple[_Opened, ...] = recall(_DATA) or ()
    found = next((opened for opened in kept if opened.of == of), None)
    if found is None:
        found = _Opened(of, *_open_data(*of))
        # The run from before a change is shown with its own data.
        keep(_DATA, (found, *kept[:1]))
    return found.data, found.trouble


def _open_data(chosen: Chosen, table: DataTable | None) -> tuple[TrainingData, str | None]:
    try:
        if chosen.name == "own" and table is None:
            data = load(chosen, STARTER)
            return data._replace(notes=(NOT_IN_LINK, *data.notes)), None
        return load(chosen, table), None
    except ValueError as error:
        return load(Chosen(), None), str(error)


def identity(state: Training) -> tuple[Training, DataTable | None]:
    """Return what a run's numbers depend on."""
    usual = Training()
    table = own_table() if state.data.name == "own" else None
    data = replace(state.data, axes=())
    state = replace(state, data=data, steps=0, at=None, budget=usual.budget, unit=usual.unit)
    state = replace(state, hide=(), digits=usual.digits, decimals=usual.decimals)
    return state, table


def _key(kind: str, of: tuple[Training, DataTable | None], *more: Hashable) -> Hashable:
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

    def look(history: TrainingRun | None) -> None:
        end_where_unwanted()
        if history is not None:
            keep(_RUN, _Run(of, history))
            after_piece(history)

    pieces = partial(extend, state, data, kept.history)
    history: TrainingRun = _SHARED.result(_key("run", of, state.steps), pieces, look)
    keep(_RUN, _Run(of, history))
    return history


def steps_so_far() -> int:
    """Return how many steps of the present run have been computed."""
    kept: _Run | None = recall(_RUN)
    return 0 if kept is None else kept.history.step


def last_step(state: Training) -> int:
    """Return the step at which the state's run ends, whether or not all of it has been computed."""
    kept: _Run | None = recall(_RUN)
    if kept is None or kept.of != identity(state) or not (kept.history.stopped or kept.history.diverged):
        return state.steps
    return kept.history.step


def evaluated(state: Training, data: TrainingData, history: TrainingRun) -> Shown:
    """Return the run with what its key frames do; it is computed once for a run."""
    of = identity(state)
    kept: _Evaluated | None = recall(_SHOWN)
    if kept is None or kept.of != of or kept.shown.history.step != history.step:
        pieces = partial(show, state, data, history)
        kept = _Evaluated(of, _SHARED.result(_key("shown", of, history.step), pieces, end_where_unwanted))
        keep(_SHOWN, kept)
    return kept.shown


def film(state: Training, shown: Shown, build: Callable[[], Pieces[dict[str, object]]]) -> dict[str, object]:
    """Return the film of a run; it is built once for a run."""
    of = identity(state), state.data.axes, shown.history.step
    kept: tuple[object, dict[str, object]] | None = recall(_FILM)
    if kept is None or kept[0] != of:
        key = _key("film", *of)
        kept = of, _SHARED.result(key, build, end_where_unwanted)
        keep(_FILM, kept)
    return kept[1]
