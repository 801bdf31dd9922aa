"""Exercise: numbers drawn for each student, boxes for what is to be computed, and marks for it."""

import streamlit as st

from ui.exercise import actions, parts, teacher
from ui.exercise.marks import has_decimals
from ui.exercise.state import HINTS, LOCKED_HINTS
from ui.practice.hints import render_hints

state = actions.begin().state

with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    parts.render_title(state)
    teacher.render_sheets(state)
    teacher.render_settings(state)
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
with st.container():
    teacher.render_handing_out(state)
parts.render_student(state)
if not parts.needs_name(state):
    found = actions.verdicts(state)
    parts.render_functions(state)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        parts.render_groups(state)
        parts.render_summary(state, found)
    parts.render_boxes(state, found)
    with st.container():
        parts.render_buttons(state)
    with st.container():
        last = LOCKED_HINTS if state.is_locked else HINTS
        short = [one.quantity for one in found if not has_decimals(one, state.assignment)]
        render_hints(state.exercise, state.convention, found, state.hints, actions.reveal, last, short)
    parts.render_given(state)
with st.container():
    teacher.render_answers(state)
