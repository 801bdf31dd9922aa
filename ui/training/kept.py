"""What a session keeps of the Training page, each made once: the own table, its data, the run, its film.

What comes of a link alone is computed once for all visitors.
"""

import zlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from functools import partial
from operator import attrgetter
from threading import Lock, RLock
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from core.arrays import Array
from core.pieces import Pieces, Resumable
from core.settings import Settings
from core.training import TrainingRun
from ui.limits import MAX_BESIDE_BYTES
from ui.memory import MEMORY
from ui.shell.run_context import end_where_unwanted
from ui.shell.shared_computations import SharedComputations
from ui.shell.turns import TURNS
from ui.shell.visit import keep, keep_on_page, recall
from ui.training.data import TrainingData, load
from ui.training.example import EXAMPLE, waits, why_example
from ui.training.next_steps import Piece
from ui.training.own_data import DataTable
from ui.training.packed_table import PackedTable, pack
from ui.training.run import begin, extend, is_over, leads_to
from ui.training.shown import LossesLeft, Shown, key_frame, losses_left, show
from ui.training.state import Chosen, Left, Training, left_run, substance, up_to, without_columns

Value = TypeVar("Value")

_DATA = "training_data_opened"
_RUNS = "training_runs"
_AHEAD = "training_ahead"
_LEFT = "training_left"
_BEFORE = "training_before"
_SHOWN = "training_shown"
_OF_RUN = "training_of_run"
_FILM = "training_film"
_SWEEP, _SWEEP_BEGUN = "training_sweep", "training_sweep_begun"
_TABLE = "training_table"
# The browser shows one piece while the next is on its way.
KEPT_AHEAD = 3
# As objects of their own the cells of a large table take a hundred megabytes: those of one table at a time,
# but for whoever replaces a table: there the data of the one before is opened too.
UNPACKING = RLock()

_SHARED: SharedComputations[Any] = SharedComputations(TURNS, MEMORY)


class _Runs(NamedTuple):
    """Runs so far that begin alike, with all that this depends on: the newest first.

    Behind it is the run up to its last change of settings, from which another change goes on.
    """

    of: tuple[Training, PackedTable | None]
    histories: tuple[TrainingRun, ...]


class _Opened(NamedTuple):
    """Data made ready, and the reason why it is not the chosen one."""

    of: tuple[Chosen, PackedTable | None]
    data: TrainingData
    trouble: str | None


class _Once(Generic[Value]):
    """A computation that is made when it is first called."""

    def __init__(self, compute: Callable[[], Value]) -> None:
        self._compute: Callable[[], Value] | None = compute
        self._found: tuple[Value, ...] = ()
        self._lock = Lock()

    def __call__(self) -> Value:
        with self._lock:
            if self._compute is not None:
                self._found, self._compute = (self._compute(),), None
        return self._found[0]


class _Evaluated(NamedTuple):
    of: tuple[Training, PackedTable | None]
    shown: Shown


def _recall_of(key: str, of: Hashable) -> Any:
    """Return what is kept under a key, behind all that it depends on, or None where that is not `of`."""
    kept = recall(key)
    return kept if kept is not None and kept[0] == of else None


def own_table() -> PackedTable | None:
    """Return the reader's own table, if there is one in this session."""
    table: PackedTable | None = recall(_TABLE)
    return table


def keep_table(table: DataTable) -> None:
    """Keep the reader's own table, which is in no link, and nothing of the one before."""
    keep(_TABLE, pack(table))
    for key in (_DATA, _RUNS, _AHEAD, _LEFT, _BEFORE, _SHOWN, _OF_RUN, _FILM, _SWEEP, _SWEEP_BEGUN):
        keep(key, None)


def open_data(state: Training) -> tuple[TrainingData, str | None]:
    """Return the state's data, or, with the reason as a sentence, the usual data in its place.

    It is made ready once, and kept by the session alone: a table goes with whoever has entered it.
    """
    of = state.data, chosen_table(state.data)
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
    return any(opened.of == (before.data, chosen_table(before.data)) for opened in recall(_DATA))


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


