import pytest

from tests.browser.components import App
from tests.browser.harness import open_chart, scroll_to_charts, serve, wait_for_page
from tests.browser.tabs import Tabs


@pytest.fixture(scope="session")
def address():
    with serve() as address:
        yield address


@pytest.fixture(scope="session")
def tabs(browser, address):
    return Tabs(browser, address)


@pytest.fixture
def new_page(tabs, request):
    """A function that returns a tab with some settings, which has nothing of what other tests did in it."""
    failed = request.session.testsfailed
    yield tabs.open
    tabs.leave(sound=request.session.testsfailed == failed)


@pytest.fixture
def sound_page(new_page):
    """A function that returns a tab as `new_page` does; at the end none may have logged an error."""
    errors = []
    listeners = []

    def note(message):
        # Streamlit asks for its health below a page's address too, to find out where the app begins.
        health = "/_stcore/" in message.location.get("url", "")
        # What reload_if_cold in ui/shell/workarounds.py is there for.
        cold = "does not seem to exist" in message.text
        if message.type == "error" and not health and not cold:
            errors.append(message.text)

    def note_error(error):
        errors.append(str(error))

    def sound_page(**settings):
        page = new_page(**settings)
        for event, listen in (("pageerror", note_error), ("console", note)):
            page.on(event, listen)
            listeners.append((page, event, listen))
        return page

    yield sound_page
    for page, event, listen in listeners:
        page.remove_listener(event, listen)
    assert not errors


@pytest.fixture
def open_page(sound_page, address):
    """A function that opens the app in a tab.

    Plotly takes a browser as long as all the rest of a page. Where a test is not about the chart, or about
    what stands around it, the chart stays on its way: as for a reader who is quick.
    """

    def open_page(
        query="", at=address, path="", ready=".network", chart=False, held=None, script="", **settings
    ):
        page = sound_page(held=held, paused="" if chart else "*/PlotlyChart.*", **settings)
        if script:
            page.add_init_script(script)
        page.goto(f"{at}/{path}?{query}")
        page.locator(ready).first.wait_for()
        if path == "training":
            page.get_by_role("radiogroup", name="Chart").wait_for()
            if chart:
                scroll_to_charts(page)
        elif not path and "answers" not in query:
            wait_for_page(page)
            if chart and "run=" in query:
                open_chart(page)
        return page

    return open_page


@pytest.fixture
def open_components(sound_page):
    """A function that shows the components of a page without Streamlit's front end.

    It costs a third of a page, and so does a change on it. What stands beside the components, Back and slow
    connections are for `open_page`.
    """

    def open_components(query="", path="", ready=".network", app=None, **settings):
        app = app or App(query, path)
        page = sound_page(app=app, **settings)
        page.set_content(app.page)
        page.locator(ready).first.wait_for()
        return page

    return open_components
