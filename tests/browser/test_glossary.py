"""What a term or symbol means shows on hovering, focus and touch, and in a section of the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_explain import unfold
from tests.browser.waiting import settle
from tests.hypothesis_profiles import some
from ui.text.conventions import CONVENTIONS, USUAL
from ui.text.glossary import GLOSSARY, TRAINING, glossary_data


def tip(page):
    return page.locator(".term-tip")


def test_a_symbol_is_explained_where_it_is_hovered(open_components):
    page = open_components("select=n1.1")
    unfold(page)
    expect(tip(page)).to_be_hidden()
    page.locator(".explain .all .leaf.delta").first.hover()
    expect(tip(page).locator(".title")).to_have_text(re.compile(r"= −0\.02873\d*: δ = dL/dz"))
    expect(tip(page)).to_contain_text(GLOSSARY["delta"].sentence)
    expect(tip(page).locator("math").last).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip(page)).to_be_hidden()


def test_what_follows_a_symbol_stays_in_sight(open_components):
    page = open_components("select=n1.1")
    unfold(page)
    for width, height in ((1366, 768), (768, 1000), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        leaf = page.locator(".explain .all .leaf.delta").first
        leaf.hover()
        expect(tip(page)).to_be_visible()
        # Measured once it stands where the page has been scrolled to.
        inside, at = tip(page).bounding_box(), leaf.bounding_box()
        assert inside["y"] >= 0, width
        assert inside["y"] + inside["height"] <= at["y"], width
        page.mouse.move(2, 2)
        expect(tip(page)).to_be_hidden()


def test_every_reading_is_explained_by_keyboard(open_components):
    page = open_components()
    terms = ["prediction", "target", "loss", "loss_after", "estimate"]
    page.get_by_role("button", name="Prediction", exact=True).focus()
    for term in terms:
        # The first focus was not the keyboard's.
        if term == "prediction":
            page.keyboard.press("Tab")
            page.keyboard.press("Shift+Tab")
        expect(tip(page)).to_contain_text(glossary_data(USUAL)[term]["sentence"])
        page.keyboard.press("Tab")
    expect(tip(page)).to_be_hidden()


@pytest.mark.parametrize(
    "query", some(["select=w1.1.1&speak=pytorch", "stage=delta1", "select=n1.1", "select=w1.1.1"], 2)
)
def test_every_symbol_of_a_panel_is_explained_by_keyboard(open_components, query):
    page = open_components(query)
    glossary = glossary_data(CONVENTIONS["pytorch"] if "pytorch" in query else USUAL)
    region = page.locator(".stage-text .body" if "stage" in query else ".explain .body")
    region.focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        expect(tip(page)).to_be_visible()
        title = tip(page).locator(".title").text_content()
        letters, meaning = title.rsplit(":", 1)
        assert meaning.strip()
        assert any(entry["sentence"] in tip(page).text_content() for entry in glossary.values())
        expect(page.locator(".announcer")).to_contain_text(meaning.strip())
        expect(page.locator(".leaf.shown")).to_have_count(1)
        if letters in seen:
            break
        seen.append(letters)
    # Around the end it begins anew.
    assert letters == seen[0]
    assert len(seen) >= 3
    page.keyboard.press("ArrowLeft")
    assert tip(page).locator(".title").text_content().startswith(seen[-1])
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()
    expect(region).to_be_focused()
    expect(page.locator(".leaf.shown")).to_have_count(0)


def test_the_escape_key_closes_it(open_components):
    page = open_components()
    page.get_by_text("Loss now").hover()
    expect(tip(page)).to_contain_text("½")
    page.get_by_role("button", name="Loss now").focus()
    page.keyboard.press("Escape")
    expect(tip(page)).to_be_hidden()


def test_a_tap_opens_it_and_a_tap_elsewhere_closes_it(open_components):
    page = open_components(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    place = page.get_by_text("Target", exact=True).first.bounding_box()
    page.touchscreen.tap(place["x"] + 5, place["y"] + 5)
    expect(tip(page)).to_contain_text(GLOSSARY["target"].sentence)
    other = page.get_by_text("Loss now", exact=True).bounding_box()
    page.touchscreen.tap(other["x"] + 5, other["y"] + 5)
    expect(tip(page)).to_contain_text(GLOSSARY["loss"].sentence)
    expect(page.get_by_role("button", name="Loss now")).to_have_accessible_description(
        re.compile(re.escape(GLOSSARY["loss"].sentence))
    )
    inside = tip(page).bounding_box()
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 390
    title = page.get_by_role("heading", name="Backprop Explorer").bounding_box()
    page.touchscreen.tap(title["x"] + 5, title["y"] + 5)
    expect(tip(page)).to_be_hidden()


def test_it_never_shows_a_number_of_before(open_components):
    page = open_components("select=n1.1")
    unfold(page)
    page.locator("[data-control='w1.1.1']").focus()
    page.locator(".explain .all .leaf.delta").first.hover()
    expect(tip(page)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(tip(page)).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "entries"),
    [("", GLOSSARY), ("training", {**GLOSSARY, **TRAINING})],
    ids=["one step", "training"],
)
def test_a_section_of_the_page_has_every_term(open_page, path, entries):
    page = open_page(path=path, ready=".network, .player canvas")
    page.get_by_text("Glossary", exact=True).click()
    expect(page.locator(".glossary dt")).to_have_count(len(entries))
    settle(page)
    wide = "node => node.scrollWidth <= node.clientWidth"
    assert page.locator(".glossary").evaluate(wide)
