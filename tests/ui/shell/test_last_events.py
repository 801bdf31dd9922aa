"""What a run has drawn reaches the browser, also where the next message comes just as the run has ended."""

import asyncio
import json
import threading
import time
from contextlib import suppress
from threading import Event

import pytest
from streamlit import session_state
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.caching.storage.dummy_cache_storage import MemoryCacheStorageManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from tests.browser.harness import ROOT, run_apart
from ui.one_step import actions
from ui.shell import navigation, store
from ui.shell.run_context import query_of_run

# One that parts of the page show, and one that all of it does.
PRESSES = ["take_1", "draw_weights"]


class Visitor:
    """A browser's side of a session: what has come from the server, and what is sent."""

    def __init__(self, runtime):
        self.runtime = runtime
        self.client_context = None
        self.messages = []
        self.states = {}
        self.elements = {}
        self.fragments = {}
        self.pages = {}
        self.data = {}
        self.name = runtime.connect_session(self, user_info={})
        self.session = runtime.get_app_session(self.name)
        self.session.track_settling()

    def write_forward_msg(self, message):
        self.messages.append(message)
        component = message.delta.new_element.bidi_component
        if component.component_name:
            self.elements[component.component_name] = component.id
            self.fragments[component.component_name] = message.delta.fragment_id
            self.data[component.component_name] = component.json
        for page in message.navigation.app_pages:
            self.pages[page.url_pathname] = page.page_script_hash

    def go_back(self, query):
        """Send what a browser sends where Back leads to a query string."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.is_history_navigation = True
        self._hand_over(message)

    async def arrive(self):
        """Open One step, and have all of it drawn."""
        self.send(None)
        await self.session.wait_until_settled()
        self.send("live_network", painted=1)
        await self.session.wait_until_settled()

    def open(self, page):
        """Send what a browser sends where the link of another page is clicked."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.pages[page]
        self.runtime.handle_backmsg(self.name, message)

    def send(self, component, page="", **fields):
        """Send a component's state, as one message of the browser; `page` is Streamlit's name of its page."""
        message = BackMsg()
        run = message.rerun_script
        run.SetInParent()
        if component:
            self.states[component] = fields
            run.page_script_hash = page
            run.fragment_id = self.fragments[component]
        self._hand_over(message)

    def _hand_over(self, message):
        for name, state in self.states.items():
            widget = message.rerun_script.widget_states.widgets.add()
            widget.id, widget.json_value = self.elements[name], json.dumps(state)
        self.runtime.handle_backmsg(self.name, message)

    def wait_for_the_end(self):
        """Wait for the run that is under way, while nothing that it sends is handed on."""
        self.session._scriptrunner._script_thread.join()

    def components(self):
        """The names of the components that have come."""
        names = (message.delta.new_element.bidi_component.component_name for message in self.messages)
        return [name for name in names if name]

    def places(self):
        """Where on the page something has come to."""
        return {tuple(message.metadata.delta_path) for message in self.messages if message.HasField("delta")}


@pytest.fixture
def at_server(monkeypatch):
    """A function that does something with a server of this process and a visitor, and returns the visitor."""
    monkeypatch.setattr(AppSession, "register_file_watchers", lambda session: None)
    monkeypatch.setattr(Runtime, "_instance", None)

    def visit(act):
        async def serve():
            runtime = Runtime(
                RuntimeConfig(
                    str(ROOT / "app.py"),
                    media_file_storage=MemoryMediaFileStorage("/media"),
                    uploaded_file_manager=MemoryUploadedFileManager("/upload"),
                    cache_storage_manager=MemoryCacheStorageManager(),
                )
            )
            await runtime.start()
            visitor = Visitor(runtime)
            await act(visitor)
            runtime.stop()
            await runtime.stopped
            return visitor

        return run_apart(serve())

    return visit


@pytest.mark.parametrize("behind", ["live_network", "history_buttons"])
@pytest.mark.parametrize("press", PRESSES)
def test_what_a_run_has_drawn_comes_though_a_part_is_requested_as_it_ends(at_server, press, behind):
    places = []

    async def act(visitor):
        await visitor.arrive()
        for seq in (1, 2):
            visitor.messages.clear()
            pressed = {"seq": seq, "presses": [{"seq": seq, "name": press}]}
            visitor.send("history_buttons", pressed=pressed)
            if seq == 2:
                visitor.wait_for_the_end()
                visitor.send(behind, **visitor.states[behind], again=True)
            await visitor.session.wait_until_settled()
            places.append(visitor.places())

    at_server(act)
    usual, with_a_part_behind = places
    assert len(usual) > 5
    assert usual <= with_a_part_behind


