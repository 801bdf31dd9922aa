"""A line between a browser and a server on this machine: a round trip, lost segments, and TCP's slow start.

A proxy on the loopback, as not every kernel can delay packets. What it does with time is `Direction.send`,
which has no clock of its own.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import numpy as np

from tests.browser.harness import free_port

SEGMENT_BYTES = 1460
# RFC 6928.
FIRST_WINDOW = 10
LEAST_WINDOW = 2
# RFC 6298: a sender that has been idle for so long begins anew (RFC 5681).
LEAST_TIMEOUT = 0.2


class Line(NamedTuple):
    """What a round trip takes, in seconds, and which part of the segments is lost."""

    round_trip: float
    loss: float = 0.0


class Direction:
    """The segments from one end of a connection to the other, in the order in which they are sent."""

    def __init__(self, line: Line, chance: np.random.Generator) -> None:
        """Begin a connection over a line, with a source of chance for what is lost."""
        self._line = line
        self._chance = chance
        self._window = float(FIRST_WINDOW)
        self._threshold = float("inf")
        self._acknowledged: deque[float] = deque()
        self._left = 0.0
        self._arrived = 0.0

    def send(self, ready: float) -> tuple[float, float]:
        """Return when a segment that is there at `ready` leaves, and when it arrives, in seconds.

        No more segments are under way than the window holds. It grows by one with each that is acknowledged,
        by one a round trip after a loss, which halves it; a lost segment arrives a round trip later, and
        what was sent after it no sooner.
        """
        round_trip = self._line.round_trip
        if ready - self._left > max(LEAST_TIMEOUT, round_trip):
            self._acknowledged.clear()
            self._window = min(self._window, FIRST_WINDOW)
        leaves = max(ready, self._left)
        while self._acknowledged and (
            self._acknowledged[0] <= leaves or len(self._acknowledged) >= int(self._window)
        ):
            leaves = max(leaves, self._acknowledged.popleft())
            self._window += 1 if self._window < self._threshold else 1 / self._window
        is_lost = self._chance.random() < self._line.loss
        if is_lost:
            self._threshold = self._window = max(self._window / 2, LEAST_WINDOW)
        once_more = round_trip if is_lost else 0.0
        self._arrived = max(self._arrived, leaves + once_more + round_trip / 2)
        self._acknowledged.append(self._arrived + round_trip / 2)
        self._left = leaves
        return leaves, self._arrived


@contextmanager
def far(served: int, line: Line, seed: int = 0) -> Iterator[str]:
    """Yield the address at which a server at the port `served` is reached over a line."""
    port = free_port()
    loop = asyncio.new_event_loop()
    chance = np.random.default_rng(seed)

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # asyncio reports a handler that is cancelled as an error.
        with suppress(asyncio.CancelledError):
            # The handshake.
            await asyncio.sleep(line.round_trip)
            there, back = await asyncio.open_connection("127.0.0.1", served)
            directions = [Direction(line, chance) for _ in range(2)]
            await asyncio.gather(_carry(reader, back, directions[0]), _carry(there, writer, directions[1]))

    # Who measures may have a loop of its own in this thread.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    proxy = asyncio.run_coroutine_threadsafe(asyncio.start_server(connect, "127.0.0.1", port), loop).result()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(proxy.close)
        asyncio.run_coroutine_threadsafe(_end(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, direction: Direction) -> None:
    """Carry what one end sends to the other, until that ends."""
    loop = asyncio.get_running_loop()
    arriving: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def arrive() -> None:
        while True:
            when, segment = await arriving.get()
            await asyncio.sleep(when - loop.time())
            if not segment:
                return writer.close()
            writer.write(segment)

    async def leave() -> None:
        segment = b"-"
        while segment:
            segment = await reader.read(SEGMENT_BYTES)
            leaves, arrives = direction.send(loop.time())
            arriving.put_nowait((arrives, segment))
            await asyncio.sleep(leaves - loop.time())

    await _until_cut(leave(), arrive())


async def _until_cut(*works: Coroutine[Any, Any, None]) -> None:
    """Do several things at once; a connection that is cut ends them."""
    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                group.create_task(work)
    except* ConnectionError:
        pass


async def _end() -> None:
    """Cancel whatever is under way."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
