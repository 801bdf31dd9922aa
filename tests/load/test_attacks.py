"""Whatever strangers send, the server stays under its limit of memory, and others notice nothing."""

import asyncio
import os
import tomllib
from contextlib import AsyncExitStack, suppress

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from benchmarks.crowd import interact
from benchmarks.memory import BUDGET, MEBIBYTE
from benchmarks.process import usage
from benchmarks.visitor import PROTOCOLS, visit
from tests.browser.harness import ROOT, run_apart, start_server
from tests.hypothesis_profiles import has_many_examples

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["server"]
MESSAGE, STATE = (CONFIG[name] * 1_000_000 for name in ("maxMessageSize", "maxWidgetStateSize"))
LONG_LINK = 520_000
MANY = 40
LINKS = 40 if has_many_examples() else 10
# Of a WebSocket's frame: a whole binary message, masked, its length in eight bytes.
HEADER = b"\x82\xff"


@pytest.fixture(scope="module")
def server():
    with start_server() as server:
        yield server


@pytest.fixture
def neighbor(server):
    """A function that runs an attack while somebody moves sliders, and looks at the server afterwards."""

    def beside(attack):
        async def both():
            async with visit(f"{server.address}/", 1) as neighbor:
                await neighbor.open()
                await attack()
                await interact(neighbor)
                assert neighbor.errors == []

        run_apart(both())
        assert usage(server.process.pid).megabytes * 1_000_000 < BUDGET.limit_mebibytes * MEBIBYTE

    return beside


def stream(server, compression=None):
    return connect(
        f"ws://127.0.0.1:{server.port}/_stcore/stream",
        subprotocols=PROTOCOLS,
        compression=compression,
        max_size=None,
    )


async def close_code(socket):
    """The code with which the server closes a connection."""
    with suppress(ConnectionClosed):
        async for _ in socket:
            pass
    return socket.close_code


def test_messages_sent_by_halves_take_no_more_than_visitors(server, neighbor):
    async def attack():
        async with AsyncExitStack() as stack:
            before = usage(server.process.pid).megabytes
            for _ in range(MANY):
                socket = await stack.enter_async_context(stream(server))
                frame = HEADER + (MESSAGE - 1).to_bytes(8) + bytes(4)
                socket.transport.write(frame + os.urandom(MESSAGE // 2))
            async with asyncio.timeout(15):
                while usage(server.process.pid).megabytes < before + MANY * MESSAGE / 4e6:
                    await asyncio.sleep(0.05)
            grown = usage(server.process.pid).megabytes - before
            assert grown < MANY * BUDGET.visitor

    neighbor(attack)


def test_a_message_larger_than_any_is_not_read_to_its_end(server, neighbor):
    async def attack():
        async with stream(server) as socket:
            socket.transport.write(HEADER + (MESSAGE + 1).to_bytes(8) + bytes(4))
            assert await close_code(socket) == 1009
        async with stream(server) as socket:
            await socket.send(bytes(STATE + 1))
            assert await close_code(socket) == 1009
        # Compressed it is small.
        async with stream(server, "deflate") as socket:
            await socket.send(bytes(20 * MESSAGE))
            assert await close_code(socket) == 1009

    neighbor(attack)


@pytest.mark.parametrize("page", ["", "training"])
def test_links_that_are_far_too_long_are_refused(server, neighbor, page):
    link = f"{server.address}/{page}?W1={'1' * LONG_LINK}"

    async def open_link(number):
        async with visit(link, number) as visitor:
            await visitor.request_page()
            await visitor.wait_for_page()

    async def attack():
        for number in range(LINKS):
            await open_link(number)

    neighbor(attack)
