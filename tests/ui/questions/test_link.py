"""The link of a question: short as it is sent, with all that was changed."""

from dataclasses import replace

import pytest

from core.questions import QUESTIONS
from ui.questions import link
from ui.questions.state import ShownQuestion, with_question


def read(query):
    return link.read({name: [text] for name, text in query.items()})


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_goes_by_its_name_alone(name):
    assert read({"question": name}) == (with_question(name), ())
    assert set(link.write(with_question(name))) == {"question", "v"}


def test_an_empty_link_is_the_list():
    assert read({}) == (ShownQuestion(), ())
    assert link.write(ShownQuestion()) == {}


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_changed_is_in_the_link(name):
    state = with_question(name)
    start = state.start.with_values([(QUESTIONS[name].drag, 0.37)])
    changed = replace(state, start=start, view=replace(state.view, digits=9, selected="none", stage="z1"))
    assert read(link.write(changed)) == (changed, ())
    assert len(link.write(changed)) <= 6


@pytest.mark.parametrize(
    "query",
    [
        {"question": "bogus"},
        {"bogus": "1"},
        {"question": "xor", "eta": "-1"},
        {"question": "xor", "net": "2-2-1"},
        {"question": "xor", "speak": "notebook"},
        {"question": "softmax-delta", "y": "0_2_0"},
    ],
)
def test_what_does_not_fit_is_named_and_the_rest_is_kept(query):
    state, problems = read(query)
    assert len(problems) == 1
    assert problems[0].endswith(".")
    if query.get("question") in QUESTIONS:
        assert state == with_question(query["question"])
