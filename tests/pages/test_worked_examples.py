"""The page of worked examples, without a browser."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from core.examples import EXAMPLES
from core.published_numbers import PUBLISHED
from tests.pages.harness import address, new_app, run, warnings
from ui.check_working import link as check_working_link
from ui.one_step import link as one_step_link

PAGE = "pages/learn/worked_examples.py"


def open_page(query=""):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, query)


def bodies(app):
    return [element.proto.body for element in app.get("html")]


def rows(app):
    """The rows of all tables: name, published, computed, found."""
    cells = r'<th scope="row">(.*?)</th><td>(.*?)</td><td title="[^"]*">(.*?)</td><td class="mark">(.*?)</td>'
    return [tuple(map(unescape, found)) for body in bodies(app) for found in re.findall(cells, body)]


def findings(app):
    return [body for body in bodies(app) if body.startswith('<div class="message finding">')]


def press_card(app, name):
    state = app._tree.get_widget_states()
    card = next(each for each in app.expander if each.label.startswith(f"**{EXAMPLES[name].title}**"))
    sent = state.widgets.add()
    sent.id = card.proto.id
    sent.bool_value = True
    app._run(state)
    assert not app.exception


def test_all_cards_are_closed_and_count_their_numbers_and_findings():
    app = open_page()
    labels = [card.label for card in app.expander]
    assert [label.split("**")[1] for label in labels] == [EXAMPLES[name].title for name in PUBLISHED]
    assert labels[1].endswith("· 27 numbers, 2 findings")
    assert labels[0].endswith("· 18 numbers")
    assert not rows(app)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_link_opens_an_example_with_every_printed_number_and_its_source(name):
    app = open_page(f"example={name}")
    printed = [each for sheet in PUBLISHED[name] for each in sheet.printed]
    assert [row[1] for row in rows(app)] == [each.text.replace("-", "−") for each in printed]
    assert all(mark[0] in "✓✗→" for *_, mark in rows(app))
    assert any(f'href="{EXAMPLES[name].url}"' in body for body in bodies(app))


def test_what_differs_is_named():
    (found,) = findings(open_page("example=mazur"))
    assert "0.291027773694" in found
    assert "already updated" in found
    assert "That leads to 0.291027923" in found
    (found,) = findings(open_page("example=han"))
    assert "carries a rounding on" in found
    assert "0.1311444" in found
    (found,) = findings(open_page("example=relu"))
    assert "cut off, not rounded: it is 0.6086538" in found


def test_a_press_on_a_card_opens_it_alone_and_the_address_follows():
    app = open_page("example=mazur")
    press_card(app, "han")
    assert address(app)["example"] == "han"
    assert {row[1] for row in rows(app)} >= {"0.1311"}
    assert "0.291027924" not in {row[1] for row in rows(app)}


def test_the_links_open_the_exercise_and_its_numbers():
    app = open_page("example=mazur")
    step, check = [element.proto for element in app.get("page_link")]
    shown, problems = one_step_link.read(parse_qs(step.query_string))
    assert (shown.example, shown.start, problems) == ("mazur", EXAMPLES["mazur"].exercise, ())
    assert "w1" not in step.query_string
    checked, problems = check_working_link.read(parse_qs(check.query_string))
    assert (checked.start, problems) == (EXAMPLES["mazur"].exercise, ())
    assert dict(checked.answers)["after.w1.1.1"] == "0.149780716"


@pytest.mark.parametrize("query", ["example=bogus", "examples=mazur"])
def test_what_of_a_link_does_not_fit_is_named(query):
    app = open_page(query)
    assert query.split("=")[0 if query.startswith("examples") else 1] in warnings(app)
    assert not rows(app)
