"""A server that somebody has opened once: what is loaded once is there, and counts for nobody."""

import pytest

from benchmarks.visitor import visit
from tests.browser.harness import run_apart, start_server


@pytest.fixture(scope="module")
def server():
    with start_server() as server:
        run_apart(open_once(server.address))
        yield server


async def open_once(address):
    async with visit(f"{address}/") as visitor:
        await visitor.open()
