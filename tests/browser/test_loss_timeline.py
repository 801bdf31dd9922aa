"""The loss timeline of One step: it moves with every slider, and going to a step takes or finds that step."""

import io
import re
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE
from core.future import future
from core.history import descend
from tests.browser.harness import wait_for_network
from tests.browser.held_responses import HeldResponses
from tests.browser.test_touch import PHONE, Finger, bring_to, middle, scrolled
from tests.browser.waiting import next_frame, settle, until
from tests.hypothesis_profiles import some
from ui.text.numbers import Precision, format_number

NOTEBOOK = DEFAULT_EXAMPLE.exercise
ROUND = Precision(3)
LEFT, RIGHT = 56, 18


def track(page):
    return page.locator(".loss-track")


def place_of(page, step, last):
    """Where a step is on the screen, of a timeline that ends at the step `last`."""
    box = track(page).bounding_box()
    across = LEFT + (box["width"] - LEFT - RIGHT) * step / last
    return box["x"] + across, middle(box)


def pixels(page):
    return np.asarray(Image.open(io.BytesIO(track(page).screenshot())).convert("L"), float)


def differs(page, before):
    """Whether the timeline comes to look other than before."""
    return until(page, lambda: (abs(pixels(page) - before) > 40).mean(), lambda share: share > 1e-3) > 1e-3


def loss_at(step, exercise=NOTEBOOK):
    return format_number(float(descend(exercise, step).loss[-1]), ROUND)


def reads(page, words):
    expect(page.locator(".at-step")).to_have_text(words)


def stands_at(page, step, end):
    page.get_by_text(f"step {step} of {end}", exact=True).wait_for()
    expect(track(page)).to_have_attribute("aria-valuenow", str(step))


def drag(page, *steps, last):
    """Press at the first of the steps and move to the others; the button stays down."""
    first, *others = steps
    page.mouse.move(*place_of(page, first, last))
    page.mouse.down()
    for step in others:
        page.mouse.move(*place_of(page, step, last))
        next_frame(page)


def test_at_rest_the_future_is_there_without_any_training(open_components):
    page = open_components()
    end = format_number(float(future(NOTEBOOK, 100).loss[-1]), ROUND)
    words = f"Step 0 of 0; ahead: {end} after 100 steps"
    expect(track(page)).to_have_attribute("aria-valuetext", words)
    expect(track(page)).to_have_role("slider")
    expect(track(page)).to_have_attribute("aria-valuemax", "100")


def test_the_curve_moves_with_a_slider_and_ends_where_it_comes_to_rest(open_components):
    page = open_components()
    before = pixels(page)
    slider = page.locator("[data-control='eta']")
    place = slider.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 4, middle(place))
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] / 3, middle(place))
    page.locator(".screen").wait_for()
    for share in (0.5, 0.95):
        page.mouse.move(place["x"] + place["width"] * share, middle(place))
        assert differs(page, before)
        before = pixels(page)
    assert "eta" not in page.url
    page.mouse.up()
    page.wait_for_url(lambda url: "eta=" in url)
    moved = NOTEBOOK.with_values([("eta", float(slider.get_attribute("aria-valuetext")))])
    end = format_number(float(future(moved, 100).loss[-1]), ROUND)
    expect(track(page)).to_have_attribute(
        "aria-valuetext", re.compile(f"ahead: {re.escape(end)} after 100 steps")
    )
    settle(page)
    assert (abs(pixels(page) - before) > 40).mean() < 2e-3


def test_a_drag_into_the_future_shows_the_loss_there_and_takes_exactly_those_steps(open_components):
    page = open_components()
    drag(page, 60, 20, 40, last=100)
    reads(page, f"step 40: loss {loss_at(40)}, 40 steps to take")
    assert "run" not in page.url
    page.mouse.up()
    stands_at(page, 40, 40)
    assert "run=40" in page.url
    trained = format_number(float(descend(NOTEBOOK, 40).loss[-1]), Precision())
    expect(page.locator(".reading", has_text="Loss now").locator("dd > span").first).to_have_text(trained)
    page.get_by_role("button", name="Undo: 40 steps").click()
    stands_at(page, 0, 0)


def test_a_click_into_the_past_goes_there_and_a_drag_beyond_the_end_takes_what_is_missing(open_components):
    page = open_components("run=50")
    page.mouse.click(*place_of(page, 10, 150))
    stands_at(page, 10, 50)
    assert "at=10" in page.url
    drag(page, 30, 70, last=110)
    reads(page, f"step 70: loss {loss_at(70)}, 20 steps to take")
    page.mouse.up()
    stands_at(page, 70, 70)


def test_what_is_let_go_where_it_was_or_left_by_escape_changes_nothing(open_components):
    page = open_components("run=50")
    drag(page, 80, 50, last=150)
    page.mouse.up()
    track(page).focus()
    page.keyboard.down("PageUp")
    reads(page, re.compile("step 60: "))
    page.keyboard.press("Escape")
    page.keyboard.up("PageUp")
    reads(page, "step 50")
    # Messages keep their order: had one been sent, its change would have come before this one.
    page.locator("[data-number='x1']").fill("0.75")
    page.locator("[data-number='x1']").press("Enter")
    page.wait_for_url(lambda url: "x1_0.75" in url)
    assert "run=50~50-50_" in page.url


