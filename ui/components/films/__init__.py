"""Nothing to be seen: what brings the films of sliders to the live network, and its requests for them."""

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any

from ui.components.base.arrays import pack
from ui.components.declare import declare

_component = declare("films", "<span></span>", styles=None)


def films(film: Mapping[str, Any] | None, *, key: str, on_grabbed: Callable[[], None]) -> None:
    """Bring the first part of a film, if there is one to bring.

    Where the live network requests the film of another control, the browser sets `grabbed` ({seq, id, low,
    high, held, times}).
    """
    _component(key=key, data=film and pack_anew(film), on_grabbed_change=on_grabbed)


def pack_anew(film: Mapping[str, Any]) -> bytes:
    """Return a film as bytes that no message has had before.

    In place of one that a browser has had Streamlit sends its name, and if the browser has dropped it by then
    (`maxCachedMessageAge` in .streamlit/config.toml), the page stops with an error.
    """
    return pack({**film, "sent": token_hex(4)})
