"""The number boxes and sliders of the live network: they show the state, and keep what is typed."""

import math
import re
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from core.activations import ACTIVATIONS
from core.examples import EXAMPLES
from core.exercise import quantities
from core.history import replay
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from tests.browser.cases import case
from tests.browser.components import App
from tests.browser.harness import go_to
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import until
from tests.browser.widgets import choose, enter, pick, speak, widget
from tests.hypothesis_profiles import has_many_examples, some
from tests.pages.harness import shown
from ui.links.fitting import BIASES
from ui.links.view import COLORS, SCALES
from ui.one_step import link
from ui.one_step.architecture import HIDDEN
from ui.text.conventions import CONVENTIONS
from ui.text.formulas import loss_formula
from ui.text.numbers import DIGITS

TAKE = "Take one step (w ← w + Δw)"
# A box has room for so few digits that its number is this close to the exact one.
ROUNDING = 1e-2


def state_of(page):
    """The state that the address describes, and the exercise at its step."""
    state, problems = link.read(parse_qs(urlsplit(page.url).query))
    assert not problems
    return state, replay(state.start, state.history).exercise


def wrong_controls(page):
    """What of the panel does not show the state, as sentences."""
    _, exercise = state_of(page)
    shown = page.locator(".panel").evaluate(
        """panel => {
          const inputs = (name) =>
            Object.fromEntries([...panel.querySelectorAll(`[data-${name}]`)].map((input) => [
              input.dataset[name],
              { text: input.value, low: +input.min, high: +input.max, step: +input.step },
            ]))
          return { boxes: inputs("number"), sliders: inputs("control") }
        }"""
    )
    expected = {quantity.id: exercise.value(quantity) for quantity in quantities(exercise.network)}
    if set(shown["boxes"]) != set(expected) or set(shown["sliders"]) != set(expected):
        return [f"shown {sorted(shown['boxes'])}, expected {sorted(expected)}"]
    wrong = []
    for name, value in expected.items():
        text, slider = shown["boxes"][name]["text"], shown["sliders"][name]
        if not text or abs(float(text.replace("−", "-")) - value) > ROUNDING * abs(value):
            wrong.append(f"box {name} shows {text!r}, not {value}")
        place = float(slider["text"])
        # Its track is one of decades.
        there = math.log10(value) if name == "eta" else value
        off = abs(place - there) > slider["step"] / 2 + 1e-9
        if off or not slider["low"] <= place <= slider["high"] or slider["high"] - slider["low"] < 0.5:
            wrong.append(f"slider {name} stands at {slider}, not {value}")
    return wrong


def comes_to(page, holds):
    """Wait until `holds` is true of the state and every control shows it."""

    def wrong():
        # The address may be read while it is changing: what counts is that both come to agree.
        state, exercise = state_of(page)
        if holds(state, exercise.network):
            return wrong_controls(page)
        return [f"the state is that of {page.url}"]

    assert until(page, wrong, lambda found: not found) == []


def load_example(page, name):
    menu = widget(page, "example_menu").get_by_role("button").locator("visible=true").first
    menu.click()
    page.get_by_role("menuitem", name=EXAMPLES[name].title, exact=True).click()


def menus():
    """Entries of every menu, from the last on: kind, widget, entry, and what is then true of the state."""

    def units_of(layer, units):
        return lambda _, network: network.widths[layer] == units

    for name in some(reversed(LOSSES), 2):
        yield "selectbox", "arch_loss", name, lambda _, network, name=name: network.loss == name
    for layer, names in ((2, ACTIVATIONS), (1, HIDDEN)):
        for name in some(reversed(list(names)), 2):

            def is_of(_, network, layer=layer, name=name):
                return network.activations[layer - 1] == name

            yield "selectbox", f"arch_f_{layer}", name, is_of
    for bias in ("fixed", "trained", "none", "trained"):
        yield (
            *("button_group", "arch_bias", bias),
            lambda _, network, bias=bias: network.bias == (bias != "none"),
        )
    for hidden in (0, 3, 4, 2, 1):
        yield (
            *("button_group", "arch_hidden", hidden),
            lambda _, network, hidden=hidden: len(network.widths) == hidden + 2,
        )
    for layer, units in ((0, 6), (1, 1), (2, 4), (0, 1), (1, 3)):
        yield "number_input", f"arch_units_{layer}", units, units_of(layer, units)
    yield "number_input", "arch_seed", 5, lambda state, _: state.seed == 5
    for name in some(reversed(INITIALIZERS), 2):
        yield "selectbox", "arch_init", name, lambda state, _, name=name: state.initializer == name
    for digits in some(reversed(DIGITS), 2):
        yield "number_input", "digits", digits, lambda state, _, digits=digits: state.view.digits == digits


def set_widget(kind, key, entry, app):
    shown(app.get(kind), key).set_value(entry)


