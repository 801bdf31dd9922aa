"""Nothing to be seen: it keeps the browser's address that of the state on the screen."""

from ui.components.declare import declare

_component = declare("keep_address", "<span></span>", styles=None)


def keep_address(query: str, run: str) -> None:
    """Send the query string of what a run of the whole page shows; `run` differs from run to run."""
    _component(key="keep_address", data={"query": query, "run": run})
