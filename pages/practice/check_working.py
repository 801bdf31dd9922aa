"""Check my working: a learner's numbers beside the network's, and the mistake behind them by its name."""

import streamlit as st

from ui.check_working import actions, parts
from ui.practice.hints import render_hints

state = actions.STORE.begin().state
found = actions.verdicts(state)

parts.render_header(state)
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
given, own = st.columns([2, 3], gap="large")
with given:
    parts.render_given(state.start)
with own:
    parts.render_paste()
    # The boxes keep the focus only where nothing above comes or goes.
    with st.container():
        parts.render_summary(state, found)
    with st.container():
        parts.render_boxes(state, {verdict.quantity: verdict for verdict in found})
    render_hints(state.start, state.convention, found, state.hints, actions.reveal)
