import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.arrays import finite
from ui.figures.thin import MAX_POINTS, shorten, thin


def test_nothing_can_be_thinned():
    assert thin([], []) == ([], [])


def test_a_line_keeps_its_values():
    steps, values = thin(range(0, 20_000, 2), [1 / (k + 1) for k in range(10_000)])
    assert len(steps) == MAX_POINTS
    assert values == [1 / (step // 2 + 1) for step in steps]


def test_what_is_not_finite_leaves_a_gap():
    assert finite([1.0, math.nan, math.inf, -math.inf]) == [1.0, None, None, None]


@pytest.mark.parametrize(
    ("name", "length", "expected"),
    [("x1", 4, "x1"), ("petal length", 12, "petal length"), ("class number 10", 9, "clas…r 10")],
)
def test_a_long_name_keeps_both_ends(name, length, expected):
    assert shorten(name, length) == expected


@given(st.text(), st.integers(3, 20))
def test_a_short_name_is_short(name, length):
    assert len(shorten(name, length)) <= length
