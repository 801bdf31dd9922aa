"""The panel that explains what is selected: its equations in MathML, beside the drawing or below it."""

import re

import pytest
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE
from tests.browser.cases import case
from tests.browser.frames import frames_of_moves, watch_frames
from tests.browser.waiting import next_frame, settle, until
from ui.text.numbers import Precision, format_number

EQUATIONS = ".explain .equation > .formula"
SIZES = ({"width": 1366, "height": 800}, {"width": 390, "height": 800})


def unfold(page):
    """Open all equations of what is selected."""
    page.locator(".explain .all > summary").click()
    page.locator(EQUATIONS).first.wait_for()


def select(page, name):
    """Select an edge or a unit from the keyboard, and wait for what is shown of it."""
    page.locator(f".network [data-id='{name}']").focus()
    page.keyboard.press("Enter")
    next_frame(page)


def shown(page, panel=".explain"):
    """The equations of a panel as one reads them, without what is not shown."""
    texts = page.locator(f"{panel} .equation > .formula").evaluate_all(
        """formulas => formulas.map(formula => [...formula.querySelectorAll("math")]
             .filter(math => math.checkVisibility()).map(math => math.textContent).join(""))"""
    )
    return [text.replace("\u2009", " ") for text in texts]


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        (
            "w1.1.1",
            [
                "dL/dw=x1·δh1=0.500000·(−0.000708022)=−0.000354011",
                "Δw=−η·dL/dw=−0.500000·(−0.000354011)=0.000177006",
                "w+Δw=0.500000+0.000177006=0.500177",
            ],
        ),
        (
            "n2.1",
            [
                "zŷ=ah1·wh1→ŷ+ah2·wh2→ŷ=0.559714·0.100000+0.386986·(−0.300000)=−0.0601244",
                "ŷ=11+e−zŷ=11+e−(−0.0601244)=0.484973",
                "L=½·(y−ŷ)2=½·(0.600000−0.484973)2=0.00661556",
                "dL/dŷ=ŷ−y=0.484973−0.600000=−0.115027",
                "f′(zŷ)=ŷ·(1−ŷ)=0.484973·(1−0.484973)=0.249774",
                "δŷ=dL/dŷ·f′(zŷ)=−0.115027·0.249774=−0.0287307",
            ],
        ),
        (
            "n0.1",
            ["dL/dx1=δh1·wx1→h1+δh2·wx1→h2=−0.000708022·0.500000+0.00204471·(−0.600000)=−0.00158084"],
        ),
    ],
)
def test_what_is_selected_has_its_equations(open_components, selected, expected):
    page = open_components(f"select={selected}")
    unfold(page)
    for size in SIZES:
        page.set_viewport_size(size)
        settle(page)
        with case(size["width"]):
            assert shown(page) == expected
    for formula in page.locator(EQUATIONS).all():
        expect(formula).to_have_role("math")
        expect(formula).to_have_accessible_name(re.compile(" equals .* equals "))


def test_the_learning_rate_is_what_the_step_is_made_of(open_components):
    page = open_components()
    page.locator("[data-control='eta']").focus()
    expect(page.locator(".explain .title")).to_have_text("η")
    expected = ["Δw=−η·dL/dw"]
    assert until(page, lambda: shown(page), lambda texts: texts == expected) == expected


def test_no_equation_is_cut(open_components):
    page = open_components("net=6-6-6-6&seed=3&bias=trained&select=w1.1.1")
    unfold(page)
    body = page.locator(".explain .body")
    for size in SIZES:
        page.set_viewport_size(size)
        settle(page)
        for selected in ("w1.1.1", "n3.1", "n1.2"):
            select(page, selected)
            with case(size["width"], selected):
                assert page.locator(EQUATIONS).count()
                assert body.evaluate("body => body.scrollWidth <= body.clientWidth")
                # What is wider in other networks, as a fraction may be, scrolls.
                assert body.evaluate("body => getComputedStyle(body).overflowX") == "auto"


