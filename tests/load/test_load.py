"""Many visitors of one server: none disturbs another, and whoever leaves takes what they used with them."""

import asyncio
from pathlib import Path

from benchmarks.crowd import Crowd, interact
from benchmarks.load import growth
from benchmarks.visitor import visit
from tests.browser.harness import run_apart

# More work than there is time for within the wait, so that it cannot end by itself.
LONG = "/training?hidden=8-8-8-8-8-8&f=gelu&dropout=0.2&optimizer=adam&batch=100&steps=100000"
WITHIN = 15


def threads(server):
    """How many threads the server has: one for each run that is under way, and those that stay."""
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


async def comes_true(holds):
    """Wait until something holds."""
    async with asyncio.timeout(WITHIN):
        while not holds():
            await asyncio.sleep(0.02)


def test_visitors_side_by_side_meet_no_error(server):
    async def stay():
        crowd = Crowd(server.address)
        await crowd.grow(3)
        await comes_true(lambda: crowd.errors or len(crowd.interactions) >= 6)
        await crowd.leave()
        return crowd

    assert run_apart(stay()).errors == []


def test_training_of_others_blocks_nobody_and_ends_when_they_leave(server):
    async def train_and_move():
        async with visit(f"{server.address}/", 1) as visitor:
            await visitor.open()
            async with (
                visit(f"{server.address}{LONG}", 2) as first,
                visit(f"{server.address}{LONG}&seed=2", 3) as second,
            ):
                await first.request_page()
                await second.request_page()
                await comes_true(lambda: first.runs_begun and second.runs_begun)
                # Each move comes to its end while both others are in the middle of one run.
                counts = []
                for _ in range(8):
                    await interact(visitor)
                    counts.append(threads(server))
                assert not first.has_page
                assert not second.has_page
                # A run that has just ended may still have its thread.
                training = min(counts)
            await comes_true(lambda: threads(server) <= training - 2)

    run_apart(train_and_move())


def test_a_visitor_who_stays_does_not_fill_the_memory(server):
    assert run_apart(growth(server.address, 180)) < 10
