import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.scaling import fit_scaling, unscaled

TABLE = np.array([[20.0, 1, 0.1], [30, 0, 0.1], [40, 1, 0.1], [50, 0, 0.1]])


def test_numbers_get_mean_0_and_deviation_1_and_the_rest_stays():
    scaling = fit_scaling(TABLE, [True, False, True])
    assert scaling.mean == pytest.approx([35, 0, 0.1])
    assert scaling.deviation == pytest.approx([np.std([20, 30, 40, 50]), 1, 1])
    scaled = scaling.scaled(TABLE)
    assert (scaled[:, 0].mean(), scaled[:, 0].std()) == pytest.approx((0, 1))
    assert scaled[:, 1].tolist() == [1, 0, 1, 0]
    assert scaling.changes.tolist() == [True, False, True]


def test_where_nothing_varies_nothing_is_divided():
    assert fit_scaling([[0.1]] * 7, [True]).deviation.tolist() == [1]
    assert fit_scaling([[5.0, 3.0]], [True, True]).deviation.tolist() == [1, 1]
    tiny = np.array([[0.0], [1e-200], [1e-310]])
    assert np.all(np.isfinite(fit_scaling(tiny, [True]).scaled(tiny)))


def test_nothing_scaled_is_the_very_same_numbers():
    assert unscaled(3).scaled(TABLE).tolist() == unscaled(3).own(TABLE).tolist() == TABLE.tolist()
    assert not unscaled(3).changes.any()


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=20))
def test_scaling_can_be_undone(rows):
    own = np.array(rows)
    scaling = fit_scaling(own, [True, True])
    undone = scaling.own(scaling.scaled(own))
    assert undone == pytest.approx(own, rel=1e-9, abs=1e-9 * max(1, np.abs(own).max()))


def test_float32_stays_float32():
    scaling = fit_scaling(TABLE, [True] * 3)
    assert scaling.own(TABLE.astype(np.float32)).dtype == np.float32
