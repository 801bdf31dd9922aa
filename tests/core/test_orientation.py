"""Formulas over turned arrays and over error terms come to the numbers of the core."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.derivation import Formula, derive, numbers, shapes
from core.error_terms import over_error_terms, signed_numbers, with_minus, without_minus
from core.examples import EXAMPLES
from core.expressions import Symbol, apply, element, multiply, negative, shape, subtract, value
from core.orientation import Orientation, oriented
from tests.core.strategies import exercises

ORIENTATIONS = [Orientation(*turned) for turned in product((False, True), repeat=2)]


def turned_numbers(exercise, orientation):
    known = signed_numbers(numbers(exercise, exercise.step()))

    def number(symbol):
        _, plain = without_minus(symbol)
        array = orientation.array(plain, known(Symbol(symbol.name, symbol.layer)))
        return array if symbol.index is None else array[symbol.index]

    return number


@given(exercises(), st.sampled_from(ORIENTATIONS), st.booleans())
def test_every_formula_comes_to_the_array_of_the_core_as_it_stands(exercise, orientation, is_error_term):
    network = exercise.network
    known = turned_numbers(exercise, orientation)
    size = shapes(network)

    def shape_of(symbol):
        _, plain = without_minus(symbol)
        return orientation.shape(plain, size(plain))

    for formula in derive(network, train_biases=exercise.train_biases):
        written = oriented(formula, orientation)
        if is_error_term:
            written = over_error_terms(written)
            assert written.left == with_minus(formula.left)
        expected = np.asarray(known(written.left))
        # What is the same for all numbers of an array has no shape of its own.
        found = np.broadcast_to(value(written.right, known), expected.shape)
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
        assert shape(written.right, shape_of) in (expected.shape, ())
        for index in np.ndindex(expected.shape):
            one = value(element(written.right, index, shape_of), known)
            assert one == pytest.approx(expected[index], rel=1e-9, abs=1e-12)
        for because in written.because:
            found = np.broadcast_to(value(because, known), expected.shape)
            np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)


def right_of(name, layer, orientation):
    formulas = derive(EXAMPLES["notebook"].exercise.network)
    (formula,) = (each for each in formulas if each.left == Symbol(name, layer))
    return oriented(formula, orientation).right


def test_products_turn_around():
    a, W, delta = Symbol("a", 1), Symbol("W", 2), Symbol("delta", 2)
    columns, torch = Orientation(True, True), Orientation(False, True)
    assert right_of("z", 2, columns) == apply("matmul", W, a)
    assert right_of("dW", 2, columns) == apply("matmul", delta, apply("transpose", a))
    assert right_of("da", 1, columns) == apply("matmul", apply("transpose", W), delta)
    assert right_of("z", 2, torch) == apply("matmul", a, apply("transpose", W))
    assert right_of("dW", 2, torch) == apply("matmul", apply("transpose", delta), a)
    assert right_of("da", 1, torch) == apply("matmul", delta, W)


def test_places_and_shapes_turn_with_their_arrays():
    columns = Orientation(True, True)
    assert columns.shape(Symbol("W", 1), (3, 2)) == (2, 3)
    assert columns.shape(Symbol("b", 1), (2,)) == (2, 1)
    assert columns.shape(Symbol("loss"), ()) == ()
    assert Orientation(False, True).shape(Symbol("b", 1), (2,)) == (2,)


def test_an_error_term_has_no_sign_that_it_does_not_need():
    y, y_hat, eta = Symbol("y"), Symbol("a", 2), Symbol("eta")
    slope = over_error_terms(Formula(Symbol("da", 2), subtract(y_hat, y)))
    assert slope == Formula(Symbol("minus_da", 2), subtract(y, y_hat))
    step = over_error_terms(Formula(Symbol("step_W", 1), multiply(negative(eta), Symbol("dW", 1))))
    assert step == Formula(Symbol("step_W", 1), multiply(eta, Symbol("minus_dW", 1)))
