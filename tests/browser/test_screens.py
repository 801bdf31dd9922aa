"""What is in sight without scrolling, by the size of the screen."""

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.harness import go_to, wait_for_page
from tests.browser.waiting import settle
from tests.browser.widgets import scrolls_sideways, widget
from tests.hypothesis_profiles import some

LARGE = "net=6-6-6-6&seed=3&bias=trained"
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


SIZES = ((1366, 768), (1920, 1080), (2560, 1440), (3840, 2160))
SMALL = (683, 512)


def walk_through(page, sizes, parts, texts=()):
    """Show a page in each size, check what is in sight, and return the heights of texts in each."""
    heights = []
    for width, height in sizes:
        show(page, width, height)
        with case(width, height):
            check_sight(page, width, height, parts)
            boxes = {text: page.locator(text).first.bounding_box() for text in texts}
            assert all(boxes.values()), boxes
            heights.append({text: box["height"] for text, box in boxes.items()})
    return heights


def check_growth(heights):
    """Texts are larger on a projector than on a laptop, and on a wall than on both."""
    laptop, projector, wall, _ = heights
    for text, height in laptop.items():
        assert projector[text] >= 1.1 * height, text
        assert wall[text] >= 1.25 * height, text


def test_the_one_step_page_has_in_sight_what_moves_in_texts_that_grow_with_it(open_page):
    page = open_page()
    selected = ".row.chosen [data-control]"
    whole = (".readings", ".network", selected)
    small = ("[data-control='x1']", "[data-control='eta']", ".plot")
    check_growth(walk_through(page, SIZES, (*whole, *small), (*TEXTS[""], *STREAMLIT_TEXTS)))
    # It is drawn anew for the other theme.
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".stApp")).to_have_css("color-scheme", "dark")
    show(page, *SIZES[0])
    check_sight(page, *SIZES[0], (*whole, *small))
    assert page.locator(".loss-timeline").bounding_box()["y"] < SIZES[0][1]
    page.reload()
    page.locator(".network").wait_for()
    walk_through(page, [SMALL], whole)
    wait_for_page(page)
    go_to(page, LARGE)
    page.locator("[data-id='n3.6']").wait_for(state="attached")
    walk_through(page, some(SIZES[:-1]), whole)


def test_the_training_page_has_its_timeline_and_plane_in_sight_in_texts_that_grow_with_it(open_page):
    page = open_page(TRAINED, path="training", ready=".player canvas")
    seen = (".readings", ".player .drawing", ".plane .area")
    texts = (*TEXTS["training"], *STREAMLIT_TEXTS)
    check_growth(walk_through(page, SIZES, (*seen, ".player .primary", ".player .track"), texts))
    walk_through(page, [SMALL], seen)
    check_number_of_steps(page)


def check_number_of_steps(page):
    """The number of steps ends before its unit."""
    box = widget(page, "training_budget").get_by_test_id("stNumberInputContainer")
    beside = widget(page, "training_unit").get_by_test_id("stButtonGroup")
    for width, height in ((1024, 768), *SIZES[:-1]):
        show(page, width, height)
        left, right = box.bounding_box(), beside.bounding_box()
        assert left
        assert right
        assert left["x"] + left["width"] <= right["x"], width


@pytest.mark.parametrize(
    ("path", "query", "ready"),
    [
        ("", "", ".network"),
        ("training", "", ".player canvas"),
        ("questions", "question=old-or-new", ".network"),
        ("worked_examples", "example=mazur", "table.numbers"),
    ],
)
def test_on_a_phone_no_page_scrolls_sideways(open_page, path, query, ready):
    page = open_page(query, path=path, ready=ready, viewport={"width": 390, "height": 844})
    settle(page)
    assert not scrolls_sideways(page)
