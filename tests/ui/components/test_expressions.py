"""Trees of formulas in the browser are those of the core: their shapes, single numbers, cases and values."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.derivation import derive, numbers, shapes
from core.expressions import element, resolve, shape, symbols, value
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import exercises
from tests.hypothesis_profiles import examples
from ui.components.live_network.payload import build_formulas, tree


def cases_of(exercise):
    """Every expression of a step with what the browser is to find, and what it needs for that."""
    network = exercise.network
    known, sizes = numbers(exercise, exercise.step()), shapes(network)
    for sums_to_one in (False, True):
        for formula in derive(network, sums_to_one=sums_to_one, train_biases=exercise.train_biases):
            indices = list(np.ndindex(sizes(formula.left)))
            for expression in (*formula.because, formula.right):
                elements = [element(expression, index, sizes) for index in indices]
                read = {symbol for each in elements for symbol in symbols(each)}
                case = {
                    "expression": tree(expression),
                    "indices": indices,
                    "shapes": {f"{s.name} {s.layer}": sizes(s) for s in symbols(expression)},
                    "numbers": {
                        " ".join(map(str, (s.name, s.layer, *(s.index or ())))): float(known(s)) for s in read
                    },
                }
                found = [
                    (tree(each), tree(resolve(each, known)), float(value(each, known))) for each in elements
                ]
                yield case, (shape(expression, sizes), found)


@settings(examples(1 / 10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(exercises(), min_size=10, max_size=10))
def test_the_browser_finds_the_same_shapes_numbers_and_cases(run_javascript, drawn):
    cases, expected = zip(*(case for exercise in drawn for case in cases_of(exercise)), strict=True)
    for found, (size, elements) in zip(run_javascript("read_expressions.js", cases), expected, strict=True):
        assert tuple(found["shape"]) == size
        for at, (element_tree, resolved, number) in zip(found["elements"], elements, strict=True):
            assert at["element"] == json.loads(json.dumps(element_tree))
            assert at["resolved"] == json.loads(json.dumps(resolved))
            # The last digit of e^z and its like differs from one library to another.
            assert at["values"] == pytest.approx([number, number], rel=1e-12, abs=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_both_formulas_are_sent_where_the_targets_decide(activation, loss):
    network = Network((2, 3, 2), ("tanh", activation), loss)
    sent = build_formulas(network, train_biases=False)
    for sums_to_one in (False, True):
        formulas = derive(network, sums_to_one=sums_to_one, train_biases=False)
        for formula, each in zip(formulas, sent, strict=True):
            sides = each.get("if_sums_to_one", each) if sums_to_one else each
            assert each["left"] == tree(formula.left)
            assert sides["right"] == tree(formula.right)
            assert sides["because"] == [tree(expression) for expression in formula.because]
    decide = (loss, activation) == ("categorical_cross_entropy", "softmax")
    assert any("if_sums_to_one" in each for each in sent) == decide
