"""Fingers on a phone: what scrolls changes nothing, and what is dragged is seen to move the network."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import rectangles, settle

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LARGE = "net=6-6-6-6&seed=3&bias=trained"
MOVES = 8

# The texts of a page, those in shadow trees, titles and accessible names among them.
READ_DEEP = """() => {
  const read = (root) => [...root.querySelectorAll("*")].flatMap((node) => [
    ...(["STYLE", "SCRIPT"].includes(node.tagName) ? [] : [...node.childNodes]
      .filter((child) => child.nodeType === 3).map((child) => child.data)),
    node.title, node.getAttribute("aria-label"), ...(node.shadowRoot ? read(node.shadowRoot) : []),
  ])
  return read(document.body).filter(Boolean).join("\\n")
}"""

# The ids of what lies on top at a point, from the document inwards.
ON_TOP = """([x, y]) => {
  let node = document.elementFromPoint(x, y)
  while (node?.shadowRoot) {
    const inner = node.shadowRoot.elementFromPoint(x, y)
    if (!inner || inner === node) break
    node = inner
  }
  return node?.dataset?.control ?? node?.className ?? null
}"""


class Finger:
    """One finger on the screen, as the browser gets it from the hardware."""

    def __init__(self, page):
        self.page = page
        self._session = page.context.new_cdp_session(page)
        self._at = (0.0, 0.0)

    @contextmanager
    def down(self, x: float, y: float) -> Iterator[None]:
        self._send("touchStart", x, y)
        yield
        self._session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def move(self, x: float, y: float):
        from_x, from_y = self._at
        for part in range(1, MOVES + 1):
            share = part / MOVES
            self._send("touchMove", from_x + (x - from_x) * share, from_y + (y - from_y) * share)
        self._at = (x, y)

    def _send(self, kind, x, y):
        if kind == "touchStart":
            self._at = (x, y)
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})

    def swipe(self, x, y, to_x, to_y):
        with self.down(x, y):
            self.move(to_x, to_y)
            # A finger that stands still for some frames when it is lifted leaves nothing that rolls on.
            settle(self.page)
            self.move(to_x, to_y)


def slider(page, name):
    return page.locator(f"[data-control='{name}']")


def middle(place):
    return place["y"] + place["height"] / 2


def thumb(slider):
    """Where the middle of a slider's thumb is on the screen."""
    place = slider.bounding_box()
    low, high, value = slider.evaluate("({ min, max, value }) => [min, max, value].map(Number)")
    across = 11 + (place["width"] - 22) * (value - low) / (high - low)
    return place["x"] + across, middle(place)


# What scrolls: a part of Streamlit's page, or the whole of another one.
SCROLLER = "(document.querySelector('[data-testid=stMain]') ?? document.scrollingElement)"


def scrolled(page):
    return page.evaluate(f"{SCROLLER}.scrollTop")


def bring_to(page, locator, y):
    """Scroll until the middle of something is `y` pixels below the top of the screen."""
    by = middle(locator.bounding_box()) - y
    page.evaluate(f"by => {SCROLLER}.scrollBy(0, by)", by)


def test_a_swipe_that_begins_on_a_slider_scrolls_and_changes_nothing(open_page):
    page = open_page(**PHONE)
    finger = Finger(page)
    row = slider(page, "w1.1.1")
    before = page.url
    starts = {"track": 0.9, "thumb": None}
    for part in starts.values():
        bring_to(page, row, 700)
        place = row.bounding_box()
        x = thumb(row)[0] + 6 if part is None else place["x"] + place["width"] * part
        was = scrolled(page)
        finger.swipe(x, middle(place), x + 4, middle(place) - 200)
        page.wait_for_function(
            "was => document.querySelector('[data-testid=stMain]').scrollTop > was + 60", arg=was
        )
        assert row.input_value() == "0.5"
    place = row.bounding_box()
    # A tap, and a finger that goes sideways on the track.
    page.touchscreen.tap(place["x"] + place["width"] * 0.9, middle(place))
    finger.swipe(place["x"] + place["width"] * 0.1, middle(place), place["x"] + 150, middle(place))
    assert row.input_value() == "0.5"
    assert page.url == before
    # Messages keep their order: had the fingers sent one, its change would have come before this one.
    page.locator("[data-number='x1']").fill("0.75")
    page.locator("[data-number='x1']").press("Enter")
    page.wait_for_url(lambda url: "x=0.75" in url)
    assert "w1.1.1" not in page.url


