import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from core.arrays import SHORT_SUM, as_array, matmul, spread
from tests.core.strategies import generators

leads = mutually_broadcastable_shapes(num_shapes=2, min_dims=0, max_dims=2, max_side=3)


# Longer sums go another way, through BLAS: the count of terms must reach beyond SHORT_SUM.
@given(generators(), leads, st.tuples(st.integers(1, 4), st.integers(1, SHORT_SUM + 4), st.integers(1, 4)))
def test_matmul_is_the_matrix_product_over_leading_axes(rng, leading, shape):
    n, m, k = shape
    a = rng.standard_normal((*leading.input_shapes[0], n, m))
    b = rng.standard_normal((*leading.input_shapes[1], m, k))
    product = matmul(a, b)
    assert product.shape == (*leading.result_shape, n, k)
    np.testing.assert_allclose(product, np.einsum("...nm,...mk->...nk", a, b), rtol=1e-12, atol=1e-14)


@given(generators(), st.integers(1, SHORT_SUM))
def test_short_sums_are_added_term_by_term_to_the_last_bit(rng, terms):
    a, b = rng.standard_normal((2, terms)).tolist()
    by_hand = a[0] * b[0]
    for left, right in zip(a[1:], b[1:], strict=True):
        by_hand += left * right
    assert matmul(np.array([a]), np.array([b]).T).item() == by_hand


@pytest.mark.parametrize("terms", [1, SHORT_SUM, SHORT_SUM + 1])
def test_matmul_keeps_float32(terms):
    assert matmul(np.ones((2, terms), np.float32), np.ones((terms, 3), np.float32)).dtype == np.float32


@pytest.mark.parametrize("terms", [2, 5, SHORT_SUM])
def test_float32_is_multiplied_by_the_library_however_short_the_sums(terms):
    rng = np.random.default_rng(4)
    a = rng.standard_normal((500, terms)).astype(np.float32)
    b = rng.standard_normal((3, terms, 8)).astype(np.float32)
    np.testing.assert_array_equal(matmul(a, b), a @ b)
    np.testing.assert_allclose(matmul(a, b), matmul(a.astype(float), b.astype(float)), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(
    ("values", "dtype"),
    [
        ([1, 2], np.float64),
        ([True], np.float64),
        (np.zeros(2, np.float16), np.float64),
        (np.zeros(2, np.float32), np.float32),
        (np.zeros(2), np.float64),
        (0.5, np.float64),
    ],
)
def test_numbers_enter_as_floats_and_only_float32_stays_short(values, dtype):
    assert as_array(values).dtype == dtype


def test_an_array_of_floats_is_not_copied():
    array = np.zeros(3)
    assert as_array(array) is array


@given(st.integers(1, 20_000), st.integers(2, 600))
def test_places_are_few_ascending_and_keep_both_ends(count, most):
    places = spread(count, most).tolist()
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (0, count - 1)
    assert len(places) == min(count, most)
