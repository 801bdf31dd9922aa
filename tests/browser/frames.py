"""What a page does in its animation frames, noted by functions wrapped in the page; nothing is timed."""

from typing import NamedTuple

from playwright.sync_api import Locator, Page

# Frames come a sixtieth of a second apart by the clock that the page sees, however long they take.
WATCH = """() => {
  const request = window.requestAnimationFrame.bind(window)
  const seen = { drawn: 0, built: [], read: [] }
  let inFrame = false
  let clock = performance.now()
  request(function tick() {
    clock += 1000 / 60
    request(tick)
  })
  window.requestAnimationFrame = (act) => request(() => {
    inFrame = true
    try {
      act(clock)
    } finally {
      inFrame = false
    }
  })
  const wrap = (owner, name, note) => {
    const described = Object.getOwnPropertyDescriptor(owner, name)
    for (const kind of ["value", "get", "set"]) {
      const act = described[kind]
      // Of what is both read and set, as scrollTop, reading alone has the browser lay out.
      if (typeof act !== "function" || (kind === "set" && described.get && note === noteRead)) continue
      described[kind] = function (...sent) {
        if (inFrame) note(name)
        return act.apply(this, sent)
      }
    }
    Object.defineProperty(owner, name, described)
  }
  const noteDrawn = () => (seen.drawn += 1)
  const noteBuilt = (name) => seen.built.push(name)
  const noteRead = (name) => seen.read.push(name)
  const canvas = CanvasRenderingContext2D.prototype
  for (const name of ["clearRect", "drawImage", "fillRect", "stroke"]) wrap(canvas, name, noteDrawn)
  for (const name of ["createElement", "createElementNS"]) wrap(Document.prototype, name, noteBuilt)
  wrap(Node.prototype, "cloneNode", noteBuilt)
  wrap(Element.prototype, "insertAdjacentHTML", noteBuilt)
  const boxes = ["clientWidth", "clientHeight", "scrollWidth", "scrollHeight", "scrollTop", "scrollLeft"]
  for (const name of ["getBoundingClientRect", "getClientRects", ...boxes]) {
    wrap(Element.prototype, name, noteRead)
  }
  for (const name of ["offsetWidth", "offsetHeight", "offsetTop", "offsetLeft", "innerText"]) {
    wrap(HTMLElement.prototype, name, noteRead)
  }
  wrap(SVGGraphicsElement.prototype, "getBBox", noteRead)
  wrap(SVGTextContentElement.prototype, "getComputedTextLength", noteRead)
  wrap(window, "getComputedStyle", noteRead)
  window.watchFrame = async (act) => {
    Object.assign(seen, { drawn: 0, built: [], read: [] })
    act?.()
    // Requested after what the act has requested, so that it comes after it in the same frame.
    await new Promise(request)
    return { ...seen }
  }
}"""
MOVE = """async (slider, values) => {
  const frames = []
  for (const value of values) {
    frames.push(await watchFrame(() => {
      slider.value = value
      slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }))
    }))
  }
  return frames
}"""
PRESS = """async (button, count) => {
  const frames = [await watchFrame(() => button.click())]
  while (frames.length < count) frames.push(await watchFrame())
  return frames
}"""


class Frame(NamedTuple):
    """One frame: how often it painted on a canvas, what it built and which layout it read, by name."""

    drawn: int
    built: list[str]
    read: list[str]


def watch_frames(page: Page) -> None:
    """Note from now on what happens in the frames of a page, whose clock is then one of frames."""
    page.evaluate(WATCH)


def frames_of_moves(page: Page, control: str, values: list[float]) -> list[Frame]:
    """Move a slider that is held to one value after the other; return the frame after each move."""
    slider = page.locator(f"[data-control='{control}']")
    return [Frame(**frame) for frame in slider.evaluate(MOVE, values)]


def frames_of_press(button: Locator, count: int) -> list[Frame]:
    """Press a button and return the frames that follow."""
    return [Frame(**frame) for frame in button.evaluate(PRESS, count)]
