"""Drags of sliders: the time of a frame, until the film comes, until everything has settled, and the cost."""

import asyncio
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, islice

from playwright.async_api import Browser, Locator

from benchmarks.ratios import BARE, Quantity, Row
from benchmarks.subjects import Subject, bare, in_turn
from benchmarks.watch import Watched, milliseconds_a_frame, open_watched
from tests.browser.harness import Server
from ui.one_step import curve

DRAG_SECONDS = 2.0
MOVES_A_SECOND = 120
PIXELS_A_MOVE = 2
PRESSES = 5
# Plotly's 4.7 MB may come over a long line that loses segments.
CHART_MS = 120_000
# By so many sliders further every round, so that weights, inputs and targets all come.
SPREAD = 5
# After some steps, so that there is a chart.
NETWORKS = {"3-2-1": "?run=10", "6-6-6-6": "?net=6-6-6-6&seed=3&bias=trained&run=10"}

FRAME, PLAYING, FILM, TABLES, CHART = "frame", "playing", "film", "tables", "chart"
PROCESSOR = "processor"
FILM_BYTES, OTHER_BYTES = "film bytes", "other bytes"
QUANTITIES = {
    FRAME: Quantity("a frame while a slider moves", "ms", "one slider's frame"),
    PLAYING: Quantity("message to a film that plays", "ms", "one slider's response"),
    FILM: Quantity("message to all of the film", "ms", "one slider's response"),
    TABLES: Quantity("release to tables", "ms", "one slider's response"),
    CHART: Quantity("release to chart", "ms", "one slider's response"),
    PROCESSOR: Quantity("processor, a slider moved", "ms", "one slider moved"),
    FILM_BYTES: Quantity("film", "bytes", "one slider's response"),
    OTHER_BYTES: Quantity("tables and chart", "bytes", "one slider's response"),
}

WATCH_NETWORK = """() => {
  const network = findDeep(document, ".network")
  const root = network.getRootNode()
  watchDrawn(network)
  watchDrawn(findDeep(root, ".plot"))
  const curve = findDeep(root, ".plot .curve")
  new MutationObserver(() => (notes.film ||= performance.now())).observe(curve, { attributes: true })
  new MutationObserver((records) => {
    const isPlaying = records.some(({ target }) => target.matches(".screen") && !target.hidden)
    if (isPlaying) notes.playing ||= performance.now()
  }).observe(root, { subtree: true, attributes: true, attributeFilter: ["hidden"] })
  const all = { subtree: true, attributes: true, characterData: true, childList: true }
  new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target.nodeType === 1 ? target : target.parentElement
      if (element?.closest?.("[data-testid=stHtml]")) notes.tables = performance.now()
      if (element?.closest?.(".js-plotly-plot")) notes.chart = performance.now()
    }
  }).observe(document.body, all)
  root.addEventListener("pointerup", () => (notes.release = performance.now()), true)
  root.addEventListener("input", () => (notes.moved = true), true)
}"""

WATCH_SLIDER = """() => {
  watchDrawn(document.querySelector("[data-testid=stSlider]"))
  const all = { subtree: true, characterData: true, childList: true }
  let text = document.querySelector("#value").textContent
  new MutationObserver(() => {
    const shown = document.querySelector("#value")?.textContent
    if (shown && shown !== text && notes.sent) notes.response ||= performance.now()
    text = shown ?? text
  }).observe(document.body, all)
}"""


