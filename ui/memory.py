"""Keep garbage collection out of the reader's way, and nothing of a visitor who has left."""

import gc
import sys
from functools import lru_cache
from weakref import WeakSet, finalize

from streamlit import runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import FragmentStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState

_followed: WeakSet[AppSession] = WeakSet()


def spare_modules() -> None:
    """Leave what the loaded modules hold out of garbage collection from now on.

    Python's collections walk through all objects of plotly, pandas and Streamlit: about 0.1 s in which
    nothing is sent. They are never garbage.
    """
    _freeze(len(sys.modules))


@lru_cache
def _freeze(_loaded_modules: int) -> None:
    gc.freeze()


def forget_with_session() -> None:
    """Let all that this visitor's session holds go when Streamlit drops the session.

    Streamlit's components and fragments refer to the session's state in circles. Those that are there when
    `spare_modules` freezes what is there are never collected, and a table in that state would stay for good.
    Streamlit 1.67 has no public way to a session or to what it holds, hence the private names below. Unneeded
    once Streamlit empties the state of a session that it drops; tests/deploy/test_memory.py then passes
    without it.
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
