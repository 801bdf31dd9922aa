"""A page of one line: what opening any page costs at least."""

import streamlit as st

st.html("<p id='line'>One line.</p>")
