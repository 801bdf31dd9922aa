"""Links of the page that checks a learner's working."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import EXAMPLES
from core.mistakes import diagnose
from ui.check_working.link import read, write
from ui.check_working.state import HINTS, SHEET, CheckWorking, load_example, with_answers
from ui.links import answers as answers_of_links
from ui.text.answers import GROUPS, answerable, read_named
from ui.text.conventions import CONVENTIONS

TEXTS = st.one_of(
    st.floats(-1e6, 1e6).map(repr),
    st.decimals(-1000, 1000, places=4).map(str),
    st.sampled_from(["0,5", "−0.25", "1e-3", "+.5", "0.50"]),
)


@st.composite
def states(draw):
    state = load_example(
        CheckWorking(speak=draw(st.sampled_from([*CONVENTIONS]))), draw(st.sampled_from([*EXAMPLES]))
    )
    names = draw(st.lists(st.sampled_from([*answerable(state.start)]), unique=True, max_size=12))
    state = with_answers(state, {name: draw(TEXTS) for name in names})
    open_ = [name for name in answerable(state.start) if name not in names]
    return CheckWorking(
        state.example,
        state.start,
        answers=state.answers,
        group=draw(st.sampled_from([*GROUPS, SHEET])),
        sheet=draw(st.sampled_from(["", "a1.1 = 0.5\nloss ≈ 0,25 & more"])),
        refused=tuple((name, draw(st.sampled_from(["a half", "~0.5=x", "24%"]))) for name in open_[:2]),
        draft=draw(st.sampled_from(["", "z h1 = [0.24\n& more"])),
        speak=state.speak,
        hints=draw(st.integers(0, HINTS)),
    )


@given(states())
def test_a_link_leads_to_what_it_was_written_of(state):
    again, problems = read({name: [text] for name, text in write(state).items()})
    assert problems == ()
    assert again == state


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("z9.9_1", "answers got “1” for a number that this network does not have."),
        ("q_3~z9.9_1", "answers got “3” for a number that this network does not have."),
        ("z1.1_x", "z h1 got “x”; it takes a number"),
        ("", "answers got"),
        ("z1.1", "answers got"),
    ],
)
def test_answers_that_do_not_fit_are_named_and_left_out(query, part):
    state, problems = read({"answers": [query]})
    assert part in problems[0]
    assert not re.search(r"[a-z]\d*\.\d|q_", " ".join(problems))
    assert state.answers == ()


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ({"refused": ["q=3"]}, "refused got “3” for a number that has no box here."),
        (
            {"refused": ["z1.1=x"], "answers": ["z1.1_0.24"]},
            "refused got “x” for a number that has an answer",
        ),
        ({"refused": ["z1.1=3/4"]}, "refused got “3/4”, which is a number; answers takes those."),
        ({"refused": ["z1.1=" + "x" * 300]}, "refused got 300 characters; 200 are allowed"),
        ({"draft": ["z1.1 = 0.24"]}, "draft got numbers that can be read; sheet takes those."),
        ({"draft": ["x" * 5000]}, "draft got 5,000 characters; 4,000 are allowed."),
    ],
)
def test_a_refused_text_of_a_link_that_does_not_fit_is_met_with_a_sentence(query, part):
    state, problems = read(query)
    assert part in problems[0]
    assert state.refused == ()
    assert state.draft == ""


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_number_that_can_be_given_is_one_that_can_be_judged(name):
    exercise = EXAMPLES[name].exercise
    known = answerable(exercise)
    (first,) = diagnose(exercise, {next(iter(known)): "0.1"})
    found = diagnose(exercise, dict.fromkeys(known, "0.1"))
    assert {verdict.quantity for verdict in found} == set(known)
    # The order is that of the pass in both.
    assert found[0].quantity == first.quantity


def test_answers_that_all_fit_are_read_in_one_go(monkeypatch):
    calls = []

    def counted(exercise, answers, convention):
        calls.append(len(answers))
        return read_named(exercise, answers, convention)

    monkeypatch.setattr(answers_of_links, "read_named", counted)
    exercise = EXAMPLES["mazur"].exercise
    text = "~".join(f"{name}_0.25" for name in answerable(exercise))
    state, problems = read({"example": ["mazur"], "answers": [text]})
    assert problems == ()
    assert calls == [len(state.answers)] == [len(answerable(exercise))]