async def measure(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Drag the sliders of each network, and that of a bare page, by turns."""
    found: dict[str, list[dict[str, dict[str, float]]]] = {name: [] for name in NETWORKS}
    with ExitStack() as servers:
        slider = await open_slider(browser, servers.enter_context(bare("slider.py", apps[0].line).serve()))
        pages = []
        for app in apps:
            server = servers.enter_context(app.serve())
            for network, query in NETWORKS.items():
                pages.append((app.name, network, await _open_network(browser, server, query)))
        # The first round of all finds the servers cold, and is left out.
        for number in range(-1, rounds):
            plain = await move_slider(slider, number)
            round_ = {network: {BARE: plain} for network in NETWORKS}
            for subject, network, page in in_turn(pages, number):
                round_[network][subject] = await _move_one(page, number)
            for network, measured in round_.items():
                found[network] += [measured] if number >= 0 else []
        for page in (slider, *(page for *_, page in pages)):
            await page.page.close()
    return [
        Row(
            quantity._replace(name=f"{network}: {quantity.name}"),
            [{subject: values[key] for subject, values in measured.items()} for measured in found[network]],
        )
        for network in NETWORKS
        for key, quantity in QUANTITIES.items()
    ]


async def _open_network(browser: Browser, server: Server, query: str) -> Watched:
    watched = await open_watched(browser, server, query)
    for group in reversed(await watched.page.locator(".panel details:not([open]) > summary").all()):
        if await group.is_visible():
            await group.click()
    folded = watched.page.locator(f".st-key-{curve.CHART} summary")
    # The rest of the page comes behind the network.
    await folded.click()
    await watched.page.locator(".js-plotly-plot").wait_for(timeout=CHART_MS)
    await watched.settle()
    await watched.page.evaluate(WATCH_NETWORK)
    return watched


async def open_slider(browser: Browser, server: Server) -> Watched:
    """Open the bare page of one slider."""
    watched = await open_watched(browser, server, "")
    await watched.page.evaluate(WATCH_SLIDER)
    return watched


async def _move_one(watched: Watched, number: int) -> dict[str, float]:
    """Drag another slider of a network than in the round before."""
    # The learning rate changes nothing in the chart of steps that are taken.
    every = await watched.page.locator(".panel input[type=range]:not([data-control=eta])").all()
    sliders = [slider for slider in every if await slider.is_visible()]
    slider = sliders[number * SPREAD % len(sliders)]
    await slider.scroll_into_view_if_needed()
    await watched.settle()
    received, used = watched.received, watched.processor()
    await watched.clear(playing=0, film=0, release=0, tables=0, chart=0)
    with_film = await _drag(watched, slider, number)
    await watched.page.wait_for_function("Math.min(notes.tables, notes.chart) > notes.release")
    await watched.settle()
    notes = await watched.notes()
    playing = [tick for tick in notes["ticks"] if notes["film"] < tick[0] < notes["release"]]
    return {
        FRAME: milliseconds_a_frame(playing),
        # The message that brings it may leave before the button is pressed, as the pointer enters the slider.
        PLAYING: notes["playing"] - notes["sent"],
        FILM: notes["film"] - notes["sent"],
        TABLES: notes["tables"] - notes["release"],
        CHART: notes["chart"] - notes["release"],
        PROCESSOR: 1000 * (watched.processor() - used),
        FILM_BYTES: with_film - received,
        OTHER_BYTES: watched.received - with_film,
    }


async def move_slider(watched: Watched, number: int) -> dict[str, float]:
    """Drag the bare page's slider, and move it by some keys, to each of which the server responds."""
    slider = watched.page.get_by_test_id("stSlider")
    await _drag(watched, slider.locator("[role=group] > div").first, number)
    frames = milliseconds_a_frame((await watched.notes())["ticks"])
    await watched.settle()
    await slider.locator("input").focus()
    responses = []
    received, used = watched.received, watched.processor()
    for press in range(PRESSES):
        await watched.clear(response=0)
        await watched.page.keyboard.press(("ArrowLeft", "ArrowRight")[press % 2])
        await watched.page.wait_for_function("window.notes.response")
        notes = await watched.notes()
        # Streamlit sends a slider's value a while after the key.
        responses.append(notes["response"] - notes["sent"])
    await watched.settle()
    response = statistics.median(responses)
    response_bytes = (watched.received - received) / PRESSES
    return {
        FRAME: frames,
        PLAYING: response,
        FILM: response,
        TABLES: response,
        CHART: response,
        PROCESSOR: 1000 * (watched.processor() - used) / PRESSES,
        FILM_BYTES: response_bytes,
        OTHER_BYTES: response_bytes,
    }


async def _drag(watched: Watched, slider: Locator, number: int) -> int:
    """Drag a slider to and fro, and let it go at another place than in the round before.

    Returns how many bytes the page had received before it was let go.
    """
    page = watched.page
    box = await slider.bounding_box()
    assert box is not None
    low, high, middle = box["x"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] / 2
    places = list(islice(_zigzag(low, high), int(DRAG_SECONDS * MOVES_A_SECOND)))
    places.append(low + (high - low) * _end(number))
    await page.evaluate("watchFrames()")
    await page.mouse.move((low + high) / 2, middle)
    await page.mouse.down()
    # A hand does not wait for the browser: every move is sent on time, whether or not the last was handled.
    session = await page.context.new_cdp_session(page)
    moves = []
    for x in places:
        move = {"type": "mouseMoved", "x": x, "y": middle, "button": "left", "buttons": 1}
        moves.append(asyncio.create_task(session.send("Input.dispatchMouseEvent", move)))
        await asyncio.sleep(1 / MOVES_A_SECOND)
    await asyncio.gather(*moves)
    await session.detach()
    received = watched.received
    await page.mouse.up()
    await page.mouse.move(5, 5)
    return received


def _end(number: int) -> float:
    """Return where along its slider the drag of a round ends: never near the end of the one before."""
    return 0.1 + 0.8 * (0.382 * (number + 1) % 1)


def _zigzag(low: float, high: float) -> Iterator[float]:
    """Yield positions from the middle up, down, and so on for ever."""
    count = int((high - low) / PIXELS_A_MOVE)
    up = [low + PIXELS_A_MOVE * k for k in range(count)]
    return islice(cycle(up + up[::-1]), count // 2, None)
