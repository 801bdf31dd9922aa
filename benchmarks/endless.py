"""Measure what visitors who move sliders notice of others whose training goes on and on.

    python -m benchmarks.endless                            60 visitors, of whom 10 train on
    python -m benchmarks.endless --visitors 6 --trainers 1  fewer, on a small machine

Each trainer requests the next 200 steps every two seconds, as the player does at its usual speed. It prints
the 95th percentile of the others' moves without and with them, and the ratio.
"""

import argparse
import asyncio
import time
from contextlib import AsyncExitStack

from benchmarks.crowd import Crowd, percentile
from benchmarks.load import summary
from benchmarks.visitor import Visitor, visit
from tests.browser.harness import serve

VISITORS, TRAINERS, SECONDS = 60, 10, 30
STEPS, PERIOD = 200, 2.0


async def measure(address: str, others: int, trainers: int, seconds: float) -> None:
    """Let the others move sliders without and with trainers, and print what both took."""
    crowd = Crowd(address)
    await crowd.grow(others)
    crowd.interactions.clear()
    await asyncio.sleep(seconds)
    without = [each.settled for each in crowd.interactions]
    pieces: list[float] = []
    async with AsyncExitStack() as stack:
        opened: list[Visitor] = []
        for number in range(trainers):
            trainer = await stack.enter_async_context(visit(f"{address}/training", number))
            await trainer.request_page()
            await trainer.wait_for_page()
            opened.append(trainer)
        crowd.interactions.clear()
        tasks = [asyncio.create_task(_train_on(trainer, pieces)) for trainer in opened]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    beside = [each.settled for each in crowd.interactions]
    await crowd.leave()
    print(f"{others} visitors move sliders: {summary(without)}")
    print(f"the same beside {trainers} whose training goes on: {summary(beside)}")
    print(f"ratio of the p95: {percentile(beside, 95) / percentile(without, 95):.2f}")
    print(f"{len(pieces)} pieces of {STEPS} steps: {summary(pieces)}")
    for error in [*crowd.errors, *(error for error in ended if isinstance(error, Exception))][:10]:
        print(error)


async def _train_on(trainer: Visitor, pieces: list[float]) -> None:
    while True:
        start = time.monotonic()
        pieces.append(await trainer.train_on(STEPS))
        await asyncio.sleep(max(start + PERIOD - time.monotonic(), 0))


def main() -> None:
    """Measure by the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--visitors", type=int, default=VISITORS, metavar="N", help="those who train among them"
    )
    parser.add_argument("--trainers", type=int, default=TRAINERS, metavar="N")
    parser.add_argument("--seconds", type=int, default=SECONDS, metavar="S")
    options = parser.parse_args()
    with serve() as address:
        others = options.visitors - options.trainers
        asyncio.run(measure(address, others, options.trainers, options.seconds))


if __name__ == "__main__":
    main()
