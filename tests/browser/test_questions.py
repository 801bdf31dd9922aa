"""The page of questions in a real browser: the network is moved, and the answer follows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import check_width, in_both_themes
from tests.browser.test_print import printed

pytestmark = pytest.mark.browser


@pytest.fixture
def open_questions(open_page):
    def open_questions(query="", ready=".network", **settings):
        return open_page(query, path="questions", ready=ready, **settings)

    return open_questions


def test_the_answer_follows_what_is_dragged_and_the_link_keeps_it(open_questions):
    page = open_questions("question=delta-or-gradient")
    answer = page.locator(".answer").first
    expect(answer).to_contain_text("−0.000354011")
    box = page.locator("[data-number='x1']").first
    box.fill("0")
    box.press("Enter")
    expect(answer).to_contain_text("here 0, which gives 0.")
    expect(page.locator(".katex").last).to_be_visible()
    page.wait_for_url(re.compile("x=0_"))
    page.reload()
    expect(page.locator(".answer").first).to_contain_text("here 0, which gives 0.")
    page.locator("[data-control='x1']").first.press("End")
    expect(page.locator(".answer").first).to_contain_text("here 1, which gives")
    page.get_by_role("button", name="Back to its own numbers").click()
    expect(page.locator(".answer").first).to_contain_text("−0.000354011")


def test_questions_are_gone_through_by_their_links_and_back(open_questions):
    page = open_questions("question=old-or-new")
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Why is there a sum over the outputs?")
    page.wait_for_url(re.compile("question=sum-over-outputs"))
    page.get_by_role("button", name="Previous", exact=True).click()
    page.wait_for_url(re.compile("question=old-or-new"))
    page.get_by_role("button", name="All questions").click()
    page.get_by_role("button", name="What is a dead ReLU?").click()
    expect(page.locator(".answer").first).to_contain_text("z of h2 is −0.44")
    page.locator("[data-id='n1.2'].selected, .explain .title").first.wait_for()
    page.go_back()
    page.get_by_role("button", name="What is a dead ReLU?").wait_for()


def test_the_page_has_no_faults_on_any_screen_in_either_theme_and_prints_whole(open_questions):
    page = open_questions("question=loss-rises")
    page.add_style_tag(content="* { transition: none !important }")
    expect(page.get_by_role("button", name="Copy link")).to_be_enabled()
    found: dict[object, list[object]] = {}
    check_width(page, 390, found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_width(page, 1366, found)
    found["themes"] = in_both_themes(page)
    _, text = printed(page)
    assert "thelossof0.0288risesto2.44420" in text
    page.get_by_role("button", name="All questions").click()
    page.get_by_role("button", name="What is a dead ReLU?").wait_for()
    found["list"] = in_both_themes(page)
    assert {state: faults for state, faults in found.items() if faults} == {}
