"""Backprop Explorer: page set-up and navigation."""

from pathlib import Path

import streamlit as st

from ui.memory import spare_modules

ASSETS = Path(__file__).parent / "ui" / "assets"

st.set_page_config(page_title="Backprop Explorer", page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.logo(str(ASSETS / "logo.svg"))

page = st.navigation(
    {
        "Explore": [
            st.Page("pages/explore/one_step.py", title="One step", icon=":material/route:", default=True),
        ],
    }
)
page.run()
spare_modules()
