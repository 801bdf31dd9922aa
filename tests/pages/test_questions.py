"""The page of questions, without a browser."""

import json
import re
from html import unescape
from urllib.parse import parse_qs

import pytest

from core.questions import QUESTIONS
from tests.pages.harness import address, new_app, press, run, warnings
from ui.one_step import link as one_step_link
from ui.questions import link
from ui.questions.state import with_question
from ui.questions.words import ORDER, WORDS

PAGE = "pages/learn/questions.py"
AGAIN = "Back to its own numbers"


def open_page(query=""):
    app = new_app()
    app.run()
    app.switch_page(PAGE)
    return run(app, query, question_network={"painted": 1})


def sentences(app):
    bodies = [element.proto.body for element in app.get("html")]
    return [unescape(text) for body in bodies for text in re.findall(r'<p class="answer">(.*?)</p>', body)]


def page_links(app):
    return {element.proto.label: element.proto.query_string for element in app.get("page_link")}


def network(app):
    protos = [element.proto for element in app.get("bidi_component")]
    return next(proto for proto in protos if proto.component_name == "live_network")


def type_number(app, name, text, seq=1):
    sent = {"values": {"seq": seq, "changes": [{"seq": seq, "id": name, "text": text}]}, "painted": 1}
    states = app._tree.get_widget_states()
    states.widgets.add(id=network(app).id, json_value=json.dumps(sent))
    app._run(states)
    assert not app.exception


@pytest.mark.parametrize("name", [ORDER[0], ORDER[-1]])
def test_the_list_leads_to_each_question(name):
    app = open_page()
    assert {words.title for words in WORDS.values()} <= {button.label for button in app.button}
    press(app, WORDS[name].title)
    assert app.title[0].value == WORDS[name].title
    assert link.read({key: [text] for key, text in address(app).items()}) == (with_question(name), ())


def test_one_goes_through_all_questions_in_a_circle():
    app = open_page(f"question={ORDER[0]}")
    press(app, "Previous")
    assert address(app)["question"] == ORDER[-1]
    press(app, "Next")
    assert address(app)["question"] == ORDER[0]
    press(app, "All questions")
    assert address(app) == {}
    assert app.title[0].value == "Questions"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_link_shows_the_question_its_answer_its_formula_and_its_network(name):
    app = open_page(f"question={name}")
    assert app.title[0].value == WORDS[name].title
    answered, watched = sentences(app)
    assert "{" not in answered
    assert watched.startswith("<strong>Drag ")
    assert any(r"\displaystyle" in element.value for element in app.markdown)
    assert network(app)
    state, problems = one_step_link.read(parse_qs(page_links(app)["Open on One step"]))
    assert (state.start, problems) == (QUESTIONS[name].exercise, ())


def test_a_number_that_is_changed_changes_the_sentences_the_formula_and_the_address():
    app = open_page("question=delta-or-gradient")
    assert "−0.000354011" in sentences(app)[0]
    assert AGAIN not in {button.label for button in app.button}
    type_number(app, "x1", "0")
    assert address(app)["x"].startswith("0_")
    assert "here 0, which gives 0." in sentences(app)[0]
    assert "= 0$" in app.markdown[-1].value
    press(app, AGAIN)
    assert set(address(app)) == {"question", "v"}
    assert "−0.000354011" in sentences(app)[0]


def test_a_text_that_is_no_number_is_refused_and_changes_nothing():
    app = open_page("question=xor")
    before = sentences(app)
    type_number(app, "w1.1.1", "many")
    assert sentences(app) == before
    assert "w1.1.1" not in address(app)


@pytest.mark.parametrize("query", ["question=bogus", "questions=xor"])
def test_what_of_a_link_does_not_fit_is_named_over_the_list(query):
    app = open_page(query)
    assert query.split("=")[0 if query.startswith("questions") else 1] in warnings(app)
    assert app.title[0].value == "Questions"