def test_a_part_that_is_requested_is_drawn_though_only_another_one_has_changed(at_server):
    drawn = []

    async def act(visitor):
        await visitor.arrive()
        # Back does nothing at step 0, but its part acknowledges it.
        pressed = {"seq": 1, "presses": [{"seq": 1, "name": "back"}]}
        visitor.states["history_buttons"] = {"pressed": pressed}
        visitor.messages.clear()
        visitor.send("live_network", painted=1, values={"seq": 0, "changes": []})
        await visitor.session.wait_until_settled()
        drawn.extend(visitor.components())

    at_server(act)
    assert sorted(drawn) == ["history_buttons", "live_network"]


def test_a_run_waits_until_a_change_before_it_is_in_the_state(at_server, monkeypatch):
    take, follow = actions.change_values, navigation.follow
    begun, followed = Event(), Event()

    def take_slowly(*changes):
        begun.set()
        # It never comes to that.
        followed.wait(1)
        take(*changes)

    def follow_and_note(page):
        follow(page)
        if begun.is_set():
            followed.set()

    found = []

    async def act(visitor):
        await visitor.arrive()
        monkeypatch.setattr(actions, "change_values", take_slowly)
        monkeypatch.setattr(store, "follow", follow_and_note)
        changes = [{"seq": 1, "id": "x1", "text": "0.7"}]
        visitor.send("live_network", painted=1, values={"seq": 1, "changes": changes})
        await asyncio.to_thread(begun.wait)
        visitor.go_back("x=0.3_0.1_-0.2")
        await visitor.session.wait_until_settled()
        found.append(dict(visitor.session.session_state["here"]))

    at_server(act)
    assert found == [{"x": ("0.3_0.1_-0.2",)}]


BACK = "x=0.3_0.1_-0.2"


def change(number, text="0.7"):
    """What the network sends of a change of x1."""
    return {
        "painted": 1,
        "values": {"seq": number, "changes": [{"seq": number, "id": "x1", "text": text}]},
    }


def reached(visitor, number, newest):
    """What a browser sends with whatever comes next once Back has been pressed."""
    session = visitor.session.session_state["session"]
    return {"number": number, "query": f"?{BACK}", "session": session, "newest": newest}


def reach(visitor, number, newest):
    visitor.send("keep_address", reached=reached(visitor, number, newest))


@pytest.mark.parametrize("query", [BACK, "x=0.4_0.1_-0.2"])
def test_back_writes_no_address_though_another_run_has_begun_since(at_server, monkeypatch, query):
    follow = navigation.follow

    def follow_as_one_of_two(page):
        session_state["arrived"] = navigation._Arrived((), object())
        follow(page)

    async def act(visitor):
        await visitor.arrive()
        monkeypatch.setattr(store, "follow", follow_as_one_of_two)
        visitor.messages.clear()
        visitor.states["keep_address"] = {"reached": reached(visitor, 1, 0)}
        visitor.go_back(query)
        await visitor.session.wait_until_settled()

    visitor = at_server(act)
    assert "keep_address" in visitor.components()
    assert not [message for message in visitor.messages if message.HasField("page_info_changed")]


def test_back_counts_though_it_is_sent_while_the_change_before_it_is_taken(at_server, monkeypatch):
    take = actions.change_values
    begun, sent = Event(), Event()

    def take_slowly(*changes):
        begun.set()
        sent.wait(5)
        take(*changes)

    found = []

    async def act(visitor):
        await visitor.arrive()
        monkeypatch.setattr(actions, "change_values", take_slowly)
        visitor.send("live_network", **change(1))
        await asyncio.to_thread(begun.wait)
        state = visitor.session.session_state
        reach(visitor, number=1, newest=1)
        await asyncio.to_thread(until, lambda: state["keep_address"]["reached"]["number"] == 1)
        sent.set()
        await visitor.session.wait_until_settled()
        await asyncio.to_thread(wait_for_scripts)
        found.append(dict(state["here"]))

    at_server(act)
    assert found == [{"x": ("0.3_0.1_-0.2",)}]


