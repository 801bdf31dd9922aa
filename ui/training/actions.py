"""What a reader does on the Training page, and what a session keeps of it: a table, the run, its film."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from core.training import TrainingRun
from ui.components.base.sent import PlayerSent, read_player
from ui.limits import MAX_POINTS, MAX_SEED
from ui.links.points import Point
from ui.shell.store import PageStore
from ui.shell.visit import keep, recall
from ui.training.data import TrainingData, load
from ui.training.link import CODEC
from ui.training.own_data import DataTable
from ui.training.run import Shown, begin, extend, refusal, show, steps_of_budget
from ui.training.state import Chosen, Training

PLAYER = "player"
NOT_IN_LINK = "A table of your own is not in the link; a small example stands in its place."
STARTER = DataTable(("x1", "x2", "y"), (("0", "0", "0"), ("0", "1", "1"), ("1", "0", "1"), ("1", "1", "0")))

STORE = PageStore(CODEC)

_DATA = "training_data_opened"
_RUN = "training_run"
_SHOWN = "training_shown"
_FILM = "training_film"
_TABLE = "training_table"


class _Run(NamedTuple):
    """A run so far, with all that it depends on."""

    of: tuple[Training, DataTable | None]
    history: TrainingRun


class _Opened(NamedTuple):
    """Data made ready, and the sentence that says why it is not the chosen one."""

    of: tuple[Chosen, DataTable | None]
    data: TrainingData
    trouble: str | None


class _Evaluated(NamedTuple):
    of: tuple[Training, DataTable | None]
    shown: Shown


def change(state: Training) -> None:
    """Change what a run depends on: the run stays on the screen, marked as the one before."""
    before = STORE.open()
    STORE.edit(replace(state, steps=0, at=None))
    if before.steps:
        STORE.show_earlier(before)


def plan(state: Training) -> None:
    """Change only how far the next press on Train goes, or how the run is shown."""
    STORE.edit(state)


def _start(state: Training) -> None:
    """Show a run of `state`, and no earlier one."""
    STORE.edit(state)
    STORE.show_earlier(None)


def own_table() -> DataTable | None:
    """Return the reader's own table, if there is one in this session."""
    table: DataTable | None = recall(_TABLE)
    return table


def take_table(table: DataTable) -> None:
    """Train on the reader's own table from now on."""
    state = STORE.open()
    before = own_table()
    chosen = replace(state.data, name="own")
    if before is None or before.columns != table.columns:
        chosen = replace(chosen, target="", columns=(), axes=())
    keep(_TABLE, table)
    _start(replace(state, data=chosen, steps=0, at=None))


def open_data(state: Training) -> tuple[TrainingData, str | None]:
    """Return the state's data, or, with the sentence that says why, the usual data in its place.

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


def within_limits(state: Training, data: TrainingData) -> tuple[Training, tuple[str, ...]]:
    """Return the state, or its start and the reason where a link asks for a run that is too large."""
    reason = refusal(state, data, state.steps)
    return (replace(state, steps=0, at=None), (f"Link: {reason}",)) if reason else (state, ())


def before_the_change(state: Training) -> Training | None:
    """Return the state of the run that is still shown though a control was changed since."""
    last = STORE.earlier
    if last is None or state.steps or _identity(last) == _identity(state):
        return None
    chosen, before = state.data, last.data
    same = (chosen.name, chosen.target, chosen.columns) == (before.name, before.target, before.columns)
    return replace(last, data=replace(before, axes=chosen.axes)) if same else last


def forget_last() -> None:
    """Show the present state, not the run from before the change."""
    STORE.open()
    STORE.show_earlier(None)


def _identity(state: Training) -> tuple[Training, DataTable | None]:
    """Return what a run's numbers depend on."""
    usual = Training()
    table = own_table() if state.data.name == "own" else None
    data = replace(state.data, axes=())
    state = replace(state, data=data, steps=0, at=None, budget=usual.budget, unit=usual.unit)
    state = replace(state, hide=(), digits=usual.digits, decimals=usual.decimals)
    return state, table


def run(state: Training, data: TrainingData, after_piece: Callable[[TrainingRun], None]) -> TrainingRun:
    """Return the state's run, going on from where an earlier one has come."""
    of = _identity(state)
    kept: _Run | None = recall(_RUN)
    if kept is None or kept.of != of or kept.history.step > state.steps:
        kept = _Run(of, begin(state, data))

    def remember(history: TrainingRun) -> None:
        keep(_RUN, _Run(of, history))
        after_piece(history)

    history = extend(state, data, kept.history, remember)
    keep(_RUN, _Run(of, history))
    return history


def steps_so_far() -> int:
    """Return how many steps of the present run have been computed."""
    kept: _Run | None = recall(_RUN)
    return 0 if kept is None else kept.history.step


def stop() -> None:
    """Stop the run where it is and keep what was computed."""
    state = STORE.open()
    _start(replace(state, steps=steps_so_far(), at=None))


def evaluated(state: Training, data: TrainingData, history: TrainingRun) -> Shown:
    """Return the run with what its key frames do; it is computed once for a run."""
    of = _identity(state)
    kept: _Evaluated | None = recall(_SHOWN)
    if kept is None or kept.of != of or kept.shown.history.step != history.step:
        kept = _Evaluated(of, show(state, data, history))
        keep(_SHOWN, kept)
    return kept.shown


def film(state: Training, shown: Shown, build: Callable[[], dict[str, object]]) -> dict[str, object]:
    """Return the film of a run; it is built once for a run."""
    of = _identity(state), state.data.axes, shown.history.step
    kept: tuple[object, dict[str, object]] | None = recall(_FILM)
    if kept is None or kept[0] != of:
        kept = of, build()
        keep(_FILM, kept)
    return kept[1]


def train(more: bool) -> None:
    """Train by the budget: from the start, or further."""
    state = STORE.open()
    data, trouble = open_data(state)
    if trouble:
        STORE.notify(trouble)
        return
    first = steps_so_far() if more else 0
    steps = first + steps_of_budget(state, data)
    reason = refusal(state, data, steps)
    if reason:
        STORE.notify(reason)
        return
    _start(replace(state, steps=steps, at=None))


def reset() -> None:
    """Go back to step 0 of the same start."""
    state = STORE.open()
    _start(replace(state, steps=0, at=None))


def new_seed() -> None:
    """Draw other initial weights and another order of batches."""
    state = STORE.open()
    _start(replace(state, seed=(state.seed + 1) % (MAX_SEED + 1), steps=0, at=None))


def player_state() -> PlayerSent:
    """Return what the player has sent so far."""
    return read_player(recall(PLAYER))


def on_position() -> None:
    """Write the step the playhead has come to rest at into the link."""
    sent = player_state().position
    state = STORE.open()
    if sent is not None:
        step = min(sent.step, state.steps)
        at = None if step == state.steps else step
        if at != state.at:
            plan(replace(state, at=at))


def on_placed() -> None:
    """Add the point that was clicked onto the plane to the reader's own."""
    sent = player_state().placed
    state = STORE.open()
    if sent is None:
        return
    if len(state.data.points) >= MAX_POINTS:
        STORE.notify(f"{MAX_POINTS} points are all that fit into a link; take one away first.")
        return
    change_points((*state.data.points, (round(sent.x1, 2), round(sent.x2, 2), sent.label)))


def change_points(points: tuple[Point, ...]) -> None:
    """Train on these points from now on; they show at once."""
    state = STORE.open()
    _start(replace(state, data=replace(state.data, name="points", points=points), steps=0, at=None))
