"""Notes that a page keeps, with the browser's clock, of what was drawn and when."""

import asyncio
from typing import Any

from playwright.async_api import Browser, Page, WebSocket

from benchmarks.process import processor_seconds
from tests.browser.harness import Server

VIEWPORT = (1366, 900)
TICK = 0.1
# So long nothing may arrive or be worked on before a page counts as settled.
STILL_TICKS = 5
IDLE_SHARE = 0.02
PATIENCE_TICKS = 300

# Finds what lies in shadow trees too; and when the page sent its first message since the notes were cleared.
PREPARE = """
globalThis.findDeep = (root, selector) =>
  root.querySelector(selector) ??
  [...root.querySelectorAll("*")]
    .map((node) => node.shadowRoot && findDeep(node.shadowRoot, selector))
    .find(Boolean)
globalThis.notes = { sent: 0, ticks: [] }
const send = WebSocket.prototype.send
WebSocket.prototype.send = function (...args) {
  notes.sent ||= performance.now()
  return send.apply(this, args)
}
// Notes of every frame whether a control had moved and anything was drawn since the one before.
globalThis.watchFrames = () => {
  notes.watching = true
  notes.ticks = []
  notes.moved = notes.drawn = false
  const tick = (now) => {
    notes.ticks.push([now, notes.moved, notes.drawn])
    notes.moved = notes.drawn = false
    if (notes.watching) requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}
for (const name of ["drawImage", "fillRect"]) {
  const draw = CanvasRenderingContext2D.prototype[name]
  CanvasRenderingContext2D.prototype[name] = function (...args) {
    notes.drawn = true
    return draw.apply(this, args)
  }
}
globalThis.watchDrawn = (node) => {
  const all = { subtree: true, attributes: true, characterData: true, childList: true }
  new MutationObserver(() => (notes.drawn = true)).observe(node, all)
}
"""


class Watched:
    """An open page, what its server used for it, and how many bytes came over its WebSocket."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.received = 0
        self._pid = server.process.pid

    def processor(self) -> float:
        """Return the processor seconds that the server has used so far."""
        return processor_seconds(self._pid)

    async def settle(self) -> None:
        """Wait until for a while no message has come and the server has done nothing."""
        still = 0
        for _ in range(PATIENCE_TICKS):
            received, used = self.received, self.processor()
            await asyncio.sleep(TICK)
            idle = self.processor() - used < IDLE_SHARE * TICK and self.received == received
            still = still + 1 if idle else 0
            if still == STILL_TICKS:
                return
        raise TimeoutError("the page does not settle")

    async def clear(self, **notes: Any) -> None:
        """Forget what was noted, but for the watch over frames, and set some notes."""
        await self.page.evaluate("(notes) => Object.assign(window.notes, notes)", {"sent": 0, **notes})

    async def notes(self) -> dict[str, Any]:
        """Return what was noted, and stop to note frames."""
        await self.page.evaluate("() => { window.notes.watching = false }")
        notes: dict[str, Any] = await self.page.evaluate("window.notes")
        return notes

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._count)

    def _count(self, message: str | bytes) -> None:
        self.received += len(message)


async def open_watched(browser: Browser, server: Server, path: str, script: str = "") -> Watched:
    """Open a page of a server in a context of its own, with a script, and wait until it has settled."""
    width, height = VIEWPORT
    page = await browser.new_page(viewport={"width": width, "height": height})
    watched = Watched(page, server)
    page.on("websocket", watched._listen)
    await page.add_init_script(PREPARE + script)
    await page.goto(f"{server.address}/{path}")
    await page.locator("[data-testid=stAppViewContainer]").wait_for()
    await watched.settle()
    return watched


def milliseconds_a_frame(ticks: list[tuple[float, bool, bool]]) -> float:
    """Return the mean time from one drawn frame to the next; infinite where fewer than two were drawn."""
    drawn = [time for time, _, drawn in ticks if drawn]
    return (drawn[-1] - drawn[0]) / (len(drawn) - 1) if len(drawn) > 1 else float("inf")
