"""Students and their teacher with an exercise, in a real browser."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from core.mistaken_numbers import right_numbers
from tests.browser.test_accessibility import check_width, in_both_themes
from tests.browser.widgets import scrolls_sideways
from ui.exercise.link import read
from ui.exercise.state import of_student
from ui.links.lock import lock_of

pytestmark = pytest.mark.browser

WIDE = {"width": 1366, "height": 768}
KEY = "a-teachers-key"
# All markup, that of components too, which lies in shadow trees.
WHOLE = """[document, ...[...document.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot)]
  .filter(Boolean).map((root) => (root.documentElement ?? root).outerHTML ?? root.innerHTML).join("")"""
LOCK = f"lock={lock_of(KEY)}"


@pytest.fixture
def open_exercise(open_page):
    def open_exercise(query="", ready="h1", **settings):
        return open_page(query, path="exercise", ready=ready, **settings)

    return open_exercise


def box(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


def right_of(query):
    state, _ = read({name: [text] for name, _, text in (part.partition("=") for part in query.split("&"))})
    return right_numbers(state.exercise)


def test_a_student_works_by_keyboard_and_none_of_the_answers_is_in_the_page(open_exercise):
    page = open_exercise(f"{LOCK}&ask=z.a.delta", viewport=WIDE)
    box(page, "Your name or number").press_sequentially("Ada")
    page.keyboard.press("Enter")
    box(page, "z h1").wait_for()
    right = right_of(f"{LOCK}&ask=z.a.delta&student=Ada")
    box(page, "z h1").press_sequentially(f"{right['z1.1']:.4f}")
    page.keyboard.press("Tab")
    expect(box(page, "a h1")).to_be_focused()
    page.get_by_role("radio", name="Backward").click()
    box(page, "δ ŷ").fill("7.1234")
    page.get_by_role("button", name="Check").click()
    page.locator(".mark", has_text="differs").wait_for()
    expect(box(page, "δ ŷ")).to_have_accessible_description("differs")
    page.get_by_role("radio", name="Forward").click()
    page.locator(".mark", has_text="right").wait_for()
    page.get_by_role("button", name="Hint: the formula").press("Enter")
    page.locator(".st-key-check_hints .katex").first.wait_for()
    whole = page.evaluate(WHOLE) + page.url
    assert "differs: 7.1234 typed" in whole
    for name in ("a1.1", "a1.2", "a2.1", "delta2.1", "delta1.1", "delta1.2"):
        digits = re.match(r"0\.0*[1-9]\d\d", f"{abs(right[name]):.9f}")
        assert digits, name
        assert digits[0] not in whole, name
    page.get_by_role("radio", name="Backward").click()
    page.wait_for_url(re.compile("show=backward"))
    page.reload()
    expect(box(page, "δ ŷ")).to_have_value("7.1234")


def test_a_teacher_hands_out_a_link_and_its_answers_open_with_the_key_alone(open_exercise):
    page = open_exercise("ask=z.a", viewport=WIDE)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Make it an exercise for a class").click()
    handed = page.locator(".st-key-exercise_handing_out code").inner_text()
    page.wait_for_url(re.compile("key="))
    assert "key=" not in handed
    page.keyboard.press("Escape")
    page.get_by_text("Answer key", exact=True).click()
    page.locator(".number-tables").nth(1).locator("table").first.wait_for()
    page.goto(handed)
    box(page, "Your name or number").wait_for()
    for name in ("Answer key", "Settings", "For your class"):
        expect(page.get_by_text(name, exact=True)).to_have_count(0)


def test_sheets_and_solutions_are_a_page_of_a4_for_each_variant(open_exercise, browser, tmp_path):
    page = open_exercise(viewport=WIDE)
    page.get_by_role("button", name="Sheets").click()
    printed = {}
    for name, button in (("sheets", "Sheets"), ("solutions", "Solutions")):
        with page.expect_download() as saved:
            body = page.get_by_test_id("stPopoverBody")
            body.get_by_role("button", name=button).click()
        file = tmp_path / f"{name}.html"
        saved.value.save_as(file)
        context = browser.new_context()
        paper = context.new_page()
        paper.goto(file.as_uri())
        printed[name] = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True))).pages
        context.close()
    for sheets in printed.values():
        assert len(sheets) == 4
        assert {tuple(map(round, sheet.mediabox[2:])) for sheet in sheets} <= {
            (595, 842),
            (595, 841),
            (596, 842),
        }
    state, _ = read({})
    for place, (sheet, solution) in enumerate(zip(*printed.values(), strict=True), start=1):
        right = right_numbers(of_student(state, str(place)).exercise)
        for number in (right["z1.1"], right["delta2.1"], right["dw1.2.1"]):
            assert f"{abs(number):.4f}" in solution.extract_text()
            assert f"{abs(number):.4f}" not in sheet.extract_text()
    page.keyboard.press("Escape")


def test_the_page_has_no_faults_on_any_screen_in_either_theme(open_exercise):
    query = f"{LOCK}&student=Ada&answers=z1.1_0.1234~z1.2_0.5&hints=3"
    page = open_exercise(query, ready=".st-key-check_hints .katex", viewport=WIDE)
    page.add_style_tag(content="* { transition: none !important }")
    expect(page.get_by_role("button", name="Copy link")).to_be_enabled()
    found: dict[object, list[object]] = {}
    check_width(page, 390, found)
    assert not scrolls_sideways(page)
    check_width(page, 1366, found)
    box(page, "a h1").fill("a half")
    page.keyboard.press("Tab")
    page.get_by_text("a h1 got “a half”").first.wait_for()
    found["refused"] = in_both_themes(page)
    page.goto(page.url.split("?")[0] + f"?{LOCK}&key={KEY}")
    page.locator(".st-key-exercise_handing_out code").wait_for()
    page.add_style_tag(content="* { transition: none !important }")
    found["teacher"] = in_both_themes(page)
    page.get_by_role("button", name="Settings").click()
    body = page.get_by_test_id("stPopoverBody")
    body.locator("input").first.wait_for()
    found["settings"] = in_both_themes(page, "[data-testid=stPopoverBody]")
    assert {state: faults for state, faults in found.items() if faults} == {}
