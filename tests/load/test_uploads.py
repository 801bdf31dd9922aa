"""Of the files that a visitor uploads the server holds one, and that only until it has been read."""

import asyncio
import re
import urllib.request

from benchmarks.crowd import interact
from benchmarks.visitor import visit
from tests.browser.harness import run_apart

ROWS = "\n".join(f"{k},{k * k % 7},{k % 2}" for k in range(20_000))
TABLE = f"a,b,c\n{ROWS}".encode()
UPLOADS = 60
WITHIN = 15
HELD = re.compile(r'^cache_memory_bytes\{.*cache_type="UploadedFileManager".*\} (\d+)', re.MULTILINE)


async def comes_to_hold(server, size):
    """Wait until the server holds so many bytes of files; it counts them every five seconds."""
    async with asyncio.timeout(WITHIN):
        while held(server) != size:
            await asyncio.sleep(0.1)


def held(server):
    """The bytes that the server holds of files, by its own count."""
    with urllib.request.urlopen(f"{server.address}/_stcore/metrics") as response:
        found = HELD.search(response.read().decode())
    return int(found[1]) if found else 0


# First, as Streamlit keeps the session of the other test, with its file, for two minutes.
def test_a_file_is_let_go_once_it_has_been_read(server):
    async def upload():
        async with visit(f"{server.address}/training?data=own", 3) as visitor:
            await visitor.request_page()
            await visitor.wait_for_page()
            await visitor.enter("training_data", bool_value=True)
            file = await visitor.upload(TABLE)
            await comes_to_hold(server, len(TABLE))
            await visitor.enter("training_csv", file_uploader_state_value={"uploaded_file_info": [file]})
            await comes_to_hold(server, 0)
            assert visitor.errors == []

    run_apart(upload())


def test_many_uploads_of_one_visitor_leave_one_and_others_notice_nothing(server):
    async def upload_many():
        async with (
            visit(f"{server.address}/", 1) as neighbor,
            visit(f"{server.address}/training", 2) as visitor,
        ):
            await neighbor.open()
            await visitor.request_page()
            await visitor.wait_for_page()
            for number in range(UPLOADS):
                await visitor.upload(TABLE)
                if number % 20 == 0:
                    await interact(neighbor)
            await comes_to_hold(server, len(TABLE))
            assert neighbor.errors == []

    run_apart(upload_many())
