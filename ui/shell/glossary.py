"""The glossary as a section of a page."""

from collections.abc import Callable

import streamlit as st

from ui.shell.visit import is_embedded
from ui.shell.widgets import run_page


def render_glossary(key: str, write: Callable[[], None]) -> None:
    """Show a section that is written while it is unfolded; a frame of another page has no room for it."""
    if is_embedded():
        return
    folded = st.expander("Glossary", key=key, on_change=run_page)
    with folded:
        if folded.open:
            write()


def write_glossary(terms: str) -> None:
    """Write terms, which are HTML made by ui/text/glossary.py."""
    st.html(terms)
