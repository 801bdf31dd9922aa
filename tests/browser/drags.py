"""Drags a reader could make, with the browser's own notes of what was drawn and when."""

import asyncio
import math
from collections.abc import Iterator
from itertools import cycle, islice, pairwise
from typing import Any, NamedTuple

from playwright.async_api import Locator, Page, async_playwright

from tests.browser.harness import FLAGS, find_browser, run_apart
from ui.one_step.curve import NO_CURVE

DRAG_SECONDS = 2.0
MOVES_A_SECOND = 120
PIXELS_A_MOVE = 2

# To be there before the page: finds what lies in shadow trees too.
FIND_DEEP = """globalThis.findDeep = (root, selector) =>
  root.querySelector(selector) ??
  [...root.querySelectorAll("*")]
    .map((node) => node.shadowRoot && findDeep(node.shadowRoot, selector))
    .find(Boolean)"""

# Notes, with the browser's clock: when the pointer touched a slider and let go, when its film was drawn, for
# every frame whether the slider had moved and network or plot had been repainted since the last, and when
# tables and chart last changed.
WATCH = """() => {
  const network = findDeep(document, ".network")
  const fill = CanvasRenderingContext2D.prototype.fillRect
  CanvasRenderingContext2D.prototype.fillRect = function (...area) {
    dirty = true
    fill.apply(this, area)
  }
  const root = network.getRootNode()
  const seen = { touch: 0, film: 0, release: 0, ticks: [], table: 0, chart: 0 }
  window.seen = seen
  let moved = false
  let dirty = false
  const options = { subtree: true, attributes: true, characterData: true, childList: true }
  const repainted = new MutationObserver(() => (dirty = true))
  repainted.observe(network, options)
  repainted.observe(findDeep(root, ".plot"), options)
  const curve = findDeep(root, ".plot .curve")
  new MutationObserver(() => (seen.film ||= performance.now())).observe(curve, { attributes: true })
  new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target.nodeType === 1 ? target : target.parentElement
      if (element?.closest?.("[data-testid=stHtml]")) seen.table = performance.now()
      if (element?.closest?.(".js-plotly-plot")) seen.chart = performance.now()
    }
  }).observe(document.body, options)
  root.addEventListener("pointerdown", () => (seen.touch = performance.now()), true)
  root.addEventListener("pointerup", () => (seen.release = performance.now()), true)
  root.addEventListener("input", () => (moved = true), true)
  const tick = (now) => {
    seen.ticks.push([now, moved, dirty])
    moved = dirty = false
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}"""


class Drag(NamedTuple):
    """One drag of two seconds: frames drawn (in all and a second) and missed once the film was there, the
    time until then, and the times from the release until tables and chart had settled."""

    frames: int
    frames_a_second: float
    missed: int
    film_ms: float
    table_ms: float
    chart_ms: float


def measure_drags(url: str, count: int) -> list[Drag]:
    """Open `url` in a browser of its own and drag `count` sliders, spread over the panel, in turn."""
    return run_apart(_measure_drags(url, count))


async def _measure_drags(url: str, count: int) -> list[Drag]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = await browser.new_page(viewport={"width": 1366, "height": 900})
        await page.add_init_script(FIND_DEEP)
        await page.goto(url)
        await page.locator(".network").wait_for()
        await page.locator(".js-plotly-plot").or_(page.get_by_text(NO_CURVE)).wait_for()
        await page.wait_for_timeout(1500)
        for group in reversed(await page.locator(".panel details:not([open]) > summary").all()):
            if await group.is_visible():
                await group.click()
        await page.evaluate(WATCH)
        sliders = [s for s in await page.locator(".panel input[type=range]").all() if await s.is_visible()]
        chosen = sliders[1 :: max(1, len(sliders) // count)][:count]
        drags = [_summarize(await _drag(page, slider)) for slider in chosen]
        await browser.close()
        return drags


async def _drag(page: Page, slider: Locator) -> dict[str, Any]:
    """Drag a slider to and fro and let go; return the page's notes."""
    await slider.scroll_into_view_if_needed()
    box = await slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    await page.mouse.move(5, 5)
    await page.wait_for_timeout(300)
    await page.evaluate("Object.assign(window.seen, { touch: 0, film: 0, ticks: [], table: 0, chart: 0 })")
    await page.mouse.move(box["x"] + box["width"] / 2, middle)
    await page.mouse.down()
    # A hand does not wait for the browser: every move is sent on time, whether or not the last was handled.
    session = await page.context.new_cdp_session(page)
    moves = []
    for x in islice(_zigzag(box["x"] + 8, box["x"] + box["width"] - 8), int(DRAG_SECONDS * MOVES_A_SECOND)):
        move = {"type": "mouseMoved", "x": x, "y": middle, "button": "left", "buttons": 1}
        moves.append(asyncio.create_task(session.send("Input.dispatchMouseEvent", move)))
        await asyncio.sleep(1 / MOVES_A_SECOND)
    await asyncio.gather(*moves)
    await session.detach()
    await page.mouse.up()
    await page.wait_for_timeout(900)
    notes: dict[str, Any] = await page.evaluate("window.seen")
    return notes


def _zigzag(low: float, high: float) -> Iterator[float]:
    """Yield positions from the middle up, down, and so on for ever."""
    count = int((high - low) / PIXELS_A_MOVE)
    up = [low + PIXELS_A_MOVE * k for k in range(count)]
    return islice(cycle(up + up[::-1]), count // 2, None)


def _summarize(notes: dict[str, Any]) -> Drag:
    """Return what the page's notes say."""
    ticks = [tick for tick in notes["ticks"] if notes["film"] < tick[0] < notes["release"]]
    drawn = [time for time, _, dirty in ticks if dirty]
    seconds = (drawn[-1] - drawn[0]) / 1000 if len(drawn) > 1 else math.inf
    # A move is drawn in the frame that follows it; whether that is noted then or at the next is chance.
    missed = [a for a, b in pairwise(ticks) if a[1] and not a[2] and not b[2]]
    return Drag(
        frames=len(drawn),
        frames_a_second=max(len(drawn) - 1, 0) / seconds,
        missed=len(missed),
        # The pointer may have rested on this slider when the one before was let go: its film was there then.
        film_ms=max(notes["film"] - notes["touch"], 0),
        table_ms=notes["table"] - notes["release"],
        chart_ms=notes["chart"] - notes["release"],
    )
