"""The NumPy code of a step, run, against the numbers of the core."""

import subprocess
import sys
from typing import Any

import numpy as np
from hypothesis import given

from core.derivation import derive, numbers
from core.examples import EXAMPLES
from tests.core.strategies import exercises
from ui.text.numpy_code import formula_code, step_code


def run(code):
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102
    return names


@given(exercises())
def test_every_line_computes_the_array_of_the_core(exercise):
    network = exercise.network
    names = run(step_code(exercise))
    known = numbers(exercise, exercise.step())
    for formula in derive(network, train_biases=exercise.train_biases):
        name = formula_code(formula, network).split(" = ")[0]
        if formula.left.name == "slope" and name not in names:
            continue
        expected = known(formula.left)
        assert np.shape(names[name]) == np.shape(expected)
        np.testing.assert_allclose(names[name], expected, rtol=1e-9, atol=1e-12)


def test_the_course_notebook_is_written_as_in_the_course():
    lines = step_code(EXAMPLES["notebook"].exercise).splitlines()
    assert lines[2] == "x = np.array([[0.5, 0.1, -0.2]])"
    for line in (
        "z1 = x @ W1",
        "a1 = 1 / (1 + np.exp(-z1))",
        "loss = 0.5 * np.sum((y - y_hat) ** 2)",
        "dy_hat = y_hat - y",
        "slope2 = y_hat * (1 - y_hat)",
        "delta2 = dy_hat * slope2",
        "dW2 = a1.T @ delta2",
        "da1 = delta2 @ W2.T",
        "step_W1 = -eta * dW1",
        "new_W1 = W1 + step_W1",
    ):
        assert line in lines


def test_the_code_runs_by_itself():
    code = step_code(EXAMPLES["notebook"].exercise) + "print(new_W2.tolist())\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[[0.10804047394")
