"""Measure how many visitors a server carries, by visitors that move sliders as people do.

    python -m benchmarks.load                        a server of its own, 60 visitors for a minute
    python -m benchmarks.load http://127.0.0.1:8501  a server that is running on this machine
    python -m benchmarks.load --replicas 2           how many visitors one and two servers behind nginx carry
    python -m benchmarks.load --attacks              what others notice of costly links, and of a shared one
    python -m benchmarks.load --interactions 1000    what 1,000 interactions of one visitor leave in memory
    python -m benchmarks.load --memory               what visitors of each page take, and the limit it makes

Every two seconds each visitor enters the slider of some number, which brings its film, and lets it go at
another value. It prints the time from letting go until the last run this causes has ended, what went
wrong, and what the server's process used. The visitors share the machine with the server.
"""

import argparse
import asyncio
import math
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from benchmarks import attacks
from benchmarks.crowd import Crowd, interact, percentile
from benchmarks.memory import print_memory
from benchmarks.process import listener, usage
from benchmarks.visitor import visit
from tests.browser.harness import serve

VISITORS = 60
SECONDS = 60
MAX_VISITORS = 300
MAX_SECONDS = 600
MAX_INTERACTIONS = 10_000
TARGET = 0.5
EARLY = 100
FIRST_CROWD = 10
MORE = 5
ROUND_SECONDS = 8.0


def summary(values: Sequence[float]) -> str:
    """Return the median, the 95th percentile and the largest of some seconds, as text."""
    middle, high = (1000 * percentile(values, percent) for percent in (50, 95))
    return f"median {middle:.0f} ms, p95 {high:.0f} ms, longest {1000 * max(values, default=math.inf):.0f} ms"


async def measure(address: str, visitors: int, seconds: float, query: str = "") -> Crowd:
    """Let visitors move sliders for some seconds, print what that took, and return them."""
    pid = listener(urlsplit(address).port or 80)
    async with visit(f"{address}/?{query}") as first:
        await first.open()
        await interact(first)
    empty = usage(pid)
    crowd = Crowd(address, query, pid)
    await crowd.grow(visitors)
    crowd.interactions.clear()
    before, start, own = usage(pid), time.monotonic(), time.process_time()
    await asyncio.sleep(seconds)
    after, elapsed = usage(pid), time.monotonic() - start
    busy, own = (after.seconds - before.seconds) / elapsed, (time.process_time() - own) / elapsed
    done = len(crowd.interactions)
    await crowd.leave()
    films = [interaction.film for interaction in crowd.interactions if interaction.film is not None]
    print(f"{visitors} visitors for {elapsed:.0f} s: {done} interactions, {len(crowd.errors)} errors")
    print(f"from letting go until settled: {summary([each.settled for each in crowd.interactions])}")
    worked = [interaction.worked for interaction in crowd.interactions if interaction.worked is not None]
    print(f"of it the server's processor, for all visitors: {summary(worked)}")
    print(f"from touching until the film: {summary(films)}")
    print(
        f"processor: server {busy:.0%} of a core, {busy / visitors:.2%} a visitor, "
        f"{1000 * busy * elapsed / max(done, 1):.0f} ms an interaction; the visitors themselves {own:.0%}"
    )
    grown = after.megabytes - empty.megabytes
    print(f"memory: {empty.megabytes:.0f} MB before, {grown / visitors:.1f} MB a visitor")
    for error in crowd.errors[:10]:
        print(error)
    return crowd


async def capacity(address: str, first: int) -> int:
    """Return how many visitors a server carries, settling nearly always within the target."""
    crowd = Crowd(address)
    carried, count = 0, first
    await crowd.grow(first)
    while count <= MAX_VISITORS:
        start = time.monotonic()
        await asyncio.sleep(ROUND_SECONDS)
        settled = [each.settled for each in crowd.interactions if each.at > start]
        print(f"{count:4} visitors: {summary(settled)}, {len(crowd.errors)} errors", flush=True)
        if crowd.errors or percentile(settled, 95) > TARGET:
            break
        carried = count
        await crowd.grow(MORE)
        count += MORE
    await crowd.leave()
    return carried


async def growth(address: str, interactions: int) -> float:
    """Return by how many megabytes a server grows from the 100th interaction of one visitor to the last."""
    pid = listener(urlsplit(address).port or 80)
    early = math.nan
    async with visit(f"{address}/") as visitor:
        await visitor.open()
        for number in range(interactions):
            if number == min(EARLY, interactions - 1):
                early = usage(pid).megabytes
            await interact(visitor)
    return usage(pid).megabytes - early


def print_replicas(count: int) -> None:
    """Print how many visitors one server and `count` servers behind nginx carry, and the ratio."""
    from tests.deploy.harness import replicas

    carried: list[int] = []
    for servers in (1, count):
        with TemporaryDirectory() as folder, replicas(servers, Path(folder)) as (address, _):
            print(f"{servers} behind nginx:")
            carried.append(asyncio.run(capacity(address, carried[-1] if carried else FIRST_CROWD)))
    one, many = carried
    ratio = f"{many / one:.2f} times as many" if one else "one carries none"
    print(f"one process carries {one} visitors, {count} carry {many}: {ratio}")


def main() -> None:
    """Measure by the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("address", nargs="?", help="of a server that is running on this machine")
    visitors, seconds = range(1, MAX_VISITORS + 1), range(1, MAX_SECONDS + 1)
    parser.add_argument("--visitors", type=int, default=VISITORS, choices=visitors, metavar="N")
    parser.add_argument("--seconds", type=int, default=SECONDS, choices=seconds, metavar="S")
    parser.add_argument("--query", default="", help="the query string of the page that is opened")
    interactions = range(1, MAX_INTERACTIONS + 1)
    parser.add_argument("--interactions", type=int, choices=interactions, metavar="N")
    parser.add_argument("--replicas", type=int, choices=[2])
    parser.add_argument("--attacks", action="store_true")
    parser.add_argument("--memory", action="store_true")
    options = parser.parse_args()
    if options.replicas:
        print_replicas(options.replicas)
        return
    if options.memory:
        print_memory(options.visitors)
        return
    with ExitStack() as stack:
        address = (options.address or stack.enter_context(serve())).rstrip("/")
        if options.attacks:
            attacks.print_attacks(address, attacks.NEIGHBORS, options.seconds)
        elif options.interactions:
            grown = asyncio.run(growth(address, options.interactions))
            print(f"memory from interaction {EARLY} to {options.interactions}: {grown:+.1f} MB")
        else:
            asyncio.run(measure(address, options.visitors, options.seconds, options.query))


if __name__ == "__main__":
    main()
