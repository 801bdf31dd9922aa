import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from deno import find_deno_bin
from playwright.sync_api import Browser, expect

from tests.browser.harness import open_browser
from tests.hypothesis_profiles import load_profile

load_profile()
# As long as Playwright's other waits: a machine may be busy with more than these tests.
expect.set_options(timeout=30_000)
# The folders whose tests drive a browser or start a server.
SERVED = {"browser", "deploy", "load"}
# All pages of a context share a process, which has read Streamlit's scripts before. Nothing runs for long
# enough to be worth the last of the optimizing compilers, which would work beside it on the other core.
FLAGS = ("--process-per-site", "--js-flags=--no-opt")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark every test of the folders that `make check` leaves out, so that no file can forget to."""
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if folder in SERVED:
        item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the browser of all tests that need no other flags."""
    with open_browser(*FLAGS) as browser:
        yield browser


@pytest.fixture(scope="session")
def run_javascript() -> Callable[[str, Any], Any]:
    """Return a function that runs a script of tests/javascript: JSON on its input, JSON on its output."""

    def run(script: str, sent: Any) -> Any:
        path = Path(__file__).parent / "javascript" / script
        command = [find_deno_bin(), "run", "--quiet", "--no-config", "--no-remote", str(path)]
        done = subprocess.run(command, input=json.dumps(sent), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
