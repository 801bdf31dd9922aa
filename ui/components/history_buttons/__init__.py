"""The buttons that take steps, move through the history and undo: every press of them counts."""

from collections.abc import Callable
from typing import Any

from ui.components.declare import declare

_component = declare("history_buttons", "<div class='history-buttons'></div>", styles=None)

_TAKE = [
    {
        "name": "take_1",
        "label": "Take one step (w ← w + Δw)",
        "title": "One training step: every weight becomes w + Δw",
        "steps": 1,
    },
    *(
        {
            "name": f"take_{steps}",
            "label": f"Train {steps}",
            "title": f"Take {steps} steps on this sample",
            "steps": steps,
        }
        for steps in (10, 100, 1000)
    ),
]
_MOVE = [{"name": "back", "label": "Back"}, {"name": "forward", "label": "Forward"}]
_RESET = {
    "name": "reset",
    "label": "Reset",
    "title": "Back to step 0: the same numbers as before the first step",
}
_DRAW = {
    "name": "draw_weights",
    "label": "New random weights",
    "title": "Initial weights drawn from the next seed",
}


def history_buttons(
    *,
    key: str,
    taken: int,
    session: str,
    run: str,
    position: int,
    end: int,
    resettable: bool,
    undo: tuple[str, str] | None,
    drawable: bool,
    note: str,
    on_pressed: Callable[[], None],
) -> None:
    """Show the buttons, and at which of how many steps the page stands, with a note behind it.

    The browser sets `pressed` ({seq, presses: [{seq, name, session}], at}) in the component state under
    `key`: all presses that have not been acknowledged, and its query string at the first of them. `taken`
    is the number of the newest press that has been taken; `session` differs from session to session, and a
    press brings the one in which it was made; `run` names the run of the whole page. `undo` is
    what would be taken back, short and as a sentence that begins with it.
    """
    data: dict[str, Any] = {
        "seq": taken,
        "session": session,
        "run": run,
        "position": position,
        "end": end,
        "resettable": resettable,
        "undoable": undo is not None,
        "text": f"step {position} of {end}{note}",
        "buttons": [*_TAKE, *_MOVE, _undo(undo), _RESET, *([_DRAW] if drawable else [])],
    }
    _component(key=key, data=data, on_pressed_change=on_pressed)


def _undo(change: tuple[str, str] | None) -> dict[str, str]:
    if change is None:
        return {"name": "undo", "label": "Undo", "title": "Nothing has been changed"}
    what, sentence = change
    return {"name": "undo", "label": f"Undo: {what}", "title": f"Undo: {sentence}"}
