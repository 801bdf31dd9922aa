"""Class view: what a class has answered, from the links that its students have sent back."""

import streamlit as st

from ui.exercise import class_parts
from ui.exercise.class_link import CODEC
from ui.shell.messages import warn
from ui.shell.store import PageStore

held = PageStore(CODEC).begin()

class_parts.render_title()
with st.container():
    warn(held.problems)
returned, problems = class_parts.render_links()
# One place for what comes and goes: the browser would build anew whatever moved up or down for it.
with st.container():
    class_parts.render_problems(problems)
with st.container(key="class_view"):
    class_parts.render_class(returned)
