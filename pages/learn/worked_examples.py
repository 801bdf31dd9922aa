"""Worked examples: the numbers that sources print, each beside the one that is computed here."""

import streamlit as st

from ui.worked_examples import actions, parts

state = actions.STORE.begin().state

parts.render_header()
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
parts.render_cards(state)
