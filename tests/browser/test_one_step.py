"""What only a real browser shows: drags, keys, touch, links, phones, and the order in which things appear."""

import io
import re
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from core.sweep import sweep
from tests.browser.cases import case
from tests.browser.frames import frames_of_moves, watch_frames
from tests.browser.harness import open_chart, serve, wait_for_page
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import next_frame, rectangles, settle, until
from tests.browser.widgets import widget
from tests.hypothesis_profiles import some
from ui.links.view import selectable
from ui.one_step import link
from ui.text.numbers import Precision, format_number

NOTEBOOK = DEFAULT_EXAMPLE.exercise
LARGE = "net=6-6-6-6&seed=3&bias=trained&select=w1.1.1"

# Where each line of text stands, of all elements within one.
TEXT_BOXES = """root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const boxes = []
  while (walker.nextNode()) {
    const range = document.createRange()
    range.selectNodeContents(walker.currentNode)
    for (const { left, top, right, bottom, width } of range.getClientRects()) {
      if (width) boxes.push({ text: walker.currentNode.data, left, top, right, bottom })
    }
  }
  return boxes
}"""


def address_has(page, part, *, without="never there"):
    page.wait_for_url(lambda url: part in url and without not in url)


def slider(page, name):
    return page.locator(f"[data-control='{name}']")


def box(page, name):
    return page.locator(f"[data-number='{name}']")


def reading(page, title):
    return page.locator(".reading", has_text=title).locator("dd > span").first


def shown(exercise):
    """The loss as the reading on top shows it."""
    return format_number(float(exercise.step().loss), Precision())


def tables(page):
    return [text.strip() for text in page.locator("table.numbers td").all_inner_texts()]


def tables_after(page, before):
    """The tables once they show other numbers than before."""
    comes_true(page, lambda: tables(page) != before)
    return tables(page)


def comes_true(page, holds):
    """Whether something comes to hold."""
    return until(page, holds, bool)


def grab(page, name, share):
    """Press on a slider and move the pointer to a share of its length; the button stays down."""
    place = slider(page, name).bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] / 2, middle)
    page.mouse.down()
    # The film comes while the pointer rests, as it does for a hand; it is played on the canvas.
    page.mouse.move(place["x"] + place["width"] * 0.57, middle)
    page.locator(".screen").wait_for()
    for part in range(1, 6):
        page.mouse.move(place["x"] + place["width"] * (0.5 + (share - 0.5) * part / 5), middle)
        next_frame(page)
    place = float(slider(page, name).input_value())
    # Its track is one of decades.
    return float(f"{10**place:.2g}") if name == "eta" else place


@pytest.mark.parametrize("query", some([LARGE, ""]))
def test_each_move_of_a_slider_is_drawn_in_the_next_frame_without_nodes_or_layout(open_components, query):
    page = open_components(query)
    grab(page, "w1.1.1", 0.6)
    # The first part of a film may have one frame for two positions.
    page.evaluate("comeToRest()")
    watch_frames(page)
    frames = frames_of_moves(page, "w1.1.1", [place / 20 for place in range(-18, 19)])
    page.mouse.up()
    assert all(frame.drawn for frame in frames)
    assert {name for frame in frames for name in (*frame.built, *frame.read)} == set()


def test_a_frame_that_builds_nodes_or_reads_the_layout_is_noticed(open_components):
    page = open_components()
    grab(page, "w1.1.1", 0.6)
    watch_frames(page)
    page.evaluate(
        """document.addEventListener("input", () => requestAnimationFrame(() => {
             document.createElement("p").scrollTop = document.body.clientWidth
           }))"""
    )
    (frame,) = frames_of_moves(page, "w1.1.1", [0.25])
    page.mouse.up()
    assert (frame.built, frame.read) == (["createElement"], ["clientWidth"])


def pixels(page):
    """The drawing as it looks, in grays from 0 to 255."""
    return np.asarray(Image.open(io.BytesIO(page.locator(".picture").screenshot())).convert("L"), float)


