"""A network with boxes for a learner's numbers at its units and weights, as one Streamlit component."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.components.declare import declare

_component = declare("answer_boxes")


def answer_boxes(
    model: Mapping[str, Any], *, key: str, taken: int, session: str, run: str, on_typed: Callable[[], None]
) -> None:
    """Show a model of `boxes_model`; what the browser sends arrives in the component state under `key`.

    The browser sets `typed` ({seq, changes: [{seq, id, text, session, at}], at}: of each box the last text
    that has not been acknowledged, and its query string at the first of them). `taken` is the number of the
    newest that has been taken, `session` differs from one session to another, and `run` names the run of the
    whole page.
    """
    _component(
        key=key,
        data={"seq": taken, "session": session, "run": run, **model},
        on_typed_change=on_typed,
    )
