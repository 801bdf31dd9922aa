from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities, unit_label
from core.network import Network
from tests.core.strategies import exercises, networks, values

NOTEBOOK = DEFAULT_EXAMPLE.exercise


@given(networks())
def test_quantities_are_the_inputs_theta_the_targets_and_eta(network):
    found = quantities(network)
    places = {kinds: [q.place for q in found if q.kind in kinds] for kinds in ("x", "wb", "y")}
    assert places == {
        "x": list(range(network.widths[0])),
        "wb": list(range(network.n_parameters)),
        "y": list(range(network.widths[-1])),
    }
    assert found[-1].id == "eta"
    assert len({q.id for q in found}) == len({q.label for q in found}) == len(found)


@given(exercises())
def test_ids_and_places_name_the_same_number(exercise):
    layers = exercise.network.layers(exercise.theta_array)
    for q in quantities(exercise.network):
        value = exercise.value(q)
        if q.kind == "w":
            assert q.id == f"w{q.layer}.{q.row + 1}.{q.column + 1}"
            assert value == layers[q.layer - 1].W[q.row, q.column]
        elif q.kind == "b":
            b = layers[q.layer - 1].b
            assert b is not None
            assert q.id == f"b{q.layer}.{q.column + 1}"
            assert value == b[q.column]
        elif q.kind == "eta":
            assert value == exercise.learning_rate
        else:
            assert q.id == f"{q.kind}{q.place + 1}"
            assert value == getattr(exercise, q.kind)[q.place]


@given(networks())
def test_labels_name_the_two_ends_of_a_weight(network):
    for q in quantities(network):
        if q.kind == "w":
            source = unit_label(network, q.layer - 1, q.row)
            assert q.label == f"{source}→{unit_label(network, q.layer, q.column)}"
        elif q.kind == "b":
            assert q.label == f"b→{unit_label(network, q.layer, q.column)}"


@given(exercises(), st.data())
def test_numbers_that_are_set_are_read_back_and_no_other_moves(exercise, data):
    found = quantities(exercise.network)
    chosen = data.draw(st.lists(st.sampled_from(found), unique=True))
    new = {q.id: data.draw(values(exercise, q)) for q in chosen}
    changed = exercise.with_values(new.items())
    assert {q.id: changed.value(q) for q in found} == {q.id: exercise.value(q) for q in found} | new
    assert changed.with_values((q.id, exercise.value(q)) for q in found) == exercise


@given(exercises())
def test_a_step_trains_the_weights_and_the_biases_unless_they_are_fixed(exercise):
    weights = [q.kind == "w" for q in quantities(exercise.network) if q.kind in "wb"]
    expected = np.ones_like(weights) if exercise.train_biases else weights
    assert np.array_equal(exercise.trained, expected)
    step = exercise.step()
    assert step.loss.shape == ()
    assert step.weight_delta.shape == (exercise.network.n_parameters,)
    assert not step.weight_delta[~exercise.trained].any()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"theta": (1.0,) * 7}, "theta must hold 8 numbers, got 7"),
        ({"x": (1.0,) * 4}, "x must hold 3 numbers, got 4"),
        ({"y": ()}, "y must hold 1 numbers, got 0"),
        ({"learning_rate": 0.0}, "learning_rate must be greater than 0, got 0.0"),
        ({"learning_rate": -0.5}, "learning_rate must be greater than 0, got -0.5"),
        ({"network": EXAMPLES["xor"].exercise.network}, "theta must hold 9 numbers, got 8"),
    ],
)
def test_numbers_that_do_not_fit_are_refused_with_what_was_expected(wrong, message):
    with pytest.raises(ValueError, match=message):
        replace(NOTEBOOK, **wrong)


def test_a_number_that_does_not_exist_cannot_be_set():
    with pytest.raises(KeyError, match=r"w1\.1\.3"):
        NOTEBOOK.with_values([("w1.1.3", 1.0)])


@pytest.mark.parametrize(
    ("widths", "layer", "unit", "label"),
    [
        ((3, 2, 1), 0, 2, "x3"),
        ((3, 2, 1), 1, 0, "h1"),
        ((3, 2, 1), 2, 0, "ŷ"),
        ((3, 2, 2), 2, 1, "ŷ2"),
        ((3, 2, 4, 1), 1, 1, "h1,2"),
        ((3, 2, 4, 1), 2, 3, "h2,4"),
        ((1, 1), 1, 0, "ŷ"),
    ],
)
def test_unit_labels(widths, layer, unit, label):
    assert unit_label(Network(widths, ("tanh",) * (len(widths) - 1)), layer, unit) == label


def test_one_sample_is_one_row():
    exercise = Exercise(Network((2, 1), ("tanh",)), (1, 2, 3), (4, 5), (6,), 0.1)
    assert exercise.x_array.tolist() == [[4, 5]]
    assert exercise.y_array.tolist() == [[6]]
    assert exercise.theta_array.tolist() == [1, 2, 3]


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("name", ["w1.1.1", "x1", "y1", "eta"])
def test_numbers_that_are_not_finite_are_refused(name, value):
    with pytest.raises(ValueError, match=r"must be (finite|greater than 0), got"):
        DEFAULT_EXAMPLE.exercise.with_values([(name, value)])
