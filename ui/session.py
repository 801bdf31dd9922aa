"""The visitor's session: the only place that writes st.session_state and the query string.

The session has the state, as the query string that describes it, and the address follows. A run of the whole
page without a fired callback is a navigation (a first load, Back, another page) and reads the address. Every
other message of the browser edits the state that the session has, whatever address it was sent from. Beside
the state the session keeps what a link should not carry: the states to undo to, texts that could not be
taken, and one notice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial, wraps
from operator import attrgetter
from secrets import token_hex
from time import sleep
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qs

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.exercise import Exercise, quantities
from core.history import Descend, History, Replay, descend, replay
from ui.components.base.sent import Change, NetworkSent, Press, Pressed, read_network, read_pressed
from ui.limits import MAX_BRANCHES, MAX_LINK, MAX_SEED, MAX_STEPS, MAX_UNDO
from ui.links.codec import link_length
from ui.links.query import HIDE
from ui.one_step import link
from ui.one_step.changes import Described, describe_change, without_moves
from ui.one_step.state import DEFAULT_SEED, OneStep, randomize
from ui.text.numbers import parse_quantity

Sent = TypeVar("Sent", Change, Press)
Address = tuple[tuple[str, tuple[str, ...]], ...]

NETWORK, HISTORY = "network", "history"
_UNDO = "undo"
_KEPT = "kept"
_TAKEN, _TAKEN_PRESSES = "taken", "taken_presses"
_HERE = "here"
_PAGE = "page"
_ARRIVED = "arrived"
_SCREEN = "screen"
_SESSION = "session"
_BEGAN = "began"
_SHOWN = "shown"
_GREETED = "greeted"
_HEAD_START_SECONDS = 0.4


class _Kept(NamedTuple):
    """What is shown beside one address only: texts that could not be taken, by control, and a notice."""

    address: Address
    rejected: dict[str, dict[str, str]]
    notice: str | None


class _Undoable(NamedTuple):
    """The address of the state before a change, and what was changed."""

    before: Address
    change: Described


class _Arrived(NamedTuple):
    """The address that a message with a fired callback has brought, and something that only its run has."""

    address: Address
    run: object


class _Shown(NamedTuple):
    """What a widget shows, and how often the page has replaced it."""

    value: Any
    revision: int = 0

    def key(self, name: str) -> str:
        """Return the key of the widget called `name`: another one where its value was replaced."""
        return f"{name}~{self.revision}" if self.revision else name


@dataclass(slots=True)
class Screen:
    """What a visitor sees; the files behind a button are made from it, outside of any run.

    `surroundings` is what a whole page shows beside the numbers of a step, None until the page is complete.
    """

    state: OneStep
    surroundings: object = None

    @property
    def run(self) -> Replay:
        """Return the replay of what is shown."""
        return run(self.state.start, self.state.history)


def begin_page() -> tuple[OneStep, tuple[str, ...]]:
    """Return what a whole page is to show: the state, and a sentence for each part that does not fit.

    Numbers that the live network has committed are taken first, so that a click on a button right after
    typing works with what was typed.
    """
    follow(NETWORK)
    _settle()
    state, problems = _read(here())
    st.session_state[_SCREEN] = Screen(state)
    return state, problems


def show_state() -> OneStep:
    """Return the state that a part of the page is to show: no part runs because the reader has gone back."""
    state, _ = _read(here())
    screen().state = state
    return state


def give_head_start() -> None:
    """Let a fresh browser draw what has been sent before the rest of the page comes.

    It loads code for each kind of element, and shows none of those that wait for code before it has all of
    it, or half a second has passed: whatever came at once would hold up the picture.
    """
    if _GREETED not in st.session_state and not network_state().painted:
        st.session_state[_GREETED] = True
        sleep(_HEAD_START_SECONDS)


def runs_a_part() -> bool:
    """Return whether only parts of the page are to run, not all of it."""
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def of_the_page(take: Callable[..., None]) -> Callable[..., None]:
    """Return a callback for a widget outside of all parts: it does `take`, and has the whole page run.

    A browser puts what changes at about the same time into one message; Streamlit runs a part alone where
    any of it belongs to that part.
    """

    @wraps(take)
    def callback(*arguments: Any) -> None:
        take(*arguments)
        if runs_a_part():
            st.rerun()

    return callback


def on_popover() -> None:
    """Let the page run with what a popover holds, which was opened, or without it."""
    of_the_page(catch_up)()


def screen() -> Screen:
    """Return what is on the visitor's screen."""
    shown: Screen = st.session_state[_SCREEN]
    return shown


