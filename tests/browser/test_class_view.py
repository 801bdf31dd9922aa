"""A teacher who pastes the links of a class, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import check_width, in_both_themes
from tests.browser.widgets import scrolls_sideways
from tests.pages.test_class_view import LINKS

pytestmark = pytest.mark.browser

WIDE = {"width": 1366, "height": 768}


def test_a_class_is_shown_on_any_screen_and_is_gone_with_another_page(open_page):
    page = open_page(path="class_view", ready=".st-key-class_links", viewport=WIDE)
    page.add_style_tag(content="* { transition: none !important }")
    field = page.get_by_role("textbox")
    field.fill("\n".join([*LINKS, "hello"]))
    page.keyboard.press("Control+Enter")
    page.locator(".class-map").wait_for()
    expect(page.get_by_role("alert")).to_contain_text("Line 4: “hello” is no link of an exercise.")
    expect(page.locator(".class-map text", has_text="2 of 3")).to_be_visible()
    expect(page.get_by_role("table", name="Students").get_by_role("row")).to_have_count(4)
    assert "answers" not in page.url
    found: dict[object, list[object]] = {}
    check_width(page, 390, found)
    assert not scrolls_sideways(page)
    page.set_viewport_size(WIDE)
    found["themes"] = in_both_themes(page)
    assert {state: faults for state, faults in found.items() if faults} == {}
    page.get_by_role("link", name="Exercise", exact=True).click()
    page.get_by_role("heading", name="Exercise").wait_for()
    page.get_by_role("link", name="Class view").click()
    page.get_by_role("heading", name="Class view").wait_for()
    expect(page.get_by_role("textbox")).to_have_value("")
