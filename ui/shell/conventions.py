"""The menu of the conventions in which a page can be written."""

from collections.abc import Callable

import streamlit as st

from ui.shell.menus import mark_entry
from ui.shell.widgets import entered, of_the_page
from ui.text.conventions import CONVENTIONS

MENU = "convention_menu"


def render_conventions(speak: str, take: Callable[[str], object]) -> None:
    """Show in which convention the page is written, and `take` the name of another one that is chosen."""

    def choose() -> None:
        name = entered(MENU)
        if name in CONVENTIONS:
            take(name)

    label = f"Speak: {CONVENTIONS[speak].short}"
    st.menu_button(
        label,
        list(CONVENTIONS),
        format_func=lambda name: f"**{CONVENTIONS[name].label}**: {CONVENTIONS[name].sentence}",
        icon=":material/translate:",
        key=MENU,
        on_click=of_the_page(choose),
    )
    mark_entry(label, list(CONVENTIONS).index(speak))
