"""What a visitor has uploaded is gone from the server's memory once they have left."""

import os
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.harness import ROOT, open_browser, start_server
from tests.browser.waiting import until

MARKER, NUMBER = "planted", "1234567.25"
ROWS = "\n".join(f"{k},{NUMBER if k == 3 else k % 7},{MARKER if k % 2 else 'b'}" for k in range(40))


@pytest.fixture
def browser():
    with open_browser() as browser:
        yield browser


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


def remainder(server, page, folder):
    """The number of visitors that the server has, and what it holds of the upload."""
    place = folder / "remainder"
    place.unlink(missing_ok=True)
    os.kill(server.process.pid, signal.SIGUSR1)
    assert until(page, place.exists, bool)
    visitors, *found = place.read_text(encoding="utf-8").splitlines()
    return int(visitors), found


def test_an_upload_is_gone_with_its_visitor(server, browser, tmp_path):
    visitor = browser.new_context()
    page = visitor.new_page()
    page.goto(f"{server.address}/training?data=own&standardize=off")
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_role("button", name="Your own table").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": f"a,c {MARKER},y\n{ROWS}\n".encode()}
    )
    page.locator(".player .stage", has_text=MARKER).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_url(lambda url: "steps=" in url)
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_text("Confusion matrix").click()
    page.locator(".js-plotly-plot").nth(1).wait_for()
    assert len(remainder(server, page, tmp_path)[1]) > 5
    visitor.close()
    # The server's loop has the visitor before in hand until the next one comes.
    other = browser.new_context()
    page = other.new_page()
    page.goto(f"{server.address}/training")
    page.locator(".js-plotly-plot").first.wait_for()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_enabled()
    visitors, found = remainder(server, page, tmp_path)
    while visitors > 1:
        visitors, found = remainder(server, page, tmp_path)
    assert not found
    other.close()
