"""What changes at about the same time comes in one message, which may then belong to a part of the page."""

import re

from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates

from tests.browser.test_held_back import go_back
from tests.browser.waiting import settle, until
from tests.browser.widgets import choose, enter, pick, speak, widget


class Changed:
    """Between a page and its server: of each message the server gets what `change` returns, if anything."""

    def __init__(self, change):
        self._change = change

    def connect_page(self, route):
        server = route.connect_to_server()

        def send(message):
            sent = self._change(BackMsg.FromString(message))
            if sent is not None:
                server.send(sent.SerializeToString())

        route.on_message(send)
        server.on_message(route.send)


def test_whatever_changes_together_with_the_network_takes_effect(open_page):
    parts = []

    def change(sent):
        if sent.HasField("rerun_script"):
            if sent.rerun_script.fragment_id:
                parts.append(sent.rerun_script.fragment_id)
            elif parts:
                sent.rerun_script.fragment_id = parts[0]
        return sent

    # Each message is sent as if the network had changed with it.
    page = open_page("net=2-3-1&seed=5&init=he", held=Changed(change))
    page.get_by_role("button", name="Architecture").click()
    choose(page, "arch_f_1", "Tanh")
    page.wait_for_url(re.compile("f=tanh"))
    enter(page, "arch_seed", "7")
    page.get_by_text("seed 7").wait_for()
    page.keyboard.press("Escape")
    expect(widget(page, "arch_seed")).to_be_hidden()

    page.get_by_role("button", name="Edit as matrices").click()
    matrix = widget(page, "matrix_W1").locator("textarea")
    matrix.fill("0.25 0.5 0.75\n1 2 3")
    matrix.press("Control+Enter")
    expect(page.locator("[data-number='w1.1.1']")).to_have_value("0.25")
    page.keyboard.press("Escape")

    speak(page, "Course notebook")
    expect(page.get_by_role("columnheader", name="−δ")).not_to_have_count(0)
    enter(page, "digits", "8")
    page.wait_for_url(re.compile("digits=8"))

    page.get_by_role("button", name="Share").click()
    page.get_by_role("dialog", name="Share this page").wait_for()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Worked examples").click()
    page.get_by_role("menuitem").nth(1).click()
    page.wait_for_url(re.compile("example="))
    assert parts


def type_x1(page):
    """Enter 0.3, 0.4 and 0.7, the last without waiting."""
    for text, query in (("0.3", "x=0.3_0.1_-0.2"), ("0.4", "x=0.4_0.1_-0.2"), ("0.7", None)):
        box = page.locator("[data-number='x1']")
        box.fill(text)
        box.press("Enter")
        if query:
            page.wait_for_url(re.compile(query))


def test_back_counts_though_the_change_before_it_comes_with_it_and_a_request_behind_it(open_page):
    dropped: list[str] = []

    def change(sent):
        run = sent.rerun_script
        # A busy server takes a change with where Back has led to, and Back with what comes next.
        if run.is_history_navigation or ("0.7" in str(run.widget_states) and not dropped):
            dropped.append(run.query_string if run.is_history_navigation else "")
            return None
        return sent

    page = open_page(held=Changed(change))
    type_x1(page)
    assert until(page, lambda: dropped, bool)
    page.evaluate("history.back()")
    # Back leads to the entry before the change that no response has come to.
    assert until(page, lambda: "x=0.4_" in dropped[-1], bool)
    # A film is requested.
    page.locator("[data-control='w1.2.1']").hover()
    expect(page.locator("[data-number='x1']")).to_have_value("0.4")
    page.wait_for_url(re.compile("x=0.4_0.1_-0.2"))
    settle(page)
    expect(page.locator("[data-number='x1']")).to_have_value("0.4")


def test_back_counts_though_a_change_comes_in_its_message(open_page):
    changed: list[WidgetStates] = []

    def change(sent):
        run = sent.rerun_script
        # A server that is busy takes what has changed and what comes behind it for one message.
        if run.is_history_navigation:
            run.widget_states.CopyFrom(changed[-1])
        elif "0.7" in str(run.widget_states):
            changed.append(run.widget_states)
            return None
        return sent

    page = open_page(held=Changed(change))
    type_x1(page)
    assert until(page, lambda: len(changed), bool)
    page.evaluate("history.back()")
    expect(page.locator("[data-number='x1']")).to_have_value("0.4")
    page.wait_for_url(re.compile("x=0.4_0.1_-0.2"))


def open_where_back_is_forgotten(open_page, query, **settings):
    """Open a page that cannot find out which of its runs Back has requested.

    Streamlit forgets it where a change comes right behind, if the run had not begun.
    """
    forgetful = Changed(lambda sent: None if sent.rerun_script.is_history_navigation else sent)
    return open_page(query, held=forgetful, **settings)


def test_a_change_right_behind_back_is_one_of_what_back_led_to(open_page):
    page = open_where_back_is_forgotten(open_page, "")
    for x1 in ("0.3", "0.4"):
        box = page.locator("[data-number='x1']")
        box.fill(x1)
        box.press("Enter")
        page.wait_for_url(re.compile(f"x={x1}_"))
    go_back(page)
    speak(page, "Course notebook")
    page.wait_for_url(re.compile("x=0.3_0.1_-0.2&speak=notebook"))
    expect(page.locator("[data-number='x1']")).to_have_value("0.3")


def test_a_change_right_behind_back_on_training_is_one_of_what_back_led_to(open_page):
    page = open_where_back_is_forgotten(open_page, "budget=20", path="training", ready=".player canvas")
    for budget in ("25", "30"):
        enter(page, "training_budget", budget)
        page.wait_for_url(re.compile(f"budget={budget}"))
    go_back(page)
    pick(page, "training_unit", "epochs")
    page.wait_for_url(re.compile("budget=25&unit=epochs"))
    expect(widget(page, "training_budget").locator("input")).to_have_value("25")
