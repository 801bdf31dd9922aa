"""Waiting for a state: none of these waits for a time alone."""

import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import Frame, Locator, Page

T = TypeVar("T")

SECONDS = 20
# Of a pause between two looks: each costs a third of the first.
FIRST_MILLISECONDS, MOST_MILLISECONDS = 20, 160
# What is built anew for another size is built in the frame after it, and has to be drawn.
SETTLED = """async () => {
  const frames = async () => {
    for (const _ of [1, 2]) await new Promise((done) => requestAnimationFrame(done))
  }
  await frames()
  const ending = document.getAnimations().filter((animation) =>
    Number.isFinite(animation.effect.getComputedTiming().endTime))
  await Promise.allSettled(ending.map((animation) => animation.finished))
  await frames()
}"""

COUNT_ENTRIES = """() => {
  globalThis.entries = 0
  const push = history.pushState
  history.pushState = (...state) => {
    globalThis.entries += 1
    push.apply(history, state)
  }
}"""


def count_entries(page: Page) -> Callable[[], int]:
    """Return what counts the entries of the browser's history made from now on, of which it holds 50."""
    page.evaluate(COUNT_ENTRIES)
    return lambda: int(page.evaluate("globalThis.entries"))


def until(page: Page, read: Callable[[], T], holds: Callable[[T], bool]) -> T:
    """Return what `read` gives as soon as `holds` is true of it, or what it gives at last."""
    deadline = time.monotonic() + SECONDS
    pause = FIRST_MILLISECONDS
    while not holds(found := read()) and time.monotonic() < deadline:
        page.wait_for_timeout(pause)
        pause = min(2 * pause, MOST_MILLISECONDS)
    return found


def next_frame(page: Page) -> None:
    """Wait until the page has been drawn once more."""
    page.evaluate("new Promise(requestAnimationFrame)")


def settle(page: Page | Frame) -> None:
    """Wait until the page has been drawn in its present size, with all transitions at their end."""
    page.evaluate(SETTLED)


def rectangles(elements: Locator) -> list[dict[str, float]]:
    """Return the places of elements on the screen, all as they are at one time."""
    found: list[dict[str, float]] = elements.evaluate_all(
        "nodes => nodes.map((node) => node.getBoundingClientRect().toJSON())"
    )
    return found
