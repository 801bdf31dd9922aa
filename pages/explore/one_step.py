"""One step of backprop on one sample: drag any number and see what moves with it."""

import streamlit as st

from ui.one_step import actions, curve, glossary, header, parts, tables
from ui.one_step.page import PARTS
from ui.one_step.paste_dialog import render_paste_dialog
from ui.shell.glossary import render_glossary
from ui.shell.visit import is_bare

held = actions.begin()
PARTS.begin()

top = st.container(key=None if is_bare() else "header")
with top:
    row = header.render_title()
parts.render_network()
if parts.is_painted():
    with top:
        header.render_menus(row)
        header.render_link_problems()
    render_paste_dialog()
    if "answers" in held.state.view.hide:
        parts.render_exercise_note()
    else:
        parts.render_training()
        # A place for what comes and goes: the browser would build anew whatever moved up or down for it.
        with st.container():
            parts.render_messages()
        with parts.place_details():
            with st.container():
                header.render_source()
            tables.render_weights()
            tables.render_units()
            if not is_bare():
                parts.render_to_other_pages()
        curve.render_loss_curve()
        render_glossary("glossary", glossary.write_terms)
        parts.render_films()
    PARTS.end()
