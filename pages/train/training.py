"""Training on data: one press trains, and the loss curve is the timeline of what was learned."""

from contextlib import nullcontext

import streamlit as st

from ui import session, training, training_session

state, problems = training_session.show_state()
data, trouble = training_session.open_data(state)

state, too_large = training_session.within_limits(state, data)

# In a frame of another page the picture comes first, as there may be room for little else.
picture = st.container() if session.is_embedded() else nullcontext()
training.render_header(state, data)
last = training_session.before_the_change(state)
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
notes = st.container()
with notes:
    training.render_messages((*problems, *too_large), data, trouble)
    training.render_stale(state, last)
if last is not None:
    # Still the run from before a control was changed, on the data it was trained on.
    state = last
    data, _ = training_session.open_data(state)

with notes:
    history = training.train_with_progress(state, data)
shown = training_session.evaluated(state, data, history)
with picture:
    training.render_player(state, data, shown)
training.render_outcome(state, data, shown)
training.render_hand_over(state, data, shown)
with training.place_details():
    training.render_run_charts(state, data, shown)
    training.render_source(data)
