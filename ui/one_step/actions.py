"""What a reader does on the One step page: each action edits the state that the session has."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from core.exercise import Exercise, quantities_by_id
from core.history import History, Replay, Trajectory, descend, replaying
from ui.components.base.sent import Press, Pressed, Sought, read_pressed
from ui.components.base.sent_fields import Change
from ui.limits import MAX_BRANCHES, MAX_SEED, MAX_STEPS
from ui.links.fitting import DEFAULT_SEED
from ui.links.view import fitted, selecting, stage_names
from ui.memory import MEMORY, remembered
from ui.one_step.changes import describe_change, without_moves
from ui.one_step.link import CODEC
from ui.one_step.state import OneStep, randomize
from ui.shell.inbox import take_new, taking
from ui.shell.live import Live
from ui.shell.run_context import end_where_unwanted, uninterrupted
from ui.shell.shared_computations import SharedComputations
from ui.shell.store import Held, PageStore
from ui.shell.turns import TURNS
from ui.shell.visit import recall
from ui.text.numbers import parse_quantity

NETWORK, HISTORY, FILMS = "network", "history", "films"
STORE = PageStore(CODEC, essence=without_moves, way_out="Reset or undo to go on.")
LIVE = Live(NETWORK, FILMS, "film_rest")


@remembered
def _remembered_descend(exercise: Exercise, steps: int) -> Trajectory:
    return descend(exercise, steps)


_REPLAYS: SharedComputations[Replay] = SharedComputations(TURNS, MEMORY)


def run(start: Exercise, history: History) -> Replay:
    """Return the replay of a history, computed once for all; blocks of steps from before are reused."""
    pieces = partial(replaying, start, history, _remembered_descend)
    return _REPLAYS.result((start, history), pieces, end_where_unwanted)


def replayed(state: OneStep) -> Replay:
    """Return the replay of a state's history."""
    return run(state.start, state.history)


@uninterrupted()
def begin() -> Held[OneStep]:
    """Return what a run of the whole page shows.

    What the components have sent is taken first, so that a click on a button right after typing works with
    what was typed.
    """
    held = STORE.begin()
    _take_sent()
    return held


def open_state() -> OneStep:
    """Return the state to change, with all that the components have sent."""
    STORE.open()
    _take_sent()
    return STORE.read()


def _take_sent() -> None:
    """Take the changes and the presses that have not been taken yet, in their order, each as one to undo."""
    with taking() as is_outermost:
        if is_outermost:
            _take_in_order()


def _take_in_order() -> None:
    values, pressed = LIVE.sent().values, _pressed()
    new: list[Change | Sought | Press] = []
    if values is not None:
        new += take_new(NETWORK, values.changes, values.at)
    if pressed is not None:
        new += take_new(HISTORY, pressed.presses, pressed.at)
    for sent in sorted(new, key=attrgetter("seq")):
        if isinstance(sent, Press):
            _ACTS[sent.name]()
        elif isinstance(sent, Sought):
            go_to(sent.step)
        else:
            change_values({sent.id: sent.text}, values.selected if values else None)


def _pressed() -> Pressed | None:
    return read_pressed(recall(HISTORY))


def commit(state: OneStep) -> None:
    """Make `state` the one on the screen; the one before it can be undone to."""
    before = open_state()
    change = None
    if without_moves(before) != without_moves(state):
        change = describe_change(before, replayed(before).exercise, state, replayed(state).exercise)
    STORE.edit(state, change=change, keep_notice=replace(before, view=state.view) == state)


def undo() -> None:
    """Take back the last change of numbers, steps or architecture; what is shown of it stays as chosen."""
    open_state()
    STORE.undo(_restore)


def _restore(before: OneStep, now: OneStep) -> OneStep:
    return replace(before, view=fitted(now.view, before.start.network, before.view))


