"""What stands on the One step page can be read: names over edges, the scale of their colors, long tables."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from core.activations import ACTIVATIONS
from tests.browser.harness import go_to
from tests.browser.waiting import rectangles, settle
from tests.hypothesis_profiles import some
from ui.one_step.architecture import HIDDEN

LARGE = "net=6-6-6-6&seed=3&bias=trained"
INK = 60


def pixels(page, clip):
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    return np.asarray(image).astype(int)


def test_names_of_six_rows_stand_clear_of_the_edges(open_components):
    # Where edges are steepest.
    page = open_components(LARGE, viewport={"width": 390, "height": 1400})
    names = page.locator(".network .name:not(.clearing)")
    expect(names).to_have_count(24)
    clips = [name.bounding_box() for name in names.all()]
    others = page.locator(".network :is(circle, .halo, .activation, .delta, .label)")
    others.evaluate_all("nodes => nodes.forEach((node) => node.remove())")
    shown = [pixels(page, clip) for clip in clips]
    page.locator(".network .edge").evaluate_all("edges => edges.forEach((edge) => edge.remove())")
    for clip, with_edges in zip(clips, shown, strict=True):
        alone = pixels(page, clip)
        ink = np.max(np.abs(alone - alone[0, 0]), axis=-1) > INK
        assert ink.any()
        # Where the letters are, and one pixel around them.
        around = np.any([np.roll(ink, shift, (0, 1)) for shift in np.ndindex(3, 3)], axis=0)
        around = np.roll(around, (-1, -1), (0, 1))[1:-1, 1:-1]
        changed = np.max(np.abs(alone - with_edges), axis=-1)[1:-1, 1:-1] > INK
        assert not np.any(changed & around)


def test_a_logarithmic_scale_has_its_decades(open_components):
    page = open_components(LARGE)
    bar = page.locator(".toolbar .legend i")
    marks = page.locator(".toolbar .legend").get_by_text("marks ×10")
    marks.wait_for()
    logarithmic = bar.evaluate("bar => getComputedStyle(bar).backgroundImage")
    page.get_by_role("combobox", name="Scale").select_option("linear")
    expect(marks).to_be_hidden()
    linear = bar.evaluate("bar => getComputedStyle(bar).backgroundImage")
    assert (logarithmic.count("linear-gradient"), linear.count("linear-gradient")) == (6, 1)


def test_a_long_table_says_how_long_it_is_and_captions_stay_on_one_line(open_page):
    page = open_page(LARGE)
    page.get_by_text("All 126 weights and biases: scroll in the table").wait_for()
    captions = page.locator("table.numbers caption")
    captions.first.wait_for()
    height = "node => node.getBoundingClientRect().height"
    usual = captions.first.evaluate(height)
    # Letters may be wider in another font.
    captions.evaluate_all("nodes => nodes.forEach((node) => (node.style.letterSpacing = '0.2em'))")
    for caption in captions.all():
        assert caption.evaluate(height) < 1.5 * usual, caption.inner_text()


# The shortest distance of a text's corners, at the height of its digits, from the circle that it stands in.
CLEARANCES = """nodes => nodes.map((text) => {
  const circle = text.closest("g").parentNode.querySelector("circle.unit")
  const [x, y, r] = ["cx", "cy", "r"].map((name) => Number(circle.getAttribute(name)))
  const half = text.getComputedTextLength() / 2
  const size = Number(text.getAttribute("font-size"))
  const base = Number(text.getAttribute("y"))
  const far = Math.max(Math.abs(base - y), Math.abs(base - 0.7 * size - y))
  return [text.textContent, r - Math.hypot(half, far)]
})"""
WRITTEN = ("", "sign=error_term", "digits=17", "decimals=4", "net=4-4-4", LARGE, "net=6-6-6-6-6-6&seed=3")


def test_numbers_stay_within_their_units_and_the_drawing_within_the_page(open_components):
    widths = [390, 1366]
    page = open_components(viewport={"width": widths[0], "height": 844})
    for query in (*WRITTEN, "net=2-4-2&f=identity.identity&eta=100&bias=trained&seed=3&run=4&at=4"):
        go_to(page, query)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 844})
            settle(page)
            check_writing(page, (width, query))
        # Each width is once that of a network that comes, and once one that it is changed to.
        widths.reverse()


def check_writing(page, where):
    for text, clearance in page.locator(".network :is(.activation, .delta, .z-change)").evaluate_all(
        CLEARANCES
    ):
        # The outline of a unit that is selected is 1.25 pixels wide within the circle.
        assert clearance > 1.5, (where, text)
    names = rectangles(page.locator(".network .name:not(.clearing)"))
    assert names, where
    for dot in rectangles(page.locator(".network .source")):
        right, middle = dot["x"], dot["y"] + dot["height"] / 2
        assert not any(
            name["x"] <= right < name["x"] + name["width"]
            and name["y"] <= middle <= name["y"] + name["height"]
            for name in names
        ), where
    drawing = page.locator(".drawing")
    assert drawing.evaluate("node => node.scrollWidth <= node.clientWidth"), where


def test_the_toolbar_of_a_laptop_stays_as_low_whatever_the_edges_show(open_components):
    page = open_components(viewport={"width": 1366, "height": 768})
    toolbar = page.locator(".toolbar")
    for color in ("gradient", "weight_delta", "weight", "contribution"):
        page.get_by_role("combobox", name="Edge color").select_option(color)
        # Two rows: how the edges are colored, and the legend of it.
        assert toolbar.evaluate("node => node.getBoundingClientRect().height") < 56, color


def test_no_text_of_the_plot_runs_into_another(open_components):
    page = open_components()
    for query in ("digits=17", "w1.1.1=1e-12&x=1e-9_0.1_0.2"):
        go_to(page, query)
        slope = page.locator(".plot .slope")
        expect(slope).to_contain_text("slope")
        boxes = [text.bounding_box() for text in page.locator(".plot text").all()]
        left = page.locator(".plot").bounding_box()["x"]
        assert all(box["x"] >= left for box in boxes), query
        caption, ending = (page.locator(f".plot .{name}").bounding_box() for name in ("caption", "slope"))
        assert caption["x"] + caption["width"] < ending["x"], query


def test_every_number_box_has_room_for_its_number(open_components):
    page = open_components()
    boxes = page.locator("[data-number]")
    for query in ("run=1", f"{LARGE}&run=1"):
        go_to(page, query)
        for width in (320, 390, 700, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 768})
            settle(page)
            cut = boxes.evaluate_all(
                """nodes => nodes.filter((node) => node.scrollWidth > node.clientWidth)
                  .map(({ value }) => value)"""
            )
            assert cut == [], (query, width)


def test_the_card_covers_nothing_of_what_the_network_is_made_of(open_components):
    page = open_components(viewport={"width": 1366, "height": 768})
    cards = page.locator(".card")
    formulas = page.locator(".model > span")
    for place, output in enumerate(ACTIVATIONS):
        hidden = list(HIDDEN)
        # Few: each activation once in either layer.
        for name in some(hidden[place % len(hidden) :] + hidden[: place % len(hidden)]):
            query = f"net=2-3-{1 + (output == 'softmax')}&f={name}.{output}"
            go_to(page, query)
            formulas.first.wait_for()
            (card,) = rectangles(cards)
            lowest = max(formula["bottom"] for formula in rectangles(formulas))
            assert lowest <= card["top"], query


def test_the_loss_goes_on_below_its_first_line_nowhere(open_components):
    page = open_components(viewport={"width": 1366, "height": 768})
    loss = page.locator(".model > span").first
    for name in ("half_squared_error", "binary_cross_entropy"):
        for bias in ("none", "trained", "fixed"):
            query = f"net=2-1&f=sigmoid&loss={name}&bias={bias}"
            go_to(page, query)
            loss.wait_for()
            lefts = [place["left"] for place in rectangles(loss.locator("mi, mn, mo"))]
            assert lefts == sorted(lefts), query


def test_the_edges_beside_a_path_that_is_pointed_at_fade(open_components):
    page = open_components("net=3-4-4-2&seed=3&select=w1.1.1", viewport={"width": 1366, "height": 768})
    paths = page.locator(".derivation .path")
    edges = page.locator(".network .edge")
    flows = page.locator(".network .flow")
    colors = "nodes => new Set(nodes.map((node) => node.getAttribute('stroke'))).size"
    widths = "nodes => nodes.map((node) => Number(node.getAttribute('stroke-width'))).filter(Boolean)"
    before = edges.evaluate_all(colors)
    paths.nth(4).hover()
    expect(page.locator(".network .flow:not([stroke-width='0'])")).to_have_count(3)
    assert min(flows.evaluate_all(widths)) >= 6
    assert edges.evaluate_all(colors) <= 4 < before


def test_what_the_numbers_of_a_nudge_are_of_is_within_the_drawing(open_components):
    for width in (320, 390, 1366):
        page = open_components("tab=nudge&select=w1.1.1", viewport={"width": width, "height": 768})
        caption = page.locator(".network > .caption")
        expect(caption).to_contain_text("x1→h1 + h")
        (text,), (drawing,) = rectangles(caption), rectangles(page.locator(".network"))
        assert text["right"] <= drawing["right"], width


def test_nothing_of_the_bar_of_stages_moves_while_it_plays(open_components):
    page = open_components()
    buttons = page.locator(".stage-bar button")
    before = [place["x"] for place in rectangles(buttons)]
    page.get_by_role("button", name="Play the stages").click()
    page.get_by_role("button", name="Pause").wait_for()
    assert [place["x"] for place in rectangles(buttons)] == before