@pytest.mark.parametrize(
    ("query", "settings"),
    some(
        [
            (LARGE, {"color_scheme": "dark"}),
            (LARGE, {"viewport": {"width": 390, "height": 1400}, "device_scale_factor": 2}),
            # Without the guide of the page as it comes, which goes on as the slider is dragged.
            ("digits=4", {"color_scheme": "light"}),
            (LARGE, {"viewport": {"width": 2500, "height": 1400}}),
        ],
        2,
    ),
)
def test_a_frame_looks_like_the_drawing_at_rest(open_components, query, settings):
    page = open_components(query, **settings)
    before = pixels(page)
    grab(page, "w1.1.1", 0.9)
    settle(page)
    moving = pixels(page)
    page.mouse.up()
    address_has(page, "w1.1.1=")
    expect(page.locator(".screen")).to_be_hidden()
    resting = pixels(page)
    assert (abs(moving - before) > 40).mean() > 0.002
    assert (abs(moving - resting) > 40).mean() < 0.002


def test_every_number_on_the_way_is_the_one_the_core_computes(open_page):
    page = open_page()
    value = grab(page, "w1.1.2", 0.9)
    moved = NOTEBOOK.with_values([("w1.1.2", value)])
    assert value != -0.6
    expect(reading(page, "Loss now")).to_have_text(shown(moved))
    expect(page.locator(".plot .slope")).to_contain_text("slope")
    assert "w1.1.2" not in page.url.replace("select=w1.1.2", "")
    page.mouse.up()
    address_has(page, f"w1.1.2={value:g}")
    expect(page.locator("table.numbers").first).to_contain_text(format_number(value, Precision()))
    expect(reading(page, "Loss now")).to_have_text(shown(moved))


def test_the_gradient_of_the_learning_rate_slider_moves_the_loss_after_the_step(open_components):
    page = open_components()
    value = grab(page, "eta", 0.8)
    after = NOTEBOOK.with_values([("eta", value)]).step().loss_after
    expect(reading(page, "Loss after this step")).to_have_text(format_number(float(after), Precision()))
    page.mouse.up()


def test_arrow_keys_move_a_slider(open_components):
    page = open_components()
    slider(page, "x1").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    address_has(page, "x=0.53_0.1_-0.2")
    expect(box(page, "x1")).to_have_value("0.53")


def test_a_typed_fraction_is_taken_to_the_last_digit(open_components):
    page = open_components("digits=17")
    box(page, "w2.1.1").fill("1/3")
    box(page, "w2.1.1").press("Enter")
    address_has(page, "w2.1.1=0.3333333333333333")
    expect(page.locator("[data-id='w2.1.1']")).to_have_accessible_name(re.compile(" 0.3333333333333333, "))


def test_a_typed_text_that_is_no_number_is_kept_and_explained(open_components):
    page = open_components()
    box(page, "w1.1.1").fill("abc")
    box(page, "w1.1.1").press("Enter")
    message = page.locator(".rejected", has_text="Weight x1→h1 got “abc”; it takes a number")
    message.wait_for()
    expect(box(page, "w1.1.1")).to_have_value("abc")
    expect(reading(page, "Loss now")).to_have_text(shown(NOTEBOOK))
    box(page, "w1.1.1").fill("0,25")
    box(page, "w1.1.1").press("Enter")
    expect(message).to_be_hidden()
    expect(reading(page, "Loss now")).to_have_text(shown(NOTEBOOK.with_values([("w1.1.1", 0.25)])))


def test_escape_takes_a_refused_text_back(open_components):
    page = open_components()
    box(page, "x1").fill("abc")
    box(page, "x1").press("Enter")
    expect(page.locator(".rejected:visible")).to_have_count(1)
    box(page, "x1").press("Escape")
    expect(page.locator(".rejected:visible")).to_have_count(0)
    expect(box(page, "x1")).to_have_value("0.5")