def test_after_every_entry_of_every_menu_each_control_shows_the_state(open_components):
    app = App(architecture=True)
    page = open_components(app=app)
    for name in (*some(EXAMPLES, 3), "notebook"):
        app.choose(page, "example_menu", EXAMPLES[name].title)
        comes_to(page, lambda state, _, name=name: state.example == name)
    for name, convention in some(reversed(list(CONVENTIONS.items())), 2):
        app.choose(page, "convention_menu", f"**{convention.label}**")
        comes_to(page, lambda state, _, name=name: state.view.speak == name)
    for kind, key, entry, holds in menus():
        app.act(page, partial(set_widget, kind, key, entry))
        with case(key, entry):
            comes_to(page, holds)
    selects = page.locator(".toolbar select")
    for place, entries in enumerate((COLORS, SCALES)):
        for entry in some(reversed(entries), 2):
            selects.nth(place).select_option(entry)
            comes_to(page, lambda state, _, entry=entry: entry in (state.view.color, state.view.scale))
    undo = page.get_by_role("button", name="Undo")
    for _ in range(6):
        before, _ = state_of(page)
        undo.click()
        comes_to(page, lambda state, _, before=before: state != before)


def test_after_an_entry_of_each_kind_of_menu_each_control_shows_the_state(open_page):
    page = open_page()

    def after(act, holds):
        act()
        comes_to(page, holds)

    after(partial(load_example, page, "relu"), lambda state, _: state.example == "relu")
    page.get_by_role("button", name="Architecture").click()
    widget(page, "arch_loss").wait_for()
    loss = LOSSES["huber"]
    label = f"{loss.label}: {loss_formula(loss)}"
    after(partial(choose, page, "arch_loss", label), lambda _, network: network.loss == "huber")
    if has_many_examples():
        after(
            partial(choose, page, "arch_f_1", ACTIVATIONS["tanh"].label),
            lambda _, network: network.activations[0] == "tanh",
        )
        after(partial(pick, page, "arch_bias", BIASES["none"]), lambda _, network: not network.bias)
    after(partial(pick, page, "arch_hidden", "3"), lambda _, network: len(network.widths) == 5)
    after(partial(enter, page, "arch_units_1", "6"), lambda _, network: network.widths[1] == 6)
    after(partial(enter, page, "arch_seed", "5"), lambda state, _: state.seed == 5)
    page.keyboard.press("Escape")
    label = CONVENTIONS["textbook"].label
    after(partial(speak, page, label), lambda state, _: state.view.speak == "textbook")
    after(partial(enter, page, "digits", "9"), lambda state, _: state.view.digits == 9)
    selects = page.locator(".toolbar select")
    after(partial(selects.nth(0).select_option, "weight"), lambda state, _: state.view.color == "weight")
    for act in (page.get_by_role("button", name="Undo").click, page.go_back):
        for _ in range(2):
            before, _ = state_of(page)
            after(act, lambda state, _, before=before: state != before)


SIZES = {"wide": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 800}}
NETWORKS = {"3-2-1": "", "6-6-6-6": "net=6-6-6-6&seed=3&bias=trained&select=n2.2"}


def type_into_boxes(page, texts):
    """Type texts into one box after the other, with no pause between keys; return what is where."""
    stops = page.locator(".panel :is(summary, input)").locator("visible=true")
    stops.nth(2 * len(texts)).wait_for()
    names = stops.evaluate_all("stops => stops.map((stop) => stop.dataset.number ?? null)")
    places = [place for place, name in enumerate(names) if name][: len(texts)]
    stops.nth(places[0]).focus()
    for text, place, following in zip(texts, places, [*places[1:], None], strict=True):
        page.keyboard.type(text, delay=0)
        for _ in range(1 if following is None else following - place):
            page.keyboard.press("Tab")
    return {names[place]: float(text) for text, place in zip(texts, places, strict=True)}


def holds_values(values):
    def holds(state, _):
        exercise = replay(state.start, state.history).exercise
        known = {quantity.id: quantity for quantity in quantities(exercise.network)}
        return all(exercise.value(known[name]) == value for name, value in values.items())

    return holds


@pytest.mark.parametrize(("size", "network"), some([("phone", "3-2-1"), ("wide", "6-6-6-6")]))
def test_what_is_typed_with_no_pause_between_keys_is_kept(open_page, network, size):
    responses = HeldResponses()
    page = open_page(NETWORKS[network], viewport=SIZES[size], held=responses)
    page.locator("table.numbers").first.wait_for()
    values = type_into_boxes(page, ["0.11", "0.22", "0.33", "0.44", "0.55"])
    comes_to(page, holds_values(values))
    responses.hold_when_idle(page)
    values = type_into_boxes(page, ["0.19", "0.28", "0.37", "0.46", "0.5"])
    page.get_by_role("button", name="Train 10", exact=True).press("Enter")
    responses.release()
    comes_to(page, lambda state, _: state.history.position == 10)
    state, _ = state_of(page)
    known = {quantity.id: quantity for quantity in quantities(state.start.network)}
    assert {name: state.start.value(known[name]) for name in values} == values


def take_steps(page, count):
    """Take steps with no pause between them; each is an entry of the browser's history."""
    page.get_by_role("button", name=TAKE).evaluate(
        "(button, count) => { for (let k = 0; k < count; k += 1) button.click() }", count
    )
    page.get_by_text(f"step {count} of {count}").wait_for()
    page.wait_for_url(re.compile(rf"[?&]run={count}(&|$)"))


