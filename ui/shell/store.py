"""The state of a page: the session has it as a record, and the address follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import streamlit as st

from ui.limits import MAX_UNDO
from ui.links.codec import Codec
from ui.shell.navigation import Address, catch_up, follow, go_to, here, is_elsewhere

S = TypeVar("S")


class Described(NamedTuple):
    """What was changed, such as "weight x1→h1", and a sentence that begins with it and describes how."""

    what: str
    sentence: str


class Rejected(NamedTuple):
    """A text that could not be taken, and the sentence with the reason."""

    text: str
    message: str


@dataclass(slots=True)
class Held(Generic[S]):
    """The state that a page shows, the address that it was read from, and what did not fit there.

    The files behind a button are made from it when they are downloaded, outside of any run.
    """

    address: Address
    state: S
    problems: tuple[str, ...] = ()


class _Kept(NamedTuple):
    """What is shown beside one address only."""

    address: Address
    rejected: Mapping[str, Rejected] = {}
    notice: str | None = None
    remark: str | None = None
    earlier: Any = None


class _Undoable(NamedTuple):
    """The states before and after a change, and what was changed."""

    before: Any
    change: Described
    after: Any


class PageStore(Generic[S]):
    """What a visitor's session has of one page: its state, and all beside it that no link carries.

    `codec` is the page's link, `essence(state)` what a change to be undone alters, and `way_out` a sentence
    for a state that no link can carry. Refused texts, the notice and the earlier state belong to the address
    that they were kept beside: Back leaves them behind.
    """

    def __init__(
        self, codec: Codec[S], *, essence: Callable[[S], object] = lambda state: state, way_out: str = ""
    ) -> None:
        self._codec = codec
        self._essence = essence
        self._way_out = way_out
        self._held, self._kept, self._undo = (f"{codec.page}_{part}" for part in ("held", "kept", "undo"))

    def begin(self) -> Held[S]:
        """Return what a run of the whole page shows: where the run is a navigation, what the address has."""
        follow(self._codec.page)
        return self.held()

    def held(self) -> Held[S]:
        """Return the state that the session has, and what of its link did not fit."""
        held: Held[S] | None = st.session_state.get(self._held)
        if held is None or held.address != here():
            state, problems = self._codec.read(dict(here()))
            if held is None:
                held = st.session_state[self._held] = Held(here(), state, problems)
            held.address, held.state, held.problems = here(), state, problems
        return held

    def read(self) -> S:
        """Return the state that the session has."""
        return self.held().state

    def open(self) -> S:
        """Return the state to change in a callback, whatever address its message has brought."""
        catch_up()
        return self.read()

    def edit(self, state: S, *, change: Described | None = None, keep_notice: bool = False) -> bool:
        """Make `state` the page's, and its link the address; return whether it is. A `change` can be undone.

        A state that no link can carry is refused with a notice. A message that comes late, when another page
        is there, changes nothing.
        """
        before = self.open()
        if is_elsewhere(self._codec.page):
            return False
        refusal = self._codec.refusal(state)
        if refusal:
            self.notify(f"{refusal} {self._way_out}".rstrip())
            return False
        kept = self._kept_here()
        if change is not None:
            stack = [*self._undoable(), _Undoable(before, change, state)]
            st.session_state[self._undo] = tuple(stack[-MAX_UNDO:])
        self._go_to(state, kept if keep_notice else kept._replace(notice=None, remark=None))
        return True

    def undo(self, restore: Callable[[S, S], S]) -> None:
        """Take back the last change: `restore(before, now)` is the state to show then."""
        now = self.open()
        stack = self._undoable()
        if stack and not is_elsewhere(self._codec.page):
            state = restore(stack[-1].before, now)
            st.session_state[self._undo] = stack[:-1]
            self._go_to(state, _Kept(()))

    def forget_changes(self) -> None:
        """Keep no change that could be taken back."""
        st.session_state[self._undo] = ()

    def undoable(self) -> Described | None:
        """Return the change that `undo` takes back, None where there is none."""
        stack = self._undoable()
        return stack[-1].change if stack else None

    def notify(self, sentence: str) -> None:
        """Show a sentence until the next change."""
        self._keep(notice=sentence)

    @property
    def notice(self) -> str | None:
        """The sentence to show, if there is one."""
        return self._kept_here().notice

    def sentences(self) -> tuple[str, ...]:
        """Return a sentence for each part of the link that did not fit, and the notice."""
        return (*self.held().problems, *([self.notice] if self.notice else []))

    def note(self, sentence: str) -> None:
        """Show a sentence until the next change, where nothing moves for it."""
        self._keep(remark=sentence)

    @property
    def remark(self) -> str | None:
        """The sentence to show where nothing moves for it, if there is one."""
        return self._kept_here().remark

    def reject(self, key: str, text: str, message: str) -> None:
        """Keep a text that could not be taken, with the sentence that has the reason."""
        self._keep(rejected={**self.rejected, key: Rejected(text, message)})

    def accept(self, key: str) -> None:
        """Forget a text that was kept by `reject`."""
        self._keep(rejected={name: text for name, text in self.rejected.items() if name != key})

    @property
    def rejected(self) -> Mapping[str, Rejected]:
        """The texts that could not be taken, by the field that they were entered in."""
        return self._kept_here().rejected

    def keep_earlier(self, state: S | None) -> None:
        """Keep a state from before a change, to compare with; None for none."""
        self._keep(earlier=state)

    @property
    def earlier(self) -> S | None:
        """The state that was kept by `keep_earlier`, if there is one."""
        state: S | None = self._kept_here().earlier
        return state

    def _go_to(self, state: S, kept: _Kept) -> None:
        held = self.held()
        go_to(self._codec.write(state))
        held.address, held.state, held.problems = here(), state, ()
        st.session_state[self._kept] = kept._replace(address=here())

    def _undoable(self) -> tuple[_Undoable, ...]:
        """Return the changes to take back: the last of them is the one that has led to the present state.

        Behind the browser's Back or Forward that is another one than the newest, or none.
        """
        state = self.read()
        now = self._essence(state)
        stack: tuple[_Undoable, ...] = st.session_state.get(self._undo, ())
        while stack and (self._essence(stack[-1].after) != now or stack[-1].before == state):
            stack = stack[:-1]
        return stack

    def _kept_here(self) -> _Kept:
        kept: _Kept | None = st.session_state.get(self._kept)
        return kept if kept and kept.address == here() else _Kept(here())

    def _keep(self, **changes: Any) -> None:
        if is_elsewhere(self._codec.page):
            return
        st.session_state[self._kept] = self._kept_here()._replace(**changes)
