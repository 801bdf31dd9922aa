"""What neighbors notice of work that others cause: costly links, and one link that a whole class opens.

Neighbors move sliders by themselves for a while, then beside the attack. Of both come the times from letting
go until settled, and the longest time that a health check took. Of either the server's processor time is
printed too, as a busy machine makes all else longer: it is what the wait would be on a core of its own.
"""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import urlopen

from websockets.exceptions import WebSocketException

from benchmarks.crowd import Crowd, percentile
from benchmarks.process import listener, processor_seconds
from benchmarks.visitor import visit

NEIGHBORS = 10
# What the first run of a page in a process loads is no part of an attack.
LOADING = "training?steps=1"
LOADED_SECONDS = 5.0
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
    """What neighbors noticed of the server: 95 of 100 moves had settled within `p95` seconds.

    `health` is the longest health check; `worked_p95` and `worked_health` are the same in processor seconds.
    """

    p95: float
    worked_p95: float
    health: float
    worked_health: float
    errors: list[str]


async def measure(address: str, attack: Attack, neighbors: int, seconds: float) -> tuple[Noticed, Noticed]:
    """Return what neighbors notice without and with an attack."""
    server = listener(urlsplit(address).port or 80)
    async with visit(f"{address}/{LOADING}") as first:
        await first.request_page()
        await asyncio.sleep(LOADED_SECONDS)
    crowd = Crowd(address, server=server)
    await crowd.grow(neighbors)
    without = await _notice(address, server, crowd, asyncio.sleep(seconds))
    beside = await _notice(address, server, crowd, _attack(address, attack, seconds))
    await crowd.leave()
    return without, beside


async def _notice(address: str, server: int, crowd: Crowd, meanwhile: Awaitable[object]) -> Noticed:
    crowd.interactions.clear()
    checks: list[tuple[float, float]] = []

    async def check_health() -> None:
        while True:
            start, before = time.monotonic(), processor_seconds(server)
            await asyncio.to_thread(_request_health, address)
            checks.append((time.monotonic() - start, processor_seconds(server) - before))
            await asyncio.sleep(HEALTH_PERIOD)

    checking = asyncio.create_task(check_health())
    await meanwhile
    checking.cancel()
    health, worked_health = (max(values) for values in zip(*checks, strict=True))
    return Noticed(
        percentile([each.settled for each in crowd.interactions], 95),
        percentile([each.worked or 0.0 for each in crowd.interactions], 95),
        health,
        worked_health,
        list(crowd.errors),
    )


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
    """Print what moves and health checks take without and with each attack, by clock and processor."""
    print(f"{neighbors} neighbors, {seconds:.0f} s without and {seconds:.0f} s with each, in ms")
    print(f"{'':50}{'p95 without':>14}{'with':>8}{'ratio':>8}{'health without':>18}{'with':>8}")
    for attack in ATTACKS:
        without, beside = asyncio.run(measure(address, attack, neighbors, seconds))
        _print_line(attack.name, without.p95, beside.p95, without.health, beside.health)
        _print_line(
            "  processor", without.worked_p95, beside.worked_p95, without.worked_health, beside.worked_health
        )
        for error in (without.errors + beside.errors)[:5]:
            print(error)


def _print_line(name: str, without: float, beside: float, health: float, health_beside: float) -> None:
    moves = f"{1000 * without:14.0f}{1000 * beside:8.0f}{beside / without:8.2f}"
    print(f"{name:50}{moves}{1000 * health:18.0f}{1000 * health_beside:8.0f}", flush=True)
