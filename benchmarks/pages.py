"""How soon pages show something: opened on a running server, on one that starts, and saved as a file."""

import json
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser

from benchmarks.process import processor_seconds
from benchmarks.ratios import BARE, Quantity, Row
from benchmarks.subjects import BARE_PAGES, Subject, bare, in_turn
from benchmarks.watch import PREPARE, open_watched
from deploy.site import main as write_site
from tests.browser.harness import Server

NETWORK, LINE = ".network", "#line"
# Each page of the app, by its path, with what it shows first of what it is for.
FIRST_OF = {
    "": NETWORK,
    "training": ".player canvas",
    "check_working": NETWORK,
    "exercise": NETWORK,
    "class_view": "textarea",
    "worked_examples": "[data-testid=stExpander]",
    "questions": ".st-key-questions_0 button",
    "questions?question=delta-or-gradient": NETWORK,
}

# Notes, with the browser's clock, when something that the selector fits first has a width; Playwright itself
# looks only every half second.
WATCH_FIRST = """(selector, note = "shown") => {
  const look = () => {
    if (findDeep(document, selector)?.getBoundingClientRect().width) notes[note] = performance.now()
    else requestAnimationFrame(look)
  }
  look()
}"""


FILE_BYTES = """performance.getEntriesByType("navigation")
  .concat(performance.getEntriesByType("resource"))
  .reduce((sum, file) => sum + file.encodedBodySize, 0)"""

VISIT = (
    Quantity("first picture", "ms", "one line"),
    Quantity("processor, a page opened", "ms", "one line"),
    Quantity("first page, messages", "bytes", "one line"),
    Quantity("first page, files", "bytes", "one line"),
)


async def measure_open(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Open the first page in a fresh browser context, by turns with a bare page."""
    found = []
    with ExitStack() as servers:
        running = {
            subject: servers.enter_context(subject.serve())
            for subject in (bare("line.py", apps[0].line), *apps)
        }
        # The first round of all finds the servers cold, and is left out.
        for number in range(-1, rounds):
            visits = {
                subject.name: await _visit(browser, running[subject], _first(subject))
                for subject in in_turn(list(running), number)
            }
            found += [visits] if number >= 0 else []
    return [
        Row(quantity, [{subject: visit[place] for subject, visit in visits.items()} for visits in found])
        for place, quantity in enumerate(VISIT)
    ]


async def _visit(browser: Browser, server: Server, selector: str) -> tuple[float, ...]:
    """Return what a visit takes, in the order of VISIT."""
    used = processor_seconds(server.process.pid)
    watched = await open_watched(browser, server, "", _watch_first(selector))
    # At the other end of a long line a page seems to rest before it has come.
    await watched.page.wait_for_function("notes.shown")
    await watched.settle()
    used = processor_seconds(server.process.pid) - used
    shown = (await watched.notes())["shown"]
    files = await watched.page.evaluate(FILE_BYTES)
    await watched.page.close()
    return shown, 1000 * used, watched.received, files


async def measure_each(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Open every page in a fresh browser context, by turns with a bare page."""
    found = []
    with ExitStack() as servers:
        addresses = {
            subject.name: servers.enter_context(subject.serve()).address
            for subject in (bare("line.py", apps[0].line), *apps)
        }
        # The first round of all finds the servers cold, and is left out.
        for number in range(-1, rounds):
            times: dict[str, dict[str, float]] = {path: {} for path in FIRST_OF}
            for path in in_turn(list(FIRST_OF), number):
                for name in in_turn(list(addresses), number):
                    url = addresses[name] if name == BARE else f"{addresses[name]}/{path}"
                    selector = LINE if name == BARE else FIRST_OF[path]
                    times[path][name] = await first_picture(browser, url, selector)
            found += [times] if number >= 0 else []
    return [
        Row(Quantity(f"first picture of /{path}", "ms", "one line"), [times[path] for times in found])
        for path in FIRST_OF
    ]


async def measure_site(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Open every page of the demo without a server, by turns with a bare file; a round's slowest counts."""
    with TemporaryDirectory() as folder:
        slowest: list[dict[str, float]] = []
        write_site([folder])
        for number in range(-1, rounds):
            times = {}
            for file in in_turn([BARE_PAGES / "line.html", *sorted(Path(folder).glob("*.html"))], number):
                selector = LINE if file.parent == BARE_PAGES else "svg"
                times[file] = await first_picture(browser, file.as_uri(), selector)
            alone = times.pop(BARE_PAGES / "line.html")
            slowest += [{BARE: alone, apps[0].name: max(times.values())}] if number >= 0 else []
    return [Row(Quantity("slowest page of the site to first picture", "ms", "a file of one line"), slowest)]


async def measure_start(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Start a server and open its first page, by turns with that of a bare page."""
    found = []
    for number in range(rounds):
        times = {}
        for subject in in_turn([bare("line.py", apps[0].line), *apps], number):
            start = time.monotonic()
            with subject.serve() as server:
                started = 1000 * (time.monotonic() - start)
                times[subject.name] = started + await first_picture(browser, server.address, _first(subject))
        found.append(times)
    return [Row(Quantity("start of the server to first picture", "ms", "one line"), found)]


async def measure_saved(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Open the page that the app saves as one file, by turns with a bare file."""
    with TemporaryDirectory() as folder:
        files = {BARE: BARE_PAGES / "line.html"}
        for app in apps:
            files[app.name] = await _save(browser, app, Path(folder) / f"{app.name}.html")
        found = []
        for number in range(-1, rounds):
            times = {}
            for name in in_turn(list(files), number):
                selector = LINE if name == BARE else NETWORK
                times[name] = await first_picture(browser, files[name].as_uri(), selector)
            found += [times] if number >= 0 else []
        sizes = {name: float(file.stat().st_size) for name, file in files.items() if name != BARE}
    return [
        Row(Quantity("saved page to first picture", "ms", "a file of one line"), found),
        Row(Quantity("saved page", "bytes"), [sizes]),
    ]


async def first_picture(browser: Browser, url: str, selector: str) -> float:
    """Return the milliseconds from opening `url` in a fresh browser context until `selector` shows."""
    # A saved page forbids it to evaluate strings, as Playwright does to wait.
    context = await browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = await context.new_page()
    await page.add_init_script(PREPARE)
    await page.add_init_script(_watch_first(selector))
    await page.goto(url, wait_until="commit")
    milliseconds = await (await page.wait_for_function("window.notes.shown")).json_value()
    await context.close()
    return float(milliseconds)


async def _save(browser: Browser, app: Subject, file: Path) -> Path:
    """Save the first page of an app as a file, as its visitors do."""
    with app.serve() as server:
        page = (await open_watched(browser, server, "")).page
        await page.get_by_role("button", name="Share").click()
        await page.get_by_role("tab", name="Save").click()
        async with page.expect_download() as download:
            await page.get_by_role("button", name="Save as web page").click()
        await (await download.value).save_as(file)
        await page.close()
    return file


def _watch_first(selector: str) -> str:
    return f"({WATCH_FIRST})({json.dumps(selector)})"


def _first(subject: Subject) -> str:
    """Return the selector of what the first picture of a subject shows."""
    return LINE if subject.name == BARE else NETWORK
