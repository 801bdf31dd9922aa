"""Measure what a reader feels, in a real browser on a freshly started server.

    python -m benchmarks.browser

For the default network and for the largest that must stay smooth (6-6-6-6 with biases) it drags several
sliders, two seconds each, and prints medians: drawn frames a second and (in all) frames missed once the film
has arrived, the time from touching the slider to its film, and the times from letting go until tables and
chart have settled. Then the time to the first picture in a fresh browser, beside that of a bare one-line
Streamlit page; the same from the start of the server on; from opening a page saved as a file until its
picture; from the click on Train until 5,000 steps of 2-4-2-1 on 250 samples can be played; and the
frames a second that a film of 2-8-8-1 plays and is scrubbed at.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page

from core.examples import DEFAULT_EXAMPLE
from tests.browser.drags import FIND_DEEP, measure_drags
from tests.browser.harness import open_browser, serve
from ui.export.saved_page import network_page
from ui.links.view import View

STARTS = 5
PRESSES = 7
PLAY_SECONDS = 4
SLIDERS = 8
# After some steps, so that there is a chart.
NETWORKS = {"3-2-1": "run=10", "6-6-6-6": "net=6-6-6-6&seed=3&bias=trained&run=10"}

# Notes, with the browser's clock, when something that the selector fits first has a width; Playwright itself
# looks only every half second.
WATCH_FIRST = """(selector) => {
  const look = () => {
    if (findDeep(document, selector)?.getBoundingClientRect().width) window.shownAfter = performance.now()
    else requestAnimationFrame(look)
  }
  look()
}"""


def first_picture(browser: Browser, url: str, selector: str) -> float:
    """Return the seconds from opening `url` in a fresh browser context until `selector` shows."""
    # A saved page forbids it to evaluate strings, as Playwright does to wait.
    context = browser.new_context(viewport={"width": 1366, "height": 768}, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(FIND_DEEP)
    page.add_init_script(f"({WATCH_FIRST})({json.dumps(selector)})")
    page.goto(url, wait_until="commit")
    milliseconds = page.wait_for_function("window.shownAfter").json_value()
    context.close()
    return float(milliseconds) / 1000


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


def print_start() -> None:
    """Print the median time from starting a server to the first picture in a fresh browser."""
    seconds = []
    with open_browser() as browser:
        for _ in range(STARTS):
            start = time.monotonic()
            with serve() as address:
                started = time.monotonic() - start
                seconds.append(started + first_picture(browser, address, ".network"))
    print(f"from streamlit run to the first picture {statistics.median(seconds):.2f} s")


def print_saved_page() -> None:
    """Print the median time from opening a saved page of the default network to its first picture."""
    exercise = DEFAULT_EXAMPLE.exercise
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        file = Path(folder) / "saved.html"
        file.write_text(network_page(exercise, View(), "One step", "https://example.org"), encoding="utf-8")
        times = [first_picture(browser, file.as_uri(), ".network") for _ in range(STARTS)]
    size = len(network_page(exercise, View(), "", "").encode()) / 1e6
    print(f"a saved page ({size:.2f} MB) shows its picture after {statistics.median(times):.2f} s")


# Notes, with the browser's clock: when Train was clicked and when the player first said that it stands at the
# last of 5,000 steps; and, for every frame, whether the player was repainted since the one before.
WATCH_TRAINING = """() => {
  const notes = { click: 0, ready: 0, ticks: [] }
  window.notes = notes
  document.addEventListener("click", () => (notes.click = performance.now()), true)
  let painted = false
  const draw = CanvasRenderingContext2D.prototype.drawImage
  CanvasRenderingContext2D.prototype.drawImage = function (...args) {
    painted = true
    return draw.apply(this, args)
  }
  const tick = (now) => {
    const text = findDeep(document, ".player .reading dd")?.innerText ?? ""
    if (text.startsWith("5,000") && !notes.ready) notes.ready = performance.now()
    notes.ticks.push([now, painted])
    painted = false
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}"""

# Drags along the timeline, to and fro, by one move of the pointer a frame.
SCRUB = """(seconds) => new Promise((done) => {
  const track = findDeep(document, ".player [role=slider]")
  const box = track.getBoundingClientRect()
  track.setPointerCapture = track.releasePointerCapture = () => {}
  track.hasPointerCapture = () => true
  const at = (kind, part) => track.dispatchEvent(new PointerEvent(kind, {
    bubbles: true, pointerId: 1, isPrimary: true, button: 0, buttons: 1,
    clientX: box.left + 10 + (box.width - 20) * part, clientY: box.top + box.height / 2,
  }))
  at("pointerdown", 0)
  const start = performance.now()
  const move = (now) => {
    const turns = (now - start) / 1500
    at("pointermove", Math.abs((turns % 2) - 1))
    if (now - start < 1000 * seconds) return requestAnimationFrame(move)
    at("pointerup", 0.5)
    done()
  }
  requestAnimationFrame(move)
})"""


def training_page(browser: Browser, address: str, query: str) -> Page:
    """Open the Training page, watched, and wait until everything on it has come."""
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.add_init_script(FIND_DEEP)
    page.goto(f"{address}/training?{query}")
    page.locator(".player .reading").first.wait_for()
    page.locator(".js-plotly-plot").wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH_TRAINING)
    return page


def click_to_playable(page: Page) -> float:
    """Return the seconds from the click on Train until the run can be played; then go back to the start."""
    page.evaluate("Object.assign(window.notes, { click: 0, ready: 0 })")
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("window.notes.ready > 0")
    seconds = page.evaluate("(window.notes.ready - window.notes.click) / 1000")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_timeout(1500)
    return float(seconds)


def frames_a_second(page: Page) -> float:
    """Return how many frames a second were painted."""
    ticks = page.evaluate("window.notes.ticks")
    painted = [time for time, dirty in ticks if dirty]
    return 1000 * (len(painted) - 1) / (painted[-1] - painted[0]) if len(painted) > 1 else 0.0


def print_training(address: str) -> None:
    """Print the time from click to playable, and the frames a second of the player."""
    with open_browser() as browser:
        page = training_page(browser, address, "budget=5000")
        times = [click_to_playable(page) for _ in range(PRESSES)]
        print(f"click to playable, 5,000 steps of 2-4-2-1: {statistics.median(times):.2f} s")
        page.close()
        page = training_page(browser, address, "steps=3000&hidden=8-8")
        page.evaluate("window.notes.ticks.length = 0")
        page.get_by_role("button", name="Play").click()
        page.wait_for_timeout(1000 * PLAY_SECONDS)
        playing = frames_a_second(page)
        page.get_by_role("button", name="Pause").click()
        page.wait_for_timeout(1000)
        page.evaluate("window.notes.ticks.length = 0")
        page.evaluate(SCRUB, PLAY_SECONDS)
        print(f"2-8-8-1 plays at {playing:.0f} frames/s and scrubs at {frames_a_second(page):.0f}")


def main() -> None:
    """Print all measurements."""
    with serve() as address:
        print_drags(address)
        print_first_pictures(address)
        print_training(address)
    print_start()
    print_saved_page()


if __name__ == "__main__":
    main()
