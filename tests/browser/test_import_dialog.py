"""The dialog of a table on its way in, in a real browser: a German price list, the keyboard, a phone, axe."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import faults, in_both_themes
from tests.browser.waiting import settle
from tests.browser.widgets import choose, enter, pick

PRICES = "Artikel;Menge;Preis\nSchraube;12;1.250\nMutter;7;980\nBlech;3;3.400\nSchraube;2;1.100\n"
NOTE = "“1.250” is read as 1250, with the point as thousands sign; as decimal sign it would be 1.25."


@pytest.fixture
def open_dialog(open_page):
    def open_dialog(text=PRICES, **settings):
        page = open_page("data=own", path="training", ready=".player canvas", **settings)
        page.add_style_tag(content="* { transition: none !important }")
        upload(page, text)
        return page

    return open_dialog


def upload(page, text):
    page.get_by_role("button", name="Data", exact=True).click()
    file = {"name": "preise.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("input[type=file]").set_input_files(file)
    dialog(page).locator(".preview").first.wait_for()


def dialog(page):
    return page.get_by_role("dialog", name="Import a table")


def prices(page):
    return dialog(page).locator(".preview").first.locator("tbody tr td:last-child")


def test_a_german_price_list_is_read_with_its_note_and_otherwise_as_chosen(open_dialog):
    page = open_dialog()
    expect(prices(page)).to_have_text(["1250", "980", "3400", "1100"])
    expect(dialog(page).get_by_text(NOTE)).to_be_visible()
    # A note concerns it, so that it is unfolded.
    choose(page, "import_decimal", "point")
    expect(prices(page)).to_have_text(["1.25", "980", "3.4", "1.1"])
    expect(dialog(page).get_by_text(NOTE)).to_have_count(0)
    choose(page, "import_decimal", "comma")
    expect(prices(page)).to_have_text(["1250", "980", "3400", "1100"])
    enter(page, "import_missing", "980")
    expect(prices(page)).to_have_text(["1250", "missing", "3400", "1100"])
    dialog(page).get_by_text("Columns and their kinds").click()
    settle(page)
    choose(page, "import_column", "Menge")
    pick(page, "import_kind", "not used")
    heads = dialog(page).locator(".preview").first.locator("thead th")
    expect(heads.nth(2)).to_have_text("Mengenot used")
    dialog(page).get_by_role("button", name="Use this table").click()
    expect(dialog(page)).to_have_count(0)
    expect(page.locator(".player .plane .axes .name").first).to_contain_text("Artikel=")
    page.wait_for_url(lambda url: "decimal=comma" in url and "kinds=unused.Menge" in url)


@pytest.mark.parametrize("way", ["Cancel", "Close", "Escape"])
def test_a_table_that_is_not_taken_leaves_what_was_there(open_dialog, way):
    page = open_dialog()
    names = page.locator(".player .plane .axes .name")
    if way == "Escape":
        page.keyboard.press("Escape")
    else:
        dialog(page).get_by_role("button", name=way).click()
    expect(dialog(page)).to_have_count(0)
    expect(names).to_have_text(["x1", "x2"])
    # And the next one comes as the first did.
    upload(page, "a,b\n1,2\n3,5\n4,8\n")
    dialog(page).get_by_role("button", name="Use this table").click()
    expect(names.first).to_have_text("a")


def test_the_dialog_has_no_faults_in_either_width_and_theme(open_dialog):
    page = open_dialog()
    dialog(page).get_by_text("Columns and their kinds").click()
    settle(page)
    found = {1366: in_both_themes(page, "[data-rac][role=dialog]")}
    page.set_viewport_size({"width": 390, "height": 800})
    settle(page)
    found[390] = faults(page, "[data-rac][role=dialog]")
    assert found == {1366: [], 390: []}
    across = dialog(page).evaluate("node => node.scrollWidth - node.clientWidth")
    assert across <= 0


def test_why_a_file_is_no_table_stands_in_sight_beside_its_box_on_a_phone(open_page):
    page = open_page(
        "data=own", path="training", ready=".player canvas", viewport={"width": 390, "height": 800}
    )
    page.get_by_role("button", name="Data", exact=True).click()
    file = {"name": "a.json", "mimeType": "application/json", "buffer": b'{"a": [1, 2]}'}
    page.locator("input[type=file]").set_input_files(file)
    reason = page.get_by_text("The file is JSON; it takes a table of rows and columns")
    reason.wait_for()
    settle(page)
    expect(reason).to_be_in_viewport(ratio=1)
