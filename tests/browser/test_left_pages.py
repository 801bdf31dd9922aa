"""A page left by the navigation while a change of it is on its way: Back leads to that change."""

import pytest
from playwright.sync_api import expect

from tests.browser.harness import go_to as show
from tests.browser.held_responses import HeldResponses
from tests.browser.test_held_back import address_becomes, type_number
from tests.browser.waiting import settle, until
from tests.browser.widgets import enter, widget
from tests.hypothesis_profiles import some


def change_training(page, budget):
    enter(page, "training_budget", budget)


def change_one_step(page, x1):
    type_number(page, "x1", x1)


def budget_of(page):
    return widget(page, "training_budget").locator("input")


def x1_of(page):
    return page.locator("[data-number='x1']")


# What is put off comes behind a click, as where the browser has much to do.
LATE_TIMERS = """() => {
  const put = setTimeout
  globalThis.setTimeout = (act, wait = 0, ...rest) => put(act, wait + 100, ...rest)
}"""

TRAINING = ("training", ".player canvas", "Training", change_training, budget_of)
ONE_STEP = ("", ".network", "One step", change_one_step, x1_of)


LEFT = pytest.mark.parametrize(
    ("left", "entered", "first", "change", "query"),
    some(
        [
            pytest.param(TRAINING, ONE_STEP, "budget=20", "30", "v=4&budget=30", id="training"),
            pytest.param(ONE_STEP, TRAINING, "x=0.3_0.1_-0.2", "0.7", "v=4&x=0.7_0.1_-0.2", id="one step"),
        ]
    ),
)


@LEFT
def test_a_page_left_while_a_change_is_on_its_way(open_page, left, entered, first, change, query):
    path, ready, _, make, _ = left
    _, _, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: make(page, change))
    go_to(page, other_name)
    responses.release()
    check_open(page, entered, responses)
    check_back(page, left, query, change)


@LEFT
def test_a_page_left_before_the_run_of_a_change_has_begun(open_page, left, entered, first, change, query):
    path, ready, _, make, box = left
    _, _, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    box(page).focus()
    responses.wait_until_idle(page)
    responses.join_next()
    make(page, change)
    assert until(page, responses.has_joined, bool)
    go_to(page, other_name)
    check_open(page, entered, responses)
    check_back(page, left, query, change)
    responses.wait_until_idle(page)
    page.go_back()
    address_becomes(page, first)


@LEFT
def test_a_page_left_by_the_click_that_ends_typing(open_page, left, entered, first, change, query):
    path, ready, _, _, box = left
    _, _, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    box(page).fill(change)
    responses.wait_until_idle(page)
    page.evaluate(LATE_TIMERS)
    go_to(page, other_name)
    check_open(page, entered, responses)
    check_back(page, left, query, change)


@pytest.mark.parametrize(
    ("left", "entered"),
    some([pytest.param(TRAINING, ONE_STEP, id="training"), pytest.param(ONE_STEP, TRAINING, id="one step")]),
)
def test_a_page_left_while_a_popover_is_open(open_page, left, entered):
    path, ready, name, *_ = left
    other_path, other_ready, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(path=path, ready=ready, held=responses)
    page.evaluate(LATE_TIMERS)
    popovers = page.get_by_test_id("stPopoverButton").locator("visible=true")
    for place in range(popovers.count()):
        popovers.nth(place).click()
        page.get_by_test_id("stPopoverBody").wait_for()
        responses.wait_until_idle(page)
        go_to(page, other_name)
        page.locator(other_ready).first.wait_for()
        responses.wait_until_idle(page)
        assert page.url.endswith(f"/{other_path}")
        expect(page.locator(other_ready).first).to_be_visible()
        go_to(page, name)
        page.locator(ready).first.wait_for()
        responses.wait_until_idle(page)


# What comes meanwhile is handled in one go: of a page that is opened and left in it, nothing is drawn.
BUSY = """() => setTimeout(() => {
  const end = performance.now() + 700
  while (performance.now() < end);
})"""


