"""Measure what a reader feels, in a real browser on a freshly started server.

    python -m benchmarks.browser

For the default network and for the largest that must stay smooth (6-6-6-6 with biases) it drags several
sliders, two seconds each, and prints medians: drawn frames a second and (in all) frames missed once the film
has arrived, the time from touching the slider to its film, and the times from letting go until tables and
chart have settled. Then the time to the first picture in a fresh browser, beside that of a bare one-line
Streamlit page.
"""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.drags import measure_drags
from tests.browser.harness import open_browser, serve

STARTS = 5
SLIDERS = 8
NETWORKS = {"3-2-1": "", "6-6-6-6": "net=6-6-6-6&seed=3&bias=trained"}


def first_picture(browser: Browser, url: str, selector: str) -> float:
    """Return the seconds from opening `url` in a fresh browser context until `selector` shows."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    start = time.monotonic()
    page.goto(url, wait_until="commit")
    page.locator(selector).first.wait_for()
    seconds = time.monotonic() - start
    context.close()
    return seconds


def print_drags(address: str) -> None:
    """Print a line of medians for each network."""
    print("network    frames/s  slowest  missed  film ms  table ms  chart ms")
    for name, query in NETWORKS.items():
        drags = measure_drags(f"{address}/?{query}", SLIDERS)
        middle = [statistics.median(column) for column in zip(*drags, strict=True)][1:]
        slowest = min(drag.frames_a_second for drag in drags)
        missed = sum(drag.missed for drag in drags)
        times = "".join(f"{value:10.0f}" for value in middle[2:])
        print(f"{name:9}{middle[0]:10.1f}{slowest:9.1f}{missed:8}{times}")


def print_first_pictures(address: str) -> None:
    """Print the median time to the first picture and to a bare page's line, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(
            "import streamlit as st\n\nst.html(\"<p id='line'>One line.</p>\")\n", encoding="utf-8"
        )
        with serve(script) as bare, open_browser() as browser:
            pairs = [
                (first_picture(browser, bare, "#line"), first_picture(browser, address, ".network"))
                for _ in range(STARTS)
            ]
    line, picture = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"first picture {picture:.2f} s, a bare page's line {line:.2f} s, difference {picture - line:.2f} s"
    )


def main() -> None:
    """Print all measurements."""
    with serve() as address:
        print_drags(address)
        print_first_pictures(address)


if __name__ == "__main__":
    main()
