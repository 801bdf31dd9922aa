"""The tabs below the explanation: the loss along it, the nudge, and the code."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.examples import DEFAULT_EXAMPLE
from core.network import forward, trace_loss
from tests.browser.cases import case
from tests.browser.frames import frames_of_moves, watch_frames
from tests.browser.test_explain import select
from tests.browser.waiting import settle, until
from tests.hypothesis_profiles import some

EXERCISE = DEFAULT_EXAMPLE.exercise
TABS = ("Loss along it", "Nudge", "Code")
# Each tab that is chosen, and the heights and sizes of what stands around it.
FROM_TAB_TO_TAB = """async live => {
  const tabs = [...live.querySelectorAll("[role=tab]")]
  const parts = [".drawing", ".network", ".explain", ".tabs", ".stage-bar", ".loss-timeline"]
  const frame = () => new Promise(requestAnimationFrame)
  const chosen = []
  const places = []
  for (const tab of [...tabs, tabs[0]]) {
    tab.click()
    await frame()
    await frame()
    chosen.push(live.querySelector("[aria-selected=true]").textContent)
    const boxes = parts.map((part) => live.querySelector(part).getBoundingClientRect())
    places.push(boxes.map(({ top, width, height }) => [top - boxes[0].top, width, height]).join())
  }
  return [chosen, places]
}"""


def tab(page, name):
    return page.get_by_role("tab", name=name, exact=True)


def rows(page):
    """The numbers of the nudge by their names."""
    texts = page.locator(".nudge dl div").evaluate_all(
        "rows => rows.map(row => [...row.children].map(child => child.textContent))"
    )
    return {name: number.replace("−", "-") for name, number in texts}


def changes(page):
    """What stands in each unit below its activation, inputs left out."""
    return page.locator(".network .delta").all_text_contents()[3:]


def loss_at(name, value):
    there = EXERCISE.with_values([(name, value)])
    trace = forward(there.network, there.theta_array, there.x_array)
    return float(trace_loss(there.network, trace, there.y_array))


def test_the_tabs_are_one_stop_and_arrow_keys_move_among_them(open_page):
    page = open_page()
    expect(tab(page, "Loss along it")).to_have_attribute("aria-selected", "true")
    page.locator(".plot").wait_for()
    tab(page, "Loss along it").focus()
    page.keyboard.press("ArrowRight")
    expect(tab(page, "Nudge")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Nudge")).to_be_visible()
    expect(page.locator(".plot")).to_be_hidden()
    page.wait_for_url(re.compile("tab=nudge$"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Code")).to_be_visible()
    page.wait_for_url(re.compile("tab=code$"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel", name="Loss along it")).to_be_visible()
    assert until(page, lambda: page.url, lambda url: "tab" not in url)
    expect(page.locator("[role=tab][tabindex='0']")).to_have_count(1)
    expect(page.locator("[role=tab][tabindex='0']")).to_have_text("Loss along it")


@pytest.mark.parametrize(
    "query", some(["net=3-4-4-3&seed=2&f=tanh.tanh.softmax&loss=categorical_cross_entropy", ""])
)
def test_nothing_moves_from_tab_to_tab(open_components, query):
    page = open_components(query)
    for width, height in ((1366, 768), (1100, 700), (950, 700), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        chosen, places = page.locator(".live-network").evaluate(FROM_TAB_TO_TAB)
        with case(width, height):
            assert chosen == [*TABS, TABS[0]]
            assert len(set(places)) == 1, places


def test_the_nudge_fits_its_place_on_a_laptop(open_components):
    page = open_components("tab=nudge&h=1e-1")
    page.locator(".nudge .verdict").wait_for()
    panel = page.get_by_role("tabpanel", name="Nudge")
    assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight")
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")


def test_a_nudge_travels_forward_as_numbers(open_components):
    page = open_components("tab=nudge&h=1e-2")
    expect(page.locator(".network .delta").nth(3)).to_have_text(re.compile("^Δa "))
    raised = EXERCISE.with_values([("w1.1.1", EXERCISE.theta[0] + 0.01)]).step().trace
    present = EXERCISE.step().trace
    units = [float(after - before) for layer in (1, 2)
             for after, before in zip(raised.a[layer][0], present.a[layer][0], strict=True)]  # fmt: skip
    found = [text.replace("−", "-") for text in changes(page)]
    # The second hidden unit is not downstream.
    assert found[1] == ""
    for text, expected in ((found[0], units[0]), (found[2], units[2])):
        assert float(text.removeprefix("Δa ")) == pytest.approx(expected, rel=5e-3)
    drawn = page.locator(".network .z-change").all_text_contents()[3:]
    z_changes = [float(raised.z[layer][0, 0] - present.z[layer][0, 0]) for layer in (0, 1)]
    assert drawn[1] == ""
    for text, expected in ((drawn[0], z_changes[0]), (drawn[2], z_changes[1])):
        assert float(text.replace("−", "-").removeprefix("Δz ")) == pytest.approx(expected, rel=5e-2)
    shown = rows(page)
    before, after = loss_at("w1.1.1", 0.5), loss_at("w1.1.1", 0.51)
    assert float(shown["L(w)"]) == pytest.approx(before, rel=1e-14)
    assert float(shown["L(w + h)"]) == pytest.approx(after, rel=1e-14)
    assert float(shown["ΔL/h"]) == pytest.approx((after - before) / 0.01, rel=1e-5)
    assert float(shown["dL/dw"]) == pytest.approx(EXERCISE.step().gradient.theta[0], rel=1e-5)
    expect(page.locator(".network text", has_text="ΔL of the loss")).to_have_text(
        "Δz above, Δa below, ΔL of the loss: x1→h1 + h"
    )
    expect(page.locator(".nudge .count")).to_have_text(
        "9 forward passes for all 8 parameters; backprop takes one forward, one backward."
    )
    expect(page.locator("[data-id='n1.1']")).to_have_attribute("aria-label", re.compile(", Δz .*, Δa "))
    expect(page.locator("[data-id='n1.2']")).not_to_have_attribute("aria-label", re.compile("Δ"))
    tab(page, "Code").click()
    expect(page.locator(".network .delta").nth(3)).to_have_text(re.compile("^δ "))


def test_keys_make_the_step_smaller_until_rounding_is_left(open_components):
    page = open_components("tab=nudge&select=w2.1.1")
    slider = page.get_by_role("slider", name="Nudge h")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^h = 1e−4. Agrees to . digits"))
    slider.focus()
    for key, text, verdict in (
        ("End", "1e−1", "h is too large"),
        ("ArrowLeft", "5e−2", "h is too large"),
        ("Home", "1e−8", "at a larger h less"),
    ):
        slider.press(key)
        expect(page.locator(".nudge-h .number")).to_have_text(text)
        expect(page.locator(".nudge .verdict")).to_contain_text(verdict)
    page.wait_for_url(re.compile("tab=nudge&h=1e-8$"))
    page = open_components(urlsplit(page.url).query)
    expect(page.locator(".nudge-h .number")).to_have_text("1e−8")
    # The digits that the losses have in common, and those that are left of them.
    same, other = (page.locator(f".nudge .{name}") for name in ("same", "other"))
    assert len(same.first.text_content()) > len(other.first.text_content())


def test_whatever_is_selected_is_nudged(open_components):
    page = open_components("tab=nudge")
    for selected, what, gradient in (
        ("w2.1.1", "h1→ŷ + h", "dL/dw"),
        ("n0.2", "x2 + h", "dL/dx"),
        ("n1.2", "z of h2 + h", "dL/dz"),
        ("n2.1", "z of ŷ + h", "dL/dz"),
    ):
        select(page, selected)
        with case(selected):
            expect(page.locator(".nudge-h .what")).to_have_text(what)
            shown = rows(page)
            assert float(shown["ΔL/h"]) == pytest.approx(float(shown[gradient]), rel=2e-3)
            page.wait_for_url(re.compile(f"select={selected}.*tab=nudge"))


def test_a_target_is_nudged_and_a_learning_rate_is_not(open_components):
    page = open_components("tab=nudge")
    page.locator("[data-control='y1']").focus()
    shown = until(page, lambda: rows(page), lambda found: found.get("dL/dy", "—") != "—")
    assert float(shown["ΔL/h"]) == pytest.approx(float(shown["dL/dy"]), rel=2e-3)
    assert changes(page) == ["", "", ""]
    page.locator("[data-control='eta']").focus()
    expect(page.locator(".nudge .hint:not(.count)")).to_have_text(re.compile("^The learning rate is in no"))
    assert changes(page)[0].startswith("δ ")
    page.locator(".network").click(position={"x": 2, "y": 2})
    expect(page.locator(".nudge .hint:not(.count)")).to_have_text(re.compile("^Select a weight"))


def test_a_nudge_follows_a_slider_on_the_canvas_without_new_elements(open_components):
    page = open_components("tab=nudge")
    page.locator(".nudge .verdict").wait_for()
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
    expected = loss_at("w1.1.1", 1.0)
    assert float(rows(page)["L(w)"]) == pytest.approx(expected, rel=1e-14)
    page.mouse.up()


def test_a_dead_unit_has_an_exact_zero_and_a_step_over_its_kink_is_named(open_components):
    page = open_components("net=1-1-1&f=relu.identity&W1=-1&W2=1&x=1&y=0.5&tab=nudge")
    expect(page.locator(".nudge .verdict")).to_have_text(re.compile("^Exact: both are 0"))
    page = open_components("net=1-1-1&f=relu.identity&W1=-0.05&W2=1&x=1&y=0.5&tab=nudge&h=1e-1")
    expect(page.locator(".nudge .verdict")).to_have_text(
        "A kink: within the step z of h1 crosses 0, where ReLU changes its slope."
    )


def test_the_code_is_that_of_the_gradient_selected(open_components):
    page = open_components("tab=code")
    for selected, end in (
        ("w1.1.1", ["slope1 = a1 * (1 - a1)", "delta1 = da1 * slope1", "dW1 = x.T @ delta1",
                    "dW1[0, 0]  # -0.000354011"]),
        ("w2.2.1", ["delta2 = dy_hat * slope2", "dW2 = a1.T @ delta2", "dW2[1, 0]  # -0.0111184"]),
        ("n1.1", ["da1 = delta2 @ W2.T", "slope1 = a1 * (1 - a1)", "delta1 = da1 * slope1",
                  "delta1[0, 0]  # -0.000708022"]),
        ("n0.1", ["delta1 = da1 * slope1", "dx = delta1 @ W1.T", "dx[0, 0]  # -0.00158084"]),
    ):  # fmt: skip
        select(page, selected)
        with case(selected):
            code = page.get_by_role("region", name="Code, NumPy")
            expect(code).to_have_text(re.compile(re.escape("\n".join(end)) + "$"))
            expect(code).to_have_text(re.compile(r"^import numpy as np"))
            # What is selected is at the end, which is in sight.
            panel = page.get_by_role("tabpanel", name="Code")
            below = "panel => panel.scrollHeight - panel.clientHeight - panel.scrollTop"
            assert until(page, lambda: panel.evaluate(below), lambda pixels: pixels < 2) < 2  # noqa: B023
            names: dict[str, Any] = {}
            exec(code.inner_text(), names)  # noqa: S102


def test_at_a_stage_and_where_answers_are_hidden_there_are_no_tabs(open_components):
    page = open_components("stage=z1&tab=nudge")
    page.locator(".stage-text .title").wait_for()
    expect(page.get_by_role("tablist", name="More on what is selected")).to_be_hidden()
    assert not any("Δ" in text for text in changes(page))
    page.get_by_role("button", name="Show all of the step").click()
    expect(page.get_by_role("tabpanel", name="Nudge")).to_be_visible()
    url = until(page, lambda: page.url, lambda url: "stage" not in url)
    page = open_components(f"{urlsplit(url).query}&hide=answers")
    page.locator(".given").wait_for()
    expect(page.get_by_role("tablist", name="More on what is selected")).to_have_count(0)