def test_a_finger_drags_a_slider_by_its_thumb(open_components):
    page = open_components(**PHONE)
    finger = Finger(page)
    row = slider(page, "x2")
    bring_to(page, row, 700)
    x, y = thumb(row)
    width = row.bounding_box()["width"] - 22
    with finger.down(x + 5, y):
        finger.move(x + 5 + width / 4, y + 3)
        expect(row).to_have_value(re.compile(r"^0\.[56]"))
    page.wait_for_url(re.compile(r"x=0\.5_0\.[56]"))
    moved = row.input_value()
    # From where the thumb is now; a quarter of the track is half a unit.
    assert abs(float(moved) - 0.6) <= 0.02


def test_drawing_and_readings_stay_in_sight_while_any_slider_is_dragged(open_page):
    check_sight_of_drags(open_page(LARGE, **PHONE))


def test_a_small_drawing_stays_in_sight_too(open_components):
    check_sight_of_drags(open_components(**PHONE))


def check_sight_of_drags(page):
    finger = Finger(page)
    for group in reversed(page.locator(".panel details:not([open]) > summary:visible").all()):
        group.evaluate("summary => summary.click()")
    names = [row.get_attribute("data-control") for row in page.locator("[data-control]:visible").all()]
    for name in (names[0], names[len(names) // 2], names[-1]):
        row = slider(page, name)
        bring_to(page, row, 780)
        x, y = thumb(row)
        with finger.down(x, y):
            finger.move(x - 40, y)
            top = sum(
                header["y"] + header["height"] for header in rectangles(page.get_by_test_id("stHeader"))
            )
            for part in (".reading .value >> nth=0", ".reading .value >> nth=3", ".network"):
                place = page.locator(part).bounding_box()
                assert place["y"] >= top - 1
                assert place["y"] + place["height"] <= 844
                top = place["y"] if part != ".network" else top
            assert page.evaluate(ON_TOP, [x - 40, y]) == name
            drawing = page.locator(".network").bounding_box()
            assert drawing["y"] + drawing["height"] <= y


def test_the_timeline_is_dragged_by_its_thumb_and_scrolled_over_elsewhere(open_page):
    page = open_page("steps=600&hidden=4-3", path="training", ready=".player canvas", **PHONE)
    finger = Finger(page)
    track = page.locator(".player .track")
    expect(track).to_have_attribute("aria-valuenow", "600")
    before = page.url
    bring_to(page, track, 600)
    place = track.bounding_box()
    for x in (place["x"] + 120, place["x"] + place["width"] - 16):
        was = scrolled(page)
        finger.swipe(x, middle(place), x + 4, middle(place) - 200)
        page.wait_for_function(
            "was => document.querySelector('[data-testid=stMain]').scrollTop > was + 60", arg=was
        )
        bring_to(page, track, 600)
    settle(page)
    expect(track).to_have_attribute("aria-valuenow", "600")
    assert page.url == before
    bring_to(page, page.locator(".player .area"), 400)
    place = track.bounding_box()
    end = place["x"] + place["width"] - 16
    with finger.down(end, middle(place)):
        finger.move(end - (place["width"] - 68) / 2, middle(place))
        for part in (".player .reading >> nth=0", ".player .area", ".player .track"):
            seen = page.locator(part).bounding_box()
            assert seen["y"] >= 0
            assert seen["y"] + seen["height"] <= 844
    expect(track).to_have_attribute("aria-valuenow", re.compile("^(29|30)"))
    page.wait_for_url(re.compile("at="))


@pytest.mark.parametrize(("path", "ready"), [("", ".network"), ("training", ".player .inspector")])
def test_no_text_speaks_of_hovering_to_a_touch_screen(open_page, path, ready):
    page = open_page("seed=3&net=6-6-6" if not path else "", path=path, ready=ready, **PHONE)
    page.locator(ready).first.wait_for()
    text = page.evaluate(READ_DEEP)
    assert "Select" in text or "Tap" in text
    assert "hover" not in text.lower()


def test_a_finger_finds_units_and_the_nudge_on_the_narrowest_screen(open_components):
    narrow = {"width": 320, "height": 640}
    page = open_components("steps=100", path="training", ready=".player canvas", viewport=narrow)
    units = rectangles(page.locator(".player .network g.item"))
    page = open_components("tab=nudge", viewport=narrow)
    slider = rectangles(page.locator(".nudge-h input"))
    assert len(units) > 5
    assert len(slider) == 1
    sizes = [min(place["width"], place["height"]) for place in [*units, *slider]]
    assert min(sizes) >= 23.99
