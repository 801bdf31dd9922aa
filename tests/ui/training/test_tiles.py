"""The small pictures by which data and features are chosen."""

import base64

import numpy as np
import pytest

from core.data import DATASETS
from core.features import FEATURES
from ui.training.tiles import DATA_TILES, data_pictures, feature_pictures


def read(text):
    return np.frombuffer(base64.b64decode(text), dtype=np.uint8)


@pytest.mark.parametrize("name", DATA_TILES)
def test_a_picture_of_data_has_all_its_classes_within_the_plane(name):
    dataset = DATASETS[name]
    assert dataset.inputs == 2
    picture = data_pictures()[name]
    points = read(picture["points"]).reshape(-1, 3)
    assert picture["several"] == (dataset.task == "classes")
    assert len(points) >= 50
    assert points[:, :2].max() <= 254
    colors = set(points[:, 2].tolist())
    if dataset.task == "classes":
        assert colors == set(range(dataset.outputs))
    elif dataset.task == "binary":
        assert colors == {0, 254}


def test_a_picture_of_a_feature_rises_to_where_the_feature_is_large():
    pictures = feature_pictures()
    assert set(pictures) == set(FEATURES)
    x1, x2, squared = (
        read(pictures[name]["cells"]).reshape(16, 16).astype(int) for name in ("x1", "x2", "x1_squared")
    )
    assert x1[0, 0] < 127 < x1[0, -1]
    assert x2[0, 0] > 127 > x2[-1, 0]
    assert squared.min() >= 127
