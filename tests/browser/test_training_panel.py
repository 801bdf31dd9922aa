"""The controls beside the drawing of the Training page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.held_responses import HeldResponses
from tests.browser.test_held_back import address_becomes
from tests.browser.waiting import rectangles, settle
from tests.browser.widgets import enter, open_list, widget

pytestmark = pytest.mark.browser

WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def open_training(open_page):
    def open_training(query="", **settings):
        return open_page(query, path="training", ready=".player .panel h2", **settings)

    return open_training


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def box(page, name):
    return page.get_by_role("textbox", name=f"{name}, exact value")


def drag(page, control, share):
    """Press the thumb of a slider and move it to a share of its length; the button stays down."""
    control.scroll_into_view_if_needed()
    place = control.bounding_box()
    thumb = control.evaluate("node => (node.value - node.min) / (node.max - node.min)")
    inner = place["width"] - 14
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + 7 + thumb * inner, middle)
    page.mouse.down()
    page.mouse.move(place["x"] + 7 + share * inner, middle, steps=4)


def test_a_learning_rate_that_is_dragged_acts_from_the_shown_step_on(open_training):
    page = open_training("steps=1000&at=400", viewport=WIDE)
    drag(page, slider(page, "Learning rate η"), 0.7)
    shown = box(page, "Learning rate η").input_value()
    assert float(shown) > 0.1
    assert "changes=" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile(rf"changes=400~eta~{re.escape(shown)}\b"))
    expect(page.locator(".timeline text.branch").first).to_have_text(f"η → {shown}")
    page.get_by_role("button", name=f"Undo: η 0.1 → {shown}").click()
    expect(box(page, "Learning rate η")).to_have_value("0.1")


def test_a_change_acts_from_where_the_film_has_been_played_to(open_training):
    page = open_training("steps=1000&at=0", viewport=WIDE)
    page.get_by_role("button", name="Play").click()
    expect(page.locator(".player .reading dd > span").first).not_to_have_text("0")
    box(page, "Learning rate η").fill("0.2")
    box(page, "Learning rate η").press("Enter")
    page.wait_for_url(re.compile(r"changes=\d+~eta~0.2\b"))
    at = int(page.url.split("changes=")[1].split("~")[0])
    assert 0 < at <= 1000
    # Training goes on with it.
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Train", exact=True)).to_be_visible()


def test_changes_in_a_row_all_arrive_over_a_slow_line(open_page):
    responses = HeldResponses()
    page = open_page("", path="training", ready=".player .panel h2", held=responses, viewport=WIDE)
    responses.hold_when_idle(page)
    box(page, "Learning rate η").fill("0.3")
    box(page, "Learning rate η").press("Enter")
    box(page, "Dropout").fill("0.2")
    box(page, "Dropout").press("Enter")
    page.get_by_role("combobox", name="Optimizer").select_option("adam")
    box(page, "L2 penalty λ").fill("0.01")
    box(page, "L2 penalty λ").press("Enter")
    responses.release()
    responses.wait_until_idle(page)
    address_becomes(page, "v=4&optimizer=adam&eta=0.3&l2=0.01&dropout=0.2")
    expect(page.get_by_role("combobox", name="Optimizer")).to_have_value("adam")


def test_the_focus_stays_in_the_control_that_is_used(open_training):
    page = open_training("steps=200", viewport=WIDE)
    menu = page.get_by_role("combobox", name="Activation")
    menu.focus()
    menu.select_option("relu")
    page.wait_for_url(re.compile("f=relu"))
    settle(page)
    expect(menu).to_be_focused()
    eta = slider(page, "Learning rate η")
    eta.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("eta="))
    settle(page)
    expect(eta).to_be_focused()


def test_what_cannot_be_taken_stays_in_its_box_with_the_reason(open_training):
    page = open_training("steps=200", viewport=WIDE)
    field = box(page, "Dropout")
    field.fill("abc")
    field.press("Enter")
    expect(page.get_by_text("Dropout got “abc”; it takes a number from 0 to 0.95")).to_be_visible()
    expect(field).to_have_value("abc")
    expect(field).to_be_focused()


def test_the_controls_stand_beside_the_drawing_where_there_is_room_and_below_all_else_on_a_phone(
    open_training,
):
    page = open_training("steps=200", viewport=WIDE)
    panel, net = page.locator(".player .panel"), page.locator(".player .net")
    assert panel.bounding_box()["x"] + panel.bounding_box()["width"] <= net.bounding_box()["x"]
    track = page.locator(".player .track")
    assert track.bounding_box()["y"] + track.bounding_box()["height"] <= WIDE["height"]
    page.set_viewport_size(PHONE)
    foot = page.locator(".player .foot")
    expect(page.locator(".player .card > :last-child")).to_have_class("panel")
    settle(page)
    page.locator(".player .panel").scroll_into_view_if_needed()
    assert panel.bounding_box()["y"] >= foot.bounding_box()["y"]
    assert panel.bounding_box()["width"] <= PHONE["width"]
    for place in rectangles(page.locator(".player .panel :is(input, select)")):
        assert place["height"] >= 24


def test_units_and_layers_are_added_and_removed_on_the_drawing_and_the_focus_stays(open_training):
    page = open_training("hidden=1-2", viewport=WIDE)
    more = page.get_by_role("button", name="Add a unit to hidden layer 1")
    more.click()
    more.press("Enter")
    page.wait_for_url(re.compile("hidden=3-2"))
    expect(more).to_be_focused()
    expect(page.locator(".player .network g.item")).to_have_count(2 + 3 + 2 + 1)
    page.get_by_role("button", name="Add a hidden layer").click()
    page.wait_for_url(re.compile("hidden=3-2-2"))
    less = page.get_by_role("button", name="Remove a unit from hidden layer 3")
    less.click()
    page.get_by_role("button", name="Remove hidden layer 3").press("Enter")
    expect(page.get_by_role("button", name="Remove a unit from hidden layer 2")).to_be_focused()
    page.wait_for_url(re.compile(r"hidden=3-2(&|$)"))
    expect(page.get_by_role("button", name="Add a unit to hidden layer 3")).to_have_count(0)


def test_a_layer_takes_no_more_units_than_a_network_may_have(open_training):
    page = open_training("hidden=8-8-8-8-8-8", viewport=WIDE)
    for name in ("Add a unit to hidden layer 6", "Add a hidden layer"):
        button = page.get_by_role("button", name=name)
        expect(button).to_have_attribute("aria-disabled", "true")
        button.press("Enter")
    settle(page)
    assert "hidden=8-8-8-8-8-8" in page.url
    net = page.locator(".player .net").bounding_box()
    for place in rectangles(page.locator(".player .layers button:visible")):
        assert place["right"] <= net["x"] + net["width"] + 1
        assert min(place["width"], place["height"]) >= 24


def test_data_and_features_are_chosen_by_their_pictures_with_pointer_and_keyboard(open_training):
    page = open_training("", viewport=WIDE)
    group = page.get_by_role("radiogroup", name="Data")
    group.get_by_role("radio", name="Gaussians").check()
    page.wait_for_url(re.compile("data=gaussians"))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("data=spiral"))
    expect(group.get_by_role("radio", name="Spiral", exact=True)).to_be_focused()
    features = page.get_by_role("group", name="Features")
    features.get_by_role("checkbox", name="sin x₁").check()
    page.wait_for_url(re.compile("features=x1.x2.sin_x1"))
    expect(features.get_by_role("checkbox", name="sin x₁")).to_be_focused()
    page.get_by_role("combobox", name="More data").select_option("tips")
    page.wait_for_url(re.compile("data=tips"))
    expect(features).to_have_count(0)
    expect(group.get_by_role("radio", checked=True)).to_have_count(0)


def test_the_last_feature_cannot_be_taken_away_and_the_reason_is_there(open_training):
    page = open_training("features=x1", viewport=WIDE)
    last = page.get_by_role("group", name="Features").get_by_role("checkbox", name="x₁", exact=True)
    last.uncheck(force=True)
    expect(page.get_by_text("Choose at least one feature.")).to_be_visible()
    expect(last).to_be_checked()


DOTS = """() => findDots().toDataURL()"""
FIND = """() => { globalThis.findDots = () => {
  const hosts = [...document.querySelectorAll("*")].map((node) => node.shadowRoot ?? node)
  return hosts.map((host) => host.querySelector?.(".player .area canvas:nth-of-type(2)")).find(Boolean)
} }"""


@pytest.mark.parametrize(("name", "shares"), [("Noise", (0.3, 0.8)), ("Training fraction", (0.8, 0.2))])
def test_the_samples_move_while_the_slider_does_and_are_those_that_stay(open_training, name, shares):
    page = open_training("data=moons&steps=0", viewport=WIDE)
    page.evaluate(FIND)
    seen = [page.evaluate(DOTS)]
    before = page.url
    for share in shares:
        drag(page, slider(page, name), share)
        seen.append(page.evaluate(DOTS))
        assert page.url == before
        page.mouse.up()
        page.wait_for_url(lambda url, before=before: url != before)
        before = page.url
        settle(page)
    assert len(set(seen)) == len(seen)
    value = box(page, name).input_value()
    parameter = "noise" if name == "Noise" else "trainshare"
    assert f"{parameter}={value}" in page.url


def test_nothing_below_the_pointer_moves_for_what_is_said_of_a_change(open_training):
    page = open_training("steps=100", viewport=WIDE)
    more = page.get_by_role("button", name="Add a unit to hidden layer 1")
    before = more.bounding_box()
    for units in (5, 6):
        page.mouse.click(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
        page.wait_for_url(re.compile(f"hidden={units}-2"))
    page.get_by_text("Faint: hidden layers 4-2: the run before.").wait_for()
    settle(page)
    assert more.bounding_box() == before


@pytest.mark.parametrize(("at", "reached"), [("", "changes=100~noise~"), ("&at=0", "noise=")])
def test_the_samples_stay_where_they_were_moved_whether_the_run_goes_on_with_them_or_not(
    open_training, at, reached
):
    page = open_training(f"data=moons&steps=100{at}", viewport=WIDE)
    page.evaluate(FIND)
    before = page.evaluate(DOTS)
    drag(page, slider(page, "Noise"), 0.6)
    moved = page.evaluate(DOTS)
    page.mouse.up()
    page.wait_for_url(re.compile(reached))
    settle(page)
    there = page.evaluate(DOTS)
    assert before not in (moved, there)
    page.get_by_role("button", name=re.compile("^Undo: noise")).click()
    page.wait_for_function("dots => findDots().toDataURL() === dots", arg=before)
    page.wait_for_url(lambda url: "noise" not in url)


@pytest.mark.parametrize(
    ("query", "popover", "key", "label"),
    [
        ("", "More settings", "training_network_initializer", "He"),
        ("", "More settings", "training_settings_schedule", "Cosine"),
        ("data=tips", "Data", "training_data_target", "size"),
    ],
)
def test_a_popover_stays_open_when_something_is_chosen_in_it(open_training, query, popover, key, label):
    responses = HeldResponses()
    page = open_training(query, viewport=WIDE, held=responses)
    before = page.url
    page.get_by_role("button", name=popover, exact=True).click()
    widget(page, key).get_by_role("combobox").wait_for()
    responses.wait_until_idle(page)
    open_list(page, key)
    page.get_by_role("option", name=re.compile(f"^{label}")).first.click()
    page.wait_for_url(lambda url: url != before)
    settle(page)
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    expect(page.get_by_test_id("stPopoverBody").locator(":focus")).to_have_count(1)


def test_where_a_table_of_ones_own_is_entered_opens_with_that_choice(open_training):
    page = open_training("", viewport=WIDE)
    page.get_by_role("combobox", name="More data").select_option("own")
    page.get_by_test_id("stPopoverBody").locator("input[type=file]").wait_for(state="attached")
    expect(page.get_by_role("combobox", name="More data")).to_have_value("own")


def test_nothing_in_the_row_moves_while_the_page_replaces_its_box(open_training):
    page = open_training("budget=20", viewport=WIDE)
    enter(page, "training_budget", "25")
    page.wait_for_url(re.compile("budget=25"))
    settle(page)
    unit = widget(page, "training_unit")
    unit.evaluate("""(node) => {
      globalThis.places = new Set()
      const note = () => {
        const { left, top } = node.getBoundingClientRect()
        places.add(`${left} ${top + scrollY}`)
      }
      // Before anything is drawn, and so that nothing that is undone within a frame is left out.
      new MutationObserver(note).observe(document, { subtree: true, childList: true, attributes: true })
      note()
    }""")
    page.go_back()
    expect(widget(page, "training_budget").locator("input")).to_have_value("20")
    settle(page)
    assert len(page.evaluate("[...places]")) == 1