def change_values(changes: Mapping[str, str], selected: str | None = None) -> None:
    """Take the numbers typed or dragged, by quantity id; what cannot be taken is kept with its reason.

    `selected` is the weight or unit that was selected for it, if there is one.
    """
    state = open_state()
    now = replayed(state)
    known = quantities_by_id(state.start.network)
    taken: list[tuple[str, float]] = []
    for name, text in changes.items():
        if name not in known:
            continue
        try:
            taken.append((name, parse_quantity(text, now.exercise, known[name])))
            STORE.accept(name)
        except ValueError as error:
            STORE.reject(name, text, str(error))
    change_numbers(tuple(taken), selected)


def change_numbers(changes: tuple[tuple[str, float], ...], selected: str | None = None) -> None:
    """Change numbers at the present step: of the start where no step was taken, else on a new branch.

    The weight or unit `selected` becomes the selected one in the same move.
    """
    before = open_state()
    state = replace(before, view=selecting(before.view, selected, before.start.network))
    now = replayed(state)
    known = quantities_by_id(state.start.network)
    changes = tuple((name, value) for name, value in changes if now.exercise.value(known[name]) != value)
    if changes and len(now.history.branches) == 1 and now.history.current.end == 0:
        state = replace(state, start=state.start.with_values(changes))
    elif changes:
        history = now.history.change(changes)
        if len(history.branches) > MAX_BRANCHES:
            STORE.notify(
                f"The history holds {MAX_BRANCHES} branches, which is all it can; reset or undo first."
            )
        else:
            state = replace(state, history=history)
    if state != before:
        commit(state)


def take_steps(steps: int) -> None:
    """Train `steps` more steps from the present one."""
    state = open_state()
    now = replayed(state)
    history = now.history.advance(steps)
    total = sum(branch.end - branch.at for branch in history.branches)
    if total > MAX_STEPS:
        STORE.notify(f"{total} steps in all would be taken; {MAX_STEPS} are allowed. Reset or undo to go on.")
        return
    commit(replace(state, history=history))


def move_to(step: Callable[[int], int]) -> None:
    """Stand at another step of the history; `step` makes the new position from the old."""
    state = open_state()
    now = replayed(state)
    commit(replace(state, history=now.history.seek(step(now.history.position))))


def go_to(step: int) -> None:
    """Stand at a step of the history; where it lies beyond the last one taken, take those up to it."""
    history = replayed(open_state()).history
    if step > history.current.end:
        take_steps(step - history.position)
    else:
        move_to(lambda _: step)


def reset() -> None:
    """Go back to step 0: the same start, with the history cleared."""
    state = open_state()
    commit(replace(state, history=History()))


def draw_weights() -> None:
    """Draw other initial weights, by the next seed."""
    state = open_state()
    exercise = replayed(state).exercise
    seed = DEFAULT_SEED if state.seed is None else (state.seed + 1) % (MAX_SEED + 1)
    commit(randomize(state, exercise, state.initializer, seed))


_ACTS: Mapping[str, Callable[[], None]] = {
    **{f"take_{steps}": partial(take_steps, steps) for steps in (1, 10, 100, 1000)},
    "back": lambda: move_to(lambda step: step - 1),
    "forward": lambda: move_to(lambda step: step + 1),
    "undo": undo,
    "reset": reset,
    "draw_weights": draw_weights,
}


def change_view(**changes: Any) -> None:
    """Show the same numbers in another way."""
    state = open_state()
    commit(replace(state, view=replace(state.view, **changes)))


def speak(convention: str) -> None:
    """Write the page in another convention, named in CONVENTIONS."""
    change_view(speak=convention)


def on_selected() -> None:
    """Select the weight or unit that was clicked in the live network."""
    sent = LIVE.sent().selected
    if sent is not None:
        state = open_state()
        commit(replace(state, view=selecting(state.view, sent.id, state.start.network)))


def on_view() -> None:
    """Show the live network as chosen in its toolbar, its stage bar and its timeline."""
    sent = LIVE.sent().view
    if sent is not None:
        state = open_state()
        stages = stage_names(state.start.network)
        commit(replace(state, view=sent.applied_to(state.view, stages)))
