"""A film through a hyperparameter in a real browser: chosen, moved through without the server, and taken."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_touch import PHONE, Finger
from tests.browser.test_training import step
from tests.browser.waiting import settle, until

pytestmark = pytest.mark.browser

RUN = "eta=0.03&steps=300"
# What the canvases of the network and the plane show, and the curves.
PICTURES = """elements => elements.map(canvas => canvas.toDataURL())"""


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player canvas", **settings)

    return open_training


def slider(page):
    return page.locator(".along").get_by_role("slider", name="Film of η")


def train_loss(page):
    return page.locator(".player .reading", has_text="Train loss").locator("dd > span").first


def pictures(page):
    """What is drawn of the curves, of the network and of the plane."""
    return [
        page.locator(f".player {place} canvas").evaluate_all(PICTURES)
        for place in (".track", ".drawing", ".plane")
    ]


@pytest.fixture
def open_value(open_training):
    """A function that opens a run, and looks at the run of η = 0.2 in the film of η."""

    def open_value(query=""):
        page = open_training(f"{RUN}&film=eta{query}")
        slider(page).wait_for()
        settle(page)
        slider(page).focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page.locator(".along output")).to_have_text("η = 0.2")
        return page

    return open_value


def test_train_goes_on_with_the_value_that_is_shown(open_value):
    page = open_value()
    page.get_by_role("button", name="Train", exact=True).click()
    until(page, lambda: step(page), lambda shown: shown > 300)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_url(re.compile(r"eta=0\.2\b.*steps="))
    page.get_by_role("button", name="Undo: η 0.03 → 0.2").click()
    page.wait_for_url(re.compile(r"eta=0\.03\b.*steps=300"))


def test_a_step_more_is_one_of_the_value_that_is_shown(open_value):
    page = open_value()
    page.get_by_role("slider", name="Training step").press("ArrowRight")
    page.wait_for_url(re.compile(r"eta=0\.2\b.*steps=301\b"))
    until(page, lambda: step(page), lambda shown: shown == 301)


def test_the_buttons_that_train_so_far_train_the_value_that_is_shown(open_value):
    page = open_value("&budget=50")
    page.get_by_role("button", name="50 steps more").click()
    page.wait_for_url(re.compile(r"eta=0\.2\b.*steps=350\b"))


def test_a_film_of_a_hyperparameter_is_played_without_the_server_and_a_value_of_it_taken(open_training):
    page = open_training(RUN)
    page.get_by_role("combobox", name="Film").select_option("eta")
    page.wait_for_url(re.compile("film=eta"))
    slider(page).wait_for()
    settle(page)
    assert slider(page).get_attribute("aria-valuetext") == "η = 0.03, this run"
    expect(page.locator(".sweep .lowest")).to_contain_text("At step 300 the lowest test loss is that of η = ")
    own, before = train_loss(page).inner_text(), pictures(page)
    page.evaluate(
        """() => {
          const send = WebSocket.prototype.send
          globalThis.sentMessages = 0
          WebSocket.prototype.send = function (...given) {
            globalThis.sentMessages += 1
            return send.apply(this, given)
          }
        }"""
    )
    slider(page).focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".along output")).to_have_text("η = 0.2")
    expect(train_loss(page)).not_to_have_text(own)
    after = pictures(page)
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert slider(page).get_attribute("aria-valuetext") == "η = 0.2"
    expect(page.get_by_text("The page below is of η = 0.03.")).to_be_visible()
    settle(page)
    assert page.evaluate("globalThis.sentMessages") == 0
    looked_at = train_loss(page).inner_text()
    page.get_by_role("button", name="Take η = 0.2").click()
    page.wait_for_url(re.compile(r"eta=0\.2\b"))
    expect(slider(page)).to_have_attribute("aria-valuetext", "η = 0.2, this run")
    expect(train_loss(page)).to_have_text(looked_at)
    page.go_back()
    page.wait_for_url(re.compile(r"eta=0\.03\b"))
    expect(slider(page)).to_have_attribute("aria-valuetext", "η = 0.03, this run")
    expect(train_loss(page)).to_have_text(own)


def test_the_run_itself_is_back_by_its_button_and_the_timeline_scrubs_at_any_value(open_training):
    page = open_training(f"{RUN}&film=eta")
    slider(page).wait_for()
    own = train_loss(page).inner_text()
    slider(page).focus()
    page.keyboard.press("End")
    expect(train_loss(page)).not_to_have_text(own)
    page.locator(".track").focus()
    page.keyboard.press("Home")
    expect(page.locator(".player .reading", has_text="Step").locator("dd > span").first).to_have_text("0")
    page.keyboard.press("End")
    page.get_by_role("button", name="Back to this run").click()
    expect(slider(page)).to_have_attribute("aria-valuetext", "η = 0.03, this run")
    expect(train_loss(page)).to_have_text(own)


def test_a_finger_moves_the_slider_of_a_film_from_its_thumb_alone(open_training):
    page = open_training(f"{RUN}&film=eta", **PHONE)
    slider(page).wait_for()
    slider(page).scroll_into_view_if_needed()
    settle(page)
    box = slider(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    finger = Finger(page)
    with finger.down(box["x"] + box["width"] - 20, middle):
        finger.move(box["x"] + box["width"] - 80, middle)
    settle(page)
    expect(slider(page)).to_have_attribute("aria-valuetext", "η = 0.03, this run")
    thumb = box["x"] + 11 + (box["width"] - 22) * int(slider(page).input_value()) / 11
    with finger.down(thumb, middle):
        finger.move(box["x"] + box["width"], middle)
    expect(slider(page)).to_have_attribute("aria-valuetext", "η = 2")
