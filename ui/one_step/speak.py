"""The menu of the conventions in which the page can be written."""

import streamlit as st

from ui.links.view import View
from ui.one_step.actions import change_view
from ui.shell.menus import mark_entry
from ui.shell.widgets import entered, of_the_page
from ui.text.conventions import CONVENTIONS

MENU = "convention_menu"


def render_conventions(view: View) -> None:
    """Show in which convention the page is written, and let it be another one."""
    label = f"Speak: {CONVENTIONS[view.speak].short}"
    st.menu_button(
        label,
        list(CONVENTIONS),
        format_func=lambda name: f"**{CONVENTIONS[name].label}**: {CONVENTIONS[name].sentence}",
        icon=":material/translate:",
        key=MENU,
        on_click=of_the_page(_speak),
    )
    mark_entry(label, list(CONVENTIONS).index(view.speak))


def _speak() -> None:
    name = entered(MENU)
    if name in CONVENTIONS:
        change_view(speak=name)
