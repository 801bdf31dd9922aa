"""The stages in words: shapes are those of the arrays, and every stage has words of its own."""

import re
from dataclasses import replace

from hypothesis import given

from core.derivation import numbers
from core.examples import EXAMPLES
from core.expressions import Symbol
from core.stages import stages
from tests.core.strategies import exercises
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


@given(exercises())
def test_every_stage_has_words_of_its_own(exercise):
    network = exercise.network
    texts = stage_texts(network)
    assert [text["id"] for text in texts] == [stage.id for stage in stages(network)]
    for part in ("symbol", "title"):
        assert len({text[part] for text in texts}) == len(texts)
    assert all(text["sentence"].endswith(".") for text in texts)


def test_what_cancels_is_neither_read_nor_computed():
    network = EXAMPLES["notebook"].exercise.network
    texts = {text["id"]: text for text in stage_texts(network)}
    assert texts["delta2"]["numpy"] == ["slope2 = y_hat * (1 - y_hat)", "delta2 = dy_hat * slope2"]
    fused = replace(network, loss="binary_cross_entropy")
    texts = {text["id"]: text for text in stage_texts(fused)}
    assert texts["delta2"]["numpy"] == ["delta2 = y_hat - y"]
    assert [array["symbol"] for array in texts["delta2"]["shapes"]] == ["ŷ", "y", "δ2"]
