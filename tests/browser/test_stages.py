"""The stages of the step: what is computed so far, what is lit, and the ways from one to the next."""

import re

import pytest
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from tests.browser.cases import case
from tests.browser.components import App
from tests.browser.harness import go_to
from tests.browser.test_explain import shown
from tests.browser.test_reader_settings import LISTEN
from tests.browser.test_touch import Finger
from tests.browser.waiting import settle, until
from tests.hypothesis_profiles import some
from ui.text.stages import stage_texts

STAGES = stage_texts(DEFAULT_EXAMPLE.exercise.network)
NAMES = [stage["id"] for stage in STAGES]

# Goes through all stages within the page, and returns what is read at each of them.
THROUGH_STAGES = """live => {
  const read = READ
  const bar = live.querySelector(".stage-bar [role=slider]")
  const press = (key) => bar.dispatchEvent(new KeyboardEvent("keydown", { key }))
  const found = []
  press("Home")
  for (let at = 0; at < Number(bar.ariaValueMax); at += 1) {
    if (at) press("ArrowRight")
    found.push(read(live))
  }
  return found
}"""

# How far down the drawing stands and what is around it.
PLACES = """live => {
  const parts = [".drawing", ".stage-bar", ".loss-timeline"].map((part) => live.querySelector(part))
  const bar = live.querySelector(".stage-bar [role=slider]")
  return [bar.ariaValueNow, parts.map((part) => part.offsetTop).join()]
}"""

# The letters of stages that can be read, where each chip stands, and what its part is called.
READABLE = """live => {
  const bar = live.querySelector(".stage-bar")
  const chips = [...bar.querySelectorAll(".chip")]
  const isRead = (chip) => {
    const [box, math] = [".letter", ".math"].map((part) => chip.querySelector(part))
    const isCut = getComputedStyle(box).overflow === "hidden" && math.offsetWidth > box.clientWidth + 1
    return !isCut && math.checkVisibility({ visibilityProperty: true })
  }
  return {
    read: chips.filter(isRead).map((chip) => chip.textContent),
    current: chips.filter((chip) => chip.matches(".current") && isRead(chip)).length,
    places: chips.map((chip) => Math.round(chip.getBoundingClientRect().left)).join(),
    narrowest: Math.min(...chips.map((chip) => chip.offsetWidth)),
    parts: [...bar.querySelectorAll(".part-name")].map((name) => [name.textContent, name.clientHeight > 9]),
    beyond: bar.scrollWidth - bar.clientWidth,
  }
}"""


# How high the title is, and how far down the sentence under it stands.
HEAD = """live => {
  const sentence = live.querySelector(".stage-text .head + p")
  const title = live.querySelector(".stage-text .title")
  return [title.getBoundingClientRect().height, sentence.offsetTop - sentence.closest(".body").offsetTop]
}"""


def through_stages(page, read):
    """Return what `read`, in JavaScript, returns of the live network at each of its stages."""
    return page.locator(".live-network").evaluate(THROUGH_STAGES.replace("READ", read, 1))


def bar(page):
    return page.get_by_role("slider", name="Stage of the step")


def texts(page, name):
    """The numbers in the units of a kind, inputs left out."""
    return page.locator(f".network .{name}").all_text_contents()[3:]


def labels(page):
    """The numbers of edges that have one."""
    return [text for text in page.locator(".network .label text").all_text_contents() if text]


def test_forward_leads_through_all_stages(open_components):
    page = open_components()
    expect(bar(page)).to_have_attribute("aria-valuetext", "the whole step")
    for place, stage in enumerate(STAGES):
        page.get_by_role("button", name="Next stage").click()
        title = f"{place + 1} of {len(STAGES)}: {stage['title']}"
        expect(bar(page)).to_have_attribute("aria-valuetext", title)
        expect(page.locator(".stage-text .title")).to_have_text(stage["title"])
        for line in stage["code"]:
            expect(page.locator(".stage-text pre")).to_contain_text(line)
        assert page.locator(".chip.pending").count() == len(STAGES) - place - 1
    expect(page.get_by_role("button", name="Next stage")).to_be_disabled()
    page.wait_for_url(re.compile("stage=loss_after"))
    page.get_by_role("button", name="Show all of the step").click()
    expect(page.locator(".stage-text")).to_be_hidden()
    assert until(page, lambda: page.url, lambda url: "stage" not in url)


def units(page):
    """What stands in the units."""
    return [texts(page, "activation"), texts(page, "delta")]