@pytest.mark.parametrize(("number", "expected"), [(1, "0.3_0.1_-0.2"), (3, "0.7_0.1_-0.2")])
def test_a_change_from_before_back_changes_nothing_behind_it(at_server, number, expected):
    found = []

    async def act(visitor):
        await visitor.arrive()
        reach(visitor, number=1, newest=2)
        await visitor.session.wait_until_settled()
        visitor.send("live_network", **change(number))
        await visitor.session.wait_until_settled()
        found.append(dict(visitor.session.session_state["here"])["x"])

    at_server(act)
    assert found == [(expected,)]


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_change_counts_though_another_page_is_requested_before_its_run_has_begun(
    at_server, monkeypatch, is_busy
):
    take = actions.change_values
    begun, opened = Event(), Event()

    def take_slowly(*changes):
        begun.set()
        opened.wait(5)
        take(*changes)

    left = []

    async def act(visitor):
        await visitor.arrive()
        monkeypatch.setattr(actions, "change_values", take_slowly)
        visitor.send("live_network", **change(1, "0.6"))
        if is_busy:
            await asyncio.to_thread(begun.wait)
        visitor.send("live_network", **change(2))
        visitor.open("training")
        opened.set()
        await visitor.session.wait_until_settled()
        await asyncio.to_thread(wait_for_scripts)
        await visitor.session.wait_until_settled()
        left.append(json.loads(visitor.data["keep_address"])["left"])

    at_server(act)
    assert left == ["v=4&x=0.7_0.1_-0.2"]


def test_what_comes_with_a_request_for_a_part_that_is_not_there_counts(at_server):
    async def act(visitor):
        await visitor.arrive()
        visitor.open("training")
        await visitor.session.wait_until_settled()
        page = visitor.pages[""]
        visitor.states = {}
        visitor.open("")
        await visitor.session.wait_until_settled()
        visitor.states["live_network"] = {"painted": 2}
        visitor.messages.clear()
        visitor.send("films", page=page)
        await visitor.session.wait_until_settled()

    assert "history_buttons" in at_server(act).components()


def test_what_is_requested_of_a_page_that_was_left_runs_the_page_that_is_there(at_server):
    shown = []

    async def act(visitor):
        await visitor.arrive()
        page = visitor.session._client_state.page_script_hash
        visitor.open("training")
        visitor.send("live_network", page=page, **change(1))
        await visitor.session.wait_until_settled()
        await asyncio.to_thread(wait_for_scripts)
        await visitor.session.wait_until_settled()
        shown.append([m.new_session.page_script_hash for m in visitor.messages if m.HasField("new_session")])

    visitor = at_server(act)
    assert shown[0][-1] == visitor.pages["training"]
    assert not any(message.delta.new_element.HasField("exception") for message in visitor.messages)


def until(holds):
    """Wait until something holds that another thread brings about."""
    for _ in range(500):
        with suppress(KeyError, TypeError):
            if holds():
                return
        time.sleep(0.01)
    raise AssertionError("it never came true")


def test_a_run_that_has_waited_behind_a_newer_one_takes_nothing_back(at_server, monkeypatch):
    begin = actions.begin
    late, newest = "x=0.3_0.1_-0.2", "x=0.4_0.1_-0.2"
    begun, followed = Event(), Event()

    def begin_in_disorder():
        query = query_of_run()
        if query == late:
            begun.set()
            followed.wait(5)
        held = begin()
        if query == newest:
            followed.set()
        return held

    found = []

    async def act(visitor):
        visitor.send(None)
        await visitor.session.wait_until_settled()
        monkeypatch.setattr(actions, "begin", begin_in_disorder)
        visitor.go_back(late)
        await asyncio.to_thread(begun.wait)
        visitor.go_back(newest)
        await visitor.session.wait_until_settled()
        # The late one may still be at work.
        await asyncio.to_thread(wait_for_scripts)
        found.append(dict(visitor.session.session_state["here"]))

    at_server(act)
    assert found == [{"x": ("0.4_0.1_-0.2",)}]


def wait_for_scripts():
    """Wait until no thread runs a script any more."""
    for thread in threading.enumerate():
        if thread.name.startswith("ScriptRunner"):
            thread.join()