def open_state() -> tuple[OneStep, tuple[str, ...]]:
    """Return the state to change, as `begin_page` does, with every change made so far."""
    catch_up()
    _settle()
    return _read(here())


def here() -> Address:
    """Return the address of the state that the session has."""
    known: Address | None = st.session_state.get(_HERE)
    return address() if known is None else known


def catch_up() -> None:
    """Take what a callback does as done to the state that the session has.

    Each message of the browser carries the query string that it had then: one sent before a change has
    arrived there would throw that change away.
    """
    if not _has_called_back():
        st.session_state[_ARRIVED] = _Arrived(address(), _this_run())
    if address() != here():
        st.query_params.from_dict(dict(here()))


def follow(page: str) -> None:
    """Take the address as the state of `page` where the run is a navigation, as it is without a callback.

    Back may be pressed, or another page opened, while something else is on its way: then the run has
    callbacks, and navigates after them.
    """
    if _BEGAN not in st.session_state:
        st.session_state[_BEGAN] = address()
    has_called_back = _has_called_back()
    if has_called_back and not _goes_back() and st.session_state.get(_PAGE) == page:
        return
    arrived = st.session_state[_ARRIVED].address if has_called_back else address()
    if address() != arrived:
        st.query_params.from_dict(dict(arrived))
    st.session_state[_HERE] = arrived
    st.session_state[_PAGE] = page


def _has_called_back() -> bool:
    arrived: _Arrived | None = st.session_state.get(_ARRIVED)
    return arrived is not None and arrived.run is _this_run()


def _this_run() -> object:
    """Return what Streamlit makes anew for each run."""
    context = get_script_run_ctx()
    return None if context is None else context.cursors


def _goes_back() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def is_embedded() -> bool:
    """Return whether the page stands in a frame of another page."""
    return bool(st.context.is_embedded)


def is_bare() -> bool:
    """Return whether the page stands alone: in a frame of another page, or by a link that hides the menus."""
    return is_embedded() or "menu" in st.query_params.get(HIDE, "").split(".")


def address() -> Address:
    """Return the query string as a value: pairs of a parameter's name and its texts."""
    return tuple((name, tuple(st.query_params.get_all(name))) for name in st.query_params)


def _settle() -> None:
    """Take the changes and the presses that have not been taken yet, in their order, each as one to undo."""
    values, pressed = network_state().values, _pressed()
    changes = [change for change in values.changes if change.seq > newest_taken()] if values else []
    presses = [press for press in pressed.presses if press.seq > newest_press()] if pressed else []
    _pass_over(_TAKEN, changes)
    _pass_over(_TAKEN_PRESSES, presses)
    waiting: list[Change | Press] = [
        *_not_taken_elsewhere(changes, values.at if values else None),
        *_not_taken_elsewhere(presses, pressed.at if pressed else None),
    ]
    for sent in sorted(waiting, key=attrgetter("seq")):
        if isinstance(sent, Press):
            _ACTS[sent.name]()
        else:
            change_values({sent.id: sent.text}, values.selected if values else None)


def _pass_over(key: str, sent: Iterable[Change | Press]) -> None:
    """Count what was sent as taken."""
    st.session_state[key] = max(st.session_state.get(key, 0), *(part.seq for part in sent), 0)


def session_name() -> str:
    """Return what differs from session to session."""
    if _SESSION not in st.session_state:
        st.session_state[_SESSION] = token_hex(4)
    made: str = st.session_state[_SESSION]
    return made


def newest_taken() -> int:
    """Return the number of the newest change of a number that has been taken."""
    taken: int = st.session_state.get(_TAKEN, 0)
    return taken


def newest_press() -> int:
    """Return the number of the newest press of a history's button that has been taken."""
    taken: int = st.session_state.get(_TAKEN_PRESSES, 0)
    return taken


def _not_taken_elsewhere(sent: Sequence[Sent], at: str | None) -> Sequence[Sent]:
    """Return what another server, that this one has taken over from, has not taken already.

    The browser sends its last changes and presses to the next server too. They were made in another session,
    `at` a query string; if the address had moved on when this session began, they were in it already.
    """
    own = [part for part in sent if part.session in (None, session_name())]
    if at is None or len(own) == len(sent):
        return sent
    then = parse_qs(at.removeprefix("?"), keep_blank_values=True)
    made_at = {name: tuple(texts) for name, texts in then.items() if not name.startswith("embed")}
    return sent if made_at == dict(st.session_state[_BEGAN]) else own