def chosen_table(chosen: Chosen) -> PackedTable | None:
    """Return the reader's own table, or None where the example is shown: none is here, or it was chosen."""
    return None if chosen.example else own_table()


def awaits_table(chosen: Chosen) -> bool:
    """Return whether columns are chosen of a table that is not here, as of a link's."""
    return own_table() is None and waits(chosen)


def _open_data(chosen: Chosen, table: PackedTable | None) -> tuple[TrainingData, str | None]:
    try:
        if chosen.name != "own":
            return load(chosen, None), None
        if table is None:
            data = load(without_columns(chosen) if waits(chosen) else chosen, EXAMPLE)
            return data._replace(notes=(why_example(chosen), *data.notes)), None
        with UNPACKING:
            return load(chosen, table.table()), None
    except ValueError as error:
        return load(Chosen(), None), str(error)


def identity(state: Training) -> tuple[Training, PackedTable | None]:
    """Return what a run's numbers depend on."""
    return substance(state), chosen_table(state.data) if state.data.name == "own" else None


def film_key(state: Training, shown: str) -> str:
    """Return the key of the film of a state, of which `shown` is the key of what it shows.

    Two runs that show the same, as at step 0, can go on in two ways.
    """
    return f"{shown}{run_key(state)}"


def run_key(state: Training) -> str:
    """Return what films of a state's run have alike, however long each is."""
    return f"{zlib.crc32(repr(substance(state)).encode()):08x}"


def _beginning(state: Training) -> tuple[Training, PackedTable | None]:
    """Return what a run depends on before its first step."""
    return identity(replace(state, settings=Settings(), changes=()))


def _key(kind: str, of: tuple[Training, PackedTable | None], *more: Hashable) -> Hashable:
    """Return the key under which all visitors share something; None for what is of a table of their own."""
    state, table = of
    return (kind, state, *more) if table is None else None


def run(state: Training, data: TrainingData, after_piece: Callable[[TrainingRun], None]) -> TrainingRun:
    """Return the state's run, going on from where an earlier one has come; `after_piece` gets its progress.

    Visitors with the same run share it, but for one on a table of somebody's own.
    """
    if state.changes:
        last = state.changes[-1].at
        if not any(last <= history.step <= state.steps for history in _on_the_way_to(state)):
            _train_to(up_to(replace(state, changes=state.changes[:-1]), last), data, after_piece)
    return _train_to(state, data, after_piece)


def _train_to(state: Training, data: TrainingData, after_piece: Callable[[TrainingRun], None]) -> TrainingRun:
    reached = [history for history in _on_the_way_to(state) if history.step <= state.steps]
    first = max(reached, key=attrgetter("step")) if reached else begin(state, data)
    if is_over(state, first):
        _keep_run(state, first)
        return first

    def check(history: TrainingRun | None) -> None:
        end_where_unwanted()
        # Whoever began the shared run may have begun at an earlier step.
        if history is not None and history.step > first.step:
            _keep_run(state, history)
            after_piece(history)

    pieces = partial(extend, state, data, first)
    key = _key("run", identity(state), state.steps)
    history: TrainingRun = _SHARED.result(key, pieces, check)
    _keep_run(state, history)
    return history


def _leading_to(state: Training) -> list[TrainingRun]:
    """Return the kept runs all of whose steps the state's run takes."""
    return _those_leading_to(state, _RUNS)


def _on_the_way_to(state: Training) -> list[TrainingRun]:
    """Return the kept runs from which the state's run can be reached, with those that were trained ahead."""
    return [*_leading_to(state), *runs_ahead(state)]


def runs_ahead(state: Training) -> list[TrainingRun]:
    """Return the runs that are kept by `keep_ahead` and lead to the state's, the newest first."""
    return _those_leading_to(state, _AHEAD)


