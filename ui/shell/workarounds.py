"""What Streamlit 1.67 does that this app cannot have, and what is done about it until it no longer does.

Each stands with the test that fails without it; it can go once that test passes without it. What concerns the
run alone is in navigation.py, and `maxCachedMessageAge` in .streamlit/config.toml.
"""

import gc
import sys
import threading
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlencode
from weakref import WeakSet, finalize

import streamlit as st
from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import FragmentStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState

from ui.components.cold_start import cold_start
from ui.components.keep_address import keep_address
from ui.shell.navigation import here
from ui.shell.visit import page_run

_followed: WeakSet[AppSession] = WeakSet()


@st.cache_resource
def _started() -> threading.Event:
    return threading.Event()


def reload_if_cold(url_path: str) -> None:
    """Load the page again where this is the first run of the process and not of the default page.

    Streamlit looks for page scripts in a folder called pages on its own until st.navigation has been called
    once in the process. A link to a page then works, but under a dialog with the sentence that the page does
    not exist; loading it once more is all it takes.

    Test: test_a_deep_link_is_the_first_request_to_a_fresh_server in tests/browser/test_one_step.py.
    """
    started = _started()
    cold = not started.is_set()
    started.set()
    if cold and url_path:
        cold_start()
        st.stop()


@st.fragment(run_every=timedelta(days=1))
def run_when_reconnected() -> None:
    """Have the browser request a run of the page as soon as it is connected again.

    The server that it finds then may be another one, which has not run the page yet; without a run,
    what is touched next would be lost. A browser does so where some part of a page runs by itself, however
    seldom.

    Test: tests/deploy/test_replicas.py.
    """


def follow_back() -> None:
    """Keep the browser's address that of the state on the screen.

    A response that comes after Back was pressed still brings its own address, at which Streamlit then stays,
    though the page shows what Back has led to.

    Test: a_change_and_back in tests/browser/test_held_back.py.
    """
    keep_address(urlencode(dict(here()), doseq=True), page_run())


def spare_modules() -> None:
    """Leave what the loaded modules hold out of garbage collection from now on.

    Python's collections walk through all objects of plotly, pandas and Streamlit: about 0.1 s in which
    nothing is sent. They are never garbage. It is a matter of speed: benchmarks/load.py.
    """
    _freeze(len(sys.modules))


@lru_cache
def _freeze(_loaded_modules: int) -> None:
    # What is garbage already would stay for good.
    gc.collect()
    gc.freeze()


def forget_with_session() -> None:
    """Let all that this visitor's session holds go when Streamlit drops the session.

    Streamlit's components and fragments refer to the session's state in circles. Those that are there when
    `spare_modules` freezes what is there are never collected, and a table in that state would stay for good.
    Streamlit has no public way to a session or to what it holds, hence the private names below.

    Test: tests/deploy/test_memory.py.
    """
    context = get_script_run_ctx()
    # Streamlit's test harness has a runtime without sessions.
    sessions = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    if context is None or sessions is None:
        return
    info = sessions.get_session_info(context.session_id)
    if info is not None and info.session not in _followed:
        _followed.add(info.session)
        finalize(info.session, _empty, info.session.session_state, info.session._fragment_storage)


def _empty(state: SessionState, fragments: FragmentStorage) -> None:
    state.clear()
    # What the callbacks of widgets are given, which stays behind.
    state._new_widget_state.widget_metadata.clear()
    fragments.clear()
