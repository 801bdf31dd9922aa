"""The image's command, run by a user without rights where nothing can be written, sends nothing out."""

import ipaddress
import re
import socket
import urllib.request
from pathlib import Path

import pytest

from tests.browser.harness import open_browser
from tests.deploy.container import arguments, make_container, start
from tests.deploy.visits import open_one_step, open_training, type_number, upload_table

WATCH = Path(__file__).parent / "watch"
# The browser finds no other host, so that a page that requests one is noticed.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    return make_container(tmp_path_factory.mktemp("image"), {"PYTHONPATH": str(WATCH)})


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    return tmp_path_factory.mktemp("output") / "log"


@pytest.fixture(scope="module")
def server(container, output):
    with start(container, output) as server:
        yield server


def hosts_requested(text):
    """The hosts that a watched process wrote down, other than this machine."""
    hosts = re.findall(r"^watched: \S+ (.+)$", text, re.MULTILINE)
    return {host for host in hosts if host not in {"None", "localhost"} and not is_loopback(host)}


def is_loopback(host):
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def health(container, port):
    return container.run([word.replace("8501", str(port)) for word in arguments("HEALTHCHECK")]).returncode


def test_the_health_check_tells_a_running_server_from_none(container, server):
    _, port = server
    assert health(container, port) == 0
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert health(container, unused.getsockname()[1]) != 0


def test_the_page_is_served(server):
    address, _ = server
    with urllib.request.urlopen(address) as response:
        assert b'<div id="root">' in response.read()


@pytest.mark.parametrize("place", ["app.py", ".", "/var/tmp"])  # noqa: S108
def test_nothing_can_be_written_where_it_runs(container, place):
    if not container.isolated:
        pytest.skip("this machine gives no mount namespaces to this user")
    assert container.run(["python", "-c", "import tempfile; tempfile.TemporaryFile()"]).returncode == 0
    new = f"tempfile.mkstemp(dir={place!r})" if place != "app.py" else f"open({place!r}, 'a')"
    refused = container.run(["python", "-c", f"import tempfile; {new}"])
    assert "Read-only file system" in refused.stderr
    assert container.run(["id", "--user"]).stdout.strip() == "1000"


def test_neither_the_pages_nor_the_server_ask_anything_of_another_host(server, output):
    address, _ = server
    requested, failed = [], []

    def note_failed(request):
        # What a page still loads when it is left.
        if request.failure != "net::ERR_ABORTED":
            failed.append(request.url)

    with open_browser(ALONE) as browser:
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.on("request", lambda request: requested.append(request.url))
        page.on("websocket", lambda websocket: requested.append(websocket.url))
        page.on("requestfailed", note_failed)
        open_one_step(page, address)
        type_number(page, "w1.1.1", "0.25")
        open_training(page, address, "data=own")
        upload_table(page)
        host = address.removeprefix("http://")
        ours = re.compile(rf"(blob:)?(http|ws)://{re.escape(host)}/|data:")
        assert [url for url in requested if not ours.match(url)] == []
        assert [url for url in failed if ours.match(url) and not url.startswith("data:")] == []
        assert any(url.startswith("ws:") for url in requested)
        page.evaluate("fetch('http://example.invalid/').catch(() => null)")
        assert "http://example.invalid/" in requested
        assert "http://example.invalid/" in failed
    assert hosts_requested(output.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "script",
    [
        # A datagram socket that connects sends nothing.
        "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))",
        "import socket; socket.getaddrinfo('192.0.2.1', 80)",
    ],
)
def test_a_process_that_asks_another_host_is_noticed(container, script):
    assert hosts_requested(container.run(["python", "-c", script]).stderr) == {"192.0.2.1"}


def test_another_site_s_page_cannot_make_the_server_ask_another_host(server, output):
    _, port = server
    before = len(output.read_text(encoding="utf-8"))
    request = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://elsewhere.example\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request.encode())
        assert b" 403 " in connection.recv(1000).splitlines()[0]
    requested = hosts_requested(output.read_text(encoding="utf-8")[before:])
    # Named to a datagram socket to learn which of its own addresses the machine would use; nothing is sent.
    assert requested <= {"8.8.8.8"}
