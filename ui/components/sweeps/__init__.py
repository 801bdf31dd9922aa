"""Nothing to be seen: what brings films of several runs to the player."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.components.declare import declare
from ui.components.films import pack_anew

_component = declare("sweeps", "<span></span>", styles=None)


def sweeps(sweep: Mapping[str, Any] | None, *, key: str, on_held: Callable[[], None]) -> None:
    """Bring what `build_sweep` has made, if there is something to bring.

    The browser sets `held` in the component state under `key`, the key of the film that it has then, and
    `on_held` is called.
    """
    _component(key=key, data=sweep and pack_anew(sweep), on_held_change=on_held)


def held_sweep(state: object) -> str | None:
    """Return the key of the film that the browser has, by the component state."""
    held = state.get("held") if isinstance(state, Mapping) else None
    return held if isinstance(held, str) else None
