from dataclasses import replace

import numpy as np
import pytest

from core.data import DATASETS
from ui.training.data import load
from ui.training.data_sentences import scaled_sentence
from ui.training.own_data import DataTable
from ui.training.sample import missing_sample, sample_row, sample_sentence, target_text
from ui.training.state import REAL, Chosen, Training


@pytest.mark.parametrize("name", [*DATASETS, *REAL, "points"])
def test_the_sample_is_the_first_of_the_batch_until_one_is_picked(name):
    state = Training(Chosen(name))
    data = load(state.data, None)
    batch = data.train[1:3]
    assert sample_row(state, data, batch) == batch[0]
    for row in (0, len(data.own_y) - 1):
        picked = replace(state, sample=row + 1)
        assert missing_sample(picked, data) is None
        assert sample_row(picked, data, batch) == row
        assert f"target {target_text(data, row)}." in sample_sentence(picked, data, row, 7)


def test_a_sample_that_is_not_there_is_named_and_another_one_taken():
    state = Training(sample=501)
    data = load(state.data, None)
    assert missing_sample(state, data) == "The sample got 501; this data has samples 1 to 500."
    assert sample_row(state, data, data.train) == data.train[0]


def test_the_sentence_says_which_sample_with_its_numbers():
    state = Training()
    data = load(state.data, None)
    data = data._replace(own_x=np.full_like(data.own_x, 1.5), own_y=np.ones_like(data.own_y))
    train, test = int(data.train[0]), int(data.test[0])
    first = sample_sentence(state, data, train, 32)
    assert first == (
        f"Sample {train + 1}, the first of the batch that step 33 takes: x₁ 1.500, x₂ 1.500; target disk."
    )
    for row, kind in ((train, "training"), (test, "test")):
        sentence = sample_sentence(replace(state, sample=row + 1), data, row, 32)
        assert sentence.startswith(f"Sample {row + 1}, a {kind} sample: x₁")


def test_of_a_number_the_target_is_named_too():
    table = DataTable(("a", "price"), (("1", "2"), ("2", "4.5"), ("3", "6")))
    assert target_text(load(Chosen("own", standardize=False), table), 1) == "price 4.500"


def test_whole_numbers_of_a_column_are_whole():
    rows = (("1250", "1", "0.5"), ("1000000", "3", "2"), ("-3", "2", "4"), ("7", "9", "8"))
    data = load(Chosen("own"), DataTable(("price", "pieces", "weight"), rows))
    state = Training(Chosen("own"), sample=2)
    sentence = sample_sentence(state, data, 1, 0)
    assert sentence.endswith("price 1000000, pieces 3; target weight 2.000.")
    assert "pieces 3 → " in scaled_sentence(data, 1)
