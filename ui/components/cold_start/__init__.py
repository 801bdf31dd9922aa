"""A line in place of a page that has to be loaded once more, which it does by itself."""

from ui.components.declare import declare

_component = declare("cold_start", "<p>Starting …</p>", styles=None)


def cold_start() -> None:
    """Load the page once more."""
    _component(key="cold_start")
