"""The address: when a run reads it, and when it follows the state that the session has.

A run of the whole page without a fired callback is a navigation (a first load, Back, another page) and reads
the address. Every other message of the browser edits the state that the session has, whatever query string
travels with it.
"""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode

import streamlit as st

from ui.shell.run_context import (
    brings_a_change,
    end_where_stopped,
    goes_back,
    page_of_run,
    query_of_run,
    this_run,
)
from ui.shell.visit import leave_page, session_name

Address = tuple[tuple[str, tuple[str, ...]], ...]

_HERE = "here"
_PAGE = "page"
_ARRIVED = "arrived"
_BEGAN = "began"
_WRITTEN = "written"
_AGAIN = "again"
_REACHED = "reached"
_LEFT = "left"
_OPENED = "opened"
_LEFT_PAGE = "left_page"
# The component that sends where Back has led to; drawn by `follow_back` in workarounds.py.
KEEP_ADDRESS = "keep_address"


class _Arrived(NamedTuple):
    """The address that a message with a fired callback has brought, and something that only its run has."""

    address: Address
    run: object


class _LeftPage(NamedTuple):
    """The address of the state that a page had when it was left, and something that only the run has."""

    address: Address
    run: object


def address() -> Address:
    """Return the query string of this run as a value: pairs of a parameter's name and its texts."""
    return read_query(query_of_run())


def read_query(query: str) -> Address:
    """Return a browser's query string as a value, without what a frame's host has put there."""
    texts = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    return tuple((name, tuple(values)) for name, values in texts.items() if not name.startswith("embed"))


def here() -> Address:
    """Return the address of the state that the session has."""
    known: Address | None = st.session_state.get(_HERE)
    return address() if known is None else known


def began() -> Address:
    """Return the address at which the session began."""
    first: Address = st.session_state.get(_BEGAN, address())
    return first


def written() -> Address:
    """Return the address that was last written by `go_to`, or else the one at which the session began."""
    last: Address | None = st.session_state.get(_WRITTEN)
    return began() if last is None else last


def go_to(query: Mapping[str, str]) -> None:
    """Make `query` the address, as one entry of the browser's history."""
    catch_up()
    if _leaves_page():
        # The browser is at the next page already.
        st.session_state[_HERE] = read_query(urlencode(query))
        return
    before = here()
    st.query_params.from_dict(query)
    if address() == written() != before:
        st.session_state[_AGAIN] = this_run()
    st.session_state[_HERE] = st.session_state[_WRITTEN] = address()


def is_written_again() -> bool:
    """Return whether the run has led back to the address that was last written, and that Back had left.

    The browser may put right the address after such a run: it has to get what the page shows now, which only
    a run of the whole page sends.
    """
    run: object = st.session_state.get(_AGAIN)
    return run is not None and run is this_run()


def catch_up() -> None:
    """Let the address be the one of the session's state in a run with a callback.

    Each message of the browser carries the query string that it had then: one sent before a change has
    arrived there would throw that change away.
    """
    arrive()
    if address() != here() and not _leaves_page():
        st.query_params.from_dict(dict(here()))


def arrive() -> None:
    """Keep the address that a message with a fired callback has brought.

    Streamlit forgets that a run was requested by Back where a change comes right behind; where Back has led
    to, which the browser sends beside, is then what the change is one of. A run does this once: what is sent
    beside may be that of the next run later on, where Back came while this one was taking a change.
    """
    if _has_called_back():
        return
    st.session_state[_ARRIVED] = _Arrived(address(), this_run())
    reached = _reached()
    if not goes_back() and reached.number > newest_reached():
        _note_reached(reached)
        st.session_state[_HERE] = reached.address


def is_left_behind(number: int) -> bool:
    """Return whether Back, as far as runs have followed, has come after the change of this number.

    The run of a change may come behind that of Back, as each has a thread of its own.
    """
    newest: int = st.session_state.get(_LEFT, 0)
    return number <= newest


def follow(page: str) -> None:
    """Take the address for that of `page` where the run is a navigation.

    Back may be pressed, or another page opened, while something else is on its way: then the run has
    callbacks, and navigates after them.
    """
    if _BEGAN not in st.session_state:
        st.session_state[_BEGAN] = address()
    # Where Back has led to is no change: to write it would be an entry of the history.
    if not _has_called_back() and brings_a_change(beside=KEEP_ADDRESS):
        catch_up()
    has_called_back = _has_called_back()
    if has_called_back and not goes_back() and st.session_state.get(_PAGE) == page:
        return
    # It has waited for a change while a newer run did, which may have come first: Back pressed once more.
    end_where_stopped()
    arrived = st.session_state[_ARRIVED].address if has_called_back else address()
    if address() != arrived:
        st.query_params.from_dict(dict(arrived))
    _note_reached(_reached())
    if is_elsewhere(page):
        st.session_state[_LEFT_PAGE] = _LeftPage(here(), this_run())
        leave_page()
    st.session_state[_HERE] = arrived
    st.session_state[_PAGE] = page
    st.session_state[_OPENED] = page_of_run()


def left_page() -> Address | None:
    """Return the address of what the page before had come to where this run has opened another, else None.

    The browser may have left it before the response to its last change had come.
    """
    left: _LeftPage | None = st.session_state.get(_LEFT_PAGE)
    return left.address if left is not None and left.run is this_run() else None


def _leaves_page() -> bool:
    """Return whether the run opens another page than the one that is there."""
    opened: str | None = st.session_state.get(_OPENED)
    return opened is not None and opened != page_of_run()


def is_elsewhere(page: str) -> bool:
    """Return whether another page than `page` is there."""
    return st.session_state.get(_PAGE) not in (None, page)


class _Reached(NamedTuple):
    """Where Back or Forward has led to within a page, and how often they have in this session.

    `newest` is the number of the newest change that a component had sent by then.
    """

    number: int
    address: Address
    newest: int


def _note_reached(reached: _Reached) -> None:
    st.session_state[_REACHED] = reached.number
    st.session_state[_LEFT] = reached.newest


def _reached() -> _Reached:
    sent = (st.session_state.get(KEEP_ADDRESS) or {}).get(_REACHED)
    match sent:
        # Another session's is what the browser has kept from a server that it was connected to before.
        case {
            "number": int(number),
            "query": str(query),
            "session": str(session),
            "newest": int(newest),
        } if session == session_name():
            return _Reached(number, read_query(query), newest)
        case _:
            return _Reached(0, (), 0)


def newest_reached() -> int:
    """Return how often Back or Forward has led to another state of a page, as far as runs have followed."""
    number: int = st.session_state.get(_REACHED, 0)
    return number


def _has_called_back() -> bool:
    arrived: _Arrived | None = st.session_state.get(_ARRIVED)
    return arrived is not None and arrived.run is this_run()
