"""The derivation in the panel: its factors and paths, what they light in the drawing, and that they move."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.frames import frames_of_moves, watch_frames
from tests.browser.harness import go_to
from tests.browser.test_one_step import grab, pixels
from tests.browser.waiting import settle, until

MANY = "net=3-4-4-3&seed=3&f=tanh.tanh.softmax&loss=categorical_cross_entropy&select=w1.1.1"


def texts(locator):
    return [" ".join(text.split()) for text in locator.all_text_contents()]


def lit(page):
    """The weights that have a ribbon, with its width."""
    ids = page.locator(".network .item[data-id^='w']").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.id)"
    )
    widths = page.locator(".network .flow").evaluate_all(
        "flows => flows.map((flow) => Number(flow.getAttribute('stroke-width')))"
    )
    return {link: width for link, width in zip(ids, widths, strict=True) if width}


def test_one_path_has_its_chain_and_a_row_for_each_factor(open_components):
    page = open_components("select=w1.1.1")
    explain = page.locator(".explain")
    expect(explain.locator(".role")).to_have_text("weight 0.5")
    expect(explain.locator(".headline")).to_have_text("dL/dw=−0.000354011")
    expect(explain.locator(".second")).to_have_text("Δw=−η·dL/dw=0.000177006")
    expect(explain.locator(".chain")).to_have_text("=x1·f′(zh1)·wh1→ŷ·f′(zŷ)·(ŷ−y)")
    assert texts(explain.locator(".factor .seen")) == [
        "x10.5000input",
        "f′(zh1)0.24640.560·0.440",
        "wh1→ŷ0.1000weight",
        "f′(zŷ)0.24980.485·0.515",
        "ŷ−y−0.11500.485−0.600",
    ]
    expect(explain.locator(".reason")).to_contain_text("above all, w h1→ŷ is 0.1")
    expect(explain.locator(".paths")).to_be_hidden()
    expect(page.get_by_role("option", name="factor 2 of 5: slope of h1, 0.2464", exact=True)).to_be_visible()


def test_a_factor_has_its_product_only_where_that_is_true_to_its_digits(open_components):
    page = open_components("net=1-1&f=sigmoid&W1=40&x=1&y=0&select=w1.1.1")
    slope = page.locator(".explain .factor").nth(1)
    expect(slope.locator(".number")).to_have_text("4.248e−18")
    expect(slope.locator(".plugged")).to_be_hidden()
    expect(page.locator(".explain .factor").nth(2).locator(".plugged")).to_be_visible()


def test_long_paths_leave_room_for_their_numbers(open_components):
    page = open_components("net=6-6-6-6-6-6&seed=3&select=w1.1.1")
    page.locator(".explain .path").first.wait_for()
    rows = page.locator(".explain .path:has(.way)")
    assert rows.count() == 12
    for row in rows.all():
        way, bar = row.locator(".way").bounding_box(), row.locator(".bar").bounding_box()
        assert way["x"] + way["width"] <= bar["x"]


def test_units_and_inputs_have_derivations_too(open_components):
    page = open_components()
    explain = page.locator(".explain")
    for selected, title, headline, second in (
        ("n1.1", "activation 0.5597", "dL/dah1=−0.00287307", "δh1=dL/dah1·f′(zh1)=−0.000708022"),
        ("n2.1", "prediction 0.4850", "dL/dŷ=−0.115027", "δŷ=dL/dŷ·f′(zŷ)=−0.0287307"),
        ("n0.1", "input 0.5", "dL/dx1=−0.00158084", None),
    ):
        go_to(page, f"select={selected}")
        with case(selected):
            expect(explain.locator(".role")).to_have_text(title)
            expect(explain.locator(".headline")).to_have_text(headline)
            if second:
                expect(explain.locator(".second")).to_have_text(second)
            else:
                expect(explain.locator(".second")).to_be_hidden()


def test_several_paths_are_summed_largest_first_and_the_rest_is_counted(open_components):
    page = open_components("net=6-6-6-6&seed=3&bias=trained&select=w1.1.1")
    rows = page.locator(".explain .path")
    expect(rows).to_have_count(13)
    numbers = [float(text.replace("−", "-")) for text in texts(rows.locator(".number"))]
    assert sorted(map(abs, numbers[:-1]), reverse=True) == [abs(number) for number in numbers[:-1]]
    more = page.locator(".explain .more")
    expect(more).to_have_text(re.compile(r"24 more paths, together −?\d"))
    rest = float(more.inner_text().split()[-1].replace("−", "-"))
    assert numbers[-1] == pytest.approx(sum(numbers[:-1]) + rest, rel=1e-2)
    expect(page.locator(".explain .parts")).to_have_text(
        re.compile(r"^above 0 0\.\d+, below 0 −0\.\d+: \d+ % cancels$")
    )


def test_a_factor_lights_its_weight_or_unit(open_components):
    page = open_components("select=w1.1.1")
    factors = page.locator(".explain .factor")
    weight = page.locator(".network .halo").nth(6)
    unit = page.locator(".network [data-id='n1.1'] .unit")
    factors.nth(2).hover()
    expect(weight).to_have_attribute("visibility", "visible")
    factors.nth(1).hover()
    expect(unit).to_have_class(re.compile("chosen"))
    expect(weight).to_have_attribute("visibility", "hidden")
    page.locator(".readings").hover()
    expect(unit).not_to_have_class(re.compile("chosen"))
    factors.first.focus()
    factors.first.press("ArrowDown")
    expect(factors.nth(1)).to_be_focused()
    expect(unit).to_have_class(re.compile("chosen"))
    factors.nth(1).press("ArrowDown")
    expect(weight).to_have_attribute("visibility", "visible")


def test_a_path_has_a_ribbon_as_wide_as_it_is_large_and_shows_its_factors(open_components):
    page = open_components(MANY)
    paths = page.locator(".explain .path")
    assert lit(page) == {}
    paths.first.focus()
    expect(page.locator(".explain .along")).to_have_text("factors along h1,1→h2,4→ŷ3")
    expect(paths.first).to_have_attribute("aria-selected", "true")
    assert lit(page) == {"w1.1.1": 22, "w2.1.4": 22, "w3.4.3": 22}
    paths.first.press("ArrowDown")
    expect(page.locator(".explain .along")).to_have_text("factors along h1,1→h2,4→ŷ1")
    ribbons = lit(page)
    assert list(ribbons) == ["w1.1.1", "w2.1.4", "w3.4.1"]
    numbers = [float(text.replace("−", "-")) for text in texts(paths.locator(".number"))]
    assert ribbons["w1.1.1"] == pytest.approx(22 * abs(numbers[1] / numbers[0]) ** 0.5, abs=0.1)
    # What all carry together.
    paths.first.press("ArrowUp")
    paths.first.press("ArrowUp")
    expect(paths.last).to_be_focused()
    expect(page.locator(".network .flow[stroke-width='0']").first).to_be_attached()
    assert len(lit(page)) == 1 + 4 + 12
    paths.last.press("Escape")
    page.locator(".network [data-id='w1.1.1']").hover(force=True)
    assert lit(page) == {}


def test_paths_and_factors_follow_a_slider_without_new_elements_and_keep_their_order(open_components):
    page = open_components(MANY)
    paths = page.locator(".explain .path")
    paths.nth(1).click()
    before = texts(paths.locator(".way"))
    numbers = texts(paths.locator(".number"))
    grab(page, "w1.1.1", 0.6)
    watch_frames(page)
    frames = frames_of_moves(page, "w1.1.1", [-2, -1, 0, 1, 2, 2, 2, 2, 2])
    assert {name for frame in frames for name in (*frame.built, *frame.read)} == set()
    assert texts(paths.locator(".way")) == before
    moved = texts(paths.locator(".number"))
    assert moved != numbers
    sizes = [abs(float(text.replace("−", "-"))) for text in moved[:-1]]
    assert sizes != sorted(sizes, reverse=True)
    page.mouse.up()
    expect(page.locator(".screen")).to_be_hidden()
    sizes = [abs(float(text.replace("−", "-"))) for text in texts(paths.locator(".number"))[:-1]]
    assert sizes == sorted(sizes, reverse=True)
    expect(paths.locator(".way").first).not_to_have_text(before[0])


def test_canvas_and_svg_show_the_same_ribbon(open_components):
    page = open_components("select=n0.1")
    page.locator(".explain .path").first.click()
    expect(page.locator(".network .flow[stroke-width='22']").first).to_be_attached()
    grab(page, "x1", 0.9)
    settle(page)
    moving = pixels(page)
    page.mouse.up()
    expect(page.locator(".screen")).to_be_hidden()
    resting = pixels(page)
    page.locator(".explain .path").first.press("Escape")
    expect(page.locator(".network .flow[stroke-width='22']")).to_have_count(0)
    without = pixels(page)
    assert (abs(resting - without) > 12).mean() > 0.01
    assert (abs(moving - resting) > 12).mean() < 0.005


def test_a_path_that_is_pressed_again_is_let_go(open_components):
    page = open_components("select=n0.1")
    row = page.locator(".explain .path").first
    before = pixels(page)
    row.click()
    expect(row).to_have_attribute("aria-selected", "true")
    row.click()
    expect(row).to_have_attribute("aria-selected", "false")
    page.mouse.move(2, 2)
    settle(page)
    assert (abs(pixels(page) - before) > 12).mean() < 0.001


def test_what_has_been_unfolded_stays_so_for_the_next_item(open_components):
    page = open_components("select=w1.1.1")
    equations = page.locator(".explain .equation > .formula")
    expect(equations.first).to_be_hidden()
    page.locator(".explain .all > summary").click()
    expect(equations).to_have_count(3)
    page.locator(".network [data-id='n2.1']").click()
    expect(equations).to_have_count(6)
    expect(equations.last).to_be_visible()


def test_on_a_phone_the_tabs_follow_the_explanation_whatever_is_selected(open_components):
    for query in ("", "net=3-4-6&seed=1"):
        page = open_components(query, viewport={"width": 390, "height": 844})
        folded = page.locator(".explain .all")
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            for item in ("w1.1.1", "w2.1.1", "n0.1", "n2.1"):
                page.locator(f".network [data-id='{item}']").dispatch_event("click")
                settle(page)
                end = folded.bounding_box()
                room = page.locator(".tabs").bounding_box()["y"] - end["y"] - end["height"]
                assert 0 <= room <= 20, (query, width, item)


def test_on_a_phone_a_slider_stays_where_it_is_when_it_selects(open_components):
    page = open_components("select=n2.1", viewport={"width": 390, "height": 844})
    slider = page.locator("[data-control='w1.2.1']")
    slider.scroll_into_view_if_needed()
    before = slider.evaluate("node => node.getBoundingClientRect().top + scrollY")
    slider.focus()
    expect(page.locator(".explain .title")).to_have_text("x2→h1")
    settle(page)
    assert slider.evaluate("node => node.getBoundingClientRect().top + scrollY") == before
    page.locator(".explain .all summary").click()
    expect(page.locator(".explain .all .equation").last).to_be_visible()
    body = page.locator(".explain .body")
    beyond = partial(body.evaluate, "node => node.scrollHeight - node.clientHeight")
    assert until(page, beyond, lambda pixels: pixels <= 1) <= 1
