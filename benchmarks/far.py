"""Measure what a reader far away waits for, beside bare pages over the same line in the same run.

    python -m benchmarks.far                                a round trip of 150 ms, 1 % of the segments lost
    python -m benchmarks.far --round-trip 50 --loss 0.1     another line

The line is that of line.py, with the slow start of TCP. One slider's response is a round trip and what the
browser and Streamlit add to it.
"""

import argparse
import asyncio
from contextlib import ExitStack

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from benchmarks import drags, pages
from benchmarks.line import Line
from benchmarks.ratios import Quantity, Row, table
from benchmarks.subjects import Subject, apps, bare, in_turn
from benchmarks.watch import PREPARE, VIEWPORT
from tests.browser.harness import FLAGS, Server, find_browser

ROUNDS = 6
ROUND_TRIP_MS, LOSS_PERCENT = 150.0, 1.0
PATIENCE_MS = 180_000
FIRST, ALL = "first", "all"
OPENED = {
    FIRST: Quantity("first picture", "ms", "one line"),
    ALL: Quantity("all of the page", "ms", "one number box"),
}
AGAIN = Quantity("all of the page, opened again", "ms", "one number box")
# What the last thing on the page is, and on a bare page the only one.
LAST = ".st-key-glossary summary"
BOX = "[data-testid=stNumberInput] input"
WAITED_FOR = (drags.PLAYING, drags.FILM, drags.TABLES, drags.CHART)


async def measure_visits(browser: Browser, app: Subject, rounds: int) -> list[Row]:
    """Open the first page in a fresh browser context, and once more in the same, by turns with bare pages."""
    found = []
    with ExitStack() as servers:
        line, number = (bare(name, app.line) for name in ("line.py", "number.py"))
        watched = {
            line.script.stem: (line, {FIRST: pages.LINE}),
            number.script.stem: (number, {ALL: BOX}),
            app.name: (app, {FIRST: pages.NETWORK, ALL: LAST}),
        }
        running = {name: servers.enter_context(subject.serve()) for name, (subject, _) in watched.items()}
        # The first round of all finds the servers cold, and is left out.
        for turn in range(-1, rounds):
            times: dict[str, dict[str, float]] = {}
            for name in in_turn(list(watched), turn):
                subject, selectors = watched[name]
                for quantity, milliseconds in (await _visit(browser, running[name], selectors)).items():
                    times.setdefault(quantity, {})[subject.name] = milliseconds
            found += [times] if turn >= 0 else []
    quantities = {**OPENED, AGAIN.name: AGAIN}
    return [Row(quantity, [times[name] for times in found]) for name, quantity in quantities.items()]


async def _visit(browser: Browser, server: Server, selectors: dict[str, str]) -> dict[str, float]:
    """Return the milliseconds until what each selector fits shows, and once more for the last of them."""
    width, height = VIEWPORT
    context = await browser.new_context(viewport={"width": width, "height": height})
    times = await _open(context, server, selectors)
    if ALL in selectors:
        times[AGAIN.name] = (await _open(context, server, selectors))[ALL]
    await context.close()
    return times


async def _open(context: BrowserContext, server: Server, selectors: dict[str, str]) -> dict[str, float]:
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.add_init_script(PREPARE)
    for name, selector in selectors.items():
        await page.add_init_script(f"({pages.WATCH_FIRST})({selector!r}, {name!r})")
    await page.goto(server.address, wait_until="commit")
    times = {name: await _noted(page, name) for name in selectors}
    await page.close()
    return times


async def _noted(page: Page, name: str) -> float:
    return float(await (await page.wait_for_function(f"notes.{name}")).json_value())


async def measure(line: Line, rounds: int) -> list[Row]:
    """Return the rows of all that a reader far away waits for."""
    (app,) = apps(None, line)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        rows = await measure_visits(browser, app, rounds)
        wanted = tuple(drags.QUANTITIES[name].name for name in WAITED_FOR)
        rows += [
            row for row in await drags.measure(browser, [app], rounds) if row.quantity.name.endswith(wanted)
        ]
        await browser.close()
    return rows


def main() -> None:
    """Measure over the line of the command line, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--round-trip", type=float, default=ROUND_TRIP_MS, metavar="MS")
    parser.add_argument("--loss", type=float, default=LOSS_PERCENT, metavar="PERCENT", help="of the segments")
    options = parser.parse_args()
    line = Line(options.round_trip / 1000, options.loss / 100)
    print(table(asyncio.run(measure(line, options.rounds))))


if __name__ == "__main__":
    main()
