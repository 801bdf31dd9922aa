"""Nothing to be seen: what brings the films of sliders to the live network, and its requests for them."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.components.base.arrays import pack
from ui.components.declare import declare

_component = declare("films", "<span></span>", styles=None)


def films(film: Mapping[str, Any] | None, *, key: str, on_grabbed: Callable[[], None]) -> None:
    """Bring the first part of a film, if there is one to bring.

    Where the live network requests the film of another control, the browser sets `grabbed` ({seq, id, low,
    high, held, times}).
    """
    _component(key=key, data=film and pack(film), on_grabbed_change=on_grabbed)
