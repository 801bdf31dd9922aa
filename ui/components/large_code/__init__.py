"""A button that shows a QR code as large as the screen, for a lecture hall."""

from pathlib import Path

import streamlit as st

from ui.components.base import join_modules
from ui.components.copy_link import CSS

_FOLDER = Path(__file__).parent

_component = st.components.v2.component(
    "large_code",
    html="""
<div class="row"><button type="button">Full screen</button></div>
<dialog aria-label="QR code of the link"></dialog>
""",
    js=join_modules(_FOLDER / "large_code.js"),
    css=CSS + (_FOLDER / "large_code.css").read_text(encoding="utf-8"),
)


def large_code(key: str, picture: str) -> None:
    """Show the button for a picture given as an SVG element."""
    _component(key=key, data={"picture": picture}, width="content")
