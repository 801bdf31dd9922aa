"""Nothing to be seen: what brings films of several runs to the player."""

from collections.abc import Mapping
from typing import Any

from ui.components.declare import declare
from ui.components.films import pack_anew

_component = declare("sweeps", "<span></span>", styles=None)


def sweeps(sweep: Mapping[str, Any] | None, *, key: str) -> None:
    """Bring what `build_sweep` has made, if there is something to bring."""
    _component(key=key, data=sweep and pack_anew(sweep))
