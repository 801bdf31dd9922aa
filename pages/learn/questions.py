"""Questions: twenty that learners ask, each answered by a network to be moved."""

import streamlit as st

from ui.questions import actions, parts
from ui.questions.page import PARTS

held = actions.begin()
PARTS.begin()

parts.render_header()
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    parts.render_messages()
if held.state.question:
    parts.render_ways()
    parts.render_answer()
    parts.render_network()
    parts.render_to_other_pages()
    parts.render_films()
else:
    parts.render_list()
PARTS.end()
