"""What nginx lets through, passes on and counts, in front of servers that send back what they got."""

import http.client
import json
import re
import socket
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.deploy.harness import CONFIGURATION, start_nginx
from ui.limits import MAX_LINK

FEW = 3
CLASS = 200


class Replica(BaseHTTPRequestHandler):
    """Sends back the headers it got, redirects as Streamlit does, and keeps WebSockets open."""

    def do_GET(self):
        if self.headers["Upgrade"]:
            self.send_response(http.HTTPStatus.SWITCHING_PROTOCOLS)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            self.rfile.read()
            return
        path, _, query = self.path.partition("?")
        redirected = path.endswith("/") and path != "/"
        self.send_response(http.HTTPStatus.MOVED_PERMANENTLY if redirected else http.HTTPStatus.OK)
        self.send_header("Cache-Control", "no-cache")
        if redirected:
            self.send_header("Location", f"{path.rstrip('/')}?{query}")
        self.end_headers()
        self.wfile.write(json.dumps(dict(self.headers)).encode())

    do_PUT = do_GET  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def replica():
    with ThreadingHTTPServer(("127.0.0.1", 0), Replica) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def address(replica, tmp_path_factory):
    with start_nginx([replica, replica], tmp_path_factory.mktemp("nginx"), lessen) as address:
        yield address


def lessen(text):
    """Let the limits of an address be reached by few."""
    text, count = re.subn(r"(limit_conn pages |burst=)\d+", rf"\g<1>{FEW}", text)
    text, rates = re.subn(r"rate=\d+r/s", "rate=1r/m", text)
    assert (count, rates) == (3, 2)
    return text


def request(address, path, method="GET", **headers):
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def passed_on(address, name, **headers):
    return json.loads(request(address, "/", **headers)[1]).get(name)


def open_page(address, visitor):
    """Open a WebSocket; return it and the status."""
    host, port = address.removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)), timeout=10)
    connection.sendall(
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: {visitor}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n".encode()
    )
    return connection, int(connection.recv(1000).split()[1])


def test_an_address_has_a_bounded_number_of_pages_and_takes_none_from_another(address):
    with ExitStack() as stack:
        status = []
        for visitor in ["192.0.2.1"] * (FEW + 1) + ["192.0.2.2"]:
            connection, code = open_page(address, visitor)
            stack.enter_context(connection)
            status.append(code)
        assert status == [101] * FEW + [429, 101]
        assert request(address, "/", X_Forwarded_For="192.0.2.1")[0].status == http.HTTPStatus.OK


def test_an_address_opens_pages_at_a_bounded_rate(address):
    status = []
    for _ in range(FEW + 2):
        connection, code = open_page(address, "192.0.2.3")
        connection.close()
        status.append(code)
    assert status[0] == http.HTTPStatus.SWITCHING_PROTOCOLS
    assert status[-1] == http.HTTPStatus.TOO_MANY_REQUESTS


def test_an_address_uploads_at_a_bounded_rate(address):
    def upload(visitor):
        path = "/_stcore/upload_file/session/file"
        return request(address, path, method="PUT", X_Forwarded_For=visitor)[0].status

    assert [upload("192.0.2.4") for _ in range(FEW + 2)] == [200] * (FEW + 1) + [429]
    assert upload("192.0.2.5") == http.HTTPStatus.OK


def test_the_limits_of_an_address_leave_room_for_a_class():
    text = CONFIGURATION.read_text(encoding="utf-8")
    pages, openings, uploads = map(int, re.findall(r"(?:limit_conn pages |burst=)(\d+)", text))
    assert pages > CLASS
    assert openings >= pages
    assert uploads > 1


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "//_stcore/metrics", "/_stcore/%6detrics", "/a/../_stcore/metrics"]
)
def test_the_metrics_are_closed(address, path):
    assert request(address, path)[0].status == http.HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("given", "kept"), [("https", "https"), ("http", "http"), ("", "http"), ("else", "http")]
)
def test_the_scheme_that_an_outer_proxy_names_is_kept(address, given, kept):
    headers = {"X_Forwarded_Proto": given} if given else {}
    assert passed_on(address, "X-Forwarded-Proto", **headers) == kept


def test_a_redirect_of_the_longest_link_passes(address):
    link = f"W1={'1' * (MAX_LINK - 3)}"
    response, _ = request(address, f"/training/?{link}")
    assert response.headers["Location"] == f"/training?{link}"


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "no-cache"),
        ("/component/ui.components.declare.modules/live_network.1a2b3c4d.js", "max-age=31536000"),
        ("/component/other/index.html", "no-cache"),
        ("/component/modules/live_network.1a2b3c4d.js/", "no-cache"),
    ],
)
def test_a_browser_keeps_the_code_of_components_and_the_rest_as_streamlit_has_it(address, path, kept):
    response, _ = request(address, path, X_Forwarded_For="203.0.113.77")
    (value,) = response.headers.get_all("Cache-Control")
    assert kept in value
