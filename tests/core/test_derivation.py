"""The formulas of a step, against the numbers of the core."""

import numpy as np
from hypothesis import given

from core.derivation import derive, numbers, shapes
from core.expressions import element, resolve, shape, symbols, value
from tests.core.strategies import exercises


def close(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def indices(size):
    return list(np.ndindex(size))


@given(exercises())
def test_every_formula_comes_to_the_array_of_the_core(exercise):
    network = exercise.network
    known = numbers(exercise, exercise.step())
    sums_to_one = abs(sum(exercise.y) - 1) < 1e-12
    formulas = derive(network, sums_to_one=sums_to_one, train_biases=exercise.train_biases)
    for formula in formulas:
        for expression in (*formula.because, formula.right):
            size = np.shape(known(formula.left))
            # A slope that is 1 everywhere is one number.
            assert np.broadcast_shapes(shape(expression, shapes(network)), size) == size
            close(value(expression, known), known(formula.left))


@given(exercises())
def test_every_number_of_a_formula_comes_to_the_number_of_the_core(exercise):
    network = exercise.network
    known = numbers(exercise, exercise.step())
    for formula in derive(network, train_biases=exercise.train_biases):
        for index in indices(shapes(network)(formula.left)):
            number = element(formula.right, index, shapes(network))
            assert all(symbol.index is not None for symbol in symbols(number))
            close(value(number, known), known(formula.left)[index])
            close(value(resolve(number, known), known), known(formula.left)[index])
