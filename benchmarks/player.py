"""The Training page: how soon a run can be played, and the time of a frame while it plays or is scrubbed."""

from contextlib import ExitStack

from playwright.async_api import Browser

from benchmarks.drags import FRAME, TABLES, move_slider, open_slider
from benchmarks.ratios import BARE, Quantity, Row
from benchmarks.subjects import Subject, bare, in_turn
from benchmarks.watch import Watched, milliseconds_a_frame, open_watched

SECONDS = 3
SHORT, LONG = "training?budget=5000", "training?steps=3000&hidden=8-8&at=0"
ENDLESS = "training?hidden=8-8"
# Each with the bare slider's quantity that stands beside it.
QUANTITIES = (
    (Quantity("click to playable, 5,000 steps of 2-4-2-1", "ms", "one slider's response"), TABLES),
    (Quantity("2-8-8-1: a frame while it plays", "ms", "one slider's frame"), FRAME),
    (Quantity("2-8-8-1: a frame while it is trained on", "ms", "one slider's frame"), FRAME),
    (Quantity("2-8-8-1: a frame while it is scrubbed", "ms", "one slider's frame"), FRAME),
)

# Notes when Train was clicked and when the player first shows a run of 5,000 steps.
WATCH_TRAINING = """() => {
  document.addEventListener("click", () => (notes.click ||= performance.now()), true)
  const look = () => {
    const text = findDeep(document, ".player .reading .note")?.innerText ?? ""
    if (notes.click && text.endsWith("of 5,000")) notes.playable ||= performance.now()
    requestAnimationFrame(look)
  }
  look()
}"""

# Drags along the timeline, to and fro and at last to its start, by one move of the pointer a frame.
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
    at("pointermove", 0)
    at("pointerup", 0)
    done()
  }
  requestAnimationFrame(move)
})"""


async def measure(browser: Browser, apps: list[Subject], rounds: int) -> list[Row]:
    """Train, play and scrub, by turns with moves of a bare page's slider."""
    found = []
    with ExitStack() as servers:
        slider = await open_slider(browser, servers.enter_context(bare("slider.py", apps[0].line).serve()))
        pages = []
        for app in apps:
            server = servers.enter_context(app.serve())
            short, long, endless = [
                await open_watched(browser, server, query) for query in (SHORT, LONG, ENDLESS)
            ]
            await short.page.evaluate(WATCH_TRAINING)
            pages.append((app.name, short, long, endless))
        # The first round of all finds the servers cold, and is left out.
        for number in range(-1, rounds):
            plain = await move_slider(slider, number)
            times = {BARE: tuple(plain[key] for _, key in QUANTITIES)}
            for subject, short, long, endless in in_turn(pages, number):
                playing = await _play(long, "Play"), await _play(endless, "Train")
                times[subject] = await _train(short), *playing, await _scrub(long)
            found += [times] if number >= 0 else []
        for page in (slider, *(page for _, *both in pages for page in both)):
            await page.page.close()
    return [
        Row(quantity, [{subject: values[place] for subject, values in times.items()} for times in found])
        for place, (quantity, _) in enumerate(QUANTITIES)
    ]


async def _train(watched: Watched) -> float:
    """Return the milliseconds from the click on Train until the run can be played; then go back."""
    await watched.clear(click=0, playable=0)
    await watched.page.get_by_role("button", name="Train to budget").click()
    await watched.page.wait_for_function("window.notes.playable")
    notes = await watched.notes()
    await watched.settle()
    await watched.page.get_by_role("button", name="Reset", exact=True).click()
    await watched.settle()
    return float(notes["playable"] - notes["click"])


async def _play(watched: Watched, button: str) -> float:
    """Return the milliseconds a frame while a run plays, or is trained on."""
    await watched.page.get_by_role("button", name=button, exact=True).click()
    await watched.page.evaluate("watchFrames()")
    await watched.page.wait_for_timeout(1000 * SECONDS)
    notes = await watched.notes()
    await watched.page.get_by_role("button", name="Pause").click()
    await watched.settle()
    return milliseconds_a_frame(notes["ticks"])


async def _scrub(watched: Watched) -> float:
    """Return the milliseconds a frame while a pointer moves along the timeline."""
    await watched.page.evaluate("watchFrames()")
    await watched.page.evaluate(SCRUB, SECONDS)
    notes = await watched.notes()
    await watched.settle()
    return milliseconds_a_frame(notes["ticks"])
