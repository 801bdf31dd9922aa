"""The glossary of the One step page, with the formulas of the network that is shown."""

from math import isclose

import streamlit as st

from ui.one_step.actions import STORE
from ui.one_step.page import PARTS, shown_exercise
from ui.shell.visit import is_embedded
from ui.shell.widgets import run_page
from ui.text.glossary import glossary_html

GLOSSARY_KEY = "glossary"


def _words() -> object:
    exercise = shown_exercise()
    return exercise.network, isclose(sum(exercise.y), 1), STORE.read().view.speak


def render_glossary() -> None:
    """Show every term with its sentence and its formulas, built only while it is unfolded.

    A frame of another page has no room for it.
    """
    if is_embedded():
        return
    folded = st.expander("Glossary", key=GLOSSARY_KEY, on_change=run_page)
    with folded:
        if folded.open:
            _render_terms()


@PARTS.part("glossary", _words, alone=True)
def _render_terms() -> None:
    exercise = shown_exercise()
    convention = STORE.read().view.convention
    st.html(glossary_html(exercise.network, convention, sums_to_one=isclose(sum(exercise.y), 1)))
