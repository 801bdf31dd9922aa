"""Nothing to be seen, and drawn last: it ends a run of the whole page, and keeps the address up to date."""

from collections.abc import Callable

from ui.components.declare import declare

_component = declare("keep_address", "<span></span>", styles=None)


def keep_address(
    page: str,
    query: str,
    written: str,
    run: str,
    *,
    key: str,
    session: str,
    followed: int,
    left: str | None,
    on_reached: Callable[[], None],
) -> None:
    """Send the query string of what a run of the whole page shows, and the name of the run, which ends.

    `page` is the last part of the page's path.
    `written` is the query string that was last made the address. Where Back or Forward leads to another state
    of the page, the browser sets `reached` ({number, query, session, newest}) before anything else is sent,
    `newest` being the number of the newest change before it, and `followed` is the number of the newest that
    a run has followed. Where the run has opened another page, `left` is the query string of what the page
    before it had come to.
    """
    data = {
        "page": page,
        "query": query,
        "written": written,
        "followed": followed,
        "left": left,
        "run": run,
        "session": session,
    }
    _component(key=key, data=data, on_reached_change=on_reached)