@LEFT
@pytest.mark.parametrize(
    ("passed_over", "all_at_once"),
    some(
        [
            pytest.param(True, False, id="passed over"),
            pytest.param(False, False, id="opened in between"),
            pytest.param(False, True, id="opened in between, all at once"),
        ]
    ),
)
def test_a_page_left_and_opened_again_before_any_response(
    open_page, left, entered, first, change, query, passed_over, all_at_once
):
    path, ready, name, make, box = left
    _, _, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(path=path, ready=ready, held=responses)
    usual = box(page).input_value()
    show(page, first)
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: make(page, change))
    if passed_over:
        responses.lose_next()
        go_to(page, other_name)
    else:
        responses.wait_for_a_run(page, lambda: go_to(page, other_name))
    responses.wait_for_a_run(page, lambda: go_to(page, name))
    if all_at_once:
        page.evaluate(BUSY)
    responses.release()
    address_becomes(page, "")
    expect(box(page)).to_have_value(usual)
    responses.wait_until_idle(page)
    address_becomes(page, "")
    assert page.url.endswith(f"/{path}")
    # What was done before is what Back leads to.
    for _ in range(1 if passed_over else 2):
        page.go_back()
        responses.wait_until_idle(page)
    address_becomes(page, query)
    expect(box(page)).to_have_value(change)


@LEFT
def test_a_page_that_was_left_before_it_came_does_not_open_again(
    open_page, left, entered, first, change, query
):
    path, ready, name, *_ = left
    other_path, other_ready, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: go_to(page, other_name))
    responses.wait_for_a_run(page, lambda: go_to(page, name))
    responses.release_a_run()
    # It draws, and requests more, while the page that was requested after it is on its way.
    page.locator(other_ready).first.wait_for()
    page.wait_for_function("path => location.pathname === path", arg=f"/{other_path}")
    settle(page)
    responses.release()
    page.locator(ready).first.wait_for()
    responses.wait_until_idle(page)
    assert page.url.endswith(f"/{path}")
    expect(page.locator(ready).first).to_be_visible()
    # Each page is one entry of the browser's history.
    page.go_back()
    page.locator(other_ready).first.wait_for()
    responses.wait_until_idle(page)
    assert page.url.endswith(f"/{other_path}")
    page.go_back()
    page.locator(ready).first.wait_for()
    address_becomes(page, first)


# Back is pressed as soon as the address is that of the other page.
BACK_AT_ONCE = """() => {
  const here = location.pathname
  const goBack = () => {
    if (location.pathname === here) return
    navigation.removeEventListener("currententrychange", goBack)
    addEventListener("popstate", () => globalThis.hasGoneBack = true, { once: true })
    setTimeout(() => history.back())
  }
  navigation.addEventListener("currententrychange", goBack)
}"""


@LEFT
def test_back_counts_while_the_page_that_was_opened_is_not_there_yet(
    open_page, left, entered, first, change, query
):
    path, ready, _, make, box = left
    _, other_ready, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    make(page, change)
    address_becomes(page, query)
    responses.wait_until_idle(page)
    page.evaluate(BACK_AT_ONCE)
    go_to(page, other_name)
    page.wait_for_function("globalThis.hasGoneBack")
    address_becomes(page, query)
    responses.wait_until_idle(page)
    address_becomes(page, query)
    assert page.url.partition("?")[0].endswith(f"/{path}")
    expect(box(page)).to_have_value(change)
    page.go_forward()
    page.locator(other_ready).first.wait_for()


@LEFT
def test_a_page_that_back_has_left_while_it_came_does_not_open_again(
    open_page, left, entered, first, change, query
):
    path, ready, *_ = left
    _, other_ready, other_name, *_ = entered
    responses = HeldResponses()
    page = open_page(first, path=path, ready=ready, held=responses)
    responses.wait_until_idle(page)
    responses.hold_from("keep_address")
    go_to(page, other_name)
    page.locator(other_ready).first.wait_for()
    assert until(page, responses.is_holding, bool)
    responses.wait_for_a_run(page, page.go_back)
    responses.release_a_run()
    # What the page that was left has drawn may send something now.
    settle(page)
    responses.release()
    page.locator(ready).first.wait_for()
    responses.wait_until_idle(page)
    address_becomes(page, first)
    assert page.url.partition("?")[0].endswith(f"/{path}")


def check_open(page, shown, responses):
    """The page is there, and stays."""
    path, ready, *_ = shown
    page.locator(ready).first.wait_for()
    responses.wait_until_idle(page)
    assert page.url.endswith(f"/{path}")


def check_back(page, left, query, change):
    """Back leads to the page that was left, with its change."""
    _, ready, _, _, box = left
    page.go_back()
    page.locator(ready).first.wait_for()
    address_becomes(page, query)
    expect(box(page)).to_have_value(change)


def go_to(page, name):
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
