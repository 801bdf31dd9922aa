"""What Streamlit does that this app cannot have, and what is done about it until it no longer does.

Each stands with the version it was seen with, the test that fails without it, and the condition under which
it can go. Others: `run_context.py` for private fields, `base/page_run.js` in ui/components for what a browser
sends too early, `base/menu_focus.js` and `base/popover_focus.js` there for the focus of menus and popovers,
`base/kept_upload.js` for what is uploaded in a popover, and `maxCachedMessageAge` in .streamlit/config.toml.
"""

import gc
import sys
import threading
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from weakref import WeakSet, finalize

import streamlit as st

from ui.components.cold_start import cold_start
from ui.components.keep_address import keep_address
from ui.shell.navigation import (
    KEEP_ADDRESS,
    Address,
    arrive,
    here,
    left_page,
    newest_reached,
    written,
)
from ui.shell.run_context import (
    deliver_last_events,
    empty_session,
    hold_one_upload_a_session,
    keep_changes_of_left_pages,
    session_parts,
)
from ui.shell.visit import page_run, session_name
from ui.shell.widgets import in_whole_page

_followed: WeakSet[Any] = WeakSet()


@st.cache_resource
def _started() -> threading.Event:
    return threading.Event()


def reload_if_cold(url_path: str) -> None:
    """Load the page again where this is the first run of the process and not of the default page.

    Streamlit looks for page scripts in a folder called pages on its own until st.navigation has been called
    once in the process. A link to a page then works, but under a dialog with the sentence that the page does
    not exist; loading it once more is all it takes.

    Seen with Streamlit 1.67. Test: test_a_cold_deep_link_shows_its_run_on_a_fresh_server in
    tests/browser/test_training.py.
    Can go once the first link to a page other than the default one opens without that dialog.
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

    Seen with Streamlit 1.67. Test: tests/deploy/test_replicas.py.
    Can go once a browser requests a run by itself whenever it has connected again.
    """


def follow_back(page: str) -> None:
    """Keep the browser's address that of the state on the screen; `page` is the last part of the page's path.

    A response that comes after Back was pressed still brings its own address, at which Streamlit then stays,
    though the page shows what Back has led to. A page opened while a response to the one before is on its way
    opens with that one's parameters. And a change right behind Back makes Streamlit forget that Back was
    pressed.

    It also ends the run for the components, which send nothing before (page_run.js).

    Seen with Streamlit 1.67. Test: those of Back in tests/browser, test_held_back.py and
    test_held_back_training.py.
    Can go once a response does not move an address that the reader has left, nor open another page, and
    Back is kept where a change follows it.
    """
    left = left_page()
    keep_address(
        page,
        _query(here()),
        _query(written()),
        page_run(),
        key=KEEP_ADDRESS,
        session=session_name(),
        followed=newest_reached(),
        left=None if left is None else _query(left),
        # Without `catch_up`: to write where Back has led to once more would be an entry of the history.
        on_reached=in_whole_page(arrive),
    )


def _query(address: Address) -> str:
    return urlencode(dict(address), doseq=True)


def deliver_all() -> None:
    """Have all that a run has drawn reach the browser, whatever message comes as the run ends.

    Streamlit passes over what a run has drawn last where a message of a part comes after the run has ended,
    but before all of it has been handed on. Python then counts as drawn what the browser has never got: the
    address is that of the newest state, and the network, or all behind it, that of the state before.

    Seen with Streamlit 1.67. Test: tests/ui/shell/test_last_events.py.
    Can go once that test passes without it.
    """
    deliver_last_events()


def keep_all_changes() -> None:
    """Have a change count though the page is left before its run has begun.

    Streamlit drops a run that has not begun where another page is requested, and the browser sends nothing of
    the page that is left with that request.

    Seen with Streamlit 1.67. Test: tests/ui/shell/test_last_events.py.
    Can go once that test passes without it.
    """
    keep_changes_of_left_pages()


def spare_modules() -> None:
    """Leave what the loaded modules hold out of garbage collection from now on.

    Python's collections walk through all objects of plotly, pandas and Streamlit: about 0.1 s in which
    nothing is sent. They are never garbage.

    Seen with Python 3.11 and Streamlit 1.67. Test: tests/ui/shell/test_workarounds.py.
    Can go once loading the page's packages leaves few objects, or a collection walks them in no time.
    """
    _freeze(len(sys.modules))


@lru_cache
def _freeze(_loaded_modules: int) -> None:
    # What is garbage already would stay for good.
    gc.collect()
    gc.freeze()


def bound_uploads() -> None:
    """Have Streamlit hold one uploaded file of a session, where it would hold all until the visitor leaves.

    Seen with Streamlit 1.67. Test: tests/load/test_uploads.py.
    Can go once the number of a session's files can be limited.
    """
    hold_one_upload_a_session()


def forget_with_session() -> None:
    """Let all that this visitor's session holds go when Streamlit drops the session.

    Streamlit's components and fragments refer to the session's state in circles. Those that are there when
    `spare_modules` freezes what is there are never collected, and a table in that state would stay for good.

    Seen with Streamlit 1.67. Test: tests/deploy/test_memory.py.
    Can go once a session that has ended is freed by counting references alone, or with `spare_modules`.
    """
    parts = session_parts()
    if parts is not None and parts.session not in _followed:
        _followed.add(parts.session)
        finalize(parts.session, empty_session, parts.state, parts.fragments)
