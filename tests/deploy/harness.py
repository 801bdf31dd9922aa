"""The nginx of deploy/nginx.conf in front of servers on this machine."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser.harness import ROOT, Server, free_port, start_server, wait_until_healthy

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
SECRET = {"STREAMLIT_SERVER_COOKIE_SECRET": "the same on all replicas"}
_ESTABLISHED = "01"
_RESOLVES = (1, 27, 3)


def find_nginx() -> str | None:
    """Return the path of an nginx on this machine; None when there is none."""
    # Debian keeps servers out of the path of everyone but root.
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"]))


def resolves(program: str) -> bool:
    """Return whether an nginx looks up the names of its upstream servers again while it runs."""
    shown = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    version = re.search(r"nginx/(\d+)\.(\d+)\.(\d+)", shown)
    assert version
    return tuple(map(int, version.groups())) >= _RESOLVES


def configuration(ports: Sequence[int], port: int, folder: Path, *, resolve: bool) -> str:
    """Return deploy/nginx.conf with other addresses, and files of its own in `folder`, else as it is.

    `resolve` is whether the nginx can look up names again; for an older one that is left out.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")
    if not resolve:
        text = text.replace(" resolve ", " ")
    for replica, place in enumerate(ports, start=1):
        text, found = re.subn(rf"\bapp{replica}:8501\b", f"127.0.0.1:{place}", text)
        assert found == 1
    text, found = re.subn(r"\blisten 8080;", f"listen 127.0.0.1:{port};", text)
    assert found == 1
    return text.replace("/tmp/nginx", str(folder / "nginx"))  # noqa: S108


def need_nginx() -> str:
    """Return the path of an nginx; a test that needs one is skipped where there is none, but not in CI."""
    program = find_nginx()
    if not program and not os.environ.get("CI"):
        pytest.skip("there is no nginx on this machine")
    assert program
    return program


@contextmanager
def start_nginx(
    ports: Sequence[int], folder: Path, change: Callable[[str], str] = lambda text: text
) -> Iterator[str]:
    """Start nginx in front of two ports, with `change` made to its configuration; yield its address."""
    program = need_nginx()
    port = free_port()
    file = folder / "nginx.conf"
    text = configuration(ports, port, folder, resolve=resolves(program))
    file.write_text(change(text), encoding="utf-8")
    command = [program, "-c", str(file), "-e", str(folder / "error.log")]
    # Another user's workers could not enter the folder of a test.
    command += ["-g", "daemon off; user root;"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(address, process)
            yield address
        finally:
            process.terminate()


@contextmanager
def replicas(count: int, folder: Path) -> Iterator[tuple[str, list[Server]]]:
    """Start `count` servers behind nginx; yield nginx's address and the servers."""
    need_nginx()
    with ExitStack() as stack:
        servers = [stack.enter_context(start_server(environment=SECRET)) for _ in range(count)]
        # A test with one server gives both places to it.
        ports = [server.port for server in servers] * (2 // count)
        yield stack.enter_context(start_nginx(ports, folder)), servers


def connections(port: int) -> int:
    """Return how many connections to a port of this machine are open, from its side."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text(encoding="utf-8").splitlines()[1:]]
    return sum(int(row[1].split(":")[1], 16) == port and row[3] == _ESTABLISHED for row in rows)
