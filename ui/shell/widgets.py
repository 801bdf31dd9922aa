"""Streamlit's widgets, bound to a state that the page can replace."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple

import streamlit as st

from ui.shell.navigation import catch_up
from ui.shell.run_context import end_where_stopped, runs_a_part, uninterrupted

_SHOWN = "shown"
# As many as a page may set one after the other while a message is on its way.
_MAX_REPLACED = 20
_GONE = object()


class _Shown(NamedTuple):
    """What a widget shows, how often the page has replaced it, and what those before it held last."""

    value: Any
    revision: int = 0
    replaced: Mapping[int, Any] = {}

    def held(self, revision: int) -> Any:
        """Return what a widget held last, by its revision; _GONE where that is long ago."""
        return self.value if revision == self.revision else self.replaced.get(revision, _GONE)

    def take(self, value: Any, revision: int) -> "_Shown":
        """Return the widget once one of a revision has been changed; a later one than that is replaced."""
        if revision == self.revision:
            return self._replace(value=value)
        newer = self.replace(value)
        return newer._replace(replaced={**newer.replaced, revision: value})

    def replace(self, value: Any) -> "_Shown":
        """Return the widget that shows `value` in place of this one."""
        replaced = dict([*self.replaced.items(), (self.revision, self.value)][-_MAX_REPLACED:])
        return _Shown(value, self.revision + 1, replaced)

    def key(self, name: str) -> str:
        """Return the key of the widget called `name`: another one where its value was replaced."""
        return f"{name}~{self.revision}" if self.revision else name


def bound(
    key: str, value: Any, take: Callable[..., None], *arguments: Any, in_dialog: bool = False
) -> dict[str, Any]:
    """Make the widget `key` show `value`, whatever it showed before, and do `take` when it is changed.

    Returns the widget's `key` and `on_change`, which runs the dialog alone for one that stands `in_dialog`.
    Every message of the browser has what all its widgets hold, and Streamlit takes what is new to it for a
    change. Some of that is old: what stood in a popover that was closed, what a widget showed before the page
    has set it. So a widget whose value the page replaces becomes another one: a late message names one that
    is gone, and is a change only where it has another value than that one held.
    """
    # A run that a newer one has stopped would replace what that has taken by what was there before.
    end_where_stopped()
    shown = _all_shown().get(key, _Shown(value))
    if shown.value != value:
        shown = shown.replace(value)
    _show(key, shown)
    name, revision = shown.key(key), shown.revision

    def on_change() -> None:
        now = _all_shown()[key]
        held = now.held(revision)
        changed = st.session_state.get(name, held)
        if held is not _GONE and changed != held:
            _show(key, now.take(changed, revision))
            take(*arguments)

    st.session_state[name] = value
    return {"key": name, "on_change": (of_a_dialog if in_dialog else of_the_page)(on_change)}


def entered(key: str) -> Any:
    """Return what the widget `key` holds, or held last."""
    shown = _all_shown().get(key)
    return st.session_state.get(key) if shown is None else st.session_state.get(shown.key(key), shown.value)


def of_the_page(take: Callable[..., object]) -> Callable[..., None]:
    """Return a callback for a widget outside of all parts: it does `take`, and has the whole page run.

    A browser puts what changes at about the same time into one message; Streamlit runs a part alone where
    any of it belongs to that part. The address is caught up in any case, as a run of the whole page without
    that is a navigation.
    """

    @in_whole_page
    @wraps(take)
    def callback(*arguments: Any) -> None:
        catch_up()
        take(*arguments)

    return callback


def of_a_dialog(take: Callable[..., object]) -> Callable[..., None]:
    """Return a callback for a widget in a dialog: it does `take` in one go, and the dialog runs alone."""

    @wraps(take)
    def callback(*arguments: Any) -> None:
        with uninterrupted():
            catch_up()
            take(*arguments)

    return callback


def in_whole_page(take: Callable[..., object]) -> Callable[..., None]:
    """Return a callback that does `take` in one go, and then has the whole page run."""

    @wraps(take)
    def callback(*arguments: Any) -> None:
        with uninterrupted():
            take(*arguments)
        if runs_a_part():
            st.rerun()

    return callback


@of_the_page
def run_page() -> None:
    """Let the page run, which shows more than the state: an open popover, a chart that was picked."""


def _show(key: str, shown: _Shown) -> None:
    st.session_state[_SHOWN] = {**_all_shown(), key: shown}


def _all_shown() -> dict[str, _Shown]:
    shown: dict[str, _Shown] = st.session_state.get(_SHOWN) or {}
    return shown
