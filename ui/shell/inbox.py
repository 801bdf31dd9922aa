"""What components send until it is acknowledged, each change of it taken once.

A component repeats its changes until it gets back the number of the newest that was taken. It does so with
the next server too, where another one takes over.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol, TypeVar

import streamlit as st

from ui.shell.navigation import began, is_left_behind, read_query
from ui.shell.run_context import this_run
from ui.shell.visit import recall, session_name

_TAKING = "taking"


class Numbered(Protocol):
    """A change, with its number and the session in which it was made."""

    @property
    def seq(self) -> int:
        """Its number: the later one of two has the larger."""

    @property
    def session(self) -> str | None:
        """The session in which it was made."""

    @property
    def at(self) -> str | None:
        """The browser's query string when it was made."""


Sent = TypeVar("Sent", bound=Numbered)


def newest_taken(component: str) -> int:
    """Return the number of the newest change of a component that has been taken."""
    taken: int = recall(_key(component), 0)
    return taken


def take_new(component: str, sent: Sequence[Sent], at: str | None) -> list[Sent]:
    """Return what has not been taken, and count it as taken.

    `at` is the browser's query string at the first, for what does not bring its own. What Back has left
    behind is taken, and changes nothing. Changes of another session, that this one takes over from, may have
    been taken there: one that was made before the address had moved on to where this session began was in it
    already.
    """
    new = [change for change in sent if change.seq > newest_taken(component)]
    st.session_state[_key(component)] = max([newest_taken(component), *(change.seq for change in new)])
    new = [change for change in new if not is_left_behind(change.seq)]
    return [
        change
        for change in new
        if change.session in (None, session_name())
        or _is_where_it_began(at if change.at is None else change.at)
    ]


@contextmanager
def taking() -> Iterator[bool]:
    """Take within what has been sent, if this is True; it is False where a run is at that already.

    What comes while a change is being made would otherwise be made before it: each change is one of the state
    with all that has been sent before.
    """
    run = this_run()
    if run is not None and st.session_state.get(_TAKING) is run:
        yield False
        return
    st.session_state[_TAKING] = run
    try:
        yield True
    finally:
        st.session_state[_TAKING] = None


def _is_where_it_began(at: str | None) -> bool:
    return at is None or dict(read_query(at)) == dict(began())


def _key(component: str) -> str:
    return f"{component}_taken"
