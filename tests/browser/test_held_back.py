"""What is done while every response of the server is held back: nothing is lost, and nothing taken back."""

from functools import partial

from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.harness import go_to, wait_for_page
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import until
from tests.browser.widgets import speak
from tests.hypothesis_profiles import some


def type_number(page, name, text):
    box = page.locator(f"[data-number='{name}']")
    box.fill(text)
    box.press("Enter")


def go_back(page):
    """Go back in the browser's history, and return once it has: a browser only begins to at once."""
    page.evaluate(
        """new Promise((done) => {
          addEventListener("popstate", () => done(), { once: true })
          history.back()
        })"""
    )


def two_changes(page):
    type_number(page, "x1", "0.7")
    type_number(page, "x2", "0.9")
    return "v=4&x=0.7_0.9_-0.2", "0.7"


def a_change_and_a_button(page):
    type_number(page, "x1", "0.7")
    page.get_by_role("button", name="Train 10", exact=True).click()
    return "v=4&x=0.7_0.1_-0.2&run=10", "0.7"


def a_change_and_a_menu(page):
    type_number(page, "x1", "0.7")
    speak(page, "Course notebook")
    return "v=4&x=0.7_0.1_-0.2&speak=notebook", "0.7"


def the_old_value_again(page):
    speak(page, "Course notebook")
    speak(page, "Samples as rows")
    type_number(page, "x1", "0.7")
    type_number(page, "x1", "0.5")
    return "", "0.5"


def a_change_and_back(page):
    type_number(page, "x1", "0.7")
    go_back(page)
    return "", "0.5"


def back_and_a_change(page):
    go_back(page)
    type_number(page, "x2", "0.9")
    return "v=4&x=0.3_0.9_-0.2", "0.3"


ACTS = [
    a_change_and_back,
    the_old_value_again,
    a_change_and_a_button,
    a_change_and_a_menu,
    back_and_a_change,
    two_changes,
]


def address_becomes(page, query):
    def query_string():
        return page.url.partition("?")[2]

    assert until(page, query_string, lambda found: found == query) == query