def _read(query: Address) -> tuple[OneStep, tuple[str, ...]]:
    is_too_long = link_length(dict(query)) > MAX_LINK
    return link.read(dict(query)) if is_too_long else _remembered_read(query)


@lru_cache(maxsize=256)
def _remembered_read(query: Address) -> tuple[OneStep, tuple[str, ...]]:
    return link.read(dict(query))


_remembered_descend: Descend = lru_cache(maxsize=128)(descend)


@lru_cache(maxsize=32)
def run(start: Exercise, history: History) -> Replay:
    """Return the replay of a history; blocks of steps that were computed before are reused."""
    return replay(start, history, _remembered_descend)


def commit(state: OneStep) -> None:
    """Make `state` the one on the screen; the one before it can be undone to."""
    refusal = link.refusal(state)
    if refusal:
        notify(f"{refusal} Reset or undo to go on.")
        return
    before, _ = open_state()
    kept = _kept() if replace(before, view=state.view) == state else _kept()._replace(notice=None)
    if without_moves(before) != without_moves(state):
        earlier, later = (run(one.start, one.history).exercise for one in (before, state))
        change = describe_change(before, earlier, state, later)
        stack = [*st.session_state.get(_UNDO, []), _Undoable(here(), change)]
        st.session_state[_UNDO] = stack[-MAX_UNDO:]
    _go_to(link.write(state), kept)


def _go_to(query: Mapping[str, str], kept: _Kept) -> None:
    go_to(query)
    st.session_state[_KEPT] = kept._replace(address=here())


def _undoable() -> list[_Undoable]:
    """Return the changes to take back; those that the browser's Back has taken back already are left out."""
    now = without_moves(_read(here())[0])
    stack: list[_Undoable] = list(st.session_state.get(_UNDO, []))
    while stack and without_moves(_read(stack[-1].before)[0]) == now:
        stack.pop()
    return stack


def undoable() -> Described | None:
    """Return what was changed last, None where there is nothing to take back."""
    stack = _undoable()
    return stack[-1].change if stack else None


def undo() -> None:
    """Take back the last change of numbers, steps or architecture; what is shown of it stays as chosen."""
    state, _ = open_state()
    stack = _undoable()
    if stack:
        before, _ = _read(stack[-1].before)
        selected = before.view.selected
        if state.view.selected in link.selectable(before.start.network):
            selected = state.view.selected
        st.session_state[_UNDO] = stack[:-1]
        view = replace(state.view, selected=selected)
        _go_to(link.write(replace(before, view=view)), _Kept((), {}, None))


def _kept() -> _Kept:
    """Return what was kept beside this address; another one, gone to by Back, has nothing kept."""
    kept: _Kept | None = st.session_state.get(_KEPT)
    return kept if kept and kept.address == here() else _Kept(here(), {}, None)


def notify(sentence: str) -> None:
    """Show a sentence until the next change."""
    st.session_state[_KEPT] = _kept()._replace(notice=sentence)


def notice() -> str | None:
    """Return the sentence to show, if there is one."""
    return _kept().notice


def rejected() -> Mapping[str, Mapping[str, str]]:
    """Return the typed texts that could not be taken, by control: {id: {text, message}}."""
    return _kept().rejected


def reject(key: str, text: str, message: str) -> None:
    """Keep a typed text that could not be taken, with the sentence that says why."""
    kept = _kept()
    st.session_state[_KEPT] = kept._replace(
        rejected={**kept.rejected, key: {"text": text, "message": message}}
    )


def accept(key: str) -> None:
    """Forget a text that was kept by `reject`: its field has been put right."""
    kept = _kept()
    others = {name: refused for name, refused in kept.rejected.items() if name != key}
    st.session_state[_KEPT] = kept._replace(rejected=others)


def keep(key: str, value: Any) -> None:
    """Keep something of this visitor's that no link carries."""
    st.session_state[key] = value


def go_to(query: Mapping[str, str]) -> None:
    """Make `query` the page's query string, as one entry of the browser's history."""
    catch_up()
    st.query_params.from_dict(query)
    st.session_state[_HERE] = address()


def mirror(key: str, value: Any, take: Callable[..., None], *arguments: Any) -> dict[str, Any]:
    """Let the widget `key` show `value`, whatever it showed before, and do `take` when it is changed.

    Returns the widget's `key` and `on_change`. Every message of the browser says what all its widgets
    hold, and Streamlit takes what is new to it for a change. Some of that is old: what stood in a popover
    that was closed, what a widget showed before the page has set it. So a widget whose value the page
    replaces becomes another one: a late message names one that is gone.
    """
    shown = _shown().get(key, _Shown(value))
    if shown.value != value:
        shown = _Shown(value, shown.revision + 1)
    _show(key, shown)
    name = shown.key(key)

    def on_change() -> None:
        now = _shown()[key]
        changed = st.session_state.get(name, now.value)
        if now.revision == shown.revision and changed != now.value:
            _show(key, now._replace(value=changed))
            take(*arguments)

    st.session_state[name] = value
    return {"key": name, "on_change": of_the_page(on_change)}


