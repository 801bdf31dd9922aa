"""Training on data: one press trains, and the loss curve is the timeline of what was learned."""

from contextlib import nullcontext
from functools import partial

import streamlit as st

from ui.shell.glossary import render_glossary
from ui.shell.visit import is_embedded
from ui.training import actions, import_dialog, kept, length, parts, take_away

parts.PARTS.begin()
held = actions.begin()
state = held.state
data, trouble = kept.open_data(state)

state, too_large = length.within_limits(state, data)

# In a frame of another page the picture comes first, as there may be room for little else.
picture = st.container() if is_embedded() else nullcontext()
parts.render_header(state, data)
panel = parts.panel_of(state)
# Where nothing above comes or goes: the part stays the same from run to run.
ahead = st.container()
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
notes = st.container()
with notes:
    parts.render_messages((*held.problems, *too_large), state, data, trouble)

import_dialog.render_import()

with notes:
    faint = parts.faint_curves(state, data)
    history = parts.train_with_progress(state, data)
shown = kept.evaluated(state, data, history)
with picture:
    film = parts.render_player(state, data, shown, faint, panel)
    progress = st.empty()
parts.render_budgeted(state)
parts.render_branches(state, faint)
parts.render_outcome(state, data, shown)
parts.render_hand_over(state, data, shown)
with parts.place_details():
    parts.render_run_charts(state, data, shown, faint)
    parts.render_source(data)
    take_away.render_files(state, data, shown)
render_glossary("training_glossary", partial(parts.write_terms, shown))
with ahead:
    parts.render_next_steps()
parts.PARTS.end()
parts.render_sweep(state, data, film, progress)
