"""What is sent to the drawing with boxes."""

import json
from collections import Counter

import pytest

from core.answers import SheetLayout
from core.examples import EXAMPLES
from ui.components.answer_boxes.payload import Box, boxes_model, given_numbers, place_of
from ui.components.base.sent import read_typed
from ui.components.base.sent_fields import Change


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_quantity_stands_at_a_unit_or_a_weight_of_the_network_or_alone(name):
    exercise = EXAMPLES[name].exercise
    network = exercise.network
    model = boxes_model(network, given_numbers(exercise), [])
    units = [unit["id"] for unit in model["units"]]
    places = {*units, *(edge["id"] for edge in model["edges"])}
    alone = {quantity for quantity in SheetLayout(network).columns if not place_of(quantity, network)}
    assert alone == {"loss", "loss_after"}
    assert {place_of(quantity, network) for quantity in SheetLayout(network).columns} - {""} <= places
    assert {number.place for number in given_numbers(exercise)} <= places


def test_places_are_those_of_the_quantity():
    network = EXAMPLES["mazur"].exercise.network
    asked = ("z1.2", "minus_delta2.1", "error2", "dw1.2.1", "step.w2.1.2", "after.b2.2", "minus_db1.1")
    assert [place_of(name, network) for name in asked] == [
        *("n1.2", "n2.1", "n2.2", "w1.2.1", "w2.1.2", "n2.2", "n1.1"),
    ]


def test_of_what_is_given_each_number_stands_once_and_nothing_that_is_computed():
    exercise = EXAMPLES["mazur"].exercise
    given = given_numbers(exercise)
    count = Counter(number.place[0] for number in given)
    # Two inputs, four biases and two targets; eight weights.
    assert count == {"n": 8, "w": 8}
    assert {number.label for number in given} == {"", "b", "y1", "y2"}


def test_the_model_is_plain_data():
    exercise = EXAMPLES["notebook"].exercise
    box = Box("z1.1", "n1.1", "z", "z h1", "0.24", "right", "right", "right")
    model = boxes_model(exercise.network, given_numbers(exercise), [box], lit="z1.1", announcement="One.")
    assert json.loads(json.dumps(model)) == model
    assert model["edges"][1] == {"id": "w1.1.2", "from": 0, "to": 4}


def test_what_is_typed_is_read_whatever_is_sent():
    sent = {
        "typed": {"seq": 3, "changes": [{"seq": 3, "id": "z1.1", "text": "0.5"}, {"id": 7}], "at": "?a=1"}
    }
    typed = read_typed(sent)
    assert (typed.seq, typed.at) == (3, "?a=1")
    assert typed.changes == (Change(3, "z1.1", "0.5"),)
    unreadable: list[object] = [None, [], {"typed": None}, {"typed": {"changes": 5, "seq": -1}}]
    for nothing in unreadable:
        assert read_typed(nothing).changes == ()
