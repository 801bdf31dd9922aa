"""Quizzes read back: each right number counts, and each mistake's number gets that mistake's sentence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assignment import Assignment, draw_exercise
from core.exercise import quantities
from core.mistake_table import MISTAKES
from core.mistaken_numbers import mistaken_numbers, right_numbers
from core.network import Network
from tests.core.test_assignment import usual_assignments
from tests.hypothesis_profiles import examples
from tests.ui.export.quiz_readers import read_gift, read_moodle
from ui.export.quiz import gift, moodle_xml
from ui.export.sheets import SheetVariant
from ui.text.answers import number_label
from ui.text.box_rows import box_rows
from ui.text.conventions import CONVENTIONS, USUAL
from ui.text.numbers import exact_on_screen

ASSIGNMENT = Assignment(Network((2, 2, 1), ("sigmoid", "sigmoid")))


def variants_of(assignment, names=("1",), seed="7"):
    return [SheetVariant(name, draw_exercise(assignment, seed, name)) for name in names]


def numbers_of(assignment, exercise, convention=USUAL):
    return [number for row in box_rows(assignment, exercise, convention) for number in row]


@given(usual_assignments(), st.text(max_size=5), st.sampled_from(list(CONVENTIONS)))
@examples(1 / 2)
def test_every_number_is_graded_as_it_should_be_in_both_formats(assignment, seed, speak):
    convention = CONVENTIONS[speak]
    (variant,) = variants = variants_of(assignment, seed=seed)
    right = right_numbers(variant.exercise)
    numbers = numbers_of(assignment, variant.exercise, convention)
    from_gift = read_gift(gift(assignment, variants, convention))
    (from_moodle,) = read_moodle(moodle_xml(assignment, variants, convention)).values()
    assert len(from_gift) == len(from_moodle) == len(numbers)
    mistaken = mistaken_numbers(variant.exercise, 2 * assignment.unit)
    for questions in (from_gift, from_moodle):
        for number, question in zip(numbers, questions, strict=True):
            assert question.title.endswith(number_label(number, convention))
            assert question.grade(round(right[number.id], assignment.decimals)) == (100, "")
            for wrong in mistaken[number.id]:
                if len(wrong.mistakes) <= 2:
                    percent, feedback = question.grade(round(wrong.value, assignment.decimals))
                    assert percent == 0
                    assert any(MISTAKES[name].sentence in feedback for name in MISTAKES)


@given(usual_assignments(), st.text(max_size=5))
@examples(1 / 2)
def test_what_is_given_stands_with_its_names_and_without_signs_of_a_program(assignment, seed):
    (variant,) = variants = variants_of(assignment, seed=seed)
    in_gift = read_gift(gift(assignment, variants, USUAL))[0].text
    in_moodle = next(iter(read_moodle(moodle_xml(assignment, variants, USUAL)).values()))[0].text
    for text in (in_gift, in_moodle):
        assert "^" not in text
        assert not re.search(r"\(\d+, ?\d*\)", text)
    given_there = set(re.split(r"; |: |\. ", in_gift))
    exercise = variant.exercise
    for quantity in quantities(exercise.network):
        assert f"{quantity.label} = {exact_on_screen(exercise.value(quantity))}" in given_there


def test_a_known_mistake_gets_its_own_sentence():
    (variant,) = variants = variants_of(ASSIGNMENT)
    da = right_numbers(variant.exercise)["da2.1"]
    place = [number.id for number in numbers_of(ASSIGNMENT, variant.exercise)].index("delta2.1")
    question = read_gift(gift(ASSIGNMENT, variants, USUAL))[place]
    assert MISTAKES["slope_forgotten_output"].sentence in question.grade(round(da, 4))[1]
    assert question.grade(123.0) is None


def test_each_variant_has_its_own_question_with_its_own_numbers():
    found = read_moodle(moodle_xml(ASSIGNMENT, variants_of(ASSIGNMENT, "123"), USUAL))
    assert list(found) == [f"Exercise, variant {name}" for name in "123"]
    assert (
        len({tuple(answer.value for box in boxes for answer in box.answers) for boxes in found.values()}) == 3
    )


@pytest.mark.parametrize(
    "text",
    [
        "::a::b {#\n\t=1:0.1#x=y\n}",
        "::a::b {#\n\t=one:0.1\n}",
        "a b {#\n\t=1:0.1\n}",
        "::a::b {#\n\t1:0.1\n}",
    ],
)
def test_the_reader_of_gift_is_strict(text):
    with pytest.raises(ValueError):
        read_gift(text)
