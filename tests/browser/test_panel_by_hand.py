"""The settings panel of the Training page on a phone, by keyboard and with a screen reader."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_training_panel import PHONE, WIDE, box, drag, slider
from tests.browser.waiting import count_entries, rectangles, settle

pytestmark = pytest.mark.browser


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player .panel h2", **settings)

    return open_training


@pytest.mark.parametrize("name", ["Noise", "Dropout"])
def test_on_a_phone_the_plane_is_in_sight_while_a_slider_is_used(open_training, name):
    page = open_training("steps=20", viewport=PHONE)
    glance = page.locator(".player .glance canvas")
    drag(page, slider(page, name), 0.6)
    readings = page.locator(".player .readings").bounding_box()
    place = glance.bounding_box()
    row = slider(page, name).bounding_box()
    assert readings["y"] + readings["height"] <= place["y"]
    assert place["y"] + place["height"] <= PHONE["height"]
    assert row["y"] + row["height"] <= place["y"] or place["y"] + place["height"] <= row["y"]
    page.mouse.up()
    expect(glance).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(glance).to_be_visible()
    page.keyboard.press("Tab")
    expect(glance).to_have_count(0)


@pytest.mark.parametrize("film", ["", "eta"])
def test_nothing_of_the_foot_lies_outside_of_it(open_training, film):
    page = open_training(f"steps=40&film={film}" if film else "steps=40", viewport=WIDE)
    if film:
        page.locator(".player .along").wait_for()
    for width in (1366, 1180, 1024, 800, 600, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        foot = page.locator(".player .foot").bounding_box()
        right, bottom = foot["x"] + foot["width"], foot["y"] + foot["height"]
        parts = page.locator(".player .foot :is(button, select, input, output, .key):visible")
        for place in rectangles(parts):
            assert foot["x"] <= place["left"], width
            assert place["right"] <= right + 1, width
            assert place["bottom"] <= bottom + 1, width
        if width == PHONE["width"]:
            assert foot["height"] <= (270 if film else 200)


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_the_buttons_of_layers_stand_in_one_line_also_where_the_drawing_is_of_the_run_before(
    open_training, viewport
):
    page = open_training("steps=40", viewport=viewport)
    more = page.get_by_role("button", name="Add a hidden layer")
    for layers in range(3, 7):
        more.click()
        page.wait_for_url(re.compile(f"hidden=4-2{'-2' * (layers - 2)}(&|$)"))
        settle(page)
        plus = rectangles(page.get_by_role("button", name=re.compile("Add a unit")))
        assert len(plus) == layers
        assert len({round(place["top"]) for place in plus}) == 1
        assert abs(more.bounding_box()["y"] - plus[0]["top"]) < 24
    expect(more).to_have_attribute("aria-disabled", "true")
    expect(more).to_have_attribute("title", re.compile("at most 6"))


def test_arrow_keys_on_a_choice_take_the_one_at_which_they_come_to_rest(open_training):
    page = open_training("", viewport=WIDE)
    entries = count_entries(page)
    menu = page.get_by_role("combobox", name="Optimizer")
    menu.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    chosen = menu.input_value()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"optimizer={chosen}"))
    assert entries() == 1
    page.get_by_role("radiogroup", name="Data").get_by_role("radio", checked=True).focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("data="))
    assert entries() == 2
    expect(page.get_by_role("radiogroup", name="Data").get_by_role("radio", checked=True)).to_be_focused()


def test_that_there_is_more_data_cannot_be_chosen(open_training):
    page = open_training("", viewport=WIDE)
    menu = page.get_by_role("combobox", name="More data")
    menu.select_option("tips")
    page.wait_for_url(re.compile("data=tips"))
    menu.focus()
    for _ in range(12):
        page.keyboard.press("ArrowUp")
    assert menu.input_value()


@pytest.mark.parametrize("name", ["Data", "More settings"])
def test_a_popover_that_a_key_opens_has_the_focus_and_gives_it_back(open_training, name):
    page = open_training("", viewport=WIDE)
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stPopoverBody").locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(button).to_be_focused()


def test_the_space_bar_trains_and_pauses_where_nothing_has_the_focus(open_training):
    page = open_training("", viewport=WIDE)
    page.evaluate("document.activeElement?.blur()")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)
    box(page, "Dropout").focus()
    page.keyboard.press("Space")
    settle(page)
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_units_are_announced_with_their_layer(open_training):
    page = open_training("", viewport=WIDE)
    page.get_by_role("button", name="Add a unit to hidden layer 1").click()
    expect(page.locator(".player .said")).to_contain_text("Hidden layer 1: 5 units.")


def test_the_settings_are_on_paper(open_training):
    page = open_training("steps=20&eta=0.3", viewport=WIDE)
    page.emulate_media(media="print")
    expect(page.locator(".player .settings-line")).to_contain_text("Learning rate η: 0.3")
    expect(page.locator(".player .settings-line")).to_be_visible()
