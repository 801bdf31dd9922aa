"""The stages in words: shapes are those of the arrays, and every stage has words of its own."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.derivation import numbers
from core.examples import EXAMPLES
from core.expressions import Symbol
from core.losses import LOSSES
from core.network import Network
from core.stages import stages
from tests.core.strategies import exercises
from ui.text.conventions import CONVENTIONS
from ui.text.stages import stage_texts

NAMES = {
    "ŷ": "a",
    "x": "a",
    "dL/dŷ": "da",
    "dL/da": "da",
    "dL/dW": "dW",
    "dL/db": "db",
    "f′(z": "slope",
    "δ": "delta",
    "L": "loss",
}


@given(exercises())
def test_the_shapes_are_those_of_the_arrays(exercise):
    network = exercise.network
    last = len(network.widths) - 1
    known = numbers(exercise, exercise.step())
    for text in stage_texts(network, train_biases=exercise.train_biases):
        for array in text["shapes"]:
            letter, digits = re.findall(r"(\D+)(\d*)", array["symbol"])[0]
            symbol = NAMES.get(letter, letter)
            layer = last if letter in ("ŷ", "dL/dŷ") else int(digits or 0)
            shape = known(Symbol(symbol, layer)).shape
            assert array["shape"] == (str(shape) if shape else "a number")
            assert array["axes"].count("×") == max(len(shape) - 1, 0)


@given(exercises(), st.sampled_from(list(CONVENTIONS.values())))
def test_every_stage_has_words_of_its_own(exercise, convention):
    network = exercise.network
    texts = stage_texts(network, convention)
    assert [text["id"] for text in texts] == [stage.id for stage in stages(network)]
    for part in ("symbol", "title"):
        assert len({text[part] for text in texts}) == len(texts)
    assert all(text["sentence"].endswith(".") for text in texts)


def test_what_cancels_is_neither_read_nor_computed():
    network = EXAMPLES["notebook"].exercise.network
    texts = {text["id"]: text for text in stage_texts(network)}
    assert texts["delta2"]["code"] == ["slope2 = y_hat * (1 - y_hat)", "delta2 = dy_hat * slope2"]
    fused = replace(network, loss="binary_cross_entropy")
    texts = {text["id"]: text for text in stage_texts(fused)}
    assert texts["delta2"]["code"] == ["delta2 = y_hat - y"]
    assert [array["symbol"] for array in texts["delta2"]["shapes"]] == ["ŷ", "y", "δ2"]
    # What nothing reads has no equation either.
    assert texts["delta2"]["writes"] == [("delta", 2)]


def test_arrays_are_named_and_turned_as_the_convention_has_them():
    network = EXAMPLES["notebook"].exercise.network
    expected = {
        "rows": {"x": "(1, 3)", "δ1": "(1, 2)", "dL/dW1": "(3, 2)"},
        "notebook": {"x": "(1, 3)", "−δ1": "(1, 2)", "−dL/dW1": "(3, 2)"},
        "textbook": {"x": "(3, 1)", "δ1": "(2, 1)", "dL/dW1": "(2, 3)"},
        "pytorch": {"x": "(1, 3)", "z1.grad": "(1, 2)", "W1.grad": "(2, 3)"},
        "scalar": {},
    }
    for name, convention in CONVENTIONS.items():
        texts = {text["id"]: text for text in stage_texts(network, convention)}
        shapes = {array["symbol"]: array["shape"] for array in texts["dW1"]["shapes"]}
        assert shapes == expected[name]


def loss_sentence(output, loss, convention):
    network = Network((3, 2), (output,), loss)
    return next(text for text in stage_texts(network, CONVENTIONS[convention]) if text["id"] == "loss")[
        "sentence"
    ]


@pytest.mark.parametrize("loss", LOSSES)
def test_torch_has_the_reduction_that_gives_the_number_of_the_page(loss):
    for output in ACTIVATIONS:
        sentence = loss_sentence(output, loss, "pytorch")
        # Torch's has softmax inside, and takes no logarithm of what is no probability.
        is_fused = LOSSES[loss].fused == output
        has_one = loss != "categorical_cross_entropy" or is_fused
        if loss == "binary_cross_entropy":
            has_one = output in ("sigmoid", "softmax")
            assert ("BCEWithLogitsLoss" in sentence) == is_fused
        assert ("In torch: " in sentence) == has_one, (output, sentence)


@pytest.mark.parametrize("loss", LOSSES)
def test_numpy_has_a_sentence_on_a_loss_that_its_line_computes_from_z(loss):
    for output in ACTIVATIONS:
        is_fused = LOSSES[loss].fused == output
        assert ("computes it from z" in loss_sentence(output, loss, "rows")) == is_fused
        assert ("computes it from z" in loss_sentence(output, loss, "scalar")) == is_fused


def test_titles_and_sentences_are_of_the_convention():
    network = EXAMPLES["notebook"].exercise.network
    for name, convention in CONVENTIONS.items():
        is_error_term = name == "notebook"
        texts = {text["id"]: text for text in stage_texts(network, convention)}
        backward = [texts[name] for name in ("da2", "delta2", "dW2", "da1", "delta1", "dW1")]
        words = " ".join(text["title"] + " " + text["sentence"] for text in backward)
        assert ("error term of" in words.lower()) == is_error_term
        assert ("the δ of the unit" in words) == (name in ("rows", "textbook"))
        title = {"notebook": "Error term", "pytorch": "z.grad", "scalar": "z.grad"}.get(name, "δ")
        assert texts["delta1"]["title"] == f"{title} of the hidden layer"


def test_biases_that_are_held_fixed_are_named_where_the_weights_move():
    network = replace(EXAMPLES["notebook"].exercise.network, bias=True)
    step = {train: stage_texts(network, train_biases=train)[-3]["sentence"] for train in (True, False)}
    assert "held fixed" in step[False]
    assert "held fixed" not in step[True]