def test_rapid_presses_of_the_browser_back_and_forward_all_count(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    take_steps(page, 12)
    ways = [
        ("back", 10, 2, True),
        ("forward", 9, 11, False),
        ("back", 10, 1, False),
        ("forward", 7, 8, True),
    ]
    for way, count, step, late in some(ways, 2):
        if late:
            responses.hold_when_idle(page)
        for _ in range(count):
            page.evaluate(f"history.{way}()")
        responses.release()
        with case(way, "late" if late else "at once"):
            comes_to(page, lambda state, _, step=step: state.history.current.end == step)
            page.get_by_text(f"step {step} of {step}").wait_for()


def test_a_page_that_answers_late_still_has_what_it_showed_before(open_page):
    responses = HeldResponses()
    page = open_page(NETWORKS["6-6-6-6"], held=responses)
    take_steps(page, 5)
    for step in (4, 3, 2, 1):
        page.evaluate("history.back()")
        page.get_by_text(f"step {step} of {step}").wait_for()
    # Streamlit sends again only by name what a browser has; by the time the name comes, four runs have ended.
    responses.hold_when_idle(page)
    for _ in range(4):
        responses.wait_for_a_run(page, lambda: page.evaluate("history.forward()"))
    responses.wait_for_a_run(page, lambda: page.evaluate("history.go(-4)"))
    responses.release()
    page.get_by_text("step 1 of 1").wait_for()


def test_rapid_presses_of_the_buttons_all_count(open_page):
    responses = HeldResponses()
    page = open_page("run=12", held=responses)
    for is_held in some((True, False)):
        with case("late" if is_held else "at once"):
            go_to(page, "v=4&run=12")
            page.get_by_text("step 12 of 12").wait_for()
            check_presses(page, responses, is_held=is_held)


def check_presses(page, responses, *, is_held):
    if is_held:
        responses.hold_when_idle(page)
    # To step 2, to step 9, to step 17 of 17, back to step 14, and to one that was not passed on the way.
    for name, count in (("Back", 10), ("Forward", 7), (TAKE, 8), ("Undo", 3), ("Train 10", 1)):
        button = page.get_by_role("button", name=name).first
        for _ in range(count):
            button.evaluate("button => button.click()")
    responses.release()
    comes_to(page, lambda *_: page.url.endswith("?v=4&run=24"))
    page.get_by_text("step 24 of 24").wait_for()
    # Each is an entry of the browser's history.
    for step in (14, 15):
        page.go_back()
        comes_to(page, lambda *_, step=step: page.url.endswith(f"?v=4&run={step}"))
    responses.wait_until_idle(page)


def test_a_number_typed_between_two_presses_is_changed_between_them(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    take = page.get_by_role("button", name=TAKE)
    take.wait_for()
    responses.hold_when_idle(page)
    take.click()
    page.locator('[data-number="w1.1.1"]').fill("0.77")
    take.click()
    responses.release()
    comes_to(page, lambda *_: page.url.endswith("run=1~1-2_w1.1.1_0.77"))


@pytest.mark.parametrize("size", SIZES)
def test_undo_says_what_it_takes_back_and_nothing_beside_it_moves(open_components, size):
    page = open_components("net=6-6-6-6&seed=3&bias=trained&select=w2.1.1", viewport=SIZES[size])
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_have_text("Undo")
    expect(undo).to_be_disabled()
    places = (
        """row => [...row.children].map((part) => Object.values(part.getBoundingClientRect().toJSON()))"""
    )
    row = page.locator(".history-buttons")
    row.scroll_into_view_if_needed()
    before = row.evaluate(places)
    for act, text, name in (
        (partial(type_number, page, "w2.1.1", "0.7"), "Undo: weight h1,1→h2,1", "0.700000"),
        (page.get_by_role("button", name="Train 1000").click, "Undo: 1000 steps", "1000 steps"),
        (page.get_by_role("button", name="New random weights").click, "Undo: weights", "drawn by seed 4"),
    ):
        act()
        expect(undo).to_have_text(text)
        expect(undo).to_have_accessible_name(re.compile(f"^{text}.*{name}|{name}$"))
        expect(undo).to_have_attribute("title", re.compile(name))
        expect(undo).to_be_enabled()
        row.scroll_into_view_if_needed()
        after = row.evaluate(places)
        assert [place[2:4] for place in after] == [place[2:4] for place in before]
        assert [place[0] for place in after] == [place[0] for place in before]


def type_number(page, name, text):
    page.locator(f'[data-number="{name}"]').fill(text)
    page.locator(f'[data-number="{name}"]').press("Enter")


def test_a_number_that_is_longer_than_its_box_follows_the_chosen_digits(open_page):
    page = open_page("digits=6")
    page.get_by_role("button", name=TAKE, exact=True).click()
    box = page.locator("[data-number='w1.1.1']")
    expect(box).to_have_value(re.compile(r"^−?0\.\d{6}$"))
    enter(page, "digits", "4")
    expect(box).to_have_value(re.compile(r"^−?0\.\d{4}$"))
