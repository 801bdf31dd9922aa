"""What a visitor has uploaded is gone from the server's memory once they have left."""

import asyncio
import os
import signal

import pytest

from benchmarks.visitor import visit
from tests.browser.harness import ROOT, run_apart, scroll_to_charts, start_server

WITHIN = 30
MARKER, NUMBER = "planted", "1234567.25"
ROWS = "\n".join(f"{k},{NUMBER if k == 3 else k % 7},{MARKER if k % 2 else 'b'}" for k in range(40))


@pytest.fixture
def server(tmp_path):
    environment = {
        "PYTHONPATH": str(ROOT / "tests" / "deploy" / "memory"),
        "MARKER": f"{MARKER[:3]}|{MARKER[3:]}",
        "MARKED_NUMBER": f"{NUMBER[:3]}|{NUMBER[3:]}",
        "REMAINDER": str(tmp_path / "remainder"),
    }
    with start_server(environment=environment) as server:
        yield server


async def remainder(server, folder):
    """The number of visitors that the server has, and what it holds of the upload of the only one."""
    place = folder / "remainder"
    place.unlink(missing_ok=True)
    os.kill(server.process.pid, signal.SIGUSR1)
    async with asyncio.timeout(WITHIN):
        while not place.exists():
            await asyncio.sleep(0.02)
    visitors, *found = place.read_text(encoding="utf-8").splitlines()
    return int(visitors), found


async def remainder_of_those_who_left(server, folder):
    """What the server holds once another visitor is the only one."""
    # The server's loop has the visitor before in hand until the next one comes.
    async with visit(f"{server.address}/") as other:
        await other.open()
        async with asyncio.timeout(WITHIN):
            visitors = 2
            while visitors > 1:
                visitors, found = await remainder(server, folder)
        return found


def test_an_upload_is_gone_with_its_visitor(server, browser, tmp_path):
    visitor = browser.new_context()
    page = visitor.new_page()
    page.goto(f"{server.address}/training?data=own&standardize=off")
    scroll_to_charts(page)
    page.get_by_role("button", name="Data", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": f"a,c {MARKER},y\n{ROWS}\n".encode()}
    )
    page.get_by_role("button", name="Use this table").click()
    page.locator(".player .stage", has_text=MARKER).wait_for()
    page.get_by_role("button", name="Train to budget").click()
    page.wait_for_url(lambda url: "steps=" in url)
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_text("Confusion matrix").click()
    page.locator(".js-plotly-plot").nth(1).wait_for()
    assert len(run_apart(remainder(server, tmp_path))[1]) > 5
    visitor.close()
    assert not run_apart(remainder_of_those_who_left(server, tmp_path))