def test_what_is_being_typed_is_left_alone_while_answers_arrive(open_components):
    page = open_components()
    box(page, "x1").click()
    for number in ("0.11", "0.22", "0.33"):
        page.keyboard.type(number, delay=40)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
    address_has(page, "x=0.11_0.22_0.33")
    assert [box(page, name).input_value() for name in ("x1", "x2", "x3")] == ["0.11", "0.22", "0.33"]


def test_a_button_pressed_right_after_typing_works_with_what_was_typed(open_components):
    page = open_components()
    box(page, "w1.1.1").fill("0.77")
    page.get_by_role("button", name="Take one step (w ← w + Δw)").click()
    address_has(page, "w1.1.1=0.77&run=1")


def test_back_leaves_a_refused_text_behind(open_page):
    page = open_page()
    page.get_by_role("button", name="Take one step (w ← w + Δw)").click()
    address_has(page, "run=1")
    box(page, "x1").fill("abc")
    box(page, "x1").press("Enter")
    expect(page.locator(".rejected:visible")).to_have_count(1)
    page.go_back()
    page.get_by_text("step 0 of 0").wait_for()
    expect(box(page, "x1")).to_have_value("0.5")


def test_undo_goes_on_from_where_back_has_led(open_page):
    page = open_page(chart=True)
    for steps, name in ((1, "Take one step (w ← w + Δw)"), (11, "Train 10")):
        page.get_by_role("button", name=name, exact=True).click()
        page.get_by_text(f"step {steps} of {steps}").wait_for()
    page.go_back()
    page.get_by_text("step 1 of 1").wait_for()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("step 0 of 0").wait_for()


def test_a_button_keeps_the_focus_when_there_is_nothing_left_to_do_for_it(open_components):
    page = open_components()
    take = page.get_by_role("button", name="Take one step")
    take.click()
    page.get_by_text("step 1 of 1").wait_for()
    row = {name: page.locator(f"button.{name}") for name in ("back", "forward", "reset", "undo")}
    for name, steps in (*zip(row, ("0 of 1", "1 of 1", "0 of 0", "1 of 1"), strict=True), ("undo", "0 of 0")):
        row[name].press("Enter")
        page.get_by_text(f"step {steps}").wait_for()
        expect(row[name]).to_be_focused()
    for button in row.values():
        expect(button).to_be_disabled()
        button.press("Enter")
    # Messages keep their order: had one of the presses been sent, it would have come before this one.
    take.press("Enter")
    page.get_by_text("step 1 of 1").wait_for()
    expect(page.get_by_role("button", name="Undo: 1 step")).to_be_enabled()


def test_a_number_outside_the_slider_widens_it(open_components):
    page = open_components()
    box(page, "w1.1.1").fill("7")
    box(page, "w1.1.1").press("Enter")
    expect(slider(page, "w1.1.1")).to_have_attribute("max", "10")
    expect(slider(page, "w1.1.1")).to_have_value("7")


def test_reload_and_back_show_what_was_there(open_page):
    page = open_page("digits=17", chart=True)
    before = tables(page)
    page.get_by_role("button", name="Train 10", exact=True).click()
    page.get_by_text("step 10 of 10").wait_for()
    trained = tables_after(page, before)
    page.reload()
    page.get_by_text("step 10 of 10").wait_for()
    wait_for_page(page)
    assert tables(page) == trained != before
    page.go_back()
    page.get_by_text("step 0 of 0").wait_for()
    assert tables_after(page, trained) == before


def test_what_stands_beside_the_numbers_follows_them(open_page):
    page = open_page("digits=17", chart=True)
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_disabled()
    heading = page.get_by_role("heading", name="Every number of this step").element_handle()
    # The first change leaves the worked example, the second changes numbers alone.
    for value in ("0.25", "0.75"):
        before = tables(page)
        box(page, "w1.1.1").fill(value)
        box(page, "w1.1.1").press("Enter")
        assert any(text.startswith(value) for text in tables_after(page, before))
    # What stands below the example's source has moved up, and was not built anew for it.
    expect(page.get_by_text("Source:")).to_have_count(0)
    assert heading.evaluate("node => node.isConnected")
    expect(undo).to_be_enabled()
    page.get_by_role("button", name="Worked examples").wait_for()
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Weights CSV").click()
    assert ",0.75," in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_slider_that_is_let_go_is_selected_in_the_same_move(open_components):
    page = open_components()
    value = grab(page, "w2.1.1", 0.9)
    page.mouse.up()
    address_has(page, f"w2.1.1={value:g}")
    assert "select=w2.1.1" in page.url
    page.go_back()
    page.wait_for_url(lambda url: "w2.1.1" not in url)
    slider(page, "w1.2.1").focus()
    address_has(page, "select=w1.2.1")


