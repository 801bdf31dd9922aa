"""The first visit to a fresh server, when it is by a link to another page than the default one.

Streamlit looks for page scripts in a folder called pages on its own until st.navigation has been called
once in the process. A link to a page then works, but under a dialog that says the page does not exist;
loading it once more is all it takes.
"""

import threading

import streamlit as st

_component = st.components.v2.component(
    "cold_start", html="<p>Starting …</p>", js="export default () => window.location.reload()"
)


@st.cache_resource
def _started() -> threading.Event:
    return threading.Event()


def reload_if_cold(url_path: str) -> None:
    """Load the page again where this is the first run of the process and not of the default page."""
    started = _started()
    cold = not started.is_set()
    started.set()
    if cold and url_path:
        _component(key="cold_start")
        st.stop()
