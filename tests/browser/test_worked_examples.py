"""The page of worked examples in a real browser: opened and closed by keyboard, on any screen, on paper."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import check_width, in_both_themes
from tests.browser.test_print import printed

pytestmark = pytest.mark.browser

TABLE = "table.published"


@pytest.fixture
def open_examples(open_page):
    def open_examples(query="", ready=".stExpander", **settings):
        return open_page(query, path="worked_examples", ready=ready, **settings)

    return open_examples


def card(page, title):
    return page.locator("summary", has_text=title)


def test_cards_are_opened_by_keyboard_one_at_a_time_and_the_address_follows(open_examples):
    page = open_examples()
    card(page, "Mazur").press("Enter")
    page.locator(TABLE).get_by_text("0.291027924").wait_for()
    expect(card(page, "Mazur")).to_be_focused()
    page.wait_for_url(re.compile("example=mazur"))
    card(page, "Data-mining").press("Enter")
    page.locator(TABLE).get_by_text("0.1311", exact=True).wait_for()
    page.wait_for_url(re.compile("example=han"))
    expect(page.locator(TABLE)).to_have_count(1)
    expect(page.locator(".message.finding")).to_contain_text("carries a rounding on")
    page.go_back()
    page.locator(TABLE).get_by_text("0.291027924").wait_for()
    expect(page.locator(TABLE)).to_have_count(1)
    card(page, "Mazur").press("Enter")
    expect(page.locator(TABLE)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("example="))


def test_an_example_opens_with_its_numbers_to_be_checked(open_examples):
    page = open_examples("example=mazur", ready=TABLE)
    page.get_by_test_id("stPageLink").get_by_role("link", name="Check my working").click()
    page.get_by_text("numbers checked").wait_for()


def test_an_example_opens_live(open_examples):
    page = open_examples("example=mazur", ready=TABLE)
    page.get_by_role("link", name="Open on One step").click()
    page.locator(".network").wait_for()
    page.wait_for_url(re.compile("example=mazur"))


def test_the_page_has_no_faults_on_any_screen_in_either_theme_and_prints_whole(open_examples):
    page = open_examples("example=relu", ready=TABLE)
    page.add_style_tag(content="* { transition: none !important }")
    expect(page.get_by_role("button", name="Copy link")).to_be_enabled()
    found: dict[object, list[object]] = {}
    check_width(page, 390, found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_width(page, 1366, found)
    found["themes"] = in_both_themes(page)
    assert {state: faults for state, faults in found.items() if faults} == {}
    _, text = printed(page)
    assert "0.6086538" in text
    assert "-0.18416".replace("-", "−") in text
    assert "OpenonOnestep" not in text