def _show(key: str, shown: _Shown) -> None:
    st.session_state[_SHOWN] = {**_shown(), key: shown}


def _shown() -> dict[str, _Shown]:
    shown: dict[str, _Shown] = st.session_state.get(_SHOWN) or {}
    return shown


def widget(key: str) -> Any:
    """Return what the widget `key` holds or held last, or what was kept under that name."""
    shown = _shown().get(key)
    return st.session_state.get(key) if shown is None else st.session_state.get(shown.key(key), shown.value)


def _pressed() -> Pressed | None:
    return read_pressed(st.session_state.get(HISTORY))


def network_state() -> NetworkSent:
    """Return what the live network has sent so far."""
    return read_network(st.session_state.get(NETWORK))


def change_values(changes: Mapping[str, str], selected: str | None = None) -> None:
    """Take the numbers typed or dragged, by quantity id; what cannot be taken is kept with its reason.

    `selected` is the weight or unit that was selected for it, if there is one.
    """
    state, _ = open_state()
    now = run(state.start, state.history)
    known = {quantity.id: quantity for quantity in quantities(state.start.network)}
    taken: list[tuple[str, float]] = []
    for name, text in changes.items():
        if name not in known:
            continue
        try:
            taken.append((name, parse_quantity(text, now.exercise, known[name])))
            accept(name)
        except ValueError as error:
            reject(name, text, str(error))
    change_numbers(tuple(taken), selected)


def change_numbers(changes: tuple[tuple[str, float], ...], selected: str | None = None) -> None:
    """Change numbers at the present step: of the start where no step was taken, else on a new branch.

    The weight or unit `selected` becomes the selected one in the same move.
    """
    before, _ = open_state()
    state = _select(before, selected)
    now = run(state.start, state.history)
    known = {quantity.id: quantity for quantity in quantities(state.start.network)}
    changes = tuple((name, value) for name, value in changes if now.exercise.value(known[name]) != value)
    if changes and len(now.history.branches) == 1 and now.history.current.end == 0:
        state = replace(state, start=state.start.with_values(changes))
    elif changes:
        history = now.history.change(changes)
        if len(history.branches) > MAX_BRANCHES:
            notify(f"The history holds {MAX_BRANCHES} branches, which is all it can; reset or undo first.")
        else:
            state = replace(state, history=history)
    if state != before:
        commit(state)


def _select(state: OneStep, name: str | None) -> OneStep:
    if name is None or name not in link.selectable(state.start.network):
        return state
    return replace(state, view=replace(state.view, selected=name))


def take_steps(steps: int) -> None:
    """Train `steps` more steps from the present one."""
    state, _ = open_state()
    now = run(state.start, state.history)
    history = now.history.advance(steps)
    total = sum(branch.end - branch.at for branch in history.branches)
    if total > MAX_STEPS:
        notify(f"{total} steps in all would be taken; {MAX_STEPS} are allowed. Reset or undo to go on.")
        return
    commit(replace(state, history=history))


def move_to(step: Callable[[int], int]) -> None:
    """Stand at another step of the history; `step` makes the new position from the old."""
    state, _ = open_state()
    now = run(state.start, state.history)
    commit(replace(state, history=now.history.seek(step(now.history.position))))


def reset() -> None:
    """Go back to step 0: the same start, with the history cleared."""
    state, _ = open_state()
    commit(replace(state, history=History()))


def draw_weights() -> None:
    """Draw other initial weights, by the next seed."""
    state, _ = open_state()
    exercise = run(state.start, state.history).exercise
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
    state, _ = open_state()
    commit(replace(state, view=replace(state.view, **changes)))


def on_selected() -> None:
    """Select the weight or unit that was clicked in the live network."""
    sent = network_state().selected
    if sent is not None:
        state, _ = open_state()
        commit(_select(state, sent.id))


def on_view() -> None:
    """Color the edges of the live network as chosen in its toolbar."""
    sent = network_state().view
    if sent is not None:
        state, _ = open_state()
        view = state.view
        change_view(
            color=sent.color or view.color,
            scale=sent.scale or view.scale,
            labels=view.labels if sent.labels is None else sent.labels,
        )