def test_a_slider_taken_again_plays_its_film_after_another_one_was_passed(open_components):
    page = open_components()
    grab(page, "w1.1.1", 0.9)
    page.mouse.up()
    address_has(page, "w1.1.1=")
    slider(page, "w2.1.1").hover()
    settle(page)
    value = grab(page, "w1.1.1", 0.2)
    expect(reading(page, "Loss now")).to_have_text(shown(NOTEBOOK.with_values([("w1.1.1", value)])))
    page.mouse.up()


def test_open_matrices_follow_a_number_that_is_typed(open_page):
    page = open_page()
    page.get_by_role("button", name="Edit as matrices").click()
    field = page.get_by_role("textbox", name="W1, shape")
    field.wait_for()
    for value in ("0.25", "0.75"):
        # By the keyboard, as a click beside the matrices closes them.
        box(page, "w1.1.1").fill(value)
        box(page, "w1.1.1").press("Enter")
        address_has(page, f"w1.1.1={value}")
        expect(field).to_have_value(re.compile(f"^{value}"))


def test_what_stood_in_a_popover_that_was_just_closed_is_no_change(open_page):
    responses = HeldResponses()
    page = open_page("net=2-3-1&seed=5&init=he", held=responses)
    page.get_by_role("button", name="Architecture").click()
    page.get_by_label("Seed").wait_for()
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: page.keyboard.press("Escape"))
    responses.wait_for_a_run(page, page.get_by_role("button", name="New random weights").click)
    page.get_by_role("button", name="Train 10", exact=True).click()
    responses.release()
    page.get_by_text("step 10 of 10 · seed 6").wait_for()


def test_what_was_typed_stays_when_its_popover_is_closed_before_the_answer_has_come(open_page):
    responses = HeldResponses()
    page = open_page("net=2-3-1&seed=5", held=responses)
    page.get_by_role("button", name="Architecture").click()
    units = page.get_by_label("Units, layer 1")
    units.wait_for()
    responses.hold_when_idle(page)
    units.fill("4")
    responses.wait_for_a_run(page, lambda: units.press("Enter"))
    responses.wait_for_a_run(page, lambda: page.keyboard.press("Escape"))
    responses.release()
    address_has(page, "net=2-4-1")
    # Both answers are drawn by then: the first was right in any case.
    responses.wait_until_idle(page)
    assert page.locator("[data-control='w1.2.4']").count() == 1


