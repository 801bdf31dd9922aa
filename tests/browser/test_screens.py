"""What is in sight without scrolling, by the size of the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.waiting import settle
from tests.browser.widgets import widget

NETWORKS = {"3-2-1": "", "6-6-6-6": "net=6-6-6-6&seed=3&bias=trained"}
TRAINED = "steps=600&hidden=4-3"
# Texts of each kind: in the drawing, beside it, and Streamlit's own.
TEXTS = {
    "": (".row .label", ".network .activation", ".explain .title", ".toolbar select", ".plot .caption"),
    "training": (".reading dd", ".net .legend .key", ".axes text", ".network .name", ".controls button"),
}
STREAMLIT_TEXTS = ("[data-testid=stButton] p", "h1", "[data-testid=stSidebarNavLink] span")


def show(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def check_sight(page, width, height, parts):
    for part in parts:
        place = page.locator(part).first.bounding_box()
        assert place["x"] >= 0, part
        assert place["y"] >= 0, part
        assert place["x"] + place["width"] <= width + 1, part
        assert place["y"] + place["height"] <= height, part


SCHEMES = ("light", "dark")


def check_sight_in_both_themes(page, width, height, parts):
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(".stApp")).to_have_css("color-scheme", scheme)
        settle(page)
        with case(scheme, width, height):
            check_sight(page, width, height, parts)


@pytest.mark.parametrize("network", NETWORKS)
def test_the_one_step_page_has_in_sight_what_moves(open_page, network):
    page = open_page(NETWORKS[network])
    selected = ".row.chosen [data-control]"
    whole = (".readings", ".network", selected)
    small = ("[data-control='x1']", "[data-control='eta']", ".plot")
    for width, height in ((1366, 768), (1920, 1080), (2560, 1440), (3840, 2160)):
        show(page, width, height)
        check_sight_in_both_themes(page, width, height, (*whole, *small) if network == "3-2-1" else whole)
        below = page.locator(".loss-timeline").bounding_box()
        assert below["y"] < height or network != "3-2-1"
    if network == "3-2-1":
        page.reload()
        page.locator(".network").wait_for()
        show(page, 683, 512)
        check_sight_in_both_themes(page, 683, 512, (".readings", ".network", selected))


def test_the_training_page_has_its_timeline_and_plane_in_sight(open_page):
    page = open_page(TRAINED, path="training", ready=".player canvas")
    whole = (".readings", ".player .drawing", ".plane .area", ".player .primary", ".player .track")
    for width, height in ((1366, 768), (1920, 1080), (2560, 1440), (3840, 2160)):
        show(page, width, height)
        check_sight(page, width, height, whole)
    show(page, 683, 512)
    check_sight(page, 683, 512, (".readings", ".player .drawing", ".plane .area"))


@pytest.mark.parametrize("path", TEXTS)
def test_texts_grow_with_the_drawing(open_page, path):
    ready = ".player canvas" if path else ".network"
    page = open_page(TRAINED if path else "", path=path, ready=ready)
    texts = (*TEXTS[path], *STREAMLIT_TEXTS)

    def heights(width, height):
        show(page, width, height)
        boxes = {text: page.locator(text).first.bounding_box() for text in texts}
        assert all(boxes.values()), boxes
        return [box["height"] for box in boxes.values()]

    laptop, projector, wall = heights(1366, 768), heights(1920, 1080), heights(2560, 1440)
    for text, small, large, largest in zip(texts, laptop, projector, wall, strict=True):
        assert large >= 1.1 * small, text
        assert largest >= 1.25 * small, text


def test_the_number_of_steps_ends_before_its_unit(open_page):
    page = open_page(TRAINED, path="training", ready=".player canvas")
    box = widget(page, "training_budget").get_by_test_id("stNumberInputContainer")
    beside = widget(page, "training_unit").get_by_test_id("stButtonGroup")
    for width, height in ((1024, 768), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160)):
        show(page, width, height)
        left, right = box.bounding_box(), beside.bounding_box()
        assert left
        assert right
        assert left["x"] + left["width"] <= right["x"], width
