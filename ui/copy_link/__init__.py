"""A button that copies the page's address, which holds everything the page shows."""

from pathlib import Path

import streamlit as st

_FOLDER = Path(__file__).parent

_component = st.components.v2.component(
    "copy_link",
    html="""
<div class="copy-link">
  <button type="button">Copy link</button>
  <input readonly hidden aria-label="Link to this page">
</div>
""",
    js=(_FOLDER / "copy_link.js").read_text(encoding="utf-8"),
    css=(_FOLDER / "copy_link.css").read_text(encoding="utf-8"),
)


def copy_link(key: str) -> None:
    """Show the button; where the browser does not let a page copy, it shows the link to copy by hand."""
    _component(key=key, width="content")
