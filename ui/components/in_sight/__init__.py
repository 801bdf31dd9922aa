"""Nothing to be seen: what finds out when the place that it stands at comes into sight."""

from collections.abc import Callable

from ui.components.declare import declare

_component = declare("in_sight", "<span></span>", styles=None)


def in_sight(run: str, *, key: str, on_seen: Callable[[], None]) -> None:
    """Do `on_seen` once this place is in sight; `run` names the run of the whole page."""
    _component(key=key, data={"run": run}, on_seen_change=on_seen)
