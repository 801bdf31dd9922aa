import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.relevance import explained_share


def test_of_numbers_it_is_the_squared_correlation():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 3))
    y = x[:, :1] - 0.3 * x[:, 1:2] + rng.normal(size=(50, 1))
    expected = [np.corrcoef(x[:, k], y[:, 0])[0, 1] ** 2 for k in range(3)]
    assert explained_share(x, y) == pytest.approx(expected)


def test_of_classes_it_is_the_correlation_ratio():
    # By hand: class means 2 and 6 around 4; between 2·4 + 2·4 = 16 of 16 + 4·1 = 20 in all.
    x = np.array([[1.0], [3], [5], [7]])
    y = np.eye(3)[[0, 0, 2, 2]]
    assert explained_share(x, y) == pytest.approx([16 / 20])
    assert explained_share(x, y[:, 2:]) == pytest.approx([16 / 20])


@pytest.mark.parametrize("y", [[[1.0], [2], [3]], np.eye(3), [[4.0]] * 3])
def test_where_nothing_varies_nothing_is_explained(y):
    x = np.array([[0.1, 1], [0.1, 2], [0.1, 4]])
    share = explained_share(x, y)
    assert share[0] == 0
    assert np.all(np.isfinite(share))


@given(
    st.lists(st.tuples(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15)), min_size=1, max_size=9),
    st.floats(1e-3, 1e3),
)
def test_it_lies_between_0_and_1_whatever_the_units(rows, unit):
    x, y = np.array(rows)[:, :1], np.array(rows)[:, 1:]
    share = explained_share(x, y)
    assert np.all((share >= 0) & (share <= 1 + 1e-9))
    if np.ptp(x) > 1e-3:
        assert explained_share(unit * x, y) == pytest.approx(share, abs=1e-3)
