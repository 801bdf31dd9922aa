import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes

from core.features import FEATURES, make_features

POINT = [[2.0, -3.0]]
VALUES = {
    "x1": 2.0,
    "x2": -3.0,
    "x1_squared": 4.0,
    "x2_squared": 9.0,
    "x1_x2": -6.0,
    "sin_x1": 0.9092974268256817,
    "sin_x2": -0.1411200080598672,
}


def test_the_features_are_playgrounds_seven():
    assert list(FEATURES) == list(VALUES)
    assert [feature.label for feature in FEATURES.values()] == [
        "x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂",
    ]  # fmt: skip


@pytest.mark.parametrize("name", FEATURES)
def test_a_feature_is_what_its_label_says(name):
    assert make_features(POINT, (name,)) == pytest.approx(np.array([[VALUES[name]]]))


@given(
    array_shapes(min_dims=0, max_dims=2, max_side=3), st.lists(st.sampled_from(list(FEATURES)), min_size=1)
)
def test_columns_come_in_the_order_asked_for_with_leading_axes(lead, names):
    x = np.random.default_rng(1).uniform(-6, 6, (*lead, 5, 2))
    columns = make_features(x, names)
    assert columns.shape == (*lead, 5, len(names))
    for place, name in enumerate(names):
        assert np.array_equal(columns[..., place], make_features(x, [name])[..., 0])


def test_float32_stays_float32():
    assert make_features(np.ones((3, 2), dtype=np.float32), list(FEATURES)).dtype == np.float32


@pytest.mark.parametrize(
    ("x", "names", "sentence"),
    [
        (POINT, (), "features must name one or more of x1, .*, sin_x2, got none"),
        (POINT, ("x1", "x3"), "features must be among x1, .*, sin_x2, got 'x3'"),
        ([[1.0]], ("x1",), r"x must have shape \(N, 2\), got \(1, 1\)"),
        ([1.0, 2.0], ("x1",), r"x must have shape \(N, 2\), got \(2,\)"),
    ],
)
def test_refuses_what_it_cannot_make(x, names, sentence):
    with pytest.raises(ValueError, match=sentence):
        make_features(x, names)
