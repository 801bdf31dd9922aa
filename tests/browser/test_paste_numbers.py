"""Numbers pasted into One step in a real browser: course cells, a choice, the keyboard, a phone, axe."""

import re

from playwright.sync_api import expect

from tests.browser.test_accessibility import faults, in_both_themes
from tests.browser.waiting import settle
from tests.ui.one_step.test_pasted_exercise import CELLS

SQUARE = "W1 = [[0.15, 0.2], [0.25, 0.3]]\nW2 = [[0.4], [0.5]]\nx = [0.05, 0.1]\nt = 0.99"
PHONE = {"width": 390, "height": 844}


def dialog(page):
    return page.get_by_role("dialog", name="Paste numbers")


def paste(page, text):
    if not dialog(page).count():
        page.get_by_role("button", name="Paste numbers").click()
    box = dialog(page).get_by_role("textbox", name="Weights, inputs, target, learning rate")
    box.fill(text)
    box.press("Control+Enter")


def set_numbers(page):
    dialog(page).get_by_role("button", name="Set these numbers").click()
    expect(dialog(page)).to_have_count(0)


def test_the_course_cells_give_the_default_page_and_undo_brings_the_other_back(open_page):
    page = open_page("example=mazur")
    paste(page, CELLS)
    expect(dialog(page).get_by_text("Sets network 3-2-1, W1, W2, no biases")).to_be_visible()
    set_numbers(page)
    page.wait_for_url(re.compile(r"^[^?]*$"))
    expect(page.get_by_text("0.484973").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Undo")).click()
    page.wait_for_url(re.compile("example=mazur"))


def test_a_square_matrix_shows_both_ways_and_the_keyboard_chooses(open_page):
    page = open_page()
    page.get_by_role("button", name="Paste numbers").focus()
    page.keyboard.press("Enter")
    box = dialog(page).get_by_role("textbox")
    box.focus()
    page.keyboard.insert_text(SQUARE)
    page.keyboard.press("Control+Enter")
    numbers = dialog(page).locator("[data-testid=stCode] code")
    expect(numbers).to_have_count(2)
    expect(numbers.nth(0)).to_contain_text("0.15   0.2")
    expect(numbers.nth(1)).to_contain_text("0.15  0.25")
    ways = dialog(page).get_by_role("radio")
    ways.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(ways.nth(1)).to_be_checked()
    settle(page)
    apply = dialog(page).get_by_role("button", name="Set these numbers")
    apply.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"W1=0.15_0.25~0.2_0.3"))
    expect(dialog(page)).to_have_count(0)


def test_what_was_typed_is_taken_by_the_button_at_once(open_page):
    page = open_page()
    page.get_by_role("button", name="Paste numbers").click()
    dialog(page).get_by_role("textbox").fill("target = 0.25")
    set_numbers(page)
    page.wait_for_url(re.compile("y=0.25"))


def test_a_fault_is_pointed_at_on_a_phone_and_the_text_is_kept(open_page):
    page = open_page(viewport=PHONE)
    paste(page, "x = [0.5, 0.1, -0.2\ntarget = 0.6")
    expect(dialog(page).get_by_text("Line 1, column 5: “[” is not closed.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dialog(page).get_by_role("button", name="Cancel").click()
    expect(dialog(page)).to_have_count(0)
    page.get_by_role("button", name="Paste numbers").click()
    expect(dialog(page).get_by_role("textbox")).to_have_value("x = [0.5, 0.1, -0.2\ntarget = 0.6")
    paste(page, SQUARE)
    expect(dialog(page).get_by_role("radio")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not faults(page, "[data-rac][role=dialog]")


def test_on_a_phone_the_buttons_above_the_drawing_take_two_rows(open_page):
    page = open_page(viewport=PHONE)
    names = ("Course notebook, 3-2-1", "Architecture", "Paste numbers", "Copy link", "Share")
    tops = {page.get_by_role("button", name=name).first.bounding_box()["y"] for name in names}
    assert len(tops) == 2


def test_the_dialog_has_no_fault_in_either_theme(open_page):
    page = open_page()
    paste(page, SQUARE + "\nfoo = 3")
    expect(dialog(page).get_by_role("radio")).to_have_count(2)
    settle(page)
    assert not in_both_themes(page, "[data-rac][role=dialog]")
    expect(dialog(page).get_by_role("radio")).to_have_count(2)


def test_copied_numbers_are_pasted_back_as_the_same_page(open_page):
    page = open_page("example=mazur&x=0.25_0.1")
    page.get_by_role("button", name="Copy numbers").click()
    page.get_by_role("tab", name="Copy as PyTorch").click()
    text = page.get_by_role("tabpanel").locator("code").filter(has_text="state_dict").inner_text()
    page.keyboard.press("Escape")
    paste(page, text)
    expect(dialog(page).get_by_text("Sets network 2-2-2, W1, W2, biases")).to_be_visible()
    set_numbers(page)
    expect(page.get_by_text("The page has these numbers already.")).to_be_visible()
