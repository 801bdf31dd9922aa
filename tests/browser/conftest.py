import re
from contextlib import nullcontext, suppress

import pytest
from playwright.sync_api import Error

from tests.browser.harness import open_browser, serve, wait_for_curve

PLOTLY = re.compile(r"/PlotlyChart\.")


@pytest.fixture(scope="session")
def address():
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser, address):
    """A function that opens the app in a fresh context; at the end no page may have logged an error.

    Plotly takes a browser as long as all the rest of a page. Where a test is not about the chart, or about
    what stands around it, the chart stays on its way: as for a reader who is quick.
    """
    contexts = []
    errors = []
    on_their_way = []

    def note(message):
        # Streamlit asks for its health below a page's address too, to find out where the app begins.
        health = "/_stcore/" in message.location.get("url", "")
        # What ui/cold_start.py is there for.
        cold = "does not seem to exist" in message.text
        if message.type == "error" and not health and not cold:
            errors.append(message.text)

    def open_page(query="", at=address, path="", ready=".network", chart=False, **settings):
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}} | settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        if not chart:
            page.route(PLOTLY, lambda route: on_their_way.append(route))
        has_chart = path == "training" or "run=" in query
        with page.expect_request(PLOTLY) if has_chart else nullcontext():
            page.goto(f"{at}/{path}?{query}")
        page.locator(ready).first.wait_for(timeout=30_000)
        if chart and has_chart:
            page.locator(".js-plotly-plot").wait_for(timeout=30_000)
        elif not has_chart:
            wait_for_curve(page)
        return page

    yield open_page
    logged = list(errors)
    for route in on_their_way:
        # Its page may have been closed by the test.
        with suppress(Error):
            route.abort()
    for context in contexts:
        context.close()
    assert not logged