def _those_leading_to(state: Training, key: str) -> list[TrainingRun]:
    kept: _Runs | None = _recall_of(key, _beginning(state))
    return [history for history in kept.histories if leads_to(history, state)] if kept is not None else []


def keep_ahead(state: Training, history: TrainingRun | None) -> None:
    """Keep a run that goes on beyond the state's while it is watched, and the last ones before it.

    From those any step that was seen of it can be reached soon. None lets go of all.
    """
    if history is None:
        keep(_AHEAD, None)
        return
    before = [other for other in runs_ahead(state) if other.step < history.step]
    keep(_AHEAD, _Runs(_beginning(state), (history, *before[: KEPT_AHEAD - 1])))


def run_after(state: Training, data: TrainingData, step: int) -> TrainingRun:
    """Return the state's run at a step that it may have to go on to."""
    found = [history for history in _on_the_way_to(state) if history.step == step]
    return found[0] if found else run(up_to(state, step), data, lambda _: None)


def next_piece(
    state: Training, request: Hashable, is_first: bool, build: Callable[[], Pieces[Piece]]
) -> Piece:
    """Return a piece of the state's run; all visitors share the first one behind what a link has trained."""
    key = _key("piece", identity(state), state.data.axes, request) if is_first else None
    piece: Piece = _SHARED.result(key, build, end_where_unwanted)
    return piece


def _keep_run(state: Training, history: TrainingRun) -> None:
    before = [other for other in _leading_to(state) if state.changes and other.step == state.changes[-1].at]
    others = [other for other in before if other is not history]
    keep(_RUNS, _Runs(_beginning(state), (history, *others[:1])))


def theta_at(state: Training, data: TrainingData, step: int) -> Array:
    """Return θ (P,) of the state's run at a step."""
    for history in _on_the_way_to(state):
        frame = key_frame(history, step)
        # Weights that are set at its last step may not stand there yet.
        if history.key_steps[frame] == step < history.step:
            theta: Array = history.key_theta[frame]
            return theta
    return run(up_to(state, step), data, lambda _: None).theta


def steps_so_far(state: Training) -> int:
    """Return how many steps of the state's run have been computed, be it further than the state goes."""
    return max((history.step for history in _leading_to(state)), default=0)


def last_step(state: Training) -> int:
    """Return the step at which the state's run ends, whether or not all of it has been computed."""
    ended = [
        history.step
        for history in _leading_to(state)
        if history.step < state.steps and is_over(state, history)
    ]
    return ended[0] if ended else state.steps


def shown_step(state: Training) -> int:
    """Return the step that is shown: the state's, or the last key frame before it."""
    step = last_step(state) if state.at is None else min(state.at, last_step(state))
    reached = [history for history in _leading_to(state) if history.step >= step]
    return int(reached[0].key_steps[key_frame(reached[0], step)]) if reached else step


def left_behind(state: Training, data: TrainingData) -> tuple[LossesLeft, ...]:
    """Return the losses of the state's replaced futures; each is computed once."""
    kept: dict[Hashable, LossesLeft] = recall(_LEFT) or {}
    found = {}
    for left in state.left:
        other = left_run(state, left)
        of = identity(other), left
        if of not in kept:
            # One that was left at step 0 may have begun with other samples.
            its_data = data if other.data == state.data else open_data(other)[0]
            history = run(other, its_data, lambda _: None)
            pieces = partial(losses_left, other, its_data, left, history)
            kept[of] = _SHARED.result(_key("left", *of), pieces, end_where_unwanted)
        found[of] = kept[of]
    keep(_LEFT, found)
    return tuple(found.values())


