"""What a visitor's session keeps that no link carries, and how the page is shown to them."""

from secrets import token_hex
from typing import Any

import streamlit as st

from ui.links.query import HIDE

_NAME = "session"
_RUN = "page_run"
_ON_PAGE = "kept_on_page"


def keep(key: str, value: Any) -> None:
    """Keep something of this visitor's."""
    st.session_state[key] = value


def recall(key: str, default: Any = None) -> Any:
    """Return what was kept under a key, or what the widget of that key holds."""
    return st.session_state.get(key, default)


def keep_on_page(key: str, value: Any) -> None:
    """Keep something of this visitor's until they leave the page."""
    st.session_state[_ON_PAGE] = {*st.session_state.get(_ON_PAGE, ()), key}
    keep(key, value)


def leave_page() -> None:
    """Let go of what was kept for as long as the visitor is on the page."""
    for key in st.session_state.get(_ON_PAGE, ()):
        keep(key, None)
    st.session_state[_ON_PAGE] = set()


def session_name() -> str:
    """Return what differs from session to session."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = token_hex(4)
    made: str = st.session_state[_NAME]
    return made


def begin_run() -> None:
    """Give a name of its own to this run of the whole page."""
    st.session_state[_RUN] = token_hex(4)


def page_run() -> str:
    """Return the name of the last run of the whole page; a run of a part has it too."""
    run: str = st.session_state.get(_RUN, "")
    return run


def is_embedded() -> bool:
    """Return whether the page stands in a frame of another page."""
    return bool(st.context.is_embedded)


def is_bare() -> bool:
    """Return whether the page stands alone: in a frame of another page, or by a link that hides the menus."""
    return is_embedded() or "menu" in st.query_params.get(HIDE, "").split(".")
