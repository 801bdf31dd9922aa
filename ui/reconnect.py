"""What a page does when its server goes away and another one takes over."""

from datetime import timedelta

import streamlit as st


@st.fragment(run_every=timedelta(days=1))
def run_when_reconnected() -> None:
    """Have the browser request a run of the page as soon as it is connected again.

    The server that it finds then may be another one, which has not run the page yet; without a run,
    what is touched next would be lost. A browser does so where some part of a page runs by itself, however
    seldom.
    """
