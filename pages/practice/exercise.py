"""Exercise: numbers drawn for each student, boxes for what is to be computed, and marks for it."""

import streamlit as st

from ui.exercise import actions, parts, teacher
from ui.exercise.state import HINTS, LOCKED_HINTS
from ui.practice.hints import render_hints

state = actions.STORE.begin().state

with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
    parts.render_title(state)
    teacher.render_sheets(state)
    teacher.render_settings(state)
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
with st.container():
    teacher.render_handing_out(state)
given, own = st.columns([2, 3], gap="large")
with given:
    parts.render_student(state)
    if not parts.needs_name(state):
        parts.render_given(state)
with own:
    if not parts.needs_name(state):
        found = actions.verdicts(state)
        # The boxes keep the focus only where nothing above comes or goes.
        with st.container():
            parts.render_summary(state, found)
        with st.container():
            parts.render_boxes(state, {verdict.quantity: verdict for verdict in found})
        with st.container():
            parts.render_buttons(state)
        last = LOCKED_HINTS if state.is_locked else HINTS
        render_hints(state.exercise, state.convention, found, state.hints, actions.reveal, last)
with st.container():
    teacher.render_answers(state)
