"""What gets the focus is in sight: nothing that stays while the page scrolls covers it."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.waiting import rectangles, settle
from tests.browser.widgets import widget
from tests.hypothesis_profiles import some

PHONES = ((390, 844), (320, 640))
# A window of 1280 × 1024 pixels at 400 %.
ENLARGED = (320, 256)
MOST_STOPS = 200

# The element that has the focus, one of a shadow tree too: its name, and why it cannot be seen, if it cannot.
FOCUSED = """() => {
  const inner = (root) => {
    const node = root.activeElement
    return node?.shadowRoot?.activeElement ? inner(node.shadowRoot) : node
  }
  const parentOf = (node) => node.parentNode ?? node.host ?? null
  const isWithin = (node, outer) => node !== null && (node === outer || isWithin(parentOf(node), outer))
  const topAt = (x, y) => {
    let node = document.elementFromPoint(x, y)
    while (node?.shadowRoot) {
      const next = node.shadowRoot.elementFromPoint(x, y)
      if (!next || next === node) break
      node = next
    }
    return node
  }
  const node = inner(document)
  if (!node || node === document.body) return null
  // A stroke is thin: the drawing that it is in is looked at.
  const seen = node.closest("svg") ?? node.closest("label") ?? node
  const { left, top, right, bottom } = node.getBoundingClientRect()
  const name = [node.tagName, node.ariaLabel, node.textContent.trim().slice(0, 30), node.className].join(" ")
  const place = [left, top, right, bottom].join(" ")
  const points = [0.1, 0.5, 0.9].map((part) => [(left + right) / 2, top + part * (bottom - top)])
  const hidden = points.filter(([x, y]) => {
    const found = topAt(x, y)
    return !found || !(isWithin(found, seen) || isWithin(seen, found))
  })
  // Of what is taller than there is room for, a part is in sight.
  const isTall = bottom - top > 0.3 * innerHeight
  const most = isTall ? 2 : 0
  const over = hidden.map(([x, y]) => topAt(x, y)?.className?.baseVal ?? topAt(x, y)?.className ?? "nothing")
  return { name, place, fault: hidden.length > most ? `covered by ${over.join()}` : "" }
}"""


def stops(page):
    """All stops of the Tab key, from the top of the page."""
    page.evaluate("document.activeElement?.blur()")
    found: list[dict[str, str]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (found and stop["name"] == found[0]["name"]):
            break
        found.append(stop)
    return found


@pytest.mark.parametrize(
    ("path", "ready", "query"),
    some(
        [
            pytest.param("", ".network", "", id="3-2-1"),
            pytest.param("training", ".player canvas", "steps=100", id="training"),
            pytest.param("", ".network", "net=6-6-6&seed=3", id="6-6-6"),
        ],
        2,
    ),
)
def test_what_gets_the_focus_is_in_sight(open_page, path, ready, query):
    page = open_page(query, path=path, ready=ready)
    for width, height in some((ENLARGED, *PHONES)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        with case(width, height):
            found = stops(page)
            assert len(found) > 20
            assert [stop for stop in found if stop["fault"]] == []


def test_menus_have_the_focus_each_time_and_give_it_back_and_are_no_wider_than_the_window(open_page):
    page = open_page()
    check_widths_of_menus(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    for key in ("example_menu", "convention_menu", "example_menu", "convention_menu"):
        button = widget(page, key).get_by_role("button")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menu")).to_be_focused()
        page.keyboard.press("End")
        last = page.get_by_role("menuitem").last
        expect(last).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.get_by_role("menu")).to_have_count(0)
        expect(button).to_be_focused()


def check_widths_of_menus(page):
    for width, height in some((ENLARGED, *PHONES), 2):
        page.set_viewport_size({"width": width, "height": height})
        for key in ("example_menu", "convention_menu"):
            widget(page, key).get_by_role("button").click()
            page.get_by_role("menu").wait_for()
            settle(page)
            for place in rectangles(page.locator("[role=menu], [role=menu] p")):
                assert place["left"] >= 0, (width, key)
                assert place["right"] <= width, (width, key)
            page.keyboard.press("Escape")
            expect(page.get_by_role("menu")).to_have_count(0)
