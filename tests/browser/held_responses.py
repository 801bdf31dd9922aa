"""A slow connection: the responses of a server, held back until a test releases them."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page, WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.waiting import settle

STREAM = re.compile("/_stcore/stream")
RUN_SECONDS = 30
IDLE_SECONDS = 60
# A run's end may have crossed a request for the next one; its beginning then comes within these.
CALM_ROUNDS = 3


class HeldResponses:
    """Between a page and its server: hands the server's messages on, or holds them back for a while."""

    def __init__(self, unfinished: int = 0) -> None:
        """Hold back the end of the whole run `unfinished` of a page, counted from 1; 0 for none.

        The first run draws the network alone, the next one all the rest.
        """
        self._held: list[str | bytes] | None = None
        self._unfinished = unfinished
        self._held_from = ""
        self._messages = 0
        self._running = True
        self._page: WebSocketRoute | None = None
        self._away = False
        self._loses_next = False
        self._joins_next = False
        self._joined: list[str | bytes] = []
        self._film_parts: set[str] = set()

    def stand_before(self, page: Page) -> None:
        """Take the place of the server for a page that is loaded after this."""
        page.route_web_socket(STREAM, self.connect_page)

    def connect_page(self, page: WebSocketRoute) -> None:
        """Stand between a page and its server, or refuse the connection while it is cut."""
        if self._away:
            page.close()
            return
        self._page = page
        server = page.connect_to_server()
        server.on_message(self._receive)

        def send(message: str | bytes) -> None:
            self._messages += 1
            if self._loses_next and _requests_a_run(message):
                self._loses_next = False
                return
            if self._joins_next and _requests_a_run(message):
                self._joins_next = False
                self._joined.append(message)
                return
            self._running |= _requests_a_run(message)
            for each in (*self._joined, message):
                server.send(each)
            self._joined = []

        page.on_message(send)

    def _receive(self, message: str | bytes) -> None:
        self._messages += 1
        if isinstance(message, bytes) and component_of(message) in ("films", "film_rest"):
            self._film_parts.add(ForwardMsg.FromString(message).delta.fragment_id)
        if _begins_a_run(message):
            self._running = True
        elif _ends_a_run(message):
            self._running = False
        self._take(message)

    def _take(self, message: str | bytes) -> None:
        if self._unfinished and _is_drawn_last(message):
            self._unfinished -= 1
            if not self._unfinished:
                self.hold()
        if self._held is None and self._held_from and component_of(message) == self._held_from:
            self._held_from = ""
            self.hold()
        if self._held is not None:
            self._held.append(message)
        elif self._page:
            self._page.send(message)

    def hold(self) -> None:
        """Hold back what comes from now on."""
        self._held = []

    def hold_from(self, component: str) -> None:
        """Hold back the next message that brings a component, and what comes behind it."""
        self._held_from = component

    def is_holding(self) -> bool:
        """Return whether something is held back by now."""
        return bool(self._held)

    def lose_next(self) -> None:
        """Lose the next request for a run, as a busy server does that has the one behind it already."""
        self._loses_next = True

    def join_next(self) -> None:
        """Have the next request for a run come together with the message behind it."""
        self._joins_next = True

    def has_joined(self) -> bool:
        """Return whether a request for a run waits for the message behind it."""
        return bool(self._joined)

    def cut(self) -> None:
        """Cut the connection, and refuse every new one."""
        self._away = True
        if self._page:
            self._page.close()
        self._page = None

    def connect(self) -> None:
        """Let the page connect again."""
        self._away = False

    def wait_until_idle(self, page: Page) -> None:
        """Wait until no run is under way and the page, drawn to its end, has sent nothing more."""
        deadline = time.monotonic() + IDLE_SECONDS
        while True:
            before = self._messages
            for _ in range(CALM_ROUNDS):
                settle(page)
            if self._messages == before and not self._running:
                return
            if time.monotonic() > deadline:
                raise TimeoutError("the server has not come to rest")

    def hold_when_idle(self, page: Page) -> None:
        """Hold back what comes once no run is under way."""
        self.wait_until_idle(page)
        self.hold()

    def wait_for_a_run(self, page: Page, act: Callable[[], None], *, films: bool = False) -> None:
        """Act, and wait until a run that follows has ended, with all that the server sends held back.

        A run that brings a film alone, as whoever comes to a box requests it, counts with `films` only.
        """
        ended = self.runs(films=films)
        act()
        deadline = time.monotonic() + RUN_SECONDS
        while self.runs(films=films) == ended:
            if time.monotonic() > deadline:
                raise TimeoutError("the server has not run")
            page.wait_for_timeout(20)

    def runs(self, *, films: bool = True) -> int:
        """Return how many runs have ended whose responses are held; those of a film alone with `films`."""
        ended = filter(_ends_a_run, self._held or ())
        return sum(films or not self._is_of_a_film(message) for message in ended)

    def _is_of_a_film(self, message: str | bytes) -> bool:
        """Return whether a message is of a run that brings a film alone."""
        parts = (
            set(ForwardMsg.FromString(message).metadata.run.fragment_ids)
            if isinstance(message, bytes)
            else set()
        )
        return bool(parts) and parts <= self._film_parts

    def release_a_run(self) -> None:
        """Hand on what was held back up to the end of the first run in it."""
        held = self._held or []
        end = next(place for place, message in enumerate(held) if _ends_a_run(message)) + 1
        self._held = None
        for message in held[:end]:
            self._take(message)
        self._held = held[end:]

    def release(self) -> None:
        """Hand on what was held back, and what comes from now on."""
        self._unfinished = 0
        held, self._held = self._held or [], None
        for message in held:
            self._take(message)


def _requests_a_run(message: str | bytes) -> bool:
    return isinstance(message, bytes) and BackMsg.FromString(message).HasField("rerun_script")


def _begins_a_run(message: str | bytes) -> bool:
    return isinstance(message, bytes) and ForwardMsg.FromString(message).HasField("new_session")


def _ends_a_run(message: str | bytes) -> bool:
    if not isinstance(message, bytes):
        return False
    sent = ForwardMsg.FromString(message)
    return sent.HasField("script_finished") and sent.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def _is_drawn_last(message: str | bytes) -> bool:
    """Return whether a message brings what a run of the whole page draws last."""
    return component_of(message) == "keep_address"


def component_of(message: str | bytes) -> str:
    """Return the name of the component that a message brings, "" for none."""
    if not isinstance(message, bytes):
        return ""
    return str(ForwardMsg.FromString(message).delta.new_element.bidi_component.component_name)