def test_the_numbers_of_the_equations_follow_a_slider_without_new_elements(open_components):
    page = open_components()
    unfold(page)
    body = page.locator(".explain .body").element_handle()
    first = page.locator(f"{EQUATIONS} math").first.element_handle()
    slider = page.locator("[data-control='w1.1.1']")
    place = slider.bounding_box()
    middle = place["y"] + place["height"] / 2
    page.mouse.move(place["x"] + place["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * 0.57, middle)
    page.locator(".screen").wait_for()
    watch_frames(page)
    frames = frames_of_moves(page, "w1.1.1", [-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.0, 1.0, 1.0])
    assert {name for frame in frames for name in (*frame.built, *frame.read)} == set()
    there = DEFAULT_EXAMPLE.exercise.with_values([("w1.1.1", 1.0)])
    gradient = there.step().gradient.theta[0]
    for result in (page.locator(".explain .headline mn"), page.locator(f"{EQUATIONS} .result mn").first):
        expect(result).to_have_text(format_number(float(gradient), Precision()))
    assert first.evaluate("(math, body) => body.contains(math)", body)
    page.mouse.up()


def test_an_input_a_weight_and_a_learning_rate_of_one_size_are_told_apart(open_components):
    page = open_components()
    unfold(page)
    found = {}
    for role, meaning in (
        ("input", "x1 = 0.5: input"),
        ("rate", "η = 0.5: learning rate"),
        ("weight", "wx1→h1 = 0.5: weight"),
    ):
        leaf = page.locator(f"{EQUATIONS} .plugged .leaf.{role}").first
        expect(leaf).to_have_text("0.500000")
        leaf.hover()
        expect(page.get_by_role("tooltip").locator(".title")).to_have_text(meaning)
        found[role] = leaf.evaluate("node => getComputedStyle(node).color")
    assert len(set(found.values())) == 3


def test_the_explanation_stands_beside_the_drawing_where_there_is_room(open_page):
    page = open_page(viewport={"width": 1366, "height": 768})
    drawing, explain, plot, card = (
        page.locator(name).bounding_box() for name in (".drawing", ".explain", ".plot", ".card")
    )
    assert explain["x"] >= drawing["x"] + drawing["width"]
    assert plot["y"] >= explain["y"] + explain["height"]
    assert card["height"] <= 460
    page.set_viewport_size({"width": 1000, "height": 768})
    until_below = (
        "([above, below]) => below.getBoundingClientRect().top >= above.getBoundingClientRect().bottom"
    )
    drawing, explain = (page.locator(name).element_handle() for name in (".drawing", ".explain"))
    page.wait_for_function(until_below, arg=[drawing, explain])


def test_the_fused_delta_unfolds_what_it_follows_from(open_components):
    page = open_components("net=2-2-1&seed=1&loss=binary_cross_entropy&select=n2.1")
    unfold(page)
    reason = page.locator(".explain .because")
    expect(reason.locator("math").first).to_be_hidden()
    reason.locator("summary").click()
    expect(reason.locator("math").first).to_be_visible()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            ["loss L equals ½ times Σ (y minus ŷ) squared", "all units a equals 1 over 1 plus e, no biases"],
        ),
        (
            "net=2-2-2-1&seed=1&f=relu.tanh.identity&bias=fixed&loss=huber",
            [
                "loss L",
                "hidden layer 1 a equals max (0, z)",
                "hidden layer 2 a equals tanh z",
                "outputs ŷ equals z, biases held fixed",
            ],
        ),
    ],
)
def test_loss_and_activations_stand_at_the_readings(open_components, query, expected):
    page = open_components(query)
    page.locator(".model").wait_for()
    for size in SIZES:
        page.set_viewport_size(size)
        settle(page)
        with case(size["width"]):
            check_model_line(page, size["width"], expected)


def check_model_line(page, width, expected):
    line = page.locator(".model")
    parts = line.locator("> span")
    spoken = parts.evaluate_all(
        """parts => parts.map(part => [...part.childNodes].map(node =>
             node.getAttribute?.("aria-label") ?? node.textContent).join(""))"""
    )
    for text, begins in zip(spoken, expected, strict=True):
        start, _, end = begins.partition(", ") if "biases" in begins else (begins, "", "")
        plain = re.sub(r"[()]", "", text)
        assert plain.startswith(re.sub(r"[()]", "", start)), text
        assert text.endswith(end), text
    places = [part.bounding_box() for part in (*parts.all(), *page.locator(".reading .value").all())]
    assert all(place["x"] + place["width"] <= width for place in places)
    for k, one in enumerate(places):
        for other in places[:k]:
            beside = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
            assert (
                beside
                or one["y"] >= other["y"] + other["height"] - 3
                or other["y"] >= one["y"] + one["height"] - 3
            )
