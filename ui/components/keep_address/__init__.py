"""Nothing to be seen: it keeps the browser's address that of the state on the screen."""

from pathlib import Path

import streamlit as st

from ui.components.base import join_modules

KEY = "keep_address"

_component = st.components.v2.component(
    KEY, html="<span></span>", js=join_modules(Path(__file__).parent / "component.js")
)


def keep_address(query: str, run: str) -> None:
    """Send the query string of what a run of the whole page shows; `run` differs from run to run."""
    _component(key=KEY, data={"query": query, "run": run})
