"""A page with one slider in a fragment that shows its value: what any interaction costs at least."""

import streamlit as st


@st.fragment
def value() -> None:
    """Show a slider and its value."""
    number = st.slider("Value", 0, 1000, 500)
    st.html(f"<p id='value'>{number}</p>")


value()
