"""Visitors of one server that move sliders as people do, and what they have met."""

import asyncio
import math
import random
import time
from collections.abc import Sequence
from typing import NamedTuple

from websockets.exceptions import WebSocketException

from benchmarks.process import processor_seconds
from benchmarks.visitor import Trouble, Visitor, visit

PERIOD = 2.0
HAND = 0.5
OPENING = 0.3


class Interaction(NamedTuple):
    """When a slider was let go, and the seconds it took to settle and, before that, for its film to come.

    `worked` are the processor seconds of the server, for all its visitors, from letting go until settled: the
    wait on a machine that has nothing else to do. None where the server's process is not known.
    """

    at: float
    settled: float
    film: float | None
    worked: float | None = None


class Crowd:
    """Visitors of one server, with all that they have done and what went wrong.

    `server` is the id of its process, where it is known.
    """

    def __init__(self, address: str, query: str = "", server: int | None = None) -> None:
        self.interactions: list[Interaction] = []
        self.errors: list[str] = []
        self._url, self._server = f"{address}/?{query}", server
        self._tasks: list[asyncio.Task[None]] = []

    async def grow(self, count: int) -> None:
        """Let `count` more visitors open the page, one after the other, and move sliders from then on."""
        for _ in range(count):
            opened = asyncio.Event()
            self._tasks.append(asyncio.create_task(self._stay(len(self._tasks), opened)))
            await asyncio.gather(opened.wait(), asyncio.sleep(OPENING))

    async def leave(self) -> None:
        """Let every visitor leave."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stay(self, number: int, opened: asyncio.Event) -> None:
        try:
            async with visit(self._url, number) as visitor:
                await visitor.open()
                opened.set()
                await self._move(visitor, random.Random(number).uniform(0, PERIOD))  # noqa: S311
        except (Trouble, TimeoutError, WebSocketException, OSError) as error:
            self.errors.append(f"visitor {number + 1}: {str(error) or 'no response'}")
        finally:
            opened.set()

    async def _move(self, visitor: Visitor, wait: float) -> None:
        due = time.monotonic() + wait
        while True:
            await asyncio.sleep(due - time.monotonic())
            self.interactions.append(await interact(visitor, HAND, self._server))
            due = max(due + PERIOD, time.monotonic())


async def interact(visitor: Visitor, hand: float = 0.0, server: int | None = None) -> Interaction:
    """Move one slider, holding it for `hand` seconds."""
    film = await visitor.touch()
    await asyncio.sleep(hand)
    at = time.monotonic()
    before = server and processor_seconds(server)
    settled = await visitor.release()
    return Interaction(at, settled, film, processor_seconds(server) - before if server and before else None)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that `percent` of all values do not exceed; infinite where there is none."""
    place = math.ceil(len(values) * percent / 100) - 1
    return sorted(values)[max(place, 0)] if values else math.inf