def test_what_is_not_computed_yet_is_not_shown(open_components):
    page = open_components()
    for stage, activations, deltas, edges, prediction in (
        ("x", ["", "", ""], ["", "", ""], [], "—"),
        ("z1", ["z 0.2400", "z −0.460", ""], ["", "", ""], ["0.250", "−0.300"], "—"),
        ("a1", ["0.5597", "0.3870", ""], ["", "", ""], [], "—"),
        ("a2", ["0.5597", "0.3870", "0.4850"], ["", "", ""], [], "0.484973"),
        ("da2", ["0.5597", "0.3870", "0.4850"], ["", "", "∂a −0.115"], [], "0.484973"),
        ("da1", None, ["∂a −0.0029", "∂a 0.00862", "δ −0.0287"], ["−0.00287", "0.00862"], "0.484973"),
        ("dW2", None, ["", "", "δ −0.0287"], ["−0.0161", "−0.0111"], "0.484973"),
    ):
        go_to(page, f"stage={stage}")
        with case(stage):
            expect(page.locator(".reading .value").first).to_have_text(prediction)
            expected = [activations or ["0.5597", "0.3870", "0.4850"], deltas]
            assert until(page, lambda: units(page), expected.__eq__) == expected
            assert labels(page)[: len(edges)] == edges
            assert bool(labels(page)) == bool(edges)
            expect(page.locator(".reading .value").nth(3)).to_have_text("—")


def test_a_stage_has_its_equations_with_the_present_numbers(open_components):
    page = open_components("stage=delta1")
    expect(page.locator(".stage-text .equation")).to_have_count(4)
    assert shown(page, ".stage-text")[2:] == [
        "δh1=dL/dah1·f′(zh1)=−0.00287307·0.246434=−0.000708022",
        "δh2=dL/dah2·f′(zh2)=0.00861920·0.237228=0.00204471",
    ]
    rows = page.get_by_role("table", name="Shapes of the arrays").get_by_role("row")
    expect(rows.last).to_have_text(re.compile(r"δ1\(1, 2\)samples × hidden"))
    # Sliders work at every stage.
    box = page.locator("[data-number='w2.1.1']")
    box.fill("0.2")
    box.press("Enter")
    page.wait_for_url(re.compile("w2.1.1=0.2"))
    assert until(page, lambda: shown(page, ".stage-text")[2], lambda text: "0.00287307" not in text)
    assert "stage=delta1" in page.url


def test_keys_and_a_drag_move_along_the_bar(open_components):
    page = open_components("stage=a1")
    for key, stage in (
        ("ArrowRight", "z2"),
        ("ArrowLeft", "a1"),
        ("End", "loss_after"),
        ("Home", "x"),
        ("Escape", None),
        ("ArrowLeft", "loss_after"),
    ):
        bar(page).press(key)
        place = NAMES.index(stage) + 1 if stage else 0
        expect(bar(page)).to_have_attribute("aria-valuenow", str(place))
    page.wait_for_url(re.compile("stage=loss_after"))
    chips = page.locator(".chip")
    chips.nth(NAMES.index("da1")).hover()
    page.mouse.down()
    chips.nth(NAMES.index("loss")).hover()
    expect(page.locator(".stage-text .title")).to_have_text("Loss")
    page.mouse.up()
    page.wait_for_url(re.compile("stage=loss$"))


def test_a_finger_swipes_and_drags_from_stage_to_stage_and_scrolls_without(open_components):
    page = open_components("stage=a1", viewport={"width": 390, "height": 844}, has_touch=True)
    finger = Finger(page)

    def stands_at(stage):
        expect(bar(page)).to_have_attribute("aria-valuenow", str(NAMES.index(stage) + 1))

    drawing = page.locator(".network")
    for from_x, to_x, stage in ((300, 100, "z2"), (100, 300, "a1")):
        drawing.scroll_into_view_if_needed()
        height = drawing.bounding_box()["y"] + 150
        finger.swipe(from_x, height, to_x, height + 4)
        stands_at(stage)
    bar(page).scroll_into_view_if_needed()
    place = bar(page).bounding_box()
    finger.swipe(place["x"] + 0.8 * place["width"], place["y"] + 14, 200, place["y"] - 200)
    settle(page)
    stands_at("a1")
    assert "stage=a1" in page.url
    bar(page).scroll_into_view_if_needed()
    place = bar(page).bounding_box()
    finger.swipe(place["x"] + 40, place["y"] + 14, place["x"] + place["width"] - 4, place["y"] + 16)
    stands_at("loss_after")
    page.wait_for_url(re.compile("stage=loss_after"))


def test_the_focus_stays_on_a_button_that_leads_no_further(open_components):
    page = open_components("stage=new")
    forward = page.get_by_role("button", name="Next stage")
    forward.press("Enter")
    expect(forward).to_be_disabled()
    expect(forward).to_be_focused()
    forward.press("Enter")
    expect(bar(page)).to_have_attribute("aria-valuenow", str(len(NAMES)))


