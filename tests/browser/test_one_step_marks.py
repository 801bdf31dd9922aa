"""What stands on the One step page can be read: names over edges, the scale of their colors, long tables."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LARGE = "net=6-6-6-6&seed=3&bias=trained"
INK = 60


def pixels(page, clip):
    image = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")
    return np.asarray(image).astype(int)


def test_names_of_six_rows_stand_clear_of_the_edges(open_page):
    # Where edges are steepest.
    page = open_page(LARGE, viewport={"width": 390, "height": 1400})
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


def test_a_logarithmic_scale_has_its_decades_and_a_long_table_says_how_long_it_is(open_page):
    page = open_page(LARGE)
    bar = page.locator(".toolbar .legend i")
    marks = page.locator(".toolbar .legend").get_by_text("marks ×10")
    expect(marks).to_be_visible()
    logarithmic = bar.evaluate("bar => getComputedStyle(bar).backgroundImage")
    page.get_by_label("Scale").select_option("linear")
    expect(marks).to_be_hidden()
    linear = bar.evaluate("bar => getComputedStyle(bar).backgroundImage")
    assert (logarithmic.count("linear-gradient"), linear.count("linear-gradient")) == (6, 1)
    expect(page.get_by_text("All 126 weights and biases: scroll in the table")).to_be_visible()


def test_a_caption_stays_on_one_line_however_wide_its_letters_are(open_page):
    page = open_page()
    captions = page.locator("table.numbers caption")
    expect(captions.first).to_be_visible()
    height = "node => node.getBoundingClientRect().height"
    usual = captions.first.evaluate(height)
    captions.evaluate_all("nodes => nodes.forEach((node) => (node.style.letterSpacing = '0.2em'))")
    for caption in captions.all():
        assert caption.evaluate(height) < 1.5 * usual, caption.inner_text()
