"""Nothing to be seen, and drawn last: it ends a run of the whole page, and keeps the address up to date."""

from ui.components.declare import declare

_component = declare("keep_address", "<span></span>", styles=None)


def keep_address(query: str, written: str, run: str) -> None:
    """Send the query string of what a run of the whole page shows, and the name of the run, which ends.

    `written` is the query string that was last made the address.
    """
    _component(key="keep_address", data={"query": query, "written": written, "run": run})
