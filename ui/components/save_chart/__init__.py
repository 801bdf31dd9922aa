"""Buttons that save the charts on the page as pictures, dark on white whatever the theme."""

from pathlib import Path

import streamlit as st

from ui import theme
from ui.components.base import join_modules
from ui.components.copy_link import CSS

_FOLDER = Path(__file__).parent
_OPTION = "chartCategoricalColors"

_component = st.components.v2.component(
    "save_chart",
    html="""
<div class="row">
  <button type="button" data-kind="png">PNG</button>
  <button type="button" data-kind="svg">SVG</button>
</div>
""",
    js=join_modules(_FOLDER / "save_chart.js"),
    css=CSS
    + "button { min-width: 0; font-weight: 400; border-color: var(--st-border-color); color: inherit; }",
)


def save_chart(key: str, file_name: str) -> None:
    """Show a button each for PNG and SVG of the charts, in files called `file_name`."""
    _component(key=key, data={"name": file_name, "colors": _paper_colors()}, width="content")


def _paper_colors() -> dict[str, str]:
    """Return for each color of the dark theme the one that the light theme has in its place."""
    light, dark = (theme.PALETTES[base] for base in ("light", "dark"))
    pairs = [
        *zip(st.get_option(f"theme.dark.{_OPTION}"), st.get_option(f"theme.light.{_OPTION}"), strict=True),
        tuple(st.get_option(f"theme.{base}.backgroundColor") for base in ("dark", "light")),
        *((dark[name], light[name]) for name in ("negative", "zero", "positive")),
        *zip(theme.CLASS_COLORS["dark"], theme.CLASS_COLORS["light"], strict=True),
    ]
    return dict(pairs)
