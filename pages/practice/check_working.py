"""Check my working: a learner's numbers beside the network's, and the mistake behind them by its name."""

import streamlit as st

from ui.check_working import actions, parts
from ui.check_working.state import SHEET
from ui.practice.hints import render_hints

state = actions.begin().state
found = actions.verdicts(state)

parts.render_header(state)
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
parts.render_functions(state.start)
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    parts.render_groups(state)
    parts.render_summary(state, found)
with st.container():
    if state.shown == SHEET:
        parts.render_sheet(state)
    else:
        parts.render_boxes(state, found)
    parts.render_on_paper(state, found)
own, revealed = st.columns([2, 3], gap="large")
with own:
    parts.render_paste()
if state.shown != SHEET:
    with revealed:
        render_hints(state.start, state.convention, found, state.hints, actions.reveal)
parts.render_given(state.start)
