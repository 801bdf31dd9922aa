"""One step of backprop on one sample: drag any number and see what moves with it."""

import streamlit as st

from ui import session
from ui.one_step import parts

state, problems = session.begin_page()
run = session.run(state.start, state.history)

header = st.container(key=None if session.is_bare() else "header")
with header:
    row = parts.render_title()
# First, as it is what the reader waits for: the menus need not be there before it.
parts.render_network()
session.give_head_start()
with header:
    parts.render_menus(state, run.exercise, row)
    parts.render_link_problems(problems)
if "answers" in state.view.hide:
    parts.render_question()
    st.stop()
parts.render_training()
# A place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages(state)
with parts.place_details():
    with st.container():
        parts.render_source(state)
    weights, chart = st.columns([6, 5], gap="large")
    with weights:
        parts.render_weights(state)
    parts.render_units(state, run.exercise)
    # Last, as it takes the browser longest: the numbers need not wait for it.
    with chart:
        parts.render_loss_curve(run)
parts.end_page(problems)
