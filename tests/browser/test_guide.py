"""The guide for newcomers: what to do first, with a number at each place, until it is done or dismissed."""

import pytest
from playwright.sync_api import expect

from core.examples import EXAMPLES
from tests.browser.components import App
from tests.browser.waiting import rectangles, settle

WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
AT_THE_END = "Select any edge or unit to see why its number is what it is."


def guide(page):
    return page.get_by_role("group", name="First steps")


def current(page):
    return guide(page).locator("li[aria-current=step]")


def marks(page):
    """The numbers at the row and at the edge."""
    return page.locator(".row .badge, .picture .badge").all_inner_texts()


def mark_of_the_button(page):
    content = "node => getComputedStyle(node, '::before').content"
    return page.locator(".st-key-history").evaluate(content)


def test_the_guide_goes_on_with_what_is_done(open_page):
    follow_the_guide(open_page(viewport=WIDE))


def test_the_guide_goes_on_with_what_is_done_on_a_phone(open_components):
    follow_the_guide(open_components(viewport=PHONE))


def follow_the_guide(page):
    expect(current(page)).to_have_text("1Drag this slider")
    assert marks(page) == ["1", "2"]
    assert mark_of_the_button(page) == '"3"'
    slider = page.locator("[data-control='w1.1.1']")
    slider.focus()
    page.keyboard.down("ArrowRight")
    expect(current(page)).to_have_text("2Watch this edge")
    page.keyboard.up("ArrowRight")
    expect(current(page)).to_have_text("3Take the step")
    page.get_by_role("button", name="Take one step").click()
    expect(guide(page)).to_contain_text(AT_THE_END, use_inner_text=True)
    assert marks(page) == []
    assert mark_of_the_button(page) == "none"
    page.locator(".network [data-id='n1.2']").press("Enter")
    expect(guide(page)).to_have_count(0)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_dismissed_stays_away_and_moves_nothing(open_components, size):
    page = open_components(viewport=size)
    around = (".reading", ".row", ".picture", ".stage-bar button", ".loss-timeline")
    close = guide(page).get_by_role("button", name="Dismiss the guide")
    # A phone scrolls to it.
    close.hover()
    places = [rectangles(page.locator(selector)) for selector in around]
    close.click()
    expect(guide(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Stage before")).to_be_focused()
    settle(page)
    assert marks(page) == []
    assert mark_of_the_button(page) == "none"
    assert [rectangles(page.locator(selector)) for selector in around] == places
    expect(guide(open_components(viewport=size))).to_have_count(0)


@pytest.mark.parametrize("query", ["eta=0.25", "net=2-2-1", "select=n1.1", "hide=menu"])
def test_whoever_follows_a_link_finds_no_guide(open_components, query):
    expect(guide(open_components(query))).to_have_count(0)


def test_a_page_in_a_frame_has_no_guide(open_page):
    expect(guide(open_page("embed=true"))).to_have_count(0)


def test_another_slider_is_not_the_one_to_drag(open_components):
    page = open_components()
    slider = page.locator("[data-control='eta']")
    slider.press("ArrowRight")
    page.wait_for_url("**/?*eta=*")
    expect(current(page)).to_have_text("1Drag this slider")


def test_another_network_ends_the_guide(open_components):
    app = App()
    page = open_components(app=app)
    expect(current(page)).to_have_text("1Drag this slider")
    app.choose(page, "example_menu", EXAMPLES["relu"].title)
    expect(guide(page)).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}, {"width": 683, "height": 384}])
def test_the_guide_covers_nothing_of_a_small_drawing(open_components, size):
    page = open_components(viewport=size)
    (drawing,) = rectangles(page.locator(".drawing"))
    (words,) = rectangles(guide(page))
    assert words["top"] >= drawing["bottom"]
