"""Digits on the Training page: the sample as a picture in place of its pixels, and dL/dx below it."""

import re

from playwright.sync_api import expect

from tests.browser.waiting import rectangles, settle
from tests.browser.widgets import scrolls_sideways

DIGITS = "data=digits&steps=200&sample=17"


def test_another_digit_is_drawn_by_a_button_a_click_and_its_number(open_page):
    page = open_page(DIGITS, path="training", ready=".player canvas")
    title = page.locator(".player .chooser .title")
    expect(title).to_have_text(re.compile(r"^Sample 17 of 1,797: \d, (test|training) sample$"))
    pictures = page.locator(".player .network rect[role=img]")
    expect(pictures).to_have_count(2)
    expect(pictures.nth(0)).to_have_attribute("aria-label", re.compile("^Sample 17 as a picture: "))
    expect(pictures.nth(1)).to_have_attribute("aria-label", re.compile("^dL/dx of each of its pixels; "))
    # Eight hidden units and ten outputs; no input is a unit of its own, and no pixel has an edge.
    expect(page.locator(".player .network g.item")).to_have_count(18)
    expect(page.locator(".player .network path.item")).to_have_count(80)
    before = page.locator(".player .drawing canvas").evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="Next sample").click()
    expect(title).to_have_text(re.compile("^Sample 18 of "))
    page.wait_for_url(re.compile("sample=18"))
    assert page.locator(".player .drawing canvas").evaluate("canvas => canvas.toDataURL()") != before
    area = page.locator(".player .plane .area").bounding_box()
    page.mouse.click(area["x"] + area["width"] / 2, area["y"] + area["height"] * 0.45)
    page.wait_for_url(re.compile(r"sample=(?!18\b)\d+"))
    number = page.url.split("sample=")[1].split("&")[0]
    expect(title).to_have_text(re.compile(f"^Sample {int(number):,} of "))
    # For a moment the box that the page replaces stands beside its successor.
    box = page.locator(f"input[aria-label='Sample'][value='{number}']")
    expect(box).to_have_count(1)
    box.fill("3")
    page.keyboard.press("Enter")
    expect(title).to_have_text(re.compile("^Sample 3 of "))


def test_the_gradient_moves_with_the_timeline_and_all_fits_onto_a_phone(open_page):
    page = open_page(DIGITS, path="training", ready=".player canvas")
    flown = page.locator(".player .network rect[role=img]").nth(1)
    at_the_end = flown.get_attribute("aria-label")
    page.locator(".player .track").press("Home")
    expect(flown).not_to_have_attribute("aria-label", at_the_end)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        assert not scrolls_sideways(page)
        (x, dl_dx), units = (
            rectangles(page.locator(".player .network rect[role=img]")),
            rectangles(page.locator(".player .network g.item rect.unit")),
        )
        assert x["y"] + x["height"] < dl_dx["y"]
        assert x["width"] == x["height"] > 90
        assert max(x["x"], dl_dx["x"]) + x["width"] < min(unit["x"] for unit in units)
