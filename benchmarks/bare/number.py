"""A page with one number box: what opening a page with something to enter costs at least."""

import streamlit as st

st.number_input("Value")
