"""The link of the page of worked examples."""

import pytest

from core.published_numbers import PUBLISHED
from ui.worked_examples import link
from ui.worked_examples.state import WorkedExamples


@pytest.mark.parametrize("name", ["", *PUBLISHED])
def test_a_link_is_read_as_what_it_was_written_for(name):
    state = WorkedExamples(name)
    assert link.read({key: [text] for key, text in link.write(state).items()}) == (state, ())


def test_the_link_that_people_send_is_as_short_as_it_can_be():
    assert link.read({"example": ["mazur"]}) == (WorkedExamples("mazur"), ())


@pytest.mark.parametrize("query", [{"example": ["bogus"]}, {"bogus": ["1"]}, {"v": ["9"]}, {"example": [""]}])
def test_what_does_not_fit_is_named_and_nothing_is_open(query):
    state, problems = link.read(query)
    assert state == WorkedExamples()
    assert len(problems) == 1
    assert problems[0].endswith(".")
