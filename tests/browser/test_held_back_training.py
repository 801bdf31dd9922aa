"""What is done on Training while every response is held back: nothing is lost, and nothing taken back."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.held_responses import HeldResponses
from tests.browser.test_held_back import address_becomes
from tests.browser.waiting import until
from tests.browser.widgets import choose, enter, pick, widget

pytestmark = pytest.mark.browser


@pytest.fixture
def open_held(open_page):
    """A function that opens Training, at rest, with the responses that can be held back."""

    def open_held(query):
        responses = HeldResponses()
        page = open_page(query, path="training", ready=".player canvas", held=responses)
        responses.wait_until_idle(page)
        return page, responses

    return open_held


@contextmanager
def held_back(page, responses):
    """Hold back what comes meanwhile, and wait until all of it, and what follows, has come."""
    responses.hold_when_idle(page)
    yield
    responses.release()
    responses.wait_until_idle(page)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def open_popover(page, name):
    page.locator(f".st-key-training_{name}").get_by_role("button").click()
    page.get_by_test_id("stPopoverBody").get_by_role("combobox").first.wait_for()


def assert_agree(page, query, *, budget, step):
    """The address, the box of the budget and the timeline's playhead are of one state."""
    address_becomes(page, query)
    expect(widget(page, "training_budget").locator("input")).to_have_value(str(budget))
    expect(page.get_by_role("slider", name="Training step")).to_have_attribute("aria-valuenow", str(step))


def test_changes_in_a_row_all_count(open_held):
    page, responses = open_held("budget=20")
    open_popover(page, "more")
    with held_back(page, responses):
        page.get_by_role("combobox", name="Activation").select_option("relu")
        choose(page, "training_network_initializer", "He")
        enter(page, "training_budget", "30")
    assert_agree(page, "v=4&f=relu&init=he&budget=30", budget=30, step=0)
    page.keyboard.press("Escape")
    eta = page.get_by_role("textbox", name="Learning rate η, exact value")
    with held_back(page, responses):
        # The usual learning rate of Adam takes the place of the one in the box.
        menu = page.get_by_role("combobox", name="Optimizer")
        responses.wait_for_a_run(page, lambda: menu.select_option("adam"))
        eta.fill("0.05")
        eta.press("Enter")
    assert_agree(page, "v=4&f=relu&init=he&optimizer=adam&eta=0.05&budget=30", budget=30, step=0)
    expect(eta).to_have_value("0.05")


def shown_layers(page):
    """The units of each hidden layer that the buttons have, and those that are drawn."""
    said = page.locator(".player .layer-units:visible .count").all_inner_texts()
    drawn = page.locator(".player .drawing rect.unit").evaluate_all(
        """(units) => {
          const columns = new Map()
          for (const unit of units) {
            const { left, width } = unit.getBoundingClientRect()
            const x = Math.round(left + width / 2)
            columns.set(x, (columns.get(x) ?? 0) + 1)
          }
          return [...columns].sort(([a], [b]) => a - b).map(([, count]) => count)
        }"""
    )
    return [int(text) for text in said], drawn[1:-1]


def test_while_a_change_of_the_network_is_on_its_way_the_drawing_is_marked_and_then_of_the_new_one(open_held):
    page, responses = open_held("steps=100")
    with held_back(page, responses):
        press(page, "Add a unit to hidden layer 1")
        page.locator(".player.awaiting").wait_for()
        expect(page.locator(".player .inspector")).to_contain_text("the drawing shows the run before")
        said, drawn = shown_layers(page)
        assert (said, drawn) == ([5, 2], [4, 2])
    expect(page.locator(".player.awaiting")).to_have_count(0)
    said, drawn = shown_layers(page)
    assert said == drawn == [5, 2]
    expect(page.get_by_role("slider", name="Training step")).to_have_attribute("aria-valuenow", "0")
    page.get_by_text("Faint: hidden layers 4-2: the run before.").wait_for()


def test_train_pressed_while_a_change_is_on_its_way_trains_the_new_network(open_held):
    page, responses = open_held("steps=100")
    with held_back(page, responses):
        press(page, "Add a unit to hidden layer 1")
        press(page, "Train")
        page.locator(".player.awaiting").wait_for()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    playhead = page.get_by_role("slider", name="Training step")
    until(page, lambda: int(playhead.get_attribute("aria-valuenow")), lambda step: step > 0)
    said, drawn = shown_layers(page)
    assert said == drawn == [5, 2]


def test_the_old_value_chosen_again_at_once_counts(open_held):
    page, responses = open_held("budget=20")
    with held_back(page, responses):
        for unit, budget in (("epochs", "30"), ("steps", "20")):
            pick(page, "training_unit", unit)
            responses.wait_for_a_run(page, lambda budget=budget: enter(page, "training_budget", budget))
    assert_agree(page, "v=4&budget=20", budget=20, step=0)
    expect(widget(page, "training_unit").get_by_role("radio", name="steps")).to_be_checked()


def test_changes_and_presses_count_in_their_order(open_held):
    page, responses = open_held("budget=20")
    with held_back(page, responses):
        enter(page, "training_budget", "30")
        press(page, "Train to budget")
    assert_agree(page, "v=4&budget=30&steps=30", budget=30, step=30)
    with held_back(page, responses):
        enter(page, "training_budget", "20")
        press(page, "30 steps more")
    assert_agree(page, "v=4&budget=20&steps=50", budget=20, step=50)
    with held_back(page, responses):
        page.get_by_role("slider", name="Training step").press("Home")
        press(page, "20 steps more")
    assert_agree(page, "v=4&budget=20&steps=70", budget=20, step=70)
    with held_back(page, responses):
        press(page, "Train to budget")
        enter(page, "training_budget", "40")
    assert_agree(page, "v=4&budget=40&steps=20", budget=40, step=20)
    with held_back(page, responses):
        page.get_by_role("slider", name="Training step").press("Home")
        pick(page, "training_unit", "epochs")
    assert_agree(page, "v=4&budget=40&unit=epochs&steps=20&at=0", budget=40, step=0)
    with held_back(page, responses):
        for _ in range(2):
            responses.wait_for_a_run(page, lambda: press(page, "New random weights"))
    assert_agree(page, "v=4&seed=3&budget=40&unit=epochs", budget=40, step=0)
    page.get_by_text("seed 3").wait_for()


def test_the_browser_back_and_a_change_count_in_their_order(open_held):
    page, responses = open_held("budget=20")
    for budget in (25, 30):
        enter(page, "training_budget", str(budget))
        assert_agree(page, f"v=4&budget={budget}", budget=budget, step=0)
    with held_back(page, responses):
        responses.wait_for_a_run(page, lambda: enter(page, "training_budget", "35"))
        page.evaluate("history.back()")
    assert_agree(page, "v=4&budget=25", budget=25, step=0)
    enter(page, "training_budget", "30")
    assert_agree(page, "v=4&budget=30", budget=30, step=0)
    with held_back(page, responses):
        responses.wait_for_a_run(page, lambda: page.evaluate("history.back()"))
        pick(page, "training_unit", "epochs")
    assert_agree(page, "v=4&budget=25&unit=epochs", budget=25, step=0)
