from dataclasses import replace

import numpy as np
import pytest

from core.data import DATASETS
from ui.own_data import Table
from ui.training_data import load
from ui.training_state import REAL, Chosen


@pytest.mark.parametrize("name", [*DATASETS, *REAL, "points"])
def test_every_data_set_is_ready_to_train_on(name):
    data = load(Chosen(name), None)
    count = len(data.x)
    assert data.y.shape[0] == len(data.positions) == count
    assert sorted([*data.train, *data.test]) == list(range(count))
    assert data.x.shape[1] == len(data.input_names)
    assert np.all(np.isfinite(data.x))
    assert np.all(np.isfinite(data.y))
    assert len(data.plane.names) == data.positions.shape[1] == len(data.plane.low)
    assert np.all(data.positions >= data.plane.low)
    assert np.all(data.positions <= data.plane.high)
    expected = 2 if data.task == "binary" else max(1, data.y.shape[1])
    assert len(data.output_names) == expected
    if data.positions.shape[1] == data.x.shape[1]:
        np.testing.assert_allclose(data.plane.inputs(data.positions), data.x)


def test_features_are_made_of_the_two_coordinates():
    data = load(Chosen("circle", features=("x1_squared", "x2_squared")), None)
    np.testing.assert_allclose(data.x, data.positions**2)
    assert data.input_names == ("x₁²", "x₂²")


def test_a_truth_table_is_trained_on_whole():
    data = load(Chosen("truth_xor"), None)
    assert len(data.train) == 4
    assert len(data.test) == 0


def test_other_columns_are_held_at_their_means_on_the_plane():
    data = load(Chosen("iris"), None)
    at = data.plane.inputs(np.array([[1.0, 2.0], [3.0, 4.0]]))
    np.testing.assert_allclose(at[:, :2], [[1, 2], [3, 4]])
    np.testing.assert_allclose(at[:, 2:], np.tile(data.x.mean(axis=0)[2:], (2, 1)))
    assert data.plane.note == "The other 2 inputs are held at their means."


def test_points_are_of_two_or_three_classes():
    two = load(Chosen("points", points=((0, 1, 0), (1, 0, 1))), None)
    assert (two.task, two.y.tolist()) == ("binary", [[0], [1]])
    three = load(Chosen("points", points=((0, 1, 0), (1, 0, 2))), None)
    assert (three.task, three.y.tolist()) == ("classes", [[1, 0, 0], [0, 0, 1]])


def test_a_table_takes_its_last_column_as_the_target():
    table = Table(("a", "b", "c"), (("1", "2", "3"), ("2", "3", "5"), ("4", "1", "5")))
    data = load(Chosen("own", standardize=False, train_share=1), table)
    assert data.input_names == ("a", "b")
    np.testing.assert_allclose(data.y[:, 0], [3, 5, 5])
    fewer = load(replace(Chosen("own", standardize=False), target="a", columns=("c",)), table)
    assert fewer.input_names == ("c",)
    assert fewer.positions.shape == (3, 1)


def test_what_cannot_be_trained_on_is_said_in_a_sentence():
    with pytest.raises(ValueError, match="There is no table of your own yet"):
        load(Chosen("own"), None)
    with pytest.raises(ValueError, match="fur"):
        load(Chosen("iris", target="fur"), None)
