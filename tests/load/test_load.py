"""Many visitors of one server: none disturbs another, and whoever leaves takes what they used with them."""

import asyncio
import statistics
import time

import pytest

from benchmarks.load import Crowd, growth, interact
from benchmarks.process import usage
from benchmarks.visitor import visit
from tests.browser.harness import run_apart, start_server

pytestmark = pytest.mark.browser

# Half a minute of work and more.
LONG = "/training?hidden=8-8-8-8-8-8&batch=50&steps=100000"
WITHIN = 20


@pytest.fixture(scope="module")
def server():
    with start_server() as server:
        run_apart(open_once(server.address))
        yield server


async def open_once(address):
    async with visit(f"{address}/") as visitor:
        await visitor.open()


def processor(server, seconds):
    """The share of a core that the server uses."""
    before = usage(server.process.pid).seconds
    time.sleep(seconds)
    return (usage(server.process.pid).seconds - before) / seconds


async def moves(visitor, count):
    return [(await interact(visitor)).settled for _ in range(count)]


def test_visitors_side_by_side_meet_no_error(server):
    async def stay():
        crowd = Crowd(server.address)
        await crowd.grow(3)
        await asyncio.sleep(5)
        await crowd.leave()
        return crowd

    crowd = run_apart(stay())
    assert crowd.errors == []
    assert len(crowd.interactions) >= 5


def test_training_of_others_blocks_nobody_and_ends_when_they_leave(server):
    async def train_and_move():
        async with visit(f"{server.address}/", 1) as visitor:
            await visitor.open()
            idle = await moves(visitor, 8)
            async with (
                visit(f"{server.address}{LONG}", 2) as first,
                visit(f"{server.address}{LONG}", 3) as second,
            ):
                await first.ask_for_page()
                await second.ask_for_page()
                await asyncio.sleep(2)
                beside = await moves(visitor, 8)
                assert not first.has_page
                assert not second.has_page
            assert visitor.has_page
        return idle, beside

    idle, beside = run_apart(train_and_move())
    # On two cores under a whole test run; a loop that keeps the interpreter to itself would cost seconds.
    assert statistics.median(beside) - statistics.median(idle) < 1
    deadline = time.monotonic() + WITHIN
    while processor(server, 0.5) > 0.2:
        assert time.monotonic() < deadline


def test_a_visitor_who_stays_does_not_fill_the_memory(server):
    assert run_apart(growth(server.address, 180)) < 10
