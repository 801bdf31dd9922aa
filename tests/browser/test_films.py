"""What is done with sliders before their films have come: nothing is lost, and nothing is drawn late."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE
from tests.browser.held_responses import HeldResponses
from tests.browser.test_one_step import LARGE, address_has, box, comes_true, reading, shown, slider
from tests.browser.waiting import next_frame
from ui.one_step.link import read

NOTEBOOK = DEFAULT_EXAMPLE.exercise


@pytest.fixture
def open_held(open_page):
    """A function that opens a page, at rest, with the responses that can be held back."""

    def open_held(query=""):
        responses = HeldResponses()
        page = open_page(query, held=responses)
        responses.wait_until_idle(page)
        return page, responses

    return open_held


def press(page, name):
    """Press the mouse button in the middle of a slider; return where that is."""
    slider(page, name).scroll_into_view_if_needed()
    place = slider(page, name).bounding_box()
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    return place


def drag(page, place, share):
    """Drag the slider that was pressed at a place to a share of its length."""
    for part in range(1, 6):
        x = place["x"] + place["width"] * (0.5 + (share - 0.5) * part / 5)
        page.mouse.move(x, place["y"] + place["height"] / 2)
        next_frame(page)


def value_of(page, name):
    return float(slider(page, name).input_value())


def large():
    state, problems = read({name: [text] for name, text in re.findall(r"(\w+)=([^&]+)", LARGE)})
    assert not problems
    return state.start


def loss_of(exercise, **values):
    """The loss as it is shown with other numbers."""
    return shown(exercise.with_values([(name.replace("_", "."), value) for name, value in values.items()]))


def test_a_slider_that_is_left_before_its_film_has_come_keeps_its_number(open_held):
    page, responses = open_held()
    responses.hold()
    drag(page, press(page, "x1"), 0.7)
    value = value_of(page, "x1")
    page.mouse.up()
    page.mouse.move(5, 5)
    expect(box(page, "x1")).to_have_value(f"{value:g}")
    responses.release()
    address_has(page, f"x={value:g}_")
    expect(reading(page, "Loss now")).to_have_text(loss_of(NOTEBOOK, x1=value))
    responses.wait_until_idle(page)
    assert value_of(page, "x1") == value
    expect(reading(page, "Loss now")).to_have_text(loss_of(NOTEBOOK, x1=value))


def test_two_sliders_in_turn_and_a_number_typed_before_any_film_has_come_all_count(open_held):
    page, responses = open_held()
    responses.hold()
    drag(page, press(page, "x1"), 0.7)
    x1 = value_of(page, "x1")
    page.mouse.up()
    drag(page, press(page, "w1.2.1"), 0.3)
    w = value_of(page, "w1.2.1")
    page.mouse.up()
    box(page, "x3").fill("0.25")
    box(page, "x3").press("Enter")
    responses.release()
    address_has(page, f"x={x1:g}_0.1_0.25")
    address_has(page, f"w1.2.1={w:g}")
    responses.wait_until_idle(page)
    expected = loss_of(NOTEBOOK, x1=x1, x3=0.25, w1_2_1=w)
    expect(reading(page, "Loss now")).to_have_text(expected)
    assert (value_of(page, "x1"), value_of(page, "w1.2.1")) == (x1, w)


def test_the_film_of_another_slider_leaves_the_one_that_moves_alone(open_held):
    page, responses = open_held()
    responses.hold_from("film_rest")
    slider(page, "x1").hover()
    assert comes_true(page, responses.is_holding)
    # Of this one no film comes before the rest of the other one.
    drag(page, press(page, "w1.2.1"), 0.3)
    w = value_of(page, "w1.2.1")
    expect(box(page, "w1.2.1")).to_have_attribute("title", f"{w:g}")
    expect(reading(page, "Loss now")).to_have_text(loss_of(NOTEBOOK))
    responses.release()
    expect(reading(page, "Loss now")).to_have_text(loss_of(NOTEBOOK, w1_2_1=w))
    assert value_of(page, "w1.2.1") == w
    page.mouse.up()
    address_has(page, f"w1.2.1={w:g}")


def test_what_a_coarse_film_shows_is_exact_and_is_what_counts(open_held):
    page, responses = open_held(LARGE)
    responses.hold_from("film_rest")
    place = press(page, "y1")
    assert comes_true(page, responses.is_holding)
    values = set()
    for share in (0.52, 0.56, 0.6, 0.64, 0.68):
        drag(page, place, share)
        value = value_of(page, "y1")
        values.add(value)
        expect(reading(page, "Loss now")).to_have_text(loss_of(large(), y1=value))
    # Between the positions of a coarse film the slider stands at the nearest.
    step = float(slider(page, "y1").get_attribute("step"))
    assert min(b - a for a, b in zip(sorted(values), sorted(values)[1:], strict=False)) > 1.5 * step
    page.mouse.up()
    expect(box(page, "y1")).to_have_value(f"{value:g}")
    responses.release()
    address_has(page, f"y={value:g}_")
    responses.wait_until_idle(page)
    assert value_of(page, "y1") == value
    expect(reading(page, "Loss now")).to_have_text(loss_of(large(), y1=value))


def test_the_fine_film_takes_over_where_the_coarse_one_stands(open_held):
    page, responses = open_held(LARGE)
    responses.hold_from("film_rest")
    place = press(page, "y1")
    assert comes_true(page, responses.is_holding)
    drag(page, place, 0.61)
    coarse = value_of(page, "y1")
    responses.release()
    # The curve of the loss along the slider comes with it.
    expect(page.locator(".plot .curve")).to_have_attribute("d", re.compile("^M"))
    assert value_of(page, "y1") == coarse
    drag(page, place, 0.615)
    fine = value_of(page, "y1")
    expect(reading(page, "Loss now")).to_have_text(loss_of(large(), y1=fine))
    step = float(slider(page, "y1").get_attribute("step"))
    assert abs(round(fine / step) - fine / step) < 1e-6
    page.mouse.up()
    address_has(page, f"y={fine:g}_")


def test_a_key_moves_on_by_one_step_while_only_the_coarse_film_is_there(open_held):
    page, responses = open_held(LARGE)
    before = value_of(page, "y1")
    step = float(slider(page, "y1").get_attribute("step"))
    responses.hold_from("film_rest")
    slider(page, "y1").focus()
    assert comes_true(page, responses.is_holding)
    for presses in (1, 2):
        page.keyboard.press("ArrowRight")
        assert value_of(page, "y1") == pytest.approx(before + presses * step, abs=step)
        assert value_of(page, "y1") > before
    value = value_of(page, "y1")
    responses.release()
    expect(reading(page, "Loss now")).to_have_text(loss_of(large(), y1=value))
    address_has(page, f"y={value:g}_")


def test_a_film_of_long_ago_comes_again_whatever_the_browser_has_dropped(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)

    def grab(control):
        page.locator(f"[data-control='{control}']").focus()

    # As many runs as a browser keeps what it was sent, but for those that are on their way in the end.
    for control in ("x1", *(["w1.1.1", "w1.2.1"] * 9)):
        grab(control)
        responses.wait_until_idle(page)
    responses.hold()
    for control in ("w1.3.1", "w1.1.2", "w2.1.1", "x1"):
        responses.wait_for_a_run(page, partial(grab, control), films=True)
    responses.release()
    responses.wait_until_idle(page)
    page.locator(".network").wait_for()
