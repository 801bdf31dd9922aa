"""The answers to the questions: every number in them is computed, and follows the network."""

import re

import numpy as np
import pytest

from core.derivation import numbers
from core.expressions import element, resolve, value
from core.questions import QUESTIONS
from ui.questions.state import with_question
from ui.questions.words import GROUPS, ORDER, WORDS, answer, fields
from ui.text.conventions import USUAL
from ui.text.latex import formula_of, number_row
from ui.text.numbers import MINUS, USUAL_PRECISION, Precision, format_number
from ui.text.written import written_shapes

# Numbers of the words themselves, which hold of every network: points of XOR, the steps of a check, targets.
FIXED = {"0", "1", "2", "0.01", "0.00001", "1e−10", "1e−7", "1e−3", "1/m"}


def test_every_question_has_its_words_and_its_place():
    assert sorted(ORDER) == sorted(QUESTIONS) == sorted(WORDS)
    assert len(ORDER) == len(set(ORDER)) == 20
    assert all(GROUPS.values())
    assert len({words.title for words in WORDS.values()}) == 20


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_field_of_an_answer_is_computed(name):
    facts = QUESTIONS[name].facts(QUESTIONS[name].exercise)
    assert fields(name) <= set(facts)
    assert fields(name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_other_number_stands_in_the_words(name):
    words = re.sub(r"\{.*?\}", "", f"{WORDS[name].answer} {WORDS[name].watch}")
    found = re.findall(r"(?<![\w.−ŷ])\d[\d.]*(?:e−\d+)?(?!\w)", words)
    assert {number.rstrip(".") for number in found} <= FIXED


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_follows_what_is_dragged(name):
    question = QUESTIONS[name]
    other = question.exercise.with_values([(question.drag, 0.37)])
    before, after = (
        answer(name, QUESTIONS[name].facts(exercise), USUAL_PRECISION)
        for exercise in (question.exercise, other)
    )
    assert before != after
    for exercise, text in ((question.exercise, before), (other, after)):
        assert "{" not in text
        for key, number in QUESTIONS[name].facts(exercise).items():
            if key in fields(name) and isinstance(number, float):
                shown = format_number(number, USUAL_PRECISION)
                assert shown in text or f"{number:g}".replace("-", MINUS) in text


def test_an_answer_has_the_digits_that_are_chosen():
    facts = QUESTIONS["delta-or-gradient"].facts(QUESTIONS["delta-or-gradient"].exercise)
    assert "−0.000708022186549 " in answer("delta-or-gradient", facts, Precision(12))
    assert "−0.0007080 " in answer("delta-or-gradient", facts, Precision(4))


def test_hidden_units_that_were_made_different_are_not_called_the_same():
    exercise = QUESTIONS["zero-start"].exercise
    other = exercise.with_values([("w2.1.1", 0.5)])
    alike, apart = (QUESTIONS["zero-start"].facts(each) for each in (exercise, other))
    assert alike["alike"]
    assert not apart["alike"]
    assert apart["one"] != apart["two"]
    assert "different weights" not in answer("zero-start", alike, USUAL_PRECISION)
    assert "h1 and h2 have different weights now" in answer("zero-start", apart, USUAL_PRECISION)


def test_a_unit_that_was_brought_to_life_is_called_alive():
    exercise = QUESTIONS["dead-unit"].exercise.with_values([("b1.2", 1.0)])
    assert "h2 is alive now" in answer("dead-unit", QUESTIONS["dead-unit"].facts(exercise), USUAL_PRECISION)


@pytest.mark.parametrize("bias", [-1e6, -1.0, -0.5, 0.0, 0.1, 1.0, 3.0, 10.0, 1e6])
def test_a_live_unit_without_a_delta_has_the_reason_beside_it(bias):
    exercise = QUESTIONS["dead-unit"].exercise.with_values([("b1.2", bias)])
    facts = QUESTIONS["dead-unit"].facts(exercise)
    text = answer("dead-unit", facts, USUAL_PRECISION)
    assert ("no step on this sample" in text) == facts["dead"] == (facts["slope"] == 0)
    assert ("sends nothing back" in text) == (not facts["dead"] and facts["delta"] == 0)


@pytest.mark.parametrize(("eta", "words"), [(0.1, "falls to"), (2.0, "rises to")])
def test_the_loss_falls_or_rises_with_the_step(eta, words):
    exercise = QUESTIONS["loss-rises"].exercise.with_values([("eta", eta)])
    text = answer("loss-rises", QUESTIONS["loss-rises"].facts(exercise), USUAL_PRECISION)
    assert f"the loss of 0.0288 {words} " in text


def test_a_loss_that_no_step_changes_stays():
    exercise = QUESTIONS["loss-rises"].exercise
    reached = exercise.with_values([("y1", float(exercise.step().trace.a[-1][0, 0]))])
    assert "the loss of 0 stays at 0." in answer(
        "loss-rises", QUESTIONS["loss-rises"].facts(reached), USUAL_PRECISION
    )


def test_no_line_of_an_answer_ends_in_a_point_or_an_equation():
    texts = [
        answer(name, QUESTIONS[name].facts(QUESTIONS[name].exercise), USUAL_PRECISION) for name in QUESTIONS
    ]
    assert "(1,\N{NO-BREAK SPACE}0)" in texts[ORDER.index("xor")]
    assert not any(re.search(r" =|= |\(\d, ", text) for text in texts)


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_formula_evaluates_to_the_number_behind_its_last_sign(name):
    question = QUESTIONS[name]
    for exercise in (question.exercise, question.exercise.with_values([(question.drag, 0.37)])):
        known = numbers(exercise, exercise.step())
        formula = formula_of(question.symbol, exercise, USUAL)
        right = resolve(
            element(formula.right, question.symbol.index or (), written_shapes(exercise.network, USUAL)),
            known,
        )
        result = float(value(right, known))
        assert result == pytest.approx(float(known(question.symbol)), rel=1e-9, abs=1e-15)
        row = number_row(question.symbol, exercise, USUAL, USUAL_PRECISION)
        shown = re.split(r" = | \\approx |&= |&\\approx ", row)[-1]
        shown = re.sub(r" \\times 10\^\{(.*)\}", r"e\1", shown)
        np.testing.assert_allclose(float(shown), result, rtol=1e-5)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_selected_is_what_the_formula_is_of(name):
    selected, symbol = with_question(name).view.selected, QUESTIONS[name].symbol
    assert selected[0] == ("w" if symbol.name.endswith("W") else "b" if symbol.name.endswith("b") else "n")
