"""Somebody's text is shown as it stands, in a real browser: no link, icon or element is made of it."""

import csv
import io
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.cases import case
from tests.browser.held_responses import HeldResponses
from tests.browser.waiting import settle
from tests.hypothesis_profiles import some
from ui.text.numbers import quote as quoted

TEXTS = [
    "www.example.org/?x",
    "https://a.example/b",
    "foo@example.org",
    "[a](http://b.example)",
    ":material/delete: a",
    ":smile: :streamlit:",
    "4*2*1 :red[x]",
    ":blue-badge[x] **b** __c__",
    "$a_1$ $$b^2$$",
    "<b>x</b> <br> &amp; &lt;",
    "<a href=//a.example>x</a>",
    "<img src=x onerror=alert(1)>",
    "`a` ~~b~~ [^1] ![c](d)",
    "# a | b - c -> d -- e >= f",
    "%{y} <extra></extra> 100%",
    "=1+1 \"q\" 'r' \\n \\*",
]
MADE_OF_TEXT = (
    "a[href^='http']:not([href*='127.0.0.1']), a[href^='mailto'], [data-testid=stIconMaterial][aria-label]"
)
MADE_OF_TEXT += ", .katex, .stMarkdownColoredText, .stMarkdownBadge, img[src='x'], img[alt='c']"
MADE_OF_TEXT += ", .message *:not(p), .rejected *, .stMarkdown code, .stMarkdown del, .js-plotly-plot a"


def assert_nothing_is_made_of_it(page):
    expect(page.locator(MADE_OF_TEXT)).to_have_count(0)


def shown_sentences(page):
    page.locator(".message").first.wait_for()
    return page.locator(".message p").all_inner_texts()


@pytest.mark.parametrize(("path", "name"), [("", "net"), ("training", "optimizer")])
def test_a_link_shows_what_does_not_fit_as_it_stands(open_page, path, name):
    ready = ".player" if path else ".network"
    unknown = dict.fromkeys(TEXTS, "1")
    page = open_page(urlencode({name: TEXTS[0], **unknown}, quote_via=quote), path=path, ready=ready)
    sentences = shown_sentences(page)
    for text in TEXTS:
        assert any(f"“{text}”" in sentence for sentence in sentences), text
    assert_nothing_is_made_of_it(page)


def upload(page, rows):
    page.get_by_role("button", name="Data", exact=True).click()
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    page.locator("input[type=file]").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    )
    page.locator(".preview").first.wait_for()
    assert_nothing_is_made_of_it(page)


def close_menu(page, responses):
    """Close a list and the menu that it stands in, and wait for the run that follows.

    Opened again before that, a menu may be closed by its response.
    """
    menu = page.get_by_test_id("stPopoverBody")
    page.keyboard.press("Escape")
    settle(page)
    # The first press may have closed the list alone.
    if menu.count():
        page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    responses.wait_until_idle(page)


def take(page):
    page.get_by_role("button", name="Use this table").click()
    page.get_by_role("dialog", name="Import a table").wait_for(state="detached")


def shown_in(page, selector):
    return " ".join(page.locator(selector).all_text_contents())


def test_names_of_columns_and_classes_stand_as_they_are(open_page):
    responses = HeldResponses()
    page = open_page("data=own", path="training", ready=".player canvas", chart=True, held=responses)
    numbers = [[str((k * 7 + j) % 5) for j in range(len(TEXTS) - 1)] for k in range(40)]
    upload(page, [TEXTS, *([*row, TEXTS[k % 10]] for k, row in enumerate(numbers))])
    names = page.locator(".preview").first.locator("thead th").all_inner_texts()
    assert [name.split("\n")[0] for name in names[1:]] == TEXTS
    take(page)
    page.locator(".player svg title", has_text=TEXTS[0]).first.wait_for(state="attached")
    page.get_by_role("button", name="Data", exact=True).click()
    expect(page.get_by_test_id("stMultiSelect")).to_contain_text(TEXTS[0])
    inputs = shown_in(page, "[data-testid=stMultiSelect]")
    titles = shown_in(page, ".player svg title")
    for text in TEXTS[:-1]:
        assert text in inputs
        assert text in titles
    target = page.get_by_test_id("stSelectbox").filter(has_text="Target")
    expect(target.locator("input")).to_have_value(TEXTS[-1])
    # A list closes when what it stands in scrolls.
    target.scroll_into_view_if_needed()
    settle(page)
    target.locator("input").click()
    expect(page.get_by_role("option")).to_have_count(len(TEXTS))
    options = page.get_by_role("option").all_inner_texts()
    assert [option.strip() for option in options] == TEXTS
    assert_nothing_is_made_of_it(page)
    close_menu(page, responses)
    upload(page, [["a", "b"], *[["1", "2"]] * 5, [TEXTS[3], "3"]])
    page.locator(".message", has_text="Row 7").wait_for()
    assert quoted(TEXTS[3]) in shown_in(page, ".message p")
    assert_nothing_is_made_of_it(page)


def test_charts_show_names_as_they_are(open_page):
    page = open_page("data=own&steps=20", path="training", ready=".player canvas", chart=True)
    upload(page, [["a", *TEXTS[:3]], *([str(k % 7), "1", str(k % 3), TEXTS[9 + k % 7]] for k in range(60))])
    take(page)
    page.locator(".player svg title", has_text=TEXTS[0]).first.wait_for(state="attached")
    page.get_by_role("radio", name="Confusion matrix").click()
    ticks = page.locator(".js-plotly-plot .ytick text")
    ticks.first.wait_for()
    page.get_by_text("predicted (test").wait_for()
    # Behind the name stands the marker of its class.
    shown = [tick.rsplit(" ", 1)[0].split("…") for tick in ticks.all_text_contents()]
    for text in TEXTS[9:]:
        assert any(text.startswith(parts[0]) and text.endswith(parts[-1]) for parts in shown), text
    page.get_by_role("radio", name="Batch", exact=True).click()
    page.locator(".js-plotly-plot .ytick text").filter(has_text="→h1").first.wait_for()
    assert "w www.ex….org/?x→h1,1" in shown_in(page, ".js-plotly-plot .ytick text")
    assert_nothing_is_made_of_it(page)


def test_a_text_typed_into_a_box_comes_back_as_it_is(open_page):
    page = open_page(path="training", ready=".player .panel h2")
    rate = page.get_by_role("textbox", name="Learning rate η, exact value")
    for text in some([TEXTS[11], TEXTS[0], TEXTS[8], TEXTS[2], TEXTS[4], TEXTS[6]], 3):
        rate.fill(text)
        rate.press("Enter")
        with case(text):
            expect(page.locator(".player .panel .rejected").filter(has_text=quoted(text))).to_be_visible()
            expect(rate).to_have_value(text)
            assert_nothing_is_made_of_it(page)
