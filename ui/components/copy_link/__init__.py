"""A button that copies a link: the page's address, which holds everything the page shows, or a given one."""

from pathlib import Path

import streamlit as st

from ui.components.base import join_modules

_FOLDER = Path(__file__).parent
CSS = (_FOLDER / "copy_link.css").read_text(encoding="utf-8")

_component = st.components.v2.component(
    "copy_link",
    html="""
<div class="row">
  <button type="button">Copy link</button>
  <input readonly hidden aria-label="Link to this page">
</div>
""",
    js=join_modules(_FOLDER / "copy_link.js"),
    css=CSS,
)


def copy_link(key: str, link: str | None = None) -> None:
    """Show the button; where the browser does not let a page copy, it shows the link to copy by hand.

    `link` None stands for the address of the page at the time of the click.
    """
    _component(key=key, data={"link": link}, width="content")
