"""What the numbers of a step are called, and which of them stand together."""

from itertools import product

import pytest

from core.answers import SheetLayout
from core.examples import EXAMPLES
from ui.text.answers import GROUPS, answerable, boxes_of, id_of, number_label
from ui.text.conventions import CONVENTIONS


@pytest.mark.parametrize(("name", "speak"), [*product(EXAMPLES, CONVENTIONS)])
def test_every_number_has_one_box_in_one_group_and_a_name_of_its_own(name, speak):
    exercise, convention = EXAMPLES[name].exercise, CONVENTIONS[speak]
    boxes = [number for group in GROUPS for row in boxes_of(exercise, group, convention) for number in row]
    places = [number.symbol for number in boxes]
    assert sorted(map(repr, places)) == sorted(
        {repr(number.symbol) for number in answerable(exercise).values()}
    )
    names = [number_label(number, convention) for number in boxes]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_numbers_come_in_the_order_and_by_the_ids_of_a_sheet(example):
    numbers = answerable(example.exercise)
    assert [*numbers] == [*SheetLayout(example.exercise.network).columns]
    assert [id_of(number.symbol, number.is_negated) for number in numbers.values()] == [*numbers]


def test_the_course_writes_error_terms():
    exercise = EXAMPLES["notebook"].exercise
    (_, hidden) = boxes_of(exercise, "backward", CONVENTIONS["notebook"])
    assert [number_label(number, CONVENTIONS["notebook"]) for number in hidden][2:] == ["−δ h1", "−δ h2"]
    assert [number.id for number in hidden][2:] == ["minus_delta1.1", "minus_delta1.2"]


@pytest.mark.parametrize("name", ["pytorch", "scalar"])
def test_where_a_gradient_is_a_grad_no_number_has_another_name_for_it(name):
    exercise = EXAMPLES["mazur"].exercise
    labels = [number_label(number, CONVENTIONS[name]) for number in answerable(exercise).values()]
    assert not [label for label in labels if "dL" in label]
    assert any(label.startswith("b.grad ") for label in labels)
