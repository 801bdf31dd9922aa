"""What is given of an exercise, as it stands on a page, on paper and in a quiz."""

import pytest

from core.activations import ACTIVATIONS
from core.assignment import Assignment, draw_exercise
from core.network import Network
from ui.text.given import functions_sentence, given_html, given_tables


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_function_has_a_sign_for_a_power_that_is_not_seen_as_one(name):
    loss = "categorical_cross_entropy" if name == "softmax" else "half_squared_error"
    assert "^" not in functions_sentence(Network((2, 2), (name,), loss))


def test_the_sigmoid_is_written_as_a_quotient():
    sentence = functions_sentence(Network((2, 1), ("sigmoid",)))
    assert sentence == "All units: f(z) = 1 / (1 + exp(−z)). L = ½ Σ (y − ŷ)²."


def test_captions_give_shapes_or_letters_alone():
    exercise = draw_exercise(Assignment(Network((2, 2, 1), ("sigmoid", "sigmoid")), False), "7")
    captions = [[table.caption for table in given_tables(exercise, with_shapes=on)] for on in (True, False)]
    assert captions == [
        [
            "Sample and learning rate",
            "Layer 1: W1 (2, 2), b1 (2,), held fixed",
            "Layer 2: W2 (2, 1), b2 (1,), held fixed",
        ],
        ["Sample and learning rate", "Layer 1: W1, b1, held fixed", "Layer 2: W2, b2, held fixed"],
    ]
    assert "(2,)" not in given_html(exercise, with_shapes=False)
