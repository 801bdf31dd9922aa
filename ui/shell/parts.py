"""The parts of a page: what each shows, and which of them run when something has changed."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from ui.shell.navigation import catch_up, is_written_again
from ui.shell.run_context import runs_a_part, uninterrupted
from ui.shell.turns import TURNS

Render = TypeVar("Render", bound=Callable[..., Any])

# What a part shows while it is being drawn.
_UNFINISHED = object()


class Parts:
    """The parts of the page called `page`, each declared with `part`.

    A part's inputs are all that it shows: where they are equal, drawing it anew changes nothing.
    """

    def __init__(self, page: str) -> None:
        self._drawn = f"{page}_drawn"
        self._inputs: dict[str, Callable[[], object]] = {}
        self._alone: set[str] = set()

    def part(
        self, name: str, inputs: Callable[[], object], *, alone: bool = False
    ) -> Callable[[Render], Render]:
        """Make a function draw the part `name`, which can be run `alone` if it is given nothing.

        One that can gets a container of its own: what a part has not sent yet is dropped when it is run
        again, and whatever stood behind it would have lost its place.
        """
        self._inputs[name] = inputs
        if alone:
            self._alone.add(name)

        def decorate(render: Render) -> Render:
            def draw(*arguments: Any) -> Any:
                shown = inputs()
                self._note(name, _UNFINISHED)
                drawn = render(*arguments)
                self._note(name, shown)
                return drawn

            fragment = st.fragment(key=name)(TURNS.turn()(draw)) if alone else draw

            @wraps(render)
            def place(*arguments: Any) -> Any:
                if not alone:
                    return draw(*arguments)
                with st.container():
                    return fragment(*arguments)

            return place  # type: ignore[return-value]

        return decorate

    def begin(self) -> None:
        """Draw the page anew: none of its parts is there yet."""
        st.session_state[self._drawn] = {}

    def end(self) -> None:
        """Count the page as whole: from now on parts of it can run alone."""
        st.session_state[self._drawn] = {**self._drawn_inputs(), self._drawn: None}

    def is_whole(self) -> bool:
        """Return whether all parts of the page are there."""
        return self._drawn in self._drawn_inputs()

    def changed(self) -> list[str]:
        """Return the names of the parts that are there and show what is no longer so, from top to bottom.

        A part whose drawing was interrupted is among them.
        """
        drawn = self._drawn_inputs()
        return [name for name in drawn if name in self._inputs and self._inputs[name]() != drawn[name]]

    def can_run_alone(self, names: Iterable[str]) -> bool:
        """Return whether all of the parts `names` can run without the rest of the page."""
        return self._alone.issuperset(names)

    def callback(self, name: str, take: Callable[[], object]) -> Callable[[], None]:
        """Return a callback of the part `name`: it does `take`, and has all run that has changed.

        Those are parts alone, or the page where it is not there yet, one of them cannot run alone, or the
        address is one that Back has left. The part itself is among them, as it may have been requested for
        more than its inputs, and what it has not sent yet is dropped by the request.
        """

        @TURNS.turn()
        @wraps(take)
        def callback() -> None:
            with uninterrupted():
                catch_up()
                take()
            if not runs_a_part():
                return
            changed = self.changed()
            if not self.is_whole() or is_written_again() or not self.can_run_alone(changed):
                st.rerun()
            if set(changed) - {name}:
                st.rerun(tuple(each for each in self._drawn_inputs() if each in (*changed, name)))

        return callback

    def _note(self, name: str, shown: object) -> None:
        st.session_state[self._drawn] = {**self._drawn_inputs(), name: shown}

    def _drawn_inputs(self) -> dict[str, object]:
        drawn: dict[str, object] = st.session_state.get(self._drawn) or {}
        return drawn
