"""Nothing to be seen: what finds out when the place that it stands at comes into sight."""

from collections.abc import Callable

from ui.components.declare import declare

_component = declare("in_sight", "<span></span>", styles=None)


def in_sight(run: str, *, is_seen: bool, key: str, on_seen: Callable[[], None]) -> None:
    """Do `on_seen` once this place comes into sight, if it `is_seen` not yet; `run` is the whole page's."""
    _component(key=key, data={"run": run, "is_seen": is_seen}, on_seen_change=on_seen)
