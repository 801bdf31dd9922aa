"""Exercises drawn from a seed: few decimals, the same for everybody who draws them, and worth computing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.answers import SheetLayout
from core.assignment import ASKABLE, Assignment, asked_ids, count_faults, draw_exercise
from core.losses import LOSSES
from core.mistakes import diagnose
from core.network import Network
from tests.core.strategies import networks
from tests.hypothesis_profiles import examples

NOTEBOOK = Assignment(Network((3, 2, 1), ("sigmoid", "sigmoid"), bias=False))
seeds = st.text(max_size=12)


@st.composite
def assignments(draw):
    network = draw(networks())
    asked = draw(st.sets(st.sampled_from(list(ASKABLE)), min_size=1))
    return Assignment(
        network,
        draw(st.booleans()),
        draw(st.sampled_from([0.1, 0.5, 1.0])),
        tuple(name for name in ASKABLE if name in asked),
        draw(st.integers(3, 6)),
    )


@st.composite
def usual_assignments(draw):
    """What a class computes by hand: few units, activations that are not made to vanish, 4 decimals."""
    hidden = draw(st.sampled_from(["sigmoid", "tanh", "relu", "identity"]))
    output, loss = draw(
        st.sampled_from(
            [
                ("sigmoid", "half_squared_error"),
                ("sigmoid", "binary_cross_entropy"),
                ("identity", "mean_squared_error"),
                ("softmax", "categorical_cross_entropy"),
            ]
        )
    )
    widths = (draw(st.integers(1, 3)), draw(st.integers(1, 3)), 2 if output == "softmax" else 1)
    return Assignment(Network(widths, (hidden, output), loss, draw(st.booleans())), draw(st.booleans()))


@given(assignments(), seeds, seeds)
def test_the_numbers_of_any_exercise_have_one_decimal_and_suit_the_loss(assignment, seed, student):
    exercise = draw_exercise(assignment, seed, student)
    numbers = np.array([*exercise.theta, *exercise.x, *exercise.y])
    assert np.array_equal(numbers, np.round(numbers, 1))
    assert np.all(np.array([*exercise.theta, *exercise.x]) != 0)
    low, high = LOSSES[assignment.network.loss].bounds
    assert all(low <= target <= high for target in exercise.y)
    assert (exercise.network, exercise.learning_rate) == (assignment.network, assignment.learning_rate)


@given(usual_assignments(), seeds, seeds)
def test_what_a_class_computes_by_hand_has_no_fault(assignment, seed, student):
    exercise = draw_exercise(assignment, seed, student)
    assert count_faults(assignment, exercise.theta_array[None], exercise.x_array, exercise.y_array) == 0
    step = exercise.step()
    for index, name in enumerate(assignment.network.activations):
        slope = ACTIVATIONS[name].derivative(step.trace.z[index], step.trace.a[index + 1])
        assert np.any(np.abs(slope) > 0.02)
    for delta in step.gradient.delta:
        assert np.all((np.abs(delta) >= 10 * assignment.unit) | (delta == 0))
        assert np.any(delta != 0)


@given(usual_assignments(), seeds)
@examples(1 / 2)
def test_results_rounded_as_they_are_asked_are_right(assignment, seed):
    exercise = draw_exercise(assignment, seed)
    names = asked_ids(assignment)
    expected = diagnose(exercise, dict.fromkeys(names, "0"))
    rounded = {verdict.quantity: f"{verdict.expected:.{assignment.decimals}f}" for verdict in expected}
    found = diagnose(exercise, rounded)
    assert {verdict.verdict for verdict in found} <= {"exact", "rounded", "noise"}
    assert [verdict.quantity for verdict in found] == list(names)


@given(seeds, st.text(min_size=1, max_size=12))
def test_a_name_gives_the_same_numbers_however_it_is_written(seed, student):
    assert draw_exercise(NOTEBOOK, seed, f"  {student} ") == draw_exercise(NOTEBOOK, seed, student)
    assert draw_exercise(NOTEBOOK, seed, "Ann Lee") == draw_exercise(NOTEBOOK, seed, "ANN  lee")


def test_a_class_has_different_numbers_and_a_student_the_same_in_any_version():
    drawn = {draw_exercise(NOTEBOOK, "7", str(student)) for student in range(60)}
    assert len(drawn) == 60
    assert draw_exercise(NOTEBOOK, "7", "Ada") != draw_exercise(NOTEBOOK, "8", "Ada")
    # Handed out once, these numbers may never change.
    assert draw_exercise(NOTEBOOK, "7", "Ada").x == (-0.6, 0.1, -0.7)


def test_biases_that_are_held_fixed_are_not_asked():
    network = Network((2, 1), ("sigmoid",))
    asked = asked_ids(Assignment(network, False, asked=("gradients", "steps", "after")))
    assert "db1.1" in asked
    assert "step.b1.1" not in asked
    assert "after.b1.1" not in asked
    assert set(asked) < set(SheetLayout(network).columns)


@pytest.mark.parametrize("settings", [{"asked": ()}, {"asked": ("q",)}, {"decimals": 1}, {"decimals": 7}])
def test_what_cannot_be_asked_is_refused(settings):
    with pytest.raises(ValueError, match="must be"):
        Assignment(NOTEBOOK.network, **settings)
