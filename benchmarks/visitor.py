"""A visitor as the server sees one: a WebSocket that speaks Streamlit's messages as the browser does.

Of what the server sends only that is read which the browser's messages depend on, so that many visitors fit
beside the server on one machine. What a browser requests once, the page's scripts and styles, is left out.
"""

import asyncio
import json
import random
import time
import urllib.request
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Common_pb2 import UploadedFileInfo
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.ui.components.sent_arrays import unpack

PATIENCE_SECONDS = 20.0
# A page with a run of the largest kind.
PAGE_SECONDS = 300.0
LARGEST_MESSAGE = 16_000_000
NETWORK, FILMS, FILM_REST = "live_network", "films", "film_rest"
PLAYER, NEXT_STEPS = "player", "next_steps"
PROTOCOLS = [Subprotocol("streamlit")]
# The browser keeps large messages of the present run and of the one before it.
KEPT_MESSAGES = 6


class Trouble(Exception):  # noqa: N818
    """What a visitor would have noticed: an error on the page, a lost connection, no response."""


class Visitor:
    """One open page: what the server has sent it, and what its reader has done so far.

    `has_page` is whether a run has come to its end, `runs_begun` how many have begun. `session` is the name
    that the server has for the session.
    """

    def __init__(self, socket: ClientConnection, url: str, luck: random.Random) -> None:
        self.errors: list[str] = []
        self.has_page = False
        self.runs_begun = 0
        self.session = ""
        self._socket = socket
        self._url = url
        self._luck = luck
        self._page = urlsplit(url).path.strip("/")
        self._page_hash = ""
        self._query = urlsplit(url).query
        self._kept: OrderedDict[str, Delta] = OrderedDict()
        # By the name of a component: its id, the fragment that it stands in, and what it has set so far.
        self._components: dict[str, str] = {}
        self._fragments: dict[str, str] = {}
        self._states: dict[str, dict[str, Any]] = {}
        self._controls: list[dict[str, Any]] = []
        self._widgets: dict[str, str] = {}
        self._entered: dict[str, WidgetState] = {}
        self._seq = 0
        self._requests = 0
        self._touched: dict[str, Any] = {}
        self._film: dict[str, Any] | None = None
        # Of the Training page: the key of the run's film, and the last step that is here.
        self._run, self._end = "", 0
        self._responding = False
        self._finished = asyncio.Event()

    async def request_page(self) -> None:
        """Ask for the first run of the page, and do not wait for it."""
        await self._rerun()

    async def open(self) -> None:
        """Wait until the page has come, send that its network is painted, and wait for the rest."""
        await self.request_page()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (NETWORK in self._components and self.has_page):
                await asyncio.sleep(0.01)
        await self._send_value(NETWORK, "painted", 1)

    async def wait_for_page(self) -> None:
        """Wait until a run of the whole page has ended."""
        async with asyncio.timeout(PAGE_SECONDS):
            while not (self.has_page or self.errors):
                await asyncio.sleep(0.01)
        if self.errors:
            raise Trouble(self.errors.pop())

    async def enter(self, key: str, **value: Any) -> None:
        """Set what the widget `key` holds, by a field of WidgetState, and wait for the page."""
        self._entered[key] = WidgetState(id=self._widgets[key], **value)
        self.has_page = False
        await self._rerun()
        await self.wait_for_page()

    async def press(self, label: str) -> None:
        """Press the button with a label, and wait for the page."""
        await self.enter(label, trigger_value=True)
        del self._entered[label]

    async def upload(self, content: bytes, name: str = "table.csv") -> UploadedFileInfo:
        """Send a file to the server, which holds it for the session; return what its widget holds then."""
        file = UploadedFileInfo(file_id=str(uuid4()), name=name, size=len(content))
        await asyncio.to_thread(
            _put, self._url, f"/_stcore/upload_file/{self.session}/{file.file_id}", content
        )
        return file

    async def wait_closed(self) -> int | None:
        """Wait until the server has closed the connection; return the code that it gave."""
        await self._socket.wait_closed()
        return self._socket.close_code

    async def touch(self) -> float | None:
        """Enter the slider of some number; return the seconds until its film has come, if it was missing."""
        self._touched = self._luck.choice([control for control in self._controls if control["shown"]])
        control = self._touched
        if self._held(control["id"]):
            return None
        range_of = {name: control[name] for name in ("id", "low", "high")}
        self._requests += 1
        request = {"seq": self._seq, "held": self._held(), "times": self._requests}
        return await self._send_value(FILMS, "grabbed", range_of | request)

    async def release(self) -> float:
        """Let the slider go at another value; return the seconds until everything on the page has settled.

        A weight or bias is then the selected one of the drawing.
        """
        control = self._touched
        count = round((control["high"] - control["low"]) / control["step"])
        grid = [round(control["low"] + place * control["step"], 12) for place in range(1, count)]
        value = self._luck.choice([value for value in grid if value != control["value"]])
        if not self._held(control["id"]):
            self._film = None
        seq = self._next_seq()
        changes = [{"seq": seq, "id": control["id"], "text": repr(value)}]
        sent: dict[str, Any] = {"seq": seq, "changes": changes, "held": self._held()}
        if control["id"][0] in "wb":
            sent["selected"] = control["id"]
        return await self._send_value(NETWORK, "values", sent | {"at": f"?{self._query}"})

    async def train_on(self, steps: int) -> float:
        """Request so many steps more of the run on the Training page; return the seconds until they come."""
        end = self._end
        wanted = {"film": self._run, "after": end, "steps": steps, "step": end, "end": end}
        taken = await self._send_value(NEXT_STEPS, "wanted", {"seq": self._next_seq(), **wanted})
        if self._end == end:
            raise Trouble("no more steps have come")
        return taken

    def _held(self, control: str | None = None) -> str | None:
        """Return the key of the film that is there, where it is one of `control`."""
        film = self._film
        return film["key"] if film and control in (None, film.get("control")) else None

    def _next_seq(self) -> int:
        self._seq += 1
        return self._seq

    async def _send_value(self, component: str, name: str, value: Any) -> float:
        """Set one value of a component's state; return the seconds until the last run it causes has ended.

        The message runs the component's fragment, which may lead to a run of more of the page.
        """
        self._states.setdefault(component, {})[name] = value
        self._finished.clear()
        # Until the run of the message begins, what ends is a run from before it.
        self._responding = False
        start = time.monotonic()
        await self._rerun(self._fragments[component])
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self._finished.wait()
        if self.errors:
            raise Trouble(self.errors.pop())
        return time.monotonic() - start

    async def _rerun(self, fragment: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self._query
        state.page_script_hash = self._page_hash
        if not self._page_hash:
            state.page_name = self._page
        state.fragment_id = fragment
        state.cached_message_hashes.extend(self._kept)
        state.context_info.url = self._url
        state.context_info.timezone = "UTC"
        for name, values in self._states.items():
            state.widget_states.widgets.add(id=self._components[name], json_value=json.dumps(values))
        state.widget_states.widgets.extend(self._entered.values())
        await self._socket.send(message.SerializeToString())

    async def listen(self) -> None:
        """Take in what the server sends until the connection is closed."""
        try:
            async for sent in self._socket:
                if isinstance(sent, bytes):
                    self._take(ForwardMsg.FromString(sent))
        except WebSocketException as error:
            self._fail(f"the connection was lost: {error}")
        else:
            self._fail("the server has closed the connection")

    def _fail(self, sentence: str) -> None:
        self.errors.append(sentence)
        self._finished.set()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._take_delta(message.delta)
            if message.metadata.cacheable:
                self._keep(message.hash, message.delta)
        elif kind == "ref_hash":
            if message.ref_hash not in self._kept:
                self._fail("the server refers to a message that the browser has not kept")
            else:
                self._keep(message.ref_hash, self._kept[message.ref_hash])
                self._take_delta(self._kept[message.ref_hash])
        elif kind == "new_session":
            self.runs_begun += 1
            self.session = message.new_session.initialize.session_id
            self._responding |= bool(message.metadata.run.fragment_ids)
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "session_event":
            self._fail(f"session event: {message.session_event.WhichOneof('type')}")
        elif kind == "script_finished":
            self._take_end(message)

    def _keep(self, name: str, delta: Delta) -> None:
        self._kept[name] = delta
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT_MESSAGES:
            self._kept.popitem(last=False)

    def _take_delta(self, delta: Delta) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        for widget in (getattr(element, kind or "", None), delta.add_block.popover):
            # An id ends with the key that the page has given to the widget.
            *_, key = getattr(widget, "id", "").split("-", 2)
            self._widgets[key] = getattr(widget, "id", "")
        if kind == "button":
            self._widgets[element.button.label] = element.button.id
        if kind == "exception":
            self._fail(f"{element.exception.type}: {element.exception.message}")
        elif kind == "bidi_component":
            self._take_component(element.bidi_component, delta.fragment_id)

    def _take_component(self, component: BidiComponent, fragment: str) -> None:
        name = component.component_name
        self._components[name] = component.id
        self._fragments[name] = fragment
        if name == NETWORK:
            self._take_network(unpack(component.bytes))
        elif name == PLAYER and "steps" in (film := json.loads(component.json)["film"]):
            self._run, self._end = film["key"], film["steps"][-1]
        elif name == NEXT_STEPS and (steps := json.loads(component.json)["steps"]):
            self._end = steps["next"]["steps"][-1] if steps["next"] else self._end
        elif name == FILM_REST:
            self._film = unpack(component.bytes)

    def _take_network(self, data: dict[str, Any]) -> None:
        if data["seq"] < self._seq:
            return
        self._controls = data["controls"]
        film = data["film"]
        if self._held() != (film and film["key"]):
            self._film = None

    def _take_end(self, message: ForwardMsg) -> None:
        if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self._fail("the script does not compile")
        elif message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.has_page = True
            if self._responding:
                self._finished.set()


def _put(url: str, path: str, content: bytes) -> None:
    """Upload a file as a browser does, which has a token of a cookie."""
    address = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    with urllib.request.urlopen(f"{address}/_stcore/health") as response:
        cookie = response.headers["Set-Cookie"].partition(";")[0]
    edge = uuid4().hex
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="table.csv"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    headers = {
        "Cookie": cookie,
        "X-Xsrftoken": cookie.partition("=")[2],
        "Content-Type": f"multipart/form-data; boundary={edge}",
    }
    request = urllib.request.Request(f"{address}{path}", body, headers, method="PUT")
    with urllib.request.urlopen(request):
        pass


@asynccontextmanager
async def visit(url: str, seed: int = 0) -> AsyncIterator[Visitor]:
    """Connect to the server of a page on this machine as a browser that opens `url` does."""
    parts = urlsplit(url)
    if not ip_address("127.0.0.1" if parts.hostname == "localhost" else str(parts.hostname)).is_loopback:
        raise ValueError(f"the address must be one of this machine, got {url}")
    stream = f"ws://{parts.netloc}/_stcore/stream"
    async with connect(stream, subprotocols=PROTOCOLS, compression=None, max_size=LARGEST_MESSAGE) as socket:
        visitor = Visitor(socket, url, random.Random(seed))  # noqa: S311
        listening = asyncio.create_task(visitor.listen())
        try:
            yield visitor
        finally:
            listening.cancel()