def test_nothing_moves_from_stage_to_stage(open_components):
    page = open_components("net=6-6-6-6-6-6&seed=3&stage=x")
    page.locator(".stage-text .title").wait_for()
    for width, height in ((1366, 768), (1920, 1080), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        stages, places = zip(*through_stages(page, PLACES), strict=True)
        with case(width):
            assert len(set(stages)) == len(stages) == 30
            assert len(set(places)) == 1, places


@pytest.mark.parametrize(
    ("query", "count", "widths_of_all"),
    some(
        [
            pytest.param("", 15, (320, 390, 768, 1366), id="3-2-1"),
            pytest.param("net=4-4-4-4-4-4&seed=3", 30, (1366,), id="4-4-4-4-4-4"),
            pytest.param("net=6-6-6-6&seed=3", 20, (1366,), id="6-6-6-6"),
        ],
        2,
    ),
)
def test_the_letters_of_stages_are_read_at_every_width(open_components, query, count, widths_of_all):
    page = open_components(f"{query}&stage=x")
    landmarks = {"x", "ŷ", "L", "∂ŷ", "∂W1", "Δw", "L′"}
    for width in (320, 390, 768, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        settle(page)
        found = through_stages(page, READABLE)
        with case(width):
            assert len(found) == count
            assert found[0]["parts"] == [["forward", True], ["backward", True], ["update", True]]
            assert len({state["places"] for state in found}) == 1
            assert [state["current"] for state in found] == [1] * count
            assert all(landmarks <= set(state["read"]) for state in found)
            assert found[0]["narrowest"] >= 4
            assert found[0]["beyond"] <= 0
            assert len(found[0]["read"]) == count or width not in widths_of_all


@pytest.mark.parametrize(
    ("width", "net"), some([(1366, "3-3-3-3-3-3"), (320, "3-3-3-3"), (390, "3-3-3-3")], 2)
)
def test_a_long_title_leaves_what_follows_in_its_place(open_components, width, net):
    page = open_components(f"net={net}&speak=notebook&stage=x", viewport={"width": width, "height": 800})
    page.locator(".stage-text .title").wait_for()
    heights, tops = map(set, zip(*through_stages(page, HEAD), strict=True))
    assert len(heights) == 2
    assert len(tops) == 1


def test_on_a_phone_the_stage_shown_has_its_name_below_the_bar(open_components):
    page = open_components("stage=da1", viewport={"width": 390, "height": 844})
    expect(page.locator(".stage-name")).to_have_text(STAGES[NAMES.index("da1")]["title"])
    expect(page.locator(".stage-name")).to_be_visible()


def test_the_stages_play_to_the_end(open_components):
    page = open_components("stage=dW1")
    page.clock.install()
    page.get_by_role("button", name="Play the stages").click()
    page.get_by_role("button", name="Pause").wait_for()
    expect(bar(page)).to_have_attribute("aria-valuenow", str(NAMES.index("step") + 1))
    page.clock.run_for(10_000)
    expect(bar(page)).to_have_attribute("aria-valuenow", str(len(NAMES)))
    page.get_by_role("button", name="Play the stages").wait_for()
    page.wait_for_url(re.compile("stage=loss_after"))


def test_what_is_pointed_at_is_explained_at_a_stage_too(open_components):
    page = open_components("stage=a1")
    page.locator(".network [data-id='n1.1']").hover()
    expect(page.locator(".explain .title")).to_have_text("h1")
    page.locator("h1").hover()
    expect(page.locator(".stage-text .title")).to_be_visible()


def test_a_link_that_hides_the_answers_has_no_stages(open_components):
    page = open_components("hide=answers&stage=delta1")
    page.locator(".given").wait_for()
    expect(page.locator(".stage-bar")).to_be_hidden()
    expect(page.locator(".stage-text")).to_be_hidden()


def test_names_in_the_drawing_have_only_what_is_computed(open_components):
    page = open_components("stage=z1")
    drawing = page.locator(".network")
    expect(drawing.get_by_role("button", name="Unit h1: not computed yet", exact=True)).to_be_visible()
    expect(drawing.get_by_role("button", name="Weight x1→h1: 0.5", exact=True)).to_have_count(1)
    page.locator(".announcer").evaluate(LISTEN)
    page.get_by_role("button", name="Show all of the step").click()
    expect(
        drawing.get_by_role("button", name=re.compile("Unit h1: activation 0.5597.*, δ −0.0007"))
    ).to_be_visible()
    # It may stand there for a moment only, before the prediction that is there again.
    assert "the whole step" in page.evaluate("window.heard")


def test_each_equation_of_a_stage_names_its_weight(open_components):
    page = open_components("stage=step")
    page.locator(".stage-text summary").click()
    lefts = [text.split("=")[0] for text in shown(page, ".stage-text")]
    assert len(set(lefts)) == len(lefts) == 8


def test_another_network_ends_the_playing(open_components):
    app = App("stage=dW2")
    page = open_components(app=app)
    page.clock.install()
    page.get_by_role("button", name="Play the stages").click()
    app.choose(page, "example_menu", EXAMPLES["relu"].title)
    page.wait_for_url(re.compile("example="))
    page.get_by_role("button", name="Play the stages").wait_for()
    place = bar(page).get_attribute("aria-valuenow")
    page.clock.run_for(5000)
    expect(bar(page)).to_have_attribute("aria-valuenow", place)


def guess(page, text):
    page.get_by_label(re.compile("^Your guess for")).fill(text)
    page.keyboard.press("Enter")


def verdict(page):
    return page.locator(".prediction").get_by_role("status")


def test_with_predict_first_a_stage_is_withheld_until_a_guess_is_typed(open_page):
    page = open_page("stage=a1")
    page.get_by_label("Predict first").check()
    page.wait_for_url(re.compile("predict=on"))
    assert texts(page, "activation")[:2] == ["z 0.2400", "z −0.460"]
    assert "= ?" in page.locator(".stage-text").inner_text()
    page.get_by_text("The tables come back with the whole step").wait_for()
    expect(page.locator("table.numbers")).to_have_count(0)
    assert "0.559714" not in page.locator("body").inner_text()
    guess(page, "half")
    expect(verdict(page)).to_have_text("Your guess takes a number such as 0.5, −1e-3 or 1/3, got “half”.")
    guess(page, "0,56")
    expect(verdict(page)).to_have_text("Right to 2 digits: a h1 = 0.559714.")
    expect(page.get_by_label("Predict first")).to_be_focused()
    assert texts(page, "activation")[:2] == ["0.5597", "0.3870"]
    page.get_by_role("button", name="Next stage").click()
    expect(page.get_by_label("Your guess for z ŷ")).to_be_visible()
    assert texts(page, "activation")[2] == "?"
    page.get_by_role("button", name="Stage before").click()
    expect(page.get_by_label("Your guess for a h1")).to_have_value("")
    page.get_by_role("button", name="Show all of the step").click()
    expect(page.locator("table.numbers").first).to_be_visible()


def test_edges_withhold_the_gradients_that_are_to_be_predicted(open_components):
    page = open_components("stage=dW1&predict=on")
    page.get_by_label("Your guess for dL/dw x1→h1").wait_for()
    assert set(labels(page)) == {"?"}
    assert "−0.000354" not in page.locator(".live-network .card").inner_text()
    guess(page, "-3.54e-4")
    expect(verdict(page)).to_have_text("Right to 4 digits: dL/dw x1→h1 = −0.000354011.")
    assert labels(page)[0] == "−0.000354"


def test_a_verdict_is_of_the_number_that_was_predicted(open_components):
    page = open_components("stage=z1&predict=on")
    guess(page, "0.24")
    expect(verdict(page)).to_have_text("Right: z h1 = 0.240000.")
    page.locator("[data-control='w1.1.1']").press("ArrowRight")
    expect(verdict(page)).to_have_text("")
    assert texts(page, "activation")[0] != "?"


def test_losses_are_withheld_until_they_are_predicted(open_components):
    page = open_components("predict=on&stage=z1")
    for stage, withheld in (("z1", True), ("loss", True), ("", False), ("da2", True), ("loss_after", True)):
        with case(stage):
            go_to(page, f"predict=on&stage={stage}" if stage else "predict=on")
            check_losses(page, withheld=withheld)


def check_losses(page, *, withheld):
    track = page.locator(".loss-track")
    words = "losses are withheld"
    has = (
        "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    )
    drawn = page.locator(".loss-timeline canvas")
    if withheld:
        expect(page.locator(".loss-timeline")).to_contain_text(words)
        expect(track).to_have_attribute("aria-valuetext", re.compile(f"^Step 0; {words}"))
        assert not until(page, lambda: drawn.evaluate(has), lambda found: not found)
    else:
        expect(track).to_have_attribute("aria-valuetext", re.compile("ahead: "))
        assert until(page, lambda: drawn.evaluate(has), bool)


def test_a_stage_is_announced_by_its_name_and_by_nothing_behind_it(open_page):
    page = open_page()
    page.locator(".announcer").evaluate(LISTEN)
    page.get_by_role("button", name="Next stage").press("Enter")
    page.wait_for_url(re.compile("stage="))
    settle(page)
    assert page.evaluate("globalThis.heard") == ["1 of 15: Inputs"]
