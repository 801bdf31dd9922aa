import re
from contextlib import nullcontext, suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.harness import open_browser, serve, wait_for_curve

PLOTLY = re.compile(r"/PlotlyChart\.")
# As long as the other waits of Playwright: a machine may be busy with more than these tests.
expect.set_options()


@pytest.fixture(scope="session")
def address():
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def find_context(browser):
    """A function that returns the context with some settings: one for all tests, with one cache."""
    contexts = {}

    def find_context(**settings):
        settings = {"viewport": {"width": 1366, "height": 768}} | settings
        key = repr(sorted(settings.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**settings)
        return contexts[key]

    return find_context


@pytest.fixture
def open_page(find_context, address):
    """A function that opens the app in a fresh tab; at the end no page may have logged an error.

    Plotly takes a browser as long as all the rest of a page. Where a test is not about the chart, or about
    what stands around it, the chart stays on its way: as for a reader who is quick.
    """
    contexts = []
    errors = []

    def note(message):
        # Streamlit asks for its health below a page's address too, to find out where the app begins.
        health = "/_stcore/" in message.location.get("url", "")
        # What reload_if_cold in ui/shell/workarounds.py is there for.
        cold = "does not seem to exist" in message.text
        if message.type == "error" and not health and not cold:
            errors.append(message.text)

    def open_page(query="", at=address, path="", ready=".network", chart=False, **settings):
        context = find_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        if not chart:
            # Not a route of Playwright's, which would turn the browser's cache off.
            paused = [{"urlPattern": "*/PlotlyChart.*"}]
            context.new_cdp_session(page).send("Fetch.enable", {"patterns": paused})
        has_chart = path == "training" or "run=" in query
        with page.expect_request(PLOTLY) if has_chart else nullcontext():
            page.goto(f"{at}/{path}?{query}")
        page.locator(ready).first.wait_for()
        if chart and has_chart:
            page.locator(".js-plotly-plot").wait_for()
        elif not has_chart:
            wait_for_curve(page)
        return page

    yield open_page
    logged = list(errors)
    for page in [page for context in dict.fromkeys(contexts) for page in context.pages]:
        with suppress(Error):
            page.evaluate("localStorage.clear()")
        page.close()
    assert not logged
