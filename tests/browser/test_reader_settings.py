"""What a reader has set: to listen, forced colors, no motion, no mouse."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_training import step
from tests.browser.waiting import until
from tests.hypothesis_profiles import some

TRAINED = {"path": "training", "query": "steps=600&hidden=4-3", "ready": ".player canvas"}
# Every text that a live region has had.
LISTEN = """node => {
  window.heard = []
  new MutationObserver(() => window.heard.push(node.textContent))
    .observe(node, { childList: true, characterData: true, subtree: true })
}"""

# Every place that a playhead has had.
FOLLOW = """head => {
  window.places = new Set()
  new MutationObserver(() => window.places.add(head.style.transform)).observe(head, { attributes: true })
}"""


def listened(page):
    region = page.locator(".announcer")
    expect(region).to_have_text("")
    region.evaluate(LISTEN)
    return region


def test_a_change_is_announced_once_and_training_when_it_has_ended(open_components):
    page = open_components()
    page.get_by_role("button", name="Train 100", exact=True).wait_for()
    region = listened(page)
    place = page.locator("[data-control='w2.1.1']").bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    for part in range(1, 9):
        page.mouse.move(place["x"] + place["width"] * (0.5 + part / 20), place["y"] + place["height"] / 2)
    page.mouse.up()
    expect(region).to_have_text(re.compile(r"^Prediction 0\.\d+, loss 0\.\d+\.$"))
    page.get_by_role("button", name="Train 100", exact=True).click()
    expect(region).to_have_text(re.compile(r"^Training ended at step 100\. Prediction 0\.\d+, loss 0?\.?\d+"))
    page.get_by_role("button", name="Back", exact=True).click()
    expect(region).to_have_text(re.compile(r"^Step 99\. Prediction"))
    assert len(page.evaluate("window.heard")) == 3


def test_a_run_that_breaks_down_is_announced_as_stopped(open_components):
    page = open_components("net=1-1&f=identity&x=1000&y=0&W1=1&eta=1000")
    region = listened(page)
    page.get_by_role("button", name="Train 1000", exact=True).click()
    expect(region).to_have_text(re.compile(r"^Training stopped at step \d+: diverged\. "))


def test_training_is_announced_when_it_has_ended(open_page):
    page = open_page(path="training", ready=".player canvas", chart=True)
    region = listened(page)
    page.get_by_role("button", name="Train to budget").click()
    expect(region).to_have_text(
        re.compile(r"^Training ended at step 1,000\. Step 1,000 of 1,000, train loss")
    )
    page.get_by_role("button", name="One key frame back").click()
    expect(region).to_have_text(re.compile(r"^Step \d+ of 1,000, train loss"))
    page.locator(".track").focus()
    page.keyboard.press("Home")
    page.wait_for_url(lambda url: "at=0" in url)
    # The timeline, which has the focus, has read its step itself.
    assert len(page.evaluate("window.heard")) == 2


def test_a_change_of_a_run_and_its_undo_are_not_announced_as_training(open_page):
    page = open_page("eta=0.03&steps=400&at=200", path="training", ready=".player canvas")
    region = listened(page)
    page.get_by_role("combobox", name="Optimizer").select_option("adam")
    expect(region).to_have_text(re.compile(r"^Step 200 of 200, train loss"))
    page.get_by_role("button", name="Undo: Gradient descent → Adam").click()
    expect(region).to_have_text(re.compile(r"^Step 200 of 400, train loss"))
    page.get_by_role("button", name="Reset").click()
    expect(region).to_have_text(re.compile(r"^Step 0 of 0, train loss"))
    page.get_by_role("button", name="Undo: Reset").click()
    expect(region).to_have_text(re.compile(r"^Step 200 of 400, train loss"))
    assert not [text for text in page.evaluate("window.heard") if "Training" in text]


def test_without_motion_a_film_goes_from_key_frame_to_key_frame(open_components):
    page = open_components(**TRAINED, reduced_motion="reduce")
    page.get_by_role("slider", name="Training step").press("Home")
    page.locator(".playhead").evaluate(FOLLOW)
    page.get_by_role("button", name="Play").click()
    until(page, lambda: step(page), lambda shown: shown >= 600)
    # A film that moves draws sixty in each of its six seconds.
    assert 1 < page.evaluate("window.places.size") < 60
    page.get_by_role("button", name="Pause").click()
    moving = """() => document.getAnimations().filter(({ effect }) =>
      effect.target.getRootNode() !== document).length"""
    assert page.evaluate(moving) == 0


def picture(page, selector):
    return np.asarray(Image.open(io.BytesIO(page.locator(selector).first.screenshot())).convert("RGB"), float)


def stands_out(pixels):
    """Whether some of a picture differs from its ground, which is at its corner, by a contrast of about 3."""
    gray = pixels @ [0.299, 0.587, 0.114]
    return (abs(gray - gray[0, 0]) > 90).mean() > 0.004


def track_stands_out(pixels):
    """Whether a slider's track can be seen at both of its ends, and what it is filled with beside it."""
    gray = pixels[len(pixels) // 2] @ [0.299, 0.587, 0.114]
    ground = pixels[0, 0] @ [0.299, 0.587, 0.114]
    return min(abs(gray[4] - ground), abs(gray[-5] - ground)) > 60 and abs(gray[4] - gray[-5]) > 30


ONE_STEP_PARTS = [
    ".toolbar .legend i",
    ".network",
    "[data-id='n1.1']",
    ".plot",
]
TRAINING_PARTS = [".track", ".legend.edges i", ".player .primary", ".network", ".plane .legend", ".area"]


@pytest.mark.parametrize("scheme", some(["dark", "light"]))
@pytest.mark.parametrize(
    ("where", "parts"),
    [({"ready": ".network"}, ONE_STEP_PARTS), (TRAINED, TRAINING_PARTS)],
    ids=["one step", "training"],
)
def test_forced_colors_leave_everything_to_be_seen(open_components, where, parts, scheme):
    page = open_components(**where, forced_colors="active", color_scheme=scheme)
    assert [part for part in parts if not stands_out(picture(page, part))] == []
    look = "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor].join()"
    if "path" in where:
        chosen, other = (page.locator(f".switch [aria-pressed={pressed}]") for pressed in ("true", "false"))
    else:
        # Filled from its left end on.
        assert track_stands_out(picture(page, "[data-control='y1']"))
        chosen, other = (page.locator(f".row{kind} > .label").first for kind in (".chosen", ":not(.chosen)"))
    assert chosen.evaluate(look) != other.evaluate(look)