def test_what_is_done_while_no_response_comes_counts(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    for act in some(ACTS, 3):
        # Something to go back to.
        go_to(page, "v=4&x=0.3_0.1_-0.2")
        expect(page.locator("[data-number='x1']")).to_have_value("0.3")
        type_number(page, "x1", "0.5")
        with case(act.__name__):
            address_becomes(page, "")
            check_act(page, responses, act)


def check_act(page, responses, act):
    responses.hold_when_idle(page)
    query, x1 = act(page)
    responses.release()
    address_becomes(page, query)
    expect(page.locator("[data-number='x1']")).to_have_value(x1)
    # The responses come one after the other; the last of them is what the page stays at.
    responses.wait_until_idle(page)
    address_becomes(page, query)
    expect(page.locator("[data-number='x1']")).to_have_value(x1)


def test_the_same_number_typed_again_behind_back_counts(open_page):
    responses = HeldResponses()
    page = open_page("x=0.3_0.1_-0.2", held=responses)
    type_number(page, "x1", "0.5")
    address_becomes(page, "")
    responses.hold_when_idle(page)
    responses.wait_for_a_run(page, lambda: type_number(page, "x1", "0.7"))
    responses.wait_for_a_run(page, lambda: go_back(page))
    # The box still has the same text.
    responses.wait_for_a_run(page, lambda: type_number(page, "x1", "0.7"))
    responses.release()
    responses.wait_until_idle(page)
    address_becomes(page, "v=4&x=0.7_0.1_-0.2")
    expect(page.locator("[data-number='x1']")).to_have_value("0.7")


def type_07(page):
    type_number(page, "x1", "0.7")


def type_03(page):
    type_number(page, "x1", "0.3")


def choose_notebook(page):
    speak(page, "Course notebook")


FIRST, SECOND, THIRD = "x=0.1_0.1_-0.2", "v=4&x=0.3_0.1_-0.2", ""
TYPED, CHOSEN = "v=4&x=0.7_0.1_-0.2", "v=4&x=0.3_0.1_-0.2&speak=notebook"
TYPED_AT_THIRD, CHOSEN_AT_THIRD = TYPED, "v=4&speak=notebook"
# What is done at the third of three entries, the entries then, and which of them is the present one.
ENTRIES = [
    ([type_07, go_back, type_07, go_back], [FIRST, SECOND, THIRD], 2),
    ([choose_notebook, go_back, choose_notebook], [FIRST, SECOND, CHOSEN], 2),
    ([type_07, go_back, choose_notebook], [FIRST, SECOND, THIRD, CHOSEN_AT_THIRD], 3),
    ([go_back, type_07], [FIRST, SECOND, TYPED], 2),
    ([type_07, go_back], [FIRST, SECOND, THIRD], 2),
    ([type_07, go_back, go_back], [FIRST, SECOND, THIRD], 1),
    ([type_07, go_back, type_07], [FIRST, SECOND, THIRD, TYPED_AT_THIRD], 3),
    ([go_back, go_back, type_03], [FIRST, SECOND], 1),
]
# Each at once or one by one, in turn, and then the other way.
WAYS = [(*entry, (place + turn) % 2 == 0) for turn in range(2) for place, entry in enumerate(ENTRIES)]


def test_each_state_is_one_entry_of_the_history_whatever_comes_late(open_page):
    responses = HeldResponses()
    page = open_page(held=responses)
    for acts, expected, present, at_once in some(WAYS, 4):
        make_three_entries(page)
        responses.hold_when_idle(page)
        for act in acts:
            if at_once:
                act(page)
            else:
                responses.wait_for_a_run(page, partial(act, page))
        responses.release()
        with case(*(act.__name__ for act in acts), "at once" if at_once else "one by one"):
            check_entries(page, responses, expected, present)


def make_three_entries(page):
    go_to(page, FIRST)
    for text, query in (("0.3", SECOND), ("0.5", THIRD)):
        type_number(page, "x1", text)
        address_becomes(page, query)


def check_entries(page, responses, expected, present):
    address_becomes(page, expected[present])
    responses.wait_until_idle(page)
    queries, now = history_of(page)
    # From the end: a browser keeps no more than the last fifty.
    assert queries[-len(expected) :] == expected
    assert now - len(queries) == present - len(expected)


def history_of(page):
    """The query strings of the browser's history, and which of them is the present one."""
    browser = page.context.new_cdp_session(page)
    found = browser.send("Page.getNavigationHistory")
    browser.detach()
    return [entry["url"].partition("?")[2] for entry in found["entries"]], found["currentIndex"]


def test_a_copied_link_has_the_number_typed_just_before_and_copying_ends_without_a_response(open_page):
    responses = HeldResponses()
    # Time is replaced in the whole context of a page.
    page = open_page(held=responses, alone=True)
    page.clock.install()
    page.reload()
    wait_for_page(page)
    page.evaluate("navigator.clipboard.writeText = (link) => { globalThis.copied = link }")
    responses.hold_when_idle(page)

    def type_and_copy():
        page.locator("[data-number='x1']").fill("0.7")
        page.get_by_role("button", name="Copy link").click()

    responses.wait_for_a_run(page, type_and_copy)
    # However long the response takes: every timer of the page runs out before it.
    page.clock.run_for(5000)
    responses.release()
    page.get_by_role("button", name="Link copied").wait_for()
    assert page.evaluate("copied").endswith("?v=4&x=0.7_0.1_-0.2")

    page.clock.run_for(2000)
    page.get_by_role("button", name="Copy link").wait_for()
    page.evaluate("copied = null")
    responses.hold_when_idle(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Copying …").wait_for()
    page.clock.run_for(10_000)
    page.get_by_role("button", name="No response").wait_for()
    page.clock.run_for(2000)
    page.get_by_role("button", name="Copy link").wait_for()
    responses.release()
    responses.wait_until_idle(page)
    page.get_by_role("button", name="Copy link").wait_for()
    assert page.evaluate("copied") is None
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
