"""One step of backprop on one sample: drag any number and see what moves with it."""

import streamlit as st

from ui import one_step, session

state, problems = session.begin_page()
run = session.run(state.start, state.history)

header = st.container(key=None if session.is_bare() else "header")
with header:
    row = one_step.render_title()
# First, as it is what the reader waits for: the menus need not be there before it.
one_step.render_network()
session.give_head_start()
with header:
    one_step.render_menus(state, run.exercise, row)
    one_step.render_link_problems(problems)
if "answers" in state.view.hide:
    one_step.render_question()
    st.stop()
one_step.render_training()
# A place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    one_step.render_messages(state)
with one_step.place_details():
    with st.container():
        one_step.render_source(state)
    weights, chart = st.columns([6, 5], gap="large")
    with weights:
        one_step.render_weights(state)
    one_step.render_units(state, run.exercise)
    # Last, as it takes the browser longest: the numbers need not wait for it.
    with chart:
        one_step.render_loss_curve(run)
one_step.end_page(problems)
