"""The film of the data's sliders: at each place what the data then is."""

import base64
import json
from dataclasses import replace

import numpy as np
import pytest

from core.data import DATASETS
from ui.training.data import load
from ui.training.data_film import data_film, data_key
from ui.training.film import in_test
from ui.training.state import Chosen

NOISY = [name for name, dataset in DATASETS.items() if dataset.noisy]


def frame(text, shape, place):
    numbers = np.frombuffer(base64.b64decode(text), dtype="<f4").reshape(-1, *shape)
    return numbers[min(place, len(numbers) - 1)]


@pytest.mark.parametrize("name", NOISY)
def test_each_frame_has_the_samples_of_its_noise(name):
    chosen = Chosen(name, samples=40, seed=3)
    data = load(chosen, None)
    film = data_film(chosen, data)
    assert film["noises"][0] == 0
    assert film["noises"][-1] == 0.5
    for place in (0, 7, len(film["noises"]) - 1):
        there = load(replace(chosen, noise=film["noises"][place]), None)
        np.testing.assert_allclose(frame(film["x"], there.positions.shape, place), there.positions, rtol=1e-6)
        np.testing.assert_allclose(frame(film["y"], there.own_y.shape, place), there.own_y, rtol=1e-6)


@pytest.mark.parametrize("name", ["circle", "tips", "points"])
def test_the_first_of_the_order_are_for_training_at_each_share(name):
    chosen = Chosen(name, samples=41, seed=3)
    film = data_film(chosen, load(chosen, None))
    for share, count in zip(film["shares"], film["counts"], strict=True):
        data = load(replace(chosen, train_share=share), None)
        expected = in_test(data)
        assert (np.array(film["order"]) >= count).tolist() == expected[: len(film["order"])].tolist()


def test_data_whose_samples_are_others_has_another_key():
    chosen = Chosen("circle")
    same = (replace(chosen, noise=0.3), replace(chosen, train_share=0.8), replace(chosen, features=("x1",)))
    other = (replace(chosen, seed=2), replace(chosen, samples=40), replace(chosen, name="xor"))
    assert {data_key(each) for each in same} == {data_key(chosen)}
    assert data_key(chosen) not in {data_key(each) for each in other}


@pytest.mark.parametrize("name", NOISY)
def test_a_film_is_small_beside_that_of_a_run(name):
    chosen = Chosen(name, samples=5000)
    assert len(json.dumps(data_film(chosen, load(chosen, None)))) < 250_000
