"""What neighbors notice of work that others cause: costly links, and one link that a whole class opens.

Neighbors move sliders by themselves for a while, then beside the attack. Of both come the times from letting
go until settled, and the longest time that a health check took.
"""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import NamedTuple
from urllib.request import urlopen

from websockets.exceptions import WebSocketException

from benchmarks.crowd import Crowd, percentile
from benchmarks.visitor import visit

NEIGHBORS = 20
SECONDS = 60.0
HEALTH_PERIOD = 0.1
# Almost half a minute of work; with another seed it is another run.
COSTLY = "training?hidden=8-8-8-8-8-8&f=gelu&dropout=0.2&optimizer=adamw&batch=190&steps=100000&seed={}"


class Attack(NamedTuple):
    """Visitors who open a link and stay: how many, how many seconds apart, and whether it is one link."""

    name: str
    visitors: int
    period: float
    one_link: bool


ATTACKS = (
    Attack("20 costly links in a minute", 20, 3.0, one_link=False),
    Attack("40 visitors open one link, 3 a second", 40, 1 / 3, one_link=True),
)


class Noticed(NamedTuple):
    """What neighbors noticed: the seconds of their moves, the longest health check, and what went wrong."""

    moves: list[float]
    health: float
    errors: list[str]

    @property
    def p95(self) -> float:
        """Return the seconds within which 95 of 100 moves have settled."""
        return percentile(self.moves, 95)


async def measure(address: str, attack: Attack, neighbors: int, seconds: float) -> tuple[Noticed, Noticed]:
    """Return what neighbors notice without and with an attack."""
    crowd = Crowd(address)
    await crowd.grow(neighbors)
    without = await _notice(address, crowd, asyncio.sleep(seconds))
    beside = await _notice(address, crowd, _attack(address, attack, seconds))
    await crowd.leave()
    return without, beside


async def _notice(address: str, crowd: Crowd, meanwhile: Awaitable[object]) -> Noticed:
    crowd.interactions.clear()
    checks: list[float] = []

    async def check_health() -> None:
        while True:
            start = time.monotonic()
            await asyncio.to_thread(_request_health, address)
            checks.append(time.monotonic() - start)
            await asyncio.sleep(HEALTH_PERIOD)

    checking = asyncio.create_task(check_health())
    await meanwhile
    checking.cancel()
    return Noticed([each.settled for each in crowd.interactions], max(checks), list(crowd.errors))


def _request_health(address: str) -> None:
    with urlopen(f"{address}/_stcore/health", timeout=30) as response:
        response.read()


async def _attack(address: str, attack: Attack, seconds: float) -> None:
    """Let visitors open the link one after the other, and stay until the time is over."""
    end = time.monotonic() + seconds
    async with AsyncExitStack() as stack:
        for number in range(attack.visitors):
            start = time.monotonic()
            link = COSTLY.format(1 if attack.one_link else number + 1)
            try:
                visitor = await stack.enter_async_context(visit(f"{address}/{link}"))
                await visitor.request_page()
            except (WebSocketException, OSError):
                # Noticed by the neighbors, if by anybody.
                continue
            await asyncio.sleep(start + attack.period - time.monotonic())
        await asyncio.sleep(end - time.monotonic())


def print_attacks(address: str, neighbors: int, seconds: float) -> None:
    """Print a line an attack: what the neighbors' moves and the health check take without and with it."""
    print(f"{neighbors} neighbors, {seconds:.0f} s without and {seconds:.0f} s with each")
    print(f"{'':40}{'p95 without':>12}{'p95 with':>12}{'ratio':>8}{'health without':>16}{'with':>10}")
    for attack in ATTACKS:
        without, beside = asyncio.run(measure(address, attack, neighbors, seconds))
        times = f"{1000 * without.p95:9.0f} ms{1000 * beside.p95:9.0f} ms{beside.p95 / without.p95:8.2f}"
        checks = f"{1000 * without.health:13.0f} ms{1000 * beside.health:7.0f} ms"
        print(f"{attack.name:40}{times}{checks}", flush=True)
        for error in (without.errors + beside.errors)[:5]:
            print(error)
