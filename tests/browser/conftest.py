import re
from contextlib import nullcontext, suppress

import pytest
from playwright.sync_api import Error

from tests.browser.harness import open_browser, serve, wait_for_curve

PLOTLY = re.compile(r"/PlotlyChart\.")
# All pages of a context share a process, which has read Streamlit's scripts before. Nothing runs for long
# enough to be worth an optimizing compiler, which would work beside it on the other core.
FLAGS = ("--process-per-site", "--js-flags=--no-opt,--no-maglev")
MEDIA = ("color_scheme", "forced_colors", "reduced_motion")


@pytest.fixture(scope="session")
def address():
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with open_browser(*FLAGS) as browser:
        yield browser


@pytest.fixture(scope="session")
def new_page(browser, address):
    """A function that returns a fresh tab with some settings, in a context with one cache for all tests.

    The first tab of a context stays: its process would end with its last page.
    """
    contexts = {}

    def new_page(**settings):
        own = {name: settings.pop(name) for name in MEDIA if name in settings}
        size = settings.pop("viewport", {"width": 1366, "height": 768})
        key = repr(sorted(settings.items()))
        if key not in contexts:
            contexts[key] = browser.new_context(**settings)
            contexts[key].new_page().goto(f"{address}/_stcore/health")
        page = contexts[key].new_page()
        page.set_viewport_size(size)
        page.emulate_media(**own)
        return page

    return new_page


@pytest.fixture
def open_page(new_page, address):
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

    def open_page(query="", at=address, path="", ready=".network", chart=False, held=None, **settings):
        page = new_page(**settings)
        context = page.context
        contexts.append(context)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", note)
        if not chart:
            # Not a route of Playwright's, which would turn the browser's cache off.
            paused = [{"urlPattern": "*/PlotlyChart.*"}]
            context.new_cdp_session(page).send("Fetch.enable", {"patterns": paused})
        if held:
            held.stand_before(page)
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
    for page in [page for context in dict.fromkeys(contexts) for page in context.pages[1:]]:
        with suppress(Error):
            page.evaluate("localStorage.clear()")
        page.close()
    assert not logged
