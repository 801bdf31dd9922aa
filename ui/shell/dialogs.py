"""Dialogs, of which Streamlit draws no more than one in a run."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from ui.shell.run_context import this_run
from ui.shell.visit import keep, recall

P = ParamSpec("P")

_DRAWN_IN = "dialog_drawn_in"


def one_at_a_time(dialog: Callable[P, None]) -> Callable[P, None]:
    """Make a dialog wait where another one is open, as for a table that was still being uploaded."""

    @wraps(dialog)
    def draw(*args: P.args, **kwargs: P.kwargs) -> None:
        run = this_run()
        if recall(_DRAWN_IN) is not run:
            keep(_DRAWN_IN, run)
            dialog(*args, **kwargs)

    return draw
