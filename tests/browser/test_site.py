"""The demo on a plain file server, below a path, with nothing else to be reached."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from deploy.site import main
from tests.browser.cases import case
from tests.browser.test_accessibility import faults
from tests.browser.test_sharing import drag

PATH = "/courses/2026/demo/"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the index: its folder lies below others, as at a host with many sites."""
    root = tmp_path_factory.mktemp("host")
    main([str(root / PATH.strip("/"))])
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PATH}"
        server.shutdown()


@pytest.fixture
def open_site(browser, site):
    """A function that opens the index; no page may request anything elsewhere, or log an error."""
    contexts, unwanted = [], []

    def note_error(message):
        if message.type == "error":
            unwanted.append(message.text)

    def refuse_others(route):
        if route.request.url.startswith(site):
            route.continue_()
        else:
            unwanted.append(route.request.url)
            route.abort()

    def open_site(**settings):
        context = browser.new_context(**settings)
        contexts.append(context)
        context.route("**/*", refuse_others)
        page = context.new_page()
        page.on("pageerror", lambda error: unwanted.append(str(error)))
        page.on("console", note_error)
        page.goto(site)
        return page

    yield open_site
    for context in contexts:
        context.close()
    assert unwanted == []


def test_from_the_index_to_a_question_that_moves_and_on_to_a_run_that_plays(open_site):
    page = open_site(viewport={"width": 1366, "height": 768})
    page.get_by_role("link", name="Where does the 2 of the square go?").click()
    page.locator(".network").wait_for()
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why backward and not forward?")
    unit = page.locator(".network [data-id='n1.1']")
    before = "Unit h1: activation 0.5597136492671929, δ −0.0007080221865494136"
    expect(unit).to_have_attribute("aria-label", before)
    drag(page, "w2.1.1", 0.8)
    expect(unit).not_to_have_attribute("aria-label", before)
    page.get_by_role("link", name="Trained runs").click()
    page.get_by_role("link", name="Spiral").click()
    step = page.locator(".player .reading dd").first
    expect(step).to_have_text("3,000")
    page.get_by_role("button", name="Play").click()
    expect(step).not_to_have_text("3,000")
    page.get_by_role("link", name="Backprop Explorer").click()
    expect(page).to_have_title("Backprop Explorer")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone(open_site, scheme):
    page = open_site(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    for name in ("", "Mazur, 2-2-2", "What is a dead ReLU?", "Digits"):
        with case(name or "index"):
            if name:
                page.get_by_role("link", name=name).click()
                page.locator(".network, .player .reading").first.wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            links = page.locator(":is(nav.site, .lists) a")
            heights = links.evaluate_all("nodes => nodes.map((node) => node.getBoundingClientRect().height)")
            assert min(heights) >= 24
            if name:
                page.go_back()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_faults(open_site, scheme):
    # The rules are run within the page, whose policy allows its own scripts alone.
    page = open_site(viewport={"width": 1366, "height": 768}, color_scheme=scheme, bypass_csp=True)
    found = {"index": faults(page)}
    for name in ("Mazur, 2-2-2", "What is a dead ReLU?", "Digits"):
        page.get_by_role("link", name=name).click()
        page.locator(".network, .player .reading").first.wait_for()
        found[name] = faults(page)
        page.go_back()
    assert {name: some for name, some in found.items() if some} == {}
