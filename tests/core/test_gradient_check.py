import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from core.examples import DEFAULT_EXAMPLE
from core.gradient_check import numerical_gradient, relative_error
from core.network import Network

# Rounded, so that no square underflows.
numbers = st.floats(-1e6, 1e6).map(lambda number: round(number, 9))
pairs = st.integers(1, 6).flatmap(lambda n: st.tuples(*[arrays(float, n, elements=numbers)] * 2))


@given(pairs)
def test_relative_error_is_symmetric_and_between_0_and_1(pair):
    a, n = pair
    error = relative_error(a, n)
    assert 0 <= error <= 1 + 1e-15
    assert error == relative_error(n, a)
    assert (error == 0) == np.array_equal(a, n)


@given(pairs, st.floats(1e-3, 1e3))
def test_relative_error_does_not_depend_on_the_unit(pair, factor):
    a, n = pair
    assert relative_error(factor * a, factor * n) == pytest.approx(relative_error(a, n), rel=1e-9, abs=1e-15)


def test_relative_error_of_known_vectors():
    assert relative_error([0, 0], [0, 0]) == 0
    assert relative_error([1, -2], [-1, 2]) == 1
    assert relative_error([3, 4], [0, 0]) == 1
    assert relative_error([3, 0], [0, 4]) == pytest.approx(5 / 7)


def test_central_differences_of_a_parabola_are_exact():
    # L = ½ (y − x w)², dL/dw = −x (y − x w) = −2 (1 − 2 · 3) = 10.
    network = Network((1, 1), ("identity",), bias=False)
    gradient = numerical_gradient(network, [3.0], [[2.0]], [[1.0]], h=0.5)
    assert gradient.tolist() == [10.0]


@pytest.mark.parametrize(
    ("h", "expected", "factor"),
    # Too large an h and the curve bends between the two points, as h²; too small an h and round-off, which
    # depends on the machine, is divided by it.
    [(1e-2, 3.6e-6, 3), (1e-4, 3.6e-10, 3), (1e-5, 1.3e-11, 3), (1e-8, 5.7e-9, 30), (1e-10, 2.3e-7, 30)],
)
def test_the_error_of_the_first_output_weight_falls_with_h_then_rises(h, expected, factor):
    exercise = DEFAULT_EXAMPLE.exercise
    numerical = numerical_gradient(
        exercise.network, exercise.theta_array, exercise.x_array, exercise.y_array, h
    )
    # W_ho[0]: the published figures are those of the first weight from hidden to output.
    error = relative_error(exercise.step().gradient.theta[6], numerical[6])
    assert expected / factor < error < expected * factor


def test_a_wrong_gradient_is_found_out():
    exercise = DEFAULT_EXAMPLE.exercise
    gradient = exercise.step().gradient.theta
    numerical = numerical_gradient(exercise.network, exercise.theta_array, exercise.x_array, exercise.y_array)
    assert relative_error(gradient, numerical) < 1e-9
    assert relative_error(gradient * np.where(np.arange(8) == 6, 1.01, 1), numerical) > 1e-3


@pytest.mark.parametrize("size", [1e-200, 1.0, 1e200])
def test_relative_error_does_not_depend_on_the_size(size):
    assert relative_error([size], [2 * size]) == pytest.approx(1 / 3)
    assert relative_error([0.0], [0.0]) == 0
