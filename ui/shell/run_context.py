"""What Streamlit has no public name for, as of version 1.67: the run, its reason, and the session's parts.

No other module reads private fields of Streamlit; tests/test_layers.py holds that. Each function stands with
the test that fails where the field no longer means what it did, and the condition under which it can go.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock, RLock, get_ident
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

from streamlit import runtime
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import FragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import (
    RerunData,
    ScriptRunner,
    ScriptRunnerEvent,
    StopException,
    get_script_run_ctx,
)
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.state import SessionState
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

_UPLOADING = RLock()


def this_run() -> object:
    """Return what Streamlit makes anew for each run.

    Test: tests/pages/test_late_messages.py.
    Can go once a run has a public name.
    """
    context = get_script_run_ctx()
    return None if context is None else context.cursors


def this_session() -> object:
    """Return what differs from session to session; where there is none, from thread to thread.

    Test: tests/load/test_load.py.
    Can go once a session has a public name.
    """
    context = get_script_run_ctx(suppress_warning=True)
    return get_ident() if context is None else context.session_id


def end_where_unwanted(_progress: object = None) -> None:
    """End the run where a newer message has come or the visitor has left; within `uninterrupted` only then.

    Test: tests/ui/shell/test_uninterrupted.py.
    Can go once a long computation can find out publicly that its run is to end.
    """
    context = get_script_run_ctx(suppress_warning=True)
    runner = None if context is None else getattr(context.session_state._yield_callback, "__self__", None)
    if runner is None:
        return
    runner._maybe_handle_execution_control_request()
    end_where_stopped()


def end_where_stopped() -> None:
    """End the run where it has been stopped: a newer one has begun beside it, or the visitor has left.

    Test: tests/ui/shell/test_last_events.py.
    Can go once a run that is stopped has ended when the next one begins.
    """
    context = get_script_run_ctx(suppress_warning=True)
    runner = None if context is None else getattr(context.session_state._yield_callback, "__self__", None)
    if runner is not None and runner._requests._state is ScriptRequestType.STOP:
        raise StopException


def runs_a_part() -> bool:
    """Return whether only parts of the page are to run, not all of it.

    Test: tests/browser/test_one_message.py.
    Can go once a callback can find out publicly which fragments will run after it.
    """
    context = get_script_run_ctx()
    return context is not None and bool(context.fragment_ids_this_run)


def goes_back() -> bool:
    """Return whether the run was requested by Back or Forward of the browser.

    Test: test_back_counts_though_a_change_comes_in_its_message in tests/browser/test_one_message.py.
    Can go once a run's reason is public.
    """
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def query_of_run() -> str:
    """Return the query string that the run has brought, or has written since.

    Streamlit's own is one for all runs of a session, and another run may be at work still.

    Test: tests/ui/shell/test_last_events.py.
    Can go once a run that is stopped has ended when the next one begins.
    """
    context = get_script_run_ctx()
    return "" if context is None else context.query_string


def brings_a_change(beside: str) -> bool:
    """Return whether a widget has been changed, also where Streamlit left out its callback.

    That with the key `beside` does not count.

    It does so for a widget that is disabled by now, as a button pressed just after another one may be.

    Test: test_a_late_press_of_a_button_that_is_disabled_leaves_the_change_before_it in
    tests/pages/test_late_messages.py.
    Can go once Streamlit calls back for such a widget too, or a run's reason is public.
    """
    context = get_script_run_ctx()
    if context is None:
        return False
    state = context.session_state._state
    other = state._get_widget_id(beside)
    return any(state._widget_changed(widget) for widget in state._new_widget_state if widget != other)


_state_locks: WeakKeyDictionary[FragmentStorage, Lock] = WeakKeyDictionary()
_state_locks_lock = Lock()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Keep Streamlit from ending the run within, which it does for a newer message at any use of the session.

    A change that has been counted as taken, but is not in the state yet, would be lost. The newer message
    gets its run right behind: where that has begun in a thread of its own, it waits here.

    Test: tests/ui/shell/test_uninterrupted.py.
    Can go once callbacks are not interrupted, or several values of the session can be set at once.
    """
    context = get_script_run_ctx()
    runner = None if context is None else getattr(context.session_state._yield_callback, "__self__", None)
    if runner is None or not runner._execing:
        yield
        return
    with _held(_state_lock(runner._fragment_storage)):
        runner._execing = False
        try:
            yield
        finally:
            runner._execing = True


@contextmanager
def _held(lock: Lock) -> Iterator[None]:
    """Hold a lock; whoever waits for it gives the turn back, as whoever holds it may need turns to go on."""
    # It stands on this module.
    from ui.shell.turns import TURNS

    if not lock.acquire(blocking=False):
        with TURNS.apart():
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _state_lock(session: FragmentStorage) -> Lock:
    """Return the lock of a session's state; `session` is what all its runs have in common."""
    with _state_locks_lock:
        return _state_locks.setdefault(session, Lock())


class SessionParts(NamedTuple):
    """A visitor's session, and what it holds."""

    session: AppSession
    state: SessionState
    fragments: FragmentStorage


def session_parts() -> SessionParts | None:
    """Return this visitor's session with what it holds; None in Streamlit's test harness, which has none.

    Test: tests/deploy/test_memory.py.
    Can go with `forget_with_session` in workarounds.py.
    """
    context = get_script_run_ctx()
    sessions = getattr(runtime.get_instance(), "_session_mgr", None) if runtime.exists() else None
    if context is None or sessions is None:
        return None
    info = sessions.get_session_info(context.session_id)
    if info is None:
        return None
    return SessionParts(info.session, info.session.session_state, info.session._fragment_storage)


