"""Buttons that save the network on the page as a picture."""

from pathlib import Path

import streamlit as st

from ui.components.base import join_modules
from ui.components.copy_link import CSS

_FOLDER = Path(__file__).parent

_component = st.components.v2.component(
    "save_drawing",
    html="""
<div class="row">
  <button type="button" data-kind="svg">Drawing as SVG</button>
  <button type="button" data-kind="png">Drawing as PNG</button>
</div>
""",
    js=join_modules(_FOLDER / "save_drawing.js"),
    css=CSS,
)


def save_drawing(key: str) -> None:
    """Show a button each for SVG and PNG of the drawing as it stands."""
    _component(key=key)