def test_keys_move_the_timeline_as_a_slider(open_components):
    page = open_components("run=20")
    track(page).focus()
    for key, step, end in (
        ("ArrowLeft", 19, 20),
        ("PageDown", 9, 20),
        ("Home", 0, 20),
        ("PageUp", 10, 20),
        ("ArrowRight", 11, 20),
        ("End", 111, 111),
    ):
        page.keyboard.press(key)
        stands_at(page, step, end)
        expect(track(page)).to_be_focused()


def test_a_key_that_is_held_counts_once_it_is_let_go(open_components):
    page = open_components()
    track(page).focus()
    for _ in range(4):
        page.keyboard.down("ArrowRight")
    reads(page, f"step 4: loss {loss_at(4)}, 4 steps to take")
    assert "run" not in page.url
    page.keyboard.up("ArrowRight")
    stands_at(page, 4, 4)
    page.get_by_role("button", name="Undo: 4 steps").wait_for()


def test_scale_and_horizon_are_in_the_link(open_components):
    page = open_components("run=20")
    linear = pixels(page)
    page.get_by_role("button", name="log", exact=True).click()
    page.wait_for_url(lambda url: "curve=log" in url)
    assert differs(page, linear)
    page.get_by_role("button", name="10", exact=True).click()
    page.wait_for_url(lambda url: "ahead=10" in url)
    expect(track(page)).to_have_attribute("aria-valuemax", "30")
    page = open_components(urlsplit(page.url).query)
    expect(page.get_by_role("button", name="log", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(track(page)).to_have_attribute("aria-valuemax", "30")


def test_a_film_of_the_new_horizon_follows(open_components):
    page = open_components("ahead=10")
    page.get_by_role("button", name="1000", exact=True).click()
    expect(track(page)).to_have_attribute("aria-valuemax", "1000")
    before = pixels(page)
    slider = page.locator("[data-control='w2.1.1']")
    place = slider.bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, middle(place))
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.6, middle(place))
    page.locator(".screen").wait_for()
    page.mouse.move(place["x"] + place["width"] * 0.9, middle(place))
    assert differs(page, before)
    page.mouse.up()


def test_training_that_diverges_is_named(open_components):
    page = open_components("net=2-3-1&f=identity.identity&seed=3&init=he&eta=1.2")
    expect(track(page)).to_have_attribute("aria-valuetext", re.compile("ahead: diverges after \\d+ steps"))


def test_an_exercise_shows_no_timeline(open_components):
    page = open_components("run=10&hide=answers")
    expect(page.locator(".loss-timeline")).to_be_hidden()


def test_a_swipe_scrolls_and_a_tap_or_the_marker_goes_to_a_step(open_page):
    page = open_page("run=50", **PHONE)
    finger = Finger(page)
    bring_to(page, track(page), 500)
    was = scrolled(page)
    for step in (50, 100):
        x, y = place_of(page, step, 150)
        finger.swipe(x, y, x + 4, y - 100)
        page.wait_for_function(
            "was => document.querySelector('[data-testid=stMain]').scrollTop > was", arg=was
        )
        bring_to(page, track(page), 500)
    settle(page)
    reads(page, "step 50")
    page.touchscreen.tap(*place_of(page, 20, 150))
    expect(track(page)).to_have_attribute("aria-valuetext", re.compile("^Step 20 of 50"))
    bring_to(page, track(page), 500)
    x, y = place_of(page, 20, 120)
    with finger.down(x, y):
        finger.move(place_of(page, 60, 120)[0], y)
        reads(page, re.compile("^step (59|60|61): "))
    expect(track(page)).to_have_attribute("aria-valuetext", re.compile("^Step (59|60|61) of (59|60|61)"))


def test_steps_that_are_taken_while_the_server_is_away_are_taken_when_it_is_back(browser, address):
    # Not a page of `open_page`: Streamlit logs an error for each message that finds no connection.
    with browser.new_page(viewport={"width": 1366, "height": 1000}) as page:
        responses = HeldResponses()
        responses.stand_before(page)
        page.goto(address)
        wait_for_network(page)
        responses.wait_until_idle(page)
        responses.cut()
        page.mouse.click(*place_of(page, 30, 100))
        reads(page, f"step 30: loss {loss_at(30)}, 30 steps to take")
        responses.connect()
        stands_at(page, 30, 30)
        assert "run=30" in page.url


@pytest.mark.parametrize("first", ["number", "step"])
def test_a_number_and_a_step_come_in_their_order(open_page, first):
    responses = HeldResponses()
    page = open_page(held=responses)
    responses.hold_when_idle(page)

    def type_number():
        page.locator("[data-number='w1.1.1']").fill("0.75")
        page.locator("[data-number='w1.1.1']").press("Enter")

    acts = [type_number, lambda: page.mouse.click(*place_of(page, 30, 100))]
    for act in acts if first == "number" else reversed(acts):
        act()
    responses.release()
    expected = "w1.1.1=0.75&run=30" if first == "number" else "run=30~30-30_w1.1.1_0.75"
    page.wait_for_url(lambda url: expected in url)


@pytest.mark.parametrize("size", some([(1366, 768), (1920, 1080), (3840, 2160)]))
def test_each_pixel_of_the_curves_is_one_of_the_screen(open_components, size):
    page = open_components(viewport={"width": size[0], "height": size[1]})
    settle(page)
    pixels, box = page.locator(".loss-track canvas").evaluate(
        """canvas => {
          const { width, height } = canvas.getBoundingClientRect()
          return [[canvas.width, canvas.height], [width, height]]
        }"""
    )
    assert pixels == pytest.approx(box, abs=0.05)
