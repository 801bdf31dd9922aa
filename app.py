"""Backprop Explorer: page set-up and navigation."""

from pathlib import Path

import streamlit as st

from ui.shell.turns import TURNS
from ui.shell.visit import begin_run, is_bare, is_embedded
from ui.shell.workarounds import (
    bound_uploads,
    deliver_all,
    follow_back,
    forget_with_session,
    keep_all_changes,
    reload_if_cold,
    run_when_reconnected,
    spare_modules,
)

ASSETS = Path(__file__).parent / "ui" / "assets"
SIDEBAR_WIDTH = 200

st.set_page_config(
    page_title="Backprop Explorer",
    page_icon=str(ASSETS / "icon.svg"),
    layout="wide",
    initial_sidebar_state=SIDEBAR_WIDTH,
)
st.html(ASSETS / "page.css")
if is_embedded():
    st.html(ASSETS / "frame.css")
else:
    st.logo(str(ASSETS / "logo.svg"))

page = st.navigation(
    {
        "Explore": [
            st.Page("pages/explore/one_step.py", title="One step", icon=":material/route:", default=True),
        ],
        "Train": [
            st.Page("pages/train/training.py", title="Training", icon=":material/show_chart:"),
        ],
        "Practice": [
            st.Page("pages/practice/check_working.py", title="Check my working", icon=":material/rule:"),
            st.Page("pages/practice/exercise.py", title="Exercise", icon=":material/edit_note:"),
            st.Page("pages/practice/class_view.py", title="Class view", icon=":material/groups:"),
        ],
        "Learn": [
            st.Page("pages/learn/worked_examples.py", title="Worked examples", icon=":material/menu_book:"),
            st.Page("pages/learn/questions.py", title="Questions", icon=":material/help:"),
        ],
    },
    position="hidden" if is_bare() else "sidebar",
)
deliver_all()
keep_all_changes()
bound_uploads()
forget_with_session()
begin_run()
reload_if_cold(page.url_path)
try:
    with TURNS.turn():
        page.run()
except Exception:
    # What was drawn before the error sends nothing until the run has ended.
    follow_back(page.url_path)
    raise
follow_back(page.url_path)
run_when_reconnected()
spare_modules()