def empty_session(state: SessionState, fragments: FragmentStorage) -> None:
    """Let go of all that a session held.

    Test and condition: as of `session_parts`.
    """
    state.clear()
    # What the callbacks of widgets are given, which stays behind.
    state._new_widget_state.widget_metadata.clear()
    fragments.clear()


@cache
def keep_changes_of_left_pages() -> None:
    """Have a message that opens another page bring what the widgets of the page before it held last.

    A browser leaves that out. A change whose run has not begun when the page is left would be lost. Buttons
    are left out here too: their press may have counted already. What is requested of a part of the page that
    was left becomes a run of the page that is there, where it would open the one that was left. So does what
    is requested of a part that is not there, with which all that came beside it would be lost.

    Test: tests/ui/shell/test_last_events.py.
    Can go once Streamlit runs what has been sent before another page, or its browser repeats it.
    """
    newest: WeakKeyDictionary[AppSession, ClientState] = WeakKeyDictionary()
    request = AppSession.request_rerun

    def request_rerun(session: AppSession, sent: ClientState | None) -> None:
        before = newest.get(session)
        if sent is not None:
            if before is not None and sent.fragment_id and sent.page_script_hash != before.page_script_hash:
                _run_instead(before, sent)
            if sent.fragment_id and not sent.is_auto_rerun and not session.has_fragment(sent.fragment_id):
                sent.fragment_id = ""
            newest[session] = sent
            is_at_work = session._scriptrunner is not None
            if before is not None and is_at_work and before.page_script_hash != sent.page_script_hash:
                sent.widget_states.widgets.extend(_held_before(before, sent))
        request(session, sent)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign,assignment]


def _run_instead(newest: ClientState, sent: ClientState) -> None:
    """Have a message run the page of the `newest` one, which the first of a visit does not name."""
    if newest.page_script_hash:
        sent.fragment_id = ""
        sent.page_script_hash, sent.query_string = newest.page_script_hash, newest.query_string


def _held_before(before: ClientState, sent: ClientState) -> list[WidgetState]:
    """Return what widgets held in the message `before`, of those that are not in the one `sent`."""
    known = {state.id for state in sent.widget_states.widgets}
    return [
        state
        for state in before.widget_states.widgets
        if state.id not in known and not (state.WhichOneof("value") or "").endswith("trigger_value")
    ]


def page_of_run() -> str:
    """Return Streamlit's name of the page that this run shows.

    Test: tests/ui/shell/test_last_events.py.
    Can go once a callback can find out publicly which page will run after it.
    """
    context = get_script_run_ctx()
    return "" if context is None else context.page_script_hash


@cache
def deliver_last_events() -> None:
    """Let Streamlit deliver all that a runner of scripts has sent, also once another one is in its place.

    It passes over what has come from any but the newest. What one has drawn that was stopped is drawn anew;
    what one has drawn that had ended by itself is not.

    Test and condition: as of `deliver_all` in workarounds.py.
    """
    ended: WeakSet[ScriptRunner] = WeakSet()
    create, handle = AppSession._create_scriptrunner, AppSession._handle_scriptrunner_event_on_event_loop

    def create_scriptrunner(session: AppSession, initial_rerun_data: RerunData) -> None:
        # One that was stopped for another run has been taken away before.
        if session._scriptrunner is not None:
            ended.add(session._scriptrunner)
        create(session, initial_rerun_data)

    def handle_event(
        session: AppSession, sender: ScriptRunner | None, event: ScriptRunnerEvent, *details: Any
    ) -> None:
        newest = session._scriptrunner
        if sender not in ended or sender is newest or event is ScriptRunnerEvent.SHUTDOWN:
            return handle(session, sender, event, *details)
        session._scriptrunner = sender
        try:
            handle(session, sender, event, *details)
        finally:
            session._scriptrunner = newest

    AppSession._create_scriptrunner = create_scriptrunner  # type: ignore[method-assign,assignment]
    AppSession._handle_scriptrunner_event_on_event_loop = handle_event  # type: ignore[method-assign,assignment]


def take_upload(upload: object) -> bytes | None:
    """Return what was uploaded and let go of it; None where a newer upload has taken its place.

    The session still has the file, an empty one: without it Streamlit would take its absence for a change.

    Test: tests/load/test_uploads.py.
    Can go once a file that has been read can be let go publicly.
    """
    if not isinstance(upload, UploadedFile):
        return None
    content = upload.getvalue()
    upload.truncate(0)
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        files = context.uploaded_file_mgr
        with _UPLOADING:
            for file in files.get_files(context.session_id, [upload.file_id]):
                files.add_file(context.session_id, file._replace(data=b""))
    return content


def hold_one_upload_a_session() -> None:
    """Have Streamlit hold one file of a session, the newest, where it would hold any number.

    Test: tests/load/test_uploads.py.
    Can go once the number of a session's files can be limited publicly.
    """
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    with _UPLOADING:
        if not isinstance(files, MemoryUploadedFileManager) or "add_file" in vars(files):
            return
        add_file = files.add_file

        def replace_file(session_id: str, file: UploadedFileRec) -> None:
            with _UPLOADING:
                for other in [*files.file_storage.get(session_id, {})]:
                    files.remove_file(session_id, other)
                add_file(session_id, file)

        files.add_file = replace_file  # type: ignore[method-assign]
