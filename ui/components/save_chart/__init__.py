"""Buttons that save the charts on the page as pictures, dark on white whatever the theme."""

import streamlit as st

from ui import theme
from ui.components.declare import declare

_OPTION = "chartCategoricalColors"
# What Streamlit's dark theme draws the lines of train and test in, the gray of text.
_DARK_GRAY = "#fafafa"

_component = declare(
    "save_chart",
    """
<div class="row">
  <button type="button" disabled data-kind="png">PNG</button>
  <button type="button" disabled data-kind="svg">SVG</button>
</div>
""",
    styles="buttons",
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
        (_DARK_GRAY, st.get_option("theme.light.textColor")),
        *((dark[name], light[name]) for name in ("negative", "zero", "positive")),
        *zip(theme.CLASS_COLORS["dark"], theme.CLASS_COLORS["light"], strict=True),
    ]
    return dict(pairs)
