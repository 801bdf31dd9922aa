"""A learner who checks working, in a real browser: by keyboard, on a phone, and over a slow line."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.held_responses import HeldResponses
from tests.browser.test_accessibility import check_width, in_both_themes
from tests.browser.waiting import settle
from tests.browser.widgets import scrolls_sideways

pytestmark = pytest.mark.browser

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
READY = ".st-key-check_pasted"


@pytest.fixture
def open_check(open_page):
    def open_check(query="", **settings):
        return open_page(query, path="check_working", ready=READY, **settings)

    return open_check


def box(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


def mark(page, words):
    return page.locator(".mark", has_text=words)


def test_a_slip_is_named_by_keyboard_alone_and_what_follows_is_not_held_against_the_learner(open_check):
    page = open_check("show=backward", viewport=WIDE)
    # The error is sent back without f′ of the output: δ there is −0.115, and δ of h1 follows.
    box(page, "δ ŷ").press_sequentially("-0.115027")
    page.keyboard.press("Tab")
    mark(page, "differs").wait_for()
    expect(box(page, "dL/da h1")).to_be_focused()
    expect(box(page, "δ ŷ")).to_have_accessible_description("differs")
    page.get_by_text("δ ŷ differs: -0.115027 typed.").wait_for(state="attached")
    box(page, "dL/da h1").press_sequentially("-0.0115027")
    page.keyboard.press("Enter")
    expect(box(page, "δ h1")).to_be_focused()
    mark(page, "follows").wait_for()
    expect(page.get_by_role("heading", name="The first that differs: δ ŷ")).to_be_visible()
    for name in ("Hint: the formula", "Hint: a question", "Name the mistake", "Show the answer"):
        page.get_by_role("button", name=name).press("Enter")
        page.get_by_role("button", name=name).wait_for(state="detached")
    expect(page.locator(".st-key-check_hints .katex").last).to_contain_text("0.0287307")
    expect(page.get_by_role("button", name="Hide the hints")).to_be_focused()
    page.get_by_role("button", name="Clear my numbers").press("Enter")
    expect(page.get_by_role("button", name="Bring my numbers back")).to_be_focused()
    page.keyboard.press("Enter")
    mark(page, "differs").wait_for()
    page.reload()
    expect(box(page, "δ ŷ")).to_have_value("-0.115027")
    page.go_back()


def test_numbers_typed_in_a_row_all_count_over_a_slow_line(open_check):
    responses = HeldResponses()
    page = open_check(viewport=WIDE, held=responses)
    responses.hold_when_idle(page)
    for name, text in (("z h1", "0.24"), ("z h2", "-0.46"), ("a h1", "0.56")):
        box(page, name).fill(text)
        page.keyboard.press("Tab")
    responses.release()
    page.wait_for_url(re.compile("answers=z1.1_0.24~z1.2_-0.46~a1.1_0.56"))
    responses.wait_until_idle(page)
    for name, text in (("z h1", "0.24"), ("z h2", "-0.46"), ("a h1", "0.56")):
        expect(box(page, name)).to_have_value(text)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_the_boxes_of_weights_have_stands_in_the_drawing_and_no_text_is_cut(open_check, viewport):
    page = open_check("show=gradients", viewport=viewport)
    expect(page.locator(".kinds:visible").first).to_have_text("dL/dw")
    box(page, "dL/dw h1→ŷ").or_(box(page, "dL/dw x1→h1")).locator("visible=true").first.fill("1" * 250)
    page.keyboard.press("Tab")
    expect(page.locator(".rejected:visible")).to_contain_text("up to 100 characters")


def below_the_heading(page):
    heading = page.get_by_role("heading", name="Check my working")
    return box(page, "a h1").bounding_box()["y"] - heading.bounding_box()["y"]


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_moves_where_a_mark_appears_and_nothing_is_wider_than_the_window(open_check, viewport):
    page = open_check(viewport=viewport)
    box(page, "z h1").fill("0.27")
    page.keyboard.press("Tab")
    mark(page, "differs").wait_for()
    settle(page)
    before = below_the_heading(page)
    box(page, "a h1").fill("0.56")
    page.keyboard.press("Tab")
    mark(page, "rounded").wait_for()
    settle(page)
    assert below_the_heading(page) == pytest.approx(before, abs=1)
    assert not scrolls_sideways(page)


def test_on_a_phone_a_unit_opens_its_boxes_and_shows_what_was_found_of_them(open_check):
    page = open_check(viewport=PHONE, has_touch=True)
    page.get_by_role("button", name="h2 0/2 boxes filled").tap()
    expect(box(page, "z h2")).to_be_focused()
    box(page, "z h2").fill("-0.4")
    page.keyboard.press("Enter")
    expect(box(page, "a h2")).to_be_focused()
    mark(page, "differs").wait_for()
    # Behind the last box of a unit comes the first of the next one.
    page.keyboard.press("Enter")
    expect(box(page, "z ŷ")).to_be_focused()
    page.get_by_role("button", name="h2 1/2 boxes filled, differs").wait_for()
    assert not scrolls_sideways(page)


def test_the_field_keeps_the_focus_and_the_text_of_what_is_pasted(open_check):
    page = open_check(viewport=WIDE)
    field = page.get_by_role("textbox", name="Paste your numbers")
    field.fill("z1 = [0.24, -0.46]")
    page.keyboard.press("Control+Enter")
    page.get_by_text("2 numbers checked: 2 right.").wait_for()
    settle(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("z1 = [0.24, -0.46]")


def test_one_step_leads_to_the_check_of_its_network_and_back(open_page):
    # The address stays the same but for the page's path.
    page = open_page("v=4&w1.1.2=0.25")
    page.get_by_test_id("stPageLink").get_by_role("link", name="Check my working").click()
    page.locator(READY).wait_for()
    page.wait_for_url(re.compile("check_working.*w1.1.2=0.25"))
    back = page.get_by_role("link", name="Change these numbers on One step")
    back.focus()
    # For another tab: the first page of the app, by its own path.
    assert re.fullmatch(r"http://[^/]+/\?v=4&w1.1.2=0.25", back.get_attribute("href"))
    back.click()
    page.locator(".network").wait_for()
    page.wait_for_url(re.compile("w1.1.2=0.25"))


SHEET = quote(
    "h1: z = 0.24, a = 0.6\n\nunit\tz\ta\nŷ\t-0.06\t0.5\nδ ŷ = -0.115027\nloss = 0.0066\nmomentum = 0.9"
)


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_whole_sheet_has_no_faults_in_either_theme(open_check, viewport):
    page = open_check(f"show=sheet&sheet={SHEET}&answers=z1.1_0.24~a1.1_0.6", viewport=viewport)
    page.add_style_tag(content="* { transition: none !important }")
    page.locator("table.audit:not(.paper) .checked.wrong").first.wait_for()
    expect(page.get_by_role("button", name="Copy link")).to_be_enabled()
    assert in_both_themes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    group = page.get_by_role("radiogroup").first
    assert group.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_the_page_has_no_faults_on_any_screen_in_either_theme(open_check):
    page = open_check("answers=delta2.1_-0.115027~da1.1_-0.01~z1.1_0.24&hints=4&show=backward", viewport=WIDE)
    page.add_style_tag(content="* { transition: none !important }")
    page.locator(".st-key-check_hints .katex").last.wait_for()
    expect(page.get_by_role("button", name="Copy link")).to_be_enabled()
    found: dict[object, list[object]] = {}
    check_width(page, 390, found)
    check_width(page, 1366, found)
    box(page, "dL/da h1").fill("a half")
    page.keyboard.press("Tab")
    page.locator(".rejected", has_text="a half").wait_for()
    found["refused"] = in_both_themes(page)
    assert {state: faults for state, faults in found.items() if faults} == {}
