"""What a screen reader and the Tab key find in the drawings: items with true names, and one tab stop."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from core.exercise import quantities, unit_label
from core.history import replay
from core.pieces import finish
from tests.browser.waiting import until
from ui.links.fitting import BIASES
from ui.one_step import link as one_step_link
from ui.training import link as training_link
from ui.training.data import load
from ui.training.run import begin, extend
from ui.training.shown import key_frame, show

# Notes every change of a component that leaves an item without a name, or not exactly one tab stop.
WATCH = """
window.faults = []
const attach = Element.prototype.attachShadow
Element.prototype.attachShadow = function (options) {
  const root = attach.call(this, options)
  const check = () => {
    const items = [...root.querySelectorAll(".network .item")]
    const unnamed = items.filter((item) => !item.getAttribute("aria-label")).length
    const stops = items.filter((item) => item.getAttribute("tabindex") === "0").length
    if (items.length && (unnamed || stops !== 1)) window.faults.push({ items: items.length, unnamed, stops })
  }
  new MutationObserver(check).observe(root, { subtree: true, childList: true, attributes: true })
  return root
}
"""
NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")


def names(page):
    """Every item's name: what it is, and the numbers in it."""
    found = page.locator(".network .item").evaluate_all(
        "items => items.map(item => item.getAttribute('aria-label') ?? '')"
    )
    parts = [name.partition(":") for name in found]
    return {name: [float(n.replace("−", "-")) for n in NUMBER.findall(now)] for name, _, now in parts}


def query(page):
    return parse_qs(urlsplit(page.url).query)


def become(page, expected):
    """Wait until the names are those expected, to the digits shown."""
    wanted = {name: pytest.approx(now, rel=1e-3, abs=1e-12) for name, now in expected(page).items()}
    assert until(page, lambda: names(page), lambda found: found == wanted) == wanted
    assert page.evaluate("window.faults") == []


def one_step_names(page):
    state, _ = one_step_link.read(query(page))
    exercise = replay(state.start, state.history).exercise
    step = exercise.step()
    known = quantities(exercise.network)
    links = {
        f"{'Weight' if q.kind == 'w' else 'Bias'} {q.label}": [
            exercise.theta[q.place],
            step.gradient.theta[q.place],
        ]
        for q in known
        if q.kind in "wb"
    }
    units = {}
    for layer, a in enumerate(step.trace.a):
        for unit in range(a.shape[1]):
            delta = [step.gradient.delta[layer - 1][0, unit]] if layer else []
            units[f"Unit {unit_label(exercise.network, layer, unit)}"] = [a[0, unit], *delta]
    return units | links


def training_names(page):
    state, _ = training_link.read(query(page))
    data = load(state.data, None)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    frame = key_frame(shown.history, state.steps if state.at is None else state.at)
    theta, gradient = shown.history.key_theta[frame], shown.train.gradient[frame]
    inputs = {f"x{k}": name for k, name in enumerate(data.input_names, start=1)}
    found: dict[str, list[float]] = {f"Input {name}": [] for name in data.input_names}
    for q in quantities(shown.network):
        start, _, end = q.label.partition("→")
        if q.kind in "wb":
            name = f"Unit {end}" if q.kind == "b" else f"{inputs.get(start, start)}→{end}"
            found[name] = [theta[q.place], gradient[q.place]]
    return found


def test_the_names_of_one_step_are_there_and_true_whatever_happens(open_page):
    page = open_page(script=WATCH)
    become(page, one_step_names)
    page.reload()
    become(page, one_step_names)
    item = page.locator("[data-id='w1.2.1']")
    item.focus()
    for size in ({"width": 390, "height": 800}, {"width": 1366, "height": 768}):
        page.set_viewport_size(size)
        expect(page.locator(".network")).to_have_attribute("width", re.compile(r"\d+"))
        become(page, one_step_names)
        expect(item).to_be_focused()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        become(page, one_step_names)
    page.locator("[data-control='x1']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: "0.53" in url)
    become(page, one_step_names)
    # A film played by a drag.
    place = page.locator("[data-control='w1.1.2']").bounding_box()
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    for part in (0.6, 0.7, 0.8):
        page.mouse.move(place["x"] + place["width"] * part, place["y"] + place["height"] / 2)
    page.mouse.up()
    page.wait_for_url(lambda url: "w1.1.2=" in url)
    become(page, one_step_names)
    page.get_by_role("button", name="Train 10", exact=True).click()
    page.wait_for_url(lambda url: "run=10" in url)
    become(page, one_step_names)
    page.get_by_role("button", name="Architecture").click()
    for name, parameter in (("2", "net=3-2-2-1"), (BIASES["trained"], "bias=trained"), ("0", "net=3-1")):
        page.get_by_test_id("stPopoverBody").get_by_role("radio", name=name, exact=True).click()
        page.wait_for_url(lambda url, parameter=parameter: parameter in url)
        become(page, one_step_names)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(lambda url: "net=3-2-2-1" in url)
    become(page, one_step_names)


def test_the_names_of_training_are_there_and_true_whatever_happens(open_page):
    page = open_page("steps=600&hidden=4-3", path="training", ready=".player canvas", script=WATCH)
    become(page, training_names)
    page.reload()
    become(page, training_names)
    item = page.locator(".network .item").nth(3)
    item.focus()
    for size in ({"width": 390, "height": 800}, {"width": 1366, "height": 768}):
        page.set_viewport_size(size)
        become(page, training_names)
        expect(item).to_be_focused()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        become(page, training_names)
    page.locator(".track").focus()
    page.keyboard.press("Home")
    page.wait_for_url(lambda url: "at=0" in url)
    become(page, training_names)
    page.get_by_role("button", name="Play").click()
    page.get_by_role("button", name="Pause").click()
    page.locator(".track").press("End")
    page.wait_for_url(lambda url: "at=" not in url)
    become(page, training_names)
    page.get_by_role("button", name="Add a unit to hidden layer 1").click()
    page.wait_for_url(lambda url: "hidden=" in url)
    page.get_by_role("button", name="Train to budget").click()
    page.wait_for_url(lambda url: "steps=" in url)
    become(page, training_names)