def test_what_was_typed_stands_until_it_is_answered(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    page.locator("table.numbers").first.wait_for()
    # The second is the value that the box has.
    for text, shown in (("0.7", "0.7"), ("0.70", "0.7"), ("1/8", "0.125")):
        responses.hold_when_idle(page)
        box(page, "x1").fill(text)
        responses.wait_for_a_run(page, lambda: box(page, "x1").press("Enter"))
        box(page, "x2").focus()
        assert box(page, "x1").input_value() == text
        box(page, "x1").focus()
        assert box(page, "x1").input_value() == text
        box(page, "x2").focus()
        responses.release()
        expect(box(page, "x1")).to_have_value(shown)


def test_what_is_typed_before_the_page_has_come_is_kept(sound_page, address):
    responses = HeldResponses(unfinished=1)
    page = sound_page(held=responses)
    page.goto(address)
    for name, value in (("x1", "0.7"), ("x2", "0.9")):
        box(page, name).fill(value)
        box(page, name).press("Enter")
    assert responses.runs() <= 1
    responses.release()
    address_has(page, "x=0.7_0.9_-0.2")
    page.locator("table.numbers").first.wait_for()


def test_a_button_pressed_before_the_page_has_come_works_with_what_was_typed(sound_page, address):
    responses = HeldResponses(unfinished=2)
    page = sound_page(held=responses)
    page.goto(address)
    box(page, "w1.1.1").fill("0.77")
    page.get_by_role("button", name="Take one step (w ← w + Δw)").click()
    responses.release()
    address_has(page, "w1.1.1=0.77&run=1")


def test_what_is_done_before_the_answer_has_come_is_done_after_it(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    apply = page.get_by_role("button", name="Take one step (w ← w + Δw)")
    apply.wait_for()
    responses.hold_when_idle(page)
    # The timeline still stands at 0 when the next presses are sent, and the touch of a slider.
    responses.wait_for_a_run(page, lambda: apply.evaluate("button => button.click()"))
    for _ in range(2):
        apply.evaluate("button => button.click()")
    responses.wait_for_a_run(page, slider(page, "x1").focus)
    responses.release()
    responses.wait_until_idle(page)
    page.get_by_text("step 3 of 3").wait_for()
    expect(page.locator(".loss-track")).to_have_attribute("aria-valuenow", "3")


def test_a_deep_link_is_the_first_request_to_a_fresh_server(open_page):
    query = "digits=17&run=100~40-90_w1.1.1_0.7&at=60&select=n1.2&color=weight&sign=error_term"
    here = open_page(query)
    with serve() as fresh:
        there = open_page(query, at=fresh)
        there.get_by_text("step 60 of 90").wait_for()
        assert tables(there) == tables(here)
        assert there.locator(".network").text_content() == here.locator(".network").text_content()
        there.get_by_role("heading", name="One step of backprop").wait_for()
        there.close()


def test_the_link_is_copied(open_page):
    page = open_page("example=relu", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_nothing_sticks_out_sideways(open_page):
    page = open_page("example=mazur", chart=True)
    for width in (2560, 1366, 768, 390, 360):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert comes_true(page, lambda width=width: fits(page, width))


def fits(page, width):
    """Whether the network stands within the page; a canvas stands for it until a new width is at rest."""
    network = page.locator(".network").bounding_box()
    return network is not None and network["x"] >= 0 and network["x"] + network["width"] <= width


@pytest.mark.parametrize("query", some(["net=6-6-6&seed=3", "net=3-4-6&f=tanh&seed=1", "net=3-4&digits=10"]))
def test_on_a_phone_the_numbers_of_several_outputs_stay_apart(open_components, query):
    page = open_components(query)
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        texts = page.locator(".readings").evaluate(TEXT_BOXES)
        card = page.locator(".card").bounding_box()
        with case(width):
            assert len(texts) > 8
            for text in texts:
                assert text["right"] <= width, text
                assert text["bottom"] <= card["y"] + 1, text
            for k, one in enumerate(texts):
                for other in texts[k + 1 :]:
                    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
                    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
                    assert across < 1 or down < 6, (one, other)


def test_on_a_phone_readings_then_network_then_controls_in_one_column(open_components):
    page = open_components(viewport={"width": 390, "height": 800})
    tops = [
        page.locator(part).first.bounding_box()["y"] for part in (".readings", ".network", ".panel summary")
    ]
    assert tops == sorted(tops)
    expect(page.locator(".panel summary").first).to_contain_text("Selected")


def test_edges_tell_their_sign_without_color(open_components):
    page = open_components()
    gradient = NOTEBOOK.step().gradient.theta
    dashes = [line.get_attribute("stroke-dasharray") for line in page.locator(".network .edge").all()]
    assert [dash != "none" for dash in dashes] == [slope < 0 for slope in gradient]


def test_labels_lie_clear_of_one_another(open_components):
    page = open_components()
    places = rectangles(page.locator(".network .label rect"))
    assert len(places) == 8
    for index, a in enumerate(places):
        for b in places[index + 1 :]:
            apart_x = abs(a["x"] - b["x"]) >= (a["width"] + b["width"]) / 2
            apart_y = abs(a["y"] - b["y"]) >= (a["height"] + b["height"]) / 2
            assert apart_x or apart_y


def test_labels_hold_their_numbers_on_a_phone(open_components):
    page = open_components(
        "x=0.5_0.3333333333333333_-0.2&w1.1.1=1.3&run=10", viewport={"width": 390, "height": 800}
    )
    labels = page.locator(".network .label").all()
    texts = [label.locator("text") for label in labels]
    assert "−0.00873" in [text.text_content() for text in texts]
    for label, text in zip(labels, texts, strict=True):
        assert text.bounding_box()["width"] + 2 <= label.locator("rect").bounding_box()["width"]


def test_the_network_is_read_and_selected_by_keyboard(open_components):
    page = open_components()
    item = page.locator("[data-id='w1.1.1']")
    expect(item).to_have_attribute("aria-label", "Weight x1→h1: 0.5, gradient −0.0003540110932747068")
    item.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    address_has(page, "select=w1.1.2")
    expect(page.locator(".explain .title")).to_have_text("x1→h2")


def test_the_toolbar_colors_the_edges_by_another_quantity(open_components):
    page = open_components()
    page.locator(".toolbar select").first.select_option("weight")
    address_has(page, "color=weight")
    dashes = [line.get_attribute("stroke-dasharray") for line in page.locator(".network .edge").all()]
    assert [dash != "none" for dash in dashes] == [weight < 0 for weight in NOTEBOOK.theta]


def test_light_and_dark_have_their_own_colors(open_components):
    page = open_components()
    for scheme, negative in (("light", "33, 102, 172"), ("dark", "103, 169, 207")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("[data-id='n1.1'] + g .delta")).to_have_css("fill", f"rgb({negative})")


def test_with_many_controls_those_of_the_selected_unit_stand_first(open_components):
    page = open_components("net=4-4-4&seed=1&bias=trained&select=n1.2")
    rows = page.locator(".panel details").first.locator("[data-control]")
    assert [row.get_attribute("data-control") for row in rows.all()] == [
        *(f"w1.{k}.2" for k in range(1, 5)),
        "b1.2",
    ]


def test_the_first_step_moves_nothing_and_the_chart_comes_when_it_is_unfolded(open_page):
    page = open_page(chart=True)
    # Until the code of a widget has come, something less high stands for it.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    parts = [
        page.locator(".loss-track"),
        page.get_by_role("button", name="Take one step (w ← w + Δw)"),
        page.locator("table.numbers").first,
        page.get_by_role("heading", name="Every number of this step"),
        page.locator(".st-key-loss_chart"),
    ]
    for width in (1366, 2560):
        page.set_viewport_size({"width": width, "height": 2800})
        settle(page)
        before = [part.bounding_box()["y"] for part in parts]
        for name, steps in (("Take one step (w ← w + Δw)", "step 1 of 1"), ("Reset", "step 0 of 0")):
            page.get_by_role("button", name=name).click()
            page.get_by_text(steps, exact=True).wait_for()
            with case(width, name):
                assert [part.bounding_box()["y"] for part in parts] == pytest.approx(before, abs=1)
    fetched = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    assert not any("PlotlyChart" in name for name in fetched)
    page.get_by_role("button", name="Take one step (w ← w + Δw)").click()
    page.get_by_text("step 1 of 1", exact=True).wait_for()
    open_chart(page)


def test_the_chart_is_saved_as_picture_and_as_numbers(open_page):
    page = open_page("run=20", chart=True)
    for name, file in (("PNG", "loss.png"), ("SVG", "loss.svg"), ("CSV", "loss.csv")):
        with page.expect_download() as download:
            page.get_by_role("button", name=name, exact=True).click()
        assert download.value.suggested_filename == file
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "curve,step,loss"
    assert len(lines) == 22


def test_a_link_to_a_unit_shows_the_loss_along_its_bias(open_components):
    page = open_components("example=relu&select=n1.2")
    expect(page.locator(".plot .caption")).to_have_text("loss along b→h2")
    page.locator(".plot").wait_for()


def plotted_quantity(exercise, name):
    """The quantity that moves what is selected: its own, or that of an input, or a unit's bias."""
    known = {quantity.id: quantity for quantity in quantities(exercise.network)}
    if name.startswith("n0."):
        return known[f"x{name[3:]}"]
    return known.get(f"b{name[1:]}" if name.startswith("n") else name)


def check_plot(page, exercise, name):
    """The plot is along what the panel explains, with its slope and the ends of its axes, or not there."""
    quantity = plotted_quantity(exercise, name)
    if quantity is None:
        expect(page.locator(".plot")).to_be_hidden()
        return
    after = " after the step" if name == "eta" else ""
    expect(page.locator(".plot .caption")).to_have_text(f"loss{after} along {quantity.label}")
    page.locator(".plot").wait_for()
    slope = float(sweep(exercise, quantity, [exercise.value(quantity)]).slope[0])
    written = page.locator(".plot .slope").text_content().removeprefix("slope ").replace("−", "-")
    assert float(written) == pytest.approx(slope, rel=0.06)
    ends = [float(end.replace("−", "-")) for end in page.locator(".plot .tick").all_text_contents()]
    highest, lowest, low, high = ends
    step = exercise.step()
    assert lowest <= float(step.loss_after if name == "eta" else step.loss) <= highest
    assert lowest < highest
    assert low < high


@pytest.mark.parametrize("bias", some(["trained", "none"]))
def test_the_plot_is_of_what_the_panel_explains(open_components, bias):
    query = {"net": "2-2-2", "seed": "3", "bias": bias}
    state, _ = link.read({name: (value,) for name, value in query.items()})
    page = open_components(urlencode(query))
    labels = {quantity.id: quantity.label for quantity in quantities(state.start.network)}
    network = state.start.network
    for name in selectable(network):
        if name == "none":
            page.locator(".network").click(position={"x": 2, "y": 2})
        else:
            page.locator(f"[data-id='{name}']").focus()
            page.keyboard.press("Enter")
        if name in labels:
            expect(page.locator(".explain .title")).to_have_text(labels[name])
        check_plot(page, state.start, name)
    for name, label in labels.items():
        slider(page, name).focus()
        expect(page.locator(".explain .title")).to_have_text(label)
        check_plot(page, state.start, name)
    for item in page.locator(".network .item").all():
        item.focus()
        shown_for = page.locator(".explain .title").text_content()
        caption = page.locator(".plot .caption").text_content()
        # The learning rate was selected last.
        assert shown_for == "η" or page.locator(".plot").is_hidden(), caption
    slider(page, "x2").hover()
    settle(page)
    expect(page.locator(".explain .title")).to_have_text("η")
    check_plot(page, state.start, "eta")


def test_the_present_entry_of_each_menu_is_marked(open_page):
    page = open_page()
    for key, old, new in (
        ("convention_menu", "Samples as rows", "Textbook"),
        ("example_menu", EXAMPLES["notebook"].title, EXAMPLES["relu"].title),
    ):
        with case(key):
            assert_marked(page, key, old)
            page.get_by_role("menuitem", name=new).click()
            assert_marked(page, key, new)
            page.keyboard.press("Escape")
    page.locator('[data-number="eta"]').fill("0.7")
    page.locator('[data-number="eta"]').press("Enter")
    widget(page, "example_menu").get_by_role("button", name="Worked examples").click()
    expect(page.get_by_role("menuitem")).to_have_count(len(EXAMPLES))
    expect(page.get_by_role("menuitem", name=MARKED)).to_have_count(0)


MARKED = re.compile("present$")


def assert_marked(page, key, begin):
    """Open a menu whose entry that begins so is the one that is marked."""
    button = widget(page, key).get_by_role("button")
    expect(button).not_to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.get_by_role("menuitem", name=MARKED)).to_have_accessible_name(
        re.compile(f"^{re.escape(begin)}.* present$")
    )
