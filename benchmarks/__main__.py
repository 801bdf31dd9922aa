"""Measure what a reader feels, as ratios to something bare that is measured in the same run.

    python -m benchmarks                   this checkout beside bare pages and plain NumPy
    python -m benchmarks --against PATH    and beside another checkout of the program
    python -m benchmarks --only pages      one part: drags, pages, each, site, start, saved, player or steps
    python -m benchmarks --round-trip 150 --loss 1    over a line of 150 ms with 1 % of its segments lost

What is compared takes turns, round by round, so that an hour in which the machine is slow is slow for all of
it. Printed is the median of the rounds' ratios with its 95 % interval, and the medians that they come from.
Of everything, less is better. Another checkout runs with the packages of this one.
"""

import argparse
import asyncio
from pathlib import Path

from playwright.async_api import async_playwright

from benchmarks import cores, drags, pages, player
from benchmarks.line import Line
from benchmarks.ratios import Row, table, verdict
from benchmarks.subjects import Subject, apps
from tests.browser.harness import FLAGS, find_browser

ROUNDS = 9
IN_A_BROWSER = {
    "drags": drags.measure,
    "pages": pages.measure_open,
    "each": pages.measure_each,
    "site": pages.measure_site,
    "start": pages.measure_start,
    "saved": pages.measure_saved,
    "player": player.measure,
}
STEPS = "steps"


async def measure(subjects: list[Subject], parts: list[str], rounds: int) -> list[Row]:
    """Return the rows of some parts."""
    rows: list[Row] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for part, measure_part in IN_A_BROWSER.items():
            rows += await measure_part(browser, subjects, rounds) if part in parts else []
        await browser.close()
    return rows + (cores.measure(subjects, rounds) if STEPS in parts else [])


def main() -> None:
    """Measure by the options of the command line, and print the table."""
    parts = [*IN_A_BROWSER, STEPS]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--against", type=Path, metavar="PATH", help="another checkout of the program")
    parser.add_argument("--only", choices=parts, action="append", help="a part; may be given several times")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    parser.add_argument("--round-trip", type=float, default=0, metavar="MS", help="of a line to the servers")
    parser.add_argument("--loss", type=float, default=0, metavar="PERCENT", help="of the segments on it")
    options = parser.parse_args()
    line = Line(options.round_trip / 1000, options.loss / 100) if options.round_trip or options.loss else None
    other = options.against and options.against.resolve()
    if other and not (other / "app.py").is_file():
        parser.error(f"--against must be a checkout of the program, but {other} has no app.py")
    rows = asyncio.run(measure(apps(other, line), options.only or parts, options.rounds))
    print(table(rows))
    if other:
        print(verdict(rows))


if __name__ == "__main__":
    main()
