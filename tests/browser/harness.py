"""A freshly started server and a real browser, for tests and benchmarks."""

import asyncio
import atexit
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from ui.one_step.curve import CHART

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
# The same engine without windows, which nobody sees here: a fifth of the work of opening a page.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# For each window Chromium builds pages for the list below its address bar, which nobody sees here: a third of
# the work of opening a page. The rest is what Playwright turns off, as only the last list counts.
DISABLED = [
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
FLAGS = [
    f"--disable-features={','.join(DISABLED)}",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# To be there before the page: finds what lies in shadow trees too.
FIND_DEEP = """globalThis.findDeep = (root, selector) =>
  root.querySelector(selector) ??
  [...root.querySelectorAll("*")]
    .map((node) => node.shadowRoot && findDeep(node.shadowRoot, selector))
    .find(Boolean)"""

# As Back does; resolves once the run that it requests has ended. A page of components has its own way. That
# it runs shows only where the browser has drawn between the beginning and the end of the run.
GO_TO = """query => globalThis.goTo?.(query) ?? new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`no run for ${query} has ended`)), 30_000)
  const { dataset } = document.querySelector(".stApp")
  const isAtRest = () => dataset.testScriptState === "notRunning"
  let isGone = false
  let hasEnded = false
  const watch = new MutationObserver(follow)
  watch.observe(document.querySelector(".stApp"), { attributes: true })
  follow()

  // A run that is under way would be ended by the one for the query, with no rest between the two.
  function follow() {
    if (!isGone && isAtRest()) {
      isGone = true
      document.addEventListener("backprop-explorer-run-ends", end, { once: true })
      // The page has its own pushState, for what late responses bring: behind Back it lets them wait.
      History.prototype.pushState.call(history, {}, "", `?${query}`)
      dispatchEvent(new PopStateEvent("popstate"))
    }
    if (hasEnded && isAtRest()) {
      watch.disconnect()
      done()
    }
  }

  function end() {
    requestAnimationFrame(() => {
      hasEnded = true
      follow()
    })
  }
})"""


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine, from $CHROMIUM or the path; None to use Playwright's."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(NamedTuple):
    """A running server: its address, its port and its process."""

    address: str
    port: int
    process: subprocess.Popen[bytes]


@contextmanager
def serve(script: Path = ROOT / "app.py") -> Iterator[str]:
    """Start a server process for `script` and yield its address; nobody has visited it yet."""
    with start_server(script) as server:
        yield server.address


@contextmanager
def start_server(
    script: Path = ROOT / "app.py",
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    base: str = "",
) -> Iterator[Server]:
    """Start a server for `script` in `folder`, with more variables in its environment, and yield it.

    What it serves lies below the path `base`.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1", "--server.fileWatcherType=none"]
    command += [f"--server.baseUrlPath={base}"]
    environment = {**os.environ, **(environment or {})}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet, env=environment) as process:
        try:
            address = f"http://127.0.0.1:{port}{base}"
            wait_until_healthy(address, process)
            yield Server(address, port, process)
        finally:
            process.terminate()


def wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers that it is healthy; raises RuntimeError when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server at {address} did not start")


@contextmanager
def open_browser(*flags: str) -> Iterator[Browser]:
    """Start a headless browser, with more flags on its command line."""
    browser = _playwright().chromium.launch(executable_path=find_browser(), args=[*FLAGS, *flags])
    try:
        yield browser
    finally:
        browser.close()


@lru_cache(maxsize=1)
def _playwright() -> Playwright:
    """Start Playwright, once for all browsers of a process: two in one thread it refuses."""
    playwright = sync_playwright().start()
    atexit.register(playwright.stop)
    return playwright


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: in this one Playwright's event loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def wait_for_network(page: Page) -> None:
    """Wait until the live network has been drawn and everything after it has come."""
    page.locator(".network").wait_for()
    wait_for_page(page)


def wait_for_page(page: Page) -> None:
    """Wait for what comes last on the One step page: the folded chart of the loss."""
    page.locator(f".st-key-{CHART}").wait_for()


def go_to(page: Page, query: str) -> None:
    """Show another query string on the page that is there: a third of the work of loading a page for it."""
    page.evaluate(GO_TO, query)


def open_chart(page: Page) -> None:
    """Unfold the chart of the loss on the One step page, and wait for it."""
    page.locator(f".st-key-{CHART} summary").click()
    page.locator(".js-plotly-plot").wait_for()


def scroll_to_charts(page: Page) -> None:
    """Scroll the charts of the Training page into sight, which are drawn then, and wait for one."""
    page.get_by_role("radiogroup", name="Chart").scroll_into_view_if_needed()
    page.locator(".js-plotly-plot").first.wait_for()
