"""What a visitor's browser may do under nginx's headers, and what a visitor never sees."""

import http.client
import re
import threading
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.cases import case
from tests.browser.harness import start_server
from tests.deploy.harness import replicas
from tests.deploy.visits import use_one_step, use_training
from tests.hypothesis_profiles import some
from ui.limits import MAX_LINK

MEGABYTE = 1024 * 1024
DETAIL = "what only the operator may read"
TELL = """document.addEventListener("securitypolicyviolation", (event) =>
  window.violated(`${event.effectiveDirective}: ${event.blockedURI}`))"""
# Adds a script of the page's own, as a hole in the page would, and reports which rule stopped it.
INJECT = """() => new Promise((done) => {
  document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective))
  const script = document.createElement("script")
  script.textContent = "window.injected = true"
  document.head.append(script)
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with replicas(1, tmp_path_factory.mktemp("nginx")) as (address, _):
        yield address


@pytest.fixture
def frame(tmp_path):
    """A function that returns the address of a page, of a site or a file, that shows the app in a frame."""
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def frame(address, where):
            path = tmp_path / "lecture.html"
            path.write_text(f"<iframe src='{address}/?embed=true' width=1000 height=800></iframe>")
            return path.as_uri() if where == "file" else f"http://127.0.0.1:{server.server_port}/lecture.html"

        yield frame
        server.shutdown()


def headers(address):
    with urllib.request.urlopen(address) as response:
        return response.headers


def policy(address):
    rules = headers(address)["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in map(str.split, rules)}


def test_the_longest_link_passes(address):
    with urllib.request.urlopen(f"{address}/?W1={'1' * (MAX_LINK - 3)}") as response:
        assert response.status == 200


@pytest.mark.parametrize("path", ["/", "/training", "/favicon.png"])
def test_the_policy_forbids_what_is_not_named_and_names_no_other_host(address, path):
    rules = policy(f"{address}{path}")
    assert rules["default-src"] == ["'none'"]
    scripts = [source for source in rules.pop("script-src") if not source.startswith("'sha256-")]
    assert scripts == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    sources = {source for named in rules.values() for source in named}
    assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}
    assert [name for name, named in rules.items() if "'unsafe-inline'" in named] == ["style-src"]


def test_the_other_headers_are_there(address):
    found = headers(address)
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in found["Permissions-Policy"]


def test_the_pages_work_under_the_policy(browser, address):
    violations, messages = [], []
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    context.expose_function("violated", lambda rule: violations.append(rule))
    context.add_init_script(TELL)
    page = context.new_page()
    page.on("console", lambda message: messages.append(message.text))
    for use in (use_one_step, use_training):
        use(page, address)
        with case(use.__name__):
            assert violations == []
            assert [text for text in messages if "Content Security Policy" in text] == []
    assert page.evaluate(INJECT) == "script-src-elem"
    assert page.evaluate("window.injected") is None
    assert violations == ["script-src-elem: inline"]
    assert [text for text in messages if "Content Security Policy" in text]
    context.close()


@pytest.mark.parametrize("where", some(["file", "site"]))
def test_any_page_may_show_the_app_in_a_frame(browser, address, frame, where):
    page = browser.new_page()
    page.goto(frame(address, where))
    page.frame_locator("iframe").locator(".network").wait_for()
    page.close()


@pytest.mark.parametrize(("megabytes", "refused"), [(5, False), (7, True)])
def test_nginx_refuses_what_the_app_would_not_take(address, megabytes, refused):
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.putrequest("PUT", "/_stcore/upload_file/session/file")
    connection.putheader("Content-Length", str(megabytes * MEGABYTE))
    connection.endheaders()
    if not refused:
        connection.send(bytes(megabytes * MEGABYTE))
    response = connection.getresponse()
    assert (response.status == http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE) is refused
    # Without the token of a page there is no upload.
    assert refused or response.status == http.HTTPStatus.FORBIDDEN
    connection.close()


@pytest.mark.parametrize(("details", "hidden"), some([(None, True), ("full", False)]))
def test_what_went_wrong_is_not_told_to_visitors(browser, tmp_path, details, hidden):
    script = tmp_path / "broken.py"
    script.write_text(f"raise ValueError({DETAIL!r})")
    more = {"STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": details} if details else {}
    with start_server(script, environment=more) as server:
        page = browser.new_page()
        page.goto(server.address)
        alert = page.get_by_test_id("stException")
        alert.wait_for()
        shown = re.findall(f"{DETAIL}|ValueError|Traceback|broken.py", page.content())
        assert bool(shown) is not hidden
        page.close()
