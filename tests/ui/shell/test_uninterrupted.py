"""A newer message that comes while a change is taken waits until it is in the state."""

from threading import Event, Lock, Thread

import pytest

from tests.pages.harness import run_script
from ui.shell import run_context, turns

SENT = {
    "seq": 1,
    "changes": [{"seq": 1, "id": "x1", "text": "0.7"}],
    "held": None,
    "at": None,
    "selected": "w1.1.1",
}


def take_while_a_message_waits():
    from typing import Any

    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from ui.one_step import actions
    from ui.one_step.page import PARTS
    from ui.shell.widgets import of_the_page

    takes = {
        "part": PARTS.callback(actions.NETWORK, actions.open_state),
        "page": of_the_page(actions.open_state),
        "run": actions.begin,
    }
    way = st.session_state.pop("way", None)
    if way is None:
        st.session_state["x"] = actions.STORE.read().start.x
        return
    runner: Any = get_script_run_ctx()
    runner = runner.session_state._yield_callback.__self__
    runner._requests.request_rerun(RerunData())
    takes[way]()
    st.session_state["went_on"] = True


@pytest.mark.parametrize("way", ["part", "page", "run"])
def test_a_change_is_taken_whole_before_the_run_ends_for_a_newer_message(way):
    app = run_script(take_while_a_message_waits, way=way, network={"values": SENT})
    assert app.session_state["x"] == (0.7, 0.1, -0.2)
    # The newer message has ended the run all the same.
    assert "went_on" not in app.session_state


def compute_while_a_message_waits():
    from contextlib import nullcontext
    from typing import Any

    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from ui.shell.run_context import end_where_unwanted, uninterrupted

    request = st.session_state.pop("request", None)
    if request is None:
        return
    held_back = uninterrupted() if st.session_state["held_back"] else nullcontext()
    seen: list[str] = st.session_state["seen"]
    context: Any = get_script_run_ctx()
    requests = context.session_state._yield_callback.__self__._requests
    with held_back:
        end_where_unwanted()
        seen.append("piece")
        if request == "newer message":
            requests.request_rerun(RerunData())
        else:
            requests.request_stop()
        end_where_unwanted()
        seen.append("next piece")


@pytest.mark.parametrize(
    ("request_of", "held_back", "goes_on"),
    [
        ("newer message", False, False),
        ("newer message", True, True),
        ("leaving", False, False),
        ("leaving", True, False),
    ],
)
def test_a_long_computation_ends_for_a_newer_message_and_for_who_leaves(request_of, held_back, goes_on):
    seen: list[str] = []
    run_script(compute_while_a_message_waits, request=request_of, held_back=held_back, seen=seen)
    assert seen == (["piece", "next piece"] if goes_on else ["piece"])


def test_whoever_waits_for_another_run_of_the_session_leaves_the_turn_to_others(monkeypatch):
    queue, lock = turns.Turns(), Lock()
    monkeypatch.setattr(turns, "TURNS", queue)
    monkeypatch.setattr(turns, "PATIENCE_SECONDS", 60.0)
    has_turn, other_has_turn = Event(), Event()

    def wait():
        with queue.turn():
            has_turn.set()
            with run_context._held(lock):
                pass

    def take_a_turn():
        with queue.turn():
            other_has_turn.set()

    with lock:
        threads = [Thread(target=wait, daemon=True), Thread(target=take_a_turn, daemon=True)]
        threads[0].start()
        assert has_turn.wait(10)
        threads[1].start()
        found = other_has_turn.wait(5)
    for thread in threads:
        thread.join(10)
    assert found
    assert not lock.locked()
