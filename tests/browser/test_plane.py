"""The plane of the Training page over data of many columns: what it shows, and in which units and colors."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.harness import go_to
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import rectangles, settle, until

IRIS = "data=iris&optimizer=adam&eta=0.01&steps=50"


def held(other):
    """What stands beside the plane of two held inputs, in whatever digits, the second being `other`."""
    return re.compile(rf"Held at training mean: sepal_length 5\.86\d*, {re.escape(other)}\d*")


@pytest.fixture
def open_player(open_components):
    def open_player(query="", **settings):
        return open_components(query, path="training", ready=".player canvas", **settings)

    return open_player


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player canvas", **settings)

    return open_training


def legend(page):
    return page.locator(".player .plane .legend")


def unit(page, place):
    return page.locator(f".player [data-item='{place}'] .unit")


def bounds(elements):
    """The left, upper, right and lower ends of elements."""
    return [
        (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])
        for box in rectangles(elements)
    ]


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def assert_axes_are_whole(page):
    """Every text of the axes lies on the card and on no other text."""
    (card,) = bounds(page.locator(".player .card"))
    texts = bounds(page.locator(".player .plane .axes text"))
    assert texts
    for place, text in enumerate(texts):
        assert card[0] <= text[0]
        assert text[2] <= card[2]
        assert not any(meet(text, other) for other in texts[place + 1 :])
    (head,) = bounds(page.locator(".player .plane .title"))
    assert not any(meet(text, head) for text in texts)


def test_many_columns_have_two_axes_to_choose_and_no_blank_tile(open_training):
    page = open_training(IRIS)
    names = page.locator(".player .plane .axes .name")
    expect(names).to_have_text(["petal_length", "petal_width"])
    tiles = page.locator(".player [data-item] text.held")
    expect(tiles).to_have_text([re.compile(r"^5\.86"), re.compile(r"^3\.05")])
    expect(legend(page)).to_contain_text(held("sepal_width 3.05"))
    expect(page.locator(".player [data-item='0']")).to_have_accessible_name(
        re.compile("5.86.*, where it is held")
    )
    assert_axes_are_whole(page)
    # Readings begin where their names do.
    for reading in page.locator(".player .reading").all():
        assert reading.locator("dd").inner_text() == reading.locator("dd").inner_text().strip()

    page.locator(".st-key-training_data button").first.click()
    page.get_by_role("combobox", name="Vertical axis").click()
    page.get_by_role("option", name="sepal_width", exact=True).click()
    expect(names).to_have_text(["petal_length", "sepal_width"])
    page.wait_for_url(re.compile("axes=petal_length~sepal_width"))
    # The run is the same one.
    page.wait_for_url(re.compile("steps=50"))
    expect(legend(page)).to_contain_text(held("petal_width 1.1"))


def test_whatever_has_a_color_has_a_legend(open_player):
    page = open_player(IRIS)
    keys = legend(page).locator(".key")
    expect(keys).to_have_text(["setosa", "versicolor", "virginica", "train", "test"])
    shapes = keys.locator("path").evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    assert len(set(shapes[:3])) == 3
    bar = legend(page).locator(".scale")
    expect(bar).to_have_count(0)
    # A hidden unit is on the sign scale, the samples on it keep the colors of their classes.
    unit(page, 5).click()
    expect(bar).to_have_text(re.compile(r"^−1(\.0*)?1(\.0*)?$"))
    expect(keys).to_have_text(["setosa", "versicolor", "virginica", "train", "test"])
    # An output has its class's color, an input its own units.
    unit(page, 10).click()
    expect(bar).to_have_text(re.compile(r"^0(\.0*)?1(\.0*)?$"))
    unit(page, 2).click()
    expect(bar).to_have_count(1)
    low, high = map(float, bar.locator("span").all_inner_texts())
    assert 0 < low < 2
    assert 5 < high < 8
    unit(page, 0).click()
    expect(legend(page)).to_contain_text(re.compile(r"5\.86\d* all over the plane: the training mean"))
    assert_axes_are_whole(page)


def test_no_number_of_an_axis_is_cut_or_covered(open_player):
    page = open_player()
    for data in ("truth_xor", "plane", "sine", "tips", "circle"):
        go_to(page, f"data={data}")
        with case(data):
            expect(legend(page).locator("i")).to_have_count(0 if data == "sine" else 1)
            settle(page)
            assert_axes_are_whole(page)


def test_a_regression_is_shown_in_the_units_of_the_table(open_training):
    page = open_training("data=tips&steps=50")
    expect(legend(page).locator(".scale")).to_have_text(re.compile(r"^tip1(\.0*)?10(\.0*)?$"))
    expect(page.locator(".player .reading", has_text="Train loss")).to_contain_text("standardized")
    expect(legend(page).locator("summary")).to_have_text(
        "The other 10 inputs are held at their training mean"
    )
    page.get_by_text("The loss is of the standardized tip").wait_for()
    expect(page.get_by_text("There x and y are standardized")).to_have_count(0)


def test_nothing_jumps_or_is_cut_whatever_is_selected(open_training):
    page = open_training(f"{IRIS}&budget=100000")
    card = page.locator(".player .card")
    budget = page.get_by_role("spinbutton", name="Train for")
    expect(budget).to_have_value("100000")
    for width in (390, 1366, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        with case(width):
            height = card.bounding_box()["height"]
            for place in (5, 8, 2, 0, 10):
                unit(page, place).click()
                expect(page.locator(".player .unit.chosen")).to_have_count(1)
                assert abs(card.bounding_box()["height"] - height) < 0.5
            left = card.bounding_box()["x"]
            for text in rectangles(page.locator(".player .timeline text")):
                assert text["x"] >= left
            assert budget.evaluate("box => box.scrollWidth <= box.clientWidth")


def place(page, *spots):
    """Click onto the plane, each time so far across and down."""
    box = page.locator(".player .plane .area").bounding_box()
    for across, down in spots:
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)


# How many colors a part of the map has.
COLORS = """canvas => new Set(new Uint32Array(
    canvas.getContext("2d").getImageData(80, 40, 100, 100).data.buffer)).size"""
PIXELS = "canvas => canvas.toDataURL()"


def test_how_the_plane_is_shown_is_chosen_below_it_and_travels_in_the_link(open_training):
    page = open_training("steps=20")
    surface, dots = (page.locator(".player .area canvas").nth(place) for place in (0, 1))
    assert surface.evaluate(COLORS) > 2
    both = dots.evaluate(PIXELS)
    page.get_by_label("Discretize output").check()
    page.get_by_label("Hide test data").press("Space")
    page.wait_for_url(re.compile("plane=discrete.notest"))
    for _ in range(2):
        expect(legend(page)).not_to_contain_text("test")
        assert until(page, lambda: surface.evaluate(COLORS), lambda number: number <= 2) <= 2
        assert dots.evaluate(PIXELS) != both
        page.reload()
    page.get_by_label("Discretize output").uncheck()
    page.get_by_label("Hide test data").uncheck()
    page.wait_for_url(lambda url: "plane=" not in url)
    assert until(page, lambda: dots.evaluate(PIXELS), lambda pixels: pixels == both) == both


def test_there_is_nothing_to_choose_below_a_plane_of_curves_without_a_test(open_training):
    page = open_training("data=sine&trainshare=1")
    for name in ("Discretize output", "Hide test data"):
        expect(page.get_by_label(name)).to_be_hidden()


THREE_MORE = re.compile(r"points=-3_-3_0~3_3_1(~[^~&]+){3}(&|$)")


def test_points_placed_while_no_response_comes_all_count(open_training):
    responses = HeldResponses()
    page = open_training("data=points&points=-3_-3_0~3_3_1", held=responses)
    responses.hold_when_idle(page)
    place(page, (0.4, 0.4), (0.5, 0.5), (0.6, 0.3))
    responses.release()
    page.wait_for_url(THREE_MORE)
    responses.wait_until_idle(page)
    page.wait_for_url(THREE_MORE)


def test_points_placed_while_the_server_is_away_all_count(new_page, address):
    responses = HeldResponses()
    # Not a page of `open_page`: Streamlit logs an error for each message that finds no connection.
    page = new_page(held=responses)
    page.goto(f"{address}/training?data=points&points=-3_-3_0~3_3_1")
    page.locator(".player canvas").first.wait_for()
    responses.wait_until_idle(page)
    responses.cut()
    place(page, (0.4, 0.4), (0.5, 0.5), (0.6, 0.3))
    responses.connect()
    page.wait_for_url(THREE_MORE)


@pytest.mark.parametrize("leave", ["Enter", "click"])
def test_what_is_no_weight_stays_in_its_box_with_the_reason_until_it_is_mended(open_training, leave):
    page = open_training("data=truth_xor&hidden=2&steps=20")
    edge = page.locator(".player .network path.item").first
    box = page.get_by_role("textbox", name="w¹₁₁, x₁→h1")
    edge.focus()
    page.keyboard.press("Enter")
    before = box.input_value()
    box.fill("abc")
    if leave == "Enter":
        page.keyboard.press("Enter")
    else:
        page.locator(".player .readings").click()
    reason = page.locator(".player .weight .refused").first
    expect(reason).to_contain_text("The weight got “abc”")
    expect(box).to_have_value("abc")
    expect(box).to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    edge.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_value("abc")
    box.fill("0.25")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("changes=20~w1.1.1~0.25"))
    expect(edge).to_have_attribute("aria-label", re.compile("weight 0.25"))
    edge.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_value("0.25")
    expect(reason).to_be_hidden()
    assert before != "0.25"


def test_an_edge_opens_its_weight_and_the_run_begins_from_what_is_entered(open_training):
    page = open_training("data=truth_xor&hidden=2&steps=20&at=0&theta=0.2_0.9_-0.9_0.1_-0.6_0.4_0.6_-0.5_0.7")
    edge = page.locator(".player .network path.item").first
    box = page.get_by_role("textbox", name="w¹₁₁, x₁→h1")
    edge.focus()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("0.2")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(edge).to_be_focused()
    page.keyboard.press("Enter")
    box.fill("0.25")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("theta=0.25_0.9_-0.9_0.1_"))
    expect(box).to_be_hidden()