def losses_before(last: Training) -> LossesLeft:
    """Return the losses of a run from before another one began, all of its steps; they are computed once."""
    of = identity(last), last.steps
    kept: tuple[Hashable, LossesLeft] | None = _recall_of(_BEFORE, of)
    if kept is None:
        data, _ = open_data(last)
        history = run(last, data, lambda _: None)
        pieces = partial(losses_left, last, data, Left(0, history.step), history)
        kept = of, _SHARED.result(_key("before", *of), pieces, end_where_unwanted)
        keep(_BEFORE, kept)
    return kept[1]


def _end(history: TrainingRun) -> Hashable:
    """Return in what two runs of a state differ: how far they are, and whether the next step diverges."""
    return history.step, history.diverged


def evaluated(state: Training, data: TrainingData, history: TrainingRun) -> Shown:
    """Return the run with what its key frames do; it is computed once for a run."""
    of = identity(state)
    kept: _Evaluated | None = _recall_of(_SHOWN, of)
    if kept is None or _end(kept.shown.history) != _end(history):
        pieces = partial(show, state, data, history)
        kept = _Evaluated(of, _SHARED.result(_key("shown", of, _end(history)), pieces, end_where_unwanted))
        keep(_SHOWN, kept)
    return kept.shown


def of_run(state: Training, history: TrainingRun, compute: Callable[[], Value]) -> Callable[[], Value]:
    """Return what computes something of a run at the first call, and keeps it for the others.

    It is the same for all runs of the page that show this run, and can be called outside of them.
    """
    of = identity(state), _end(history)
    kept: tuple[object, _Once[Value]] | None = _recall_of(_OF_RUN, of)
    if kept is None:
        kept = of, _Once(compute)
        keep(_OF_RUN, kept)
    return kept[1]


def film(
    state: Training, shown: Shown, build: Callable[[], Pieces[dict[str, object]]], beside: Hashable = None
) -> dict[str, object]:
    """Return the film of a run with what is drawn `beside` it; it is built once for both."""
    of = identity(state), state.left, beside, state.data.axes, _end(shown.history)
    kept: tuple[object, dict[str, object]] | None = _recall_of(_FILM, of)
    if kept is None:
        key = _key("film", *of)
        kept = of, _SHARED.result(key, build, end_where_unwanted)
        keep(_FILM, kept)
    return kept[1]


def kept_film() -> Mapping[str, Any] | None:
    """Return the film that was shown last."""
    kept: tuple[object, dict[str, object]] | None = recall(_FILM)
    return None if kept is None else kept[1]


def forget_sweep() -> None:
    """Let go of the film of several runs, and of what has been begun of it."""
    keep(_SWEEP, None)
    keep(_SWEEP_BEGUN, None)


def sweep(
    state: Training,
    film: Mapping[str, object],
    build: Callable[[], Pieces[dict[str, object]]],
    after_piece: Callable[[float], None],
) -> dict[str, object]:
    """Return the film of several runs that goes with that of a run; it is built once for it.

    `after_piece` gets the share of the steps that have been taken. What a newer message interrupts goes on
    with the next run of the page where it was.
    """
    of = identity(state), state.film, state.data.axes, state.steps, film["key"]
    kept: tuple[object, dict[str, object]] | None = _recall_of(_SWEEP, of)
    if kept is None:
        keep(_SWEEP, None)
        begun: tuple[object, Resumable[dict[str, object]]] | None = _recall_of(_SWEEP_BEGUN, of)
        if begun is None:
            begun = of, Resumable(build())
            keep_on_page(_SWEEP_BEGUN, begun)
        pieces = begun[1]

        def check(share: float | None) -> None:
            end_where_unwanted()
            if share is not None:
                after_piece(share)

        try:
            kept = of, _SHARED.result(_key("sweep", *of), lambda: pieces, check)
        except Exception:
            # Not a run that ends: that is no Exception.
            keep(_SWEEP_BEGUN, None)
            raise
        keep_on_page(_SWEEP, kept)
        keep(_SWEEP_BEGUN, None)
    return kept[1]
