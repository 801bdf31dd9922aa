"""The code of a step in every convention, run, against the numbers of the core."""

import math
import re
import subprocess
import sys
from math import isclose
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given

from core.activations import ACTIVATIONS
from core.derivation import derive, numbers
from core.error_terms import with_minus
from core.examples import EXAMPLES
from core.exercise import Exercise
from core.expressions import Symbol
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import draw_targets, exercises, fits
from tests.torch_stand_in import Tensor, make_torch
from tests.ui.plain_code import step_code
from ui.text.code import shortened
from ui.text.conventions import CONVENTIONS, USUAL
from ui.text.scalar_code import scalar_name

HALF = "half_squared_error"


def run(code):
    with patch.dict(sys.modules, make_torch()):
        return run_as_it_is(code)


def run_as_it_is(code):
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102
    return names


def found(names, path):
    """The array of a name such as W1.grad."""
    first, *attributes = path.split(".")
    value = names[first]
    for attribute in attributes:
        value = getattr(value, attribute)
    if isinstance(value, Tensor):
        return value.array
    return value.numpy() if hasattr(value, "numpy") else value


def check(exercise, convention, run=run):
    """Raise AssertionError where the code of a step computes another number than the core."""
    network = exercise.network
    names = run(step_code(exercise, convention))
    known = numbers(exercise, exercise.step())
    last = len(network.widths) - 1
    compared = 0
    sums_to_one = isclose(sum(exercise.y), 1)
    for formula in derive(network, sums_to_one=sums_to_one, train_biases=exercise.train_biases):
        left = formula.left
        if left.name == "slope" or (left.name.startswith("step_") and convention.code == "Python"):
            continue
        expected = known(left)
        if convention.code == "Python":
            for index in np.ndindex(np.shape(expected)):
                place = Symbol(left.name.removeprefix("new_"), left.layer, index)
                number = found(names, scalar_name(place, network))
                assert number == pytest.approx(expected[index], rel=1e-9, abs=1e-12), place
                compared += 1
            continue
        if convention.is_error_term:
            expected = -expected if with_minus(left) != left else expected
        if convention.code == "PyTorch":
            left = Symbol(left.name.removeprefix("new_"), left.layer)
        array = found(names, convention.code_name(left, last))
        expected = convention.orientation.array(left, expected)
        assert np.shape(array) == np.shape(expected), left
        np.testing.assert_allclose(array, expected, rtol=1e-9, atol=1e-12, err_msg=str(left))
        compared += 1
    return compared


@pytest.mark.parametrize("name", CONVENTIONS)
@given(exercise=exercises())
def test_every_line_computes_the_array_of_the_core(name, exercise):
    check(exercise, CONVENTIONS[name])


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_activation_and_loss_has_lines_that_compute_the_numbers_of_the_core(name):
    rng = np.random.default_rng(8)
    for loss in LOSSES:
        for output in ACTIVATIONS:
            if not fits(loss, output, 2):
                continue
            hidden = output if not ACTIVATIONS[output].couples_units else "tanh"
            network = Network((3, 2, 2), (hidden, output), loss, True)
            theta = tuple(rng.uniform(-1, 1, network.n_parameters).tolist())
            y = tuple(draw_targets(rng, loss, (1, 2))[0].tolist())
            exercise = Exercise(network, theta, tuple(rng.standard_normal(3).tolist()), y, 0.3)
            assert check(exercise, CONVENTIONS[name]) > 12


def test_torch_itself_computes_the_numbers_of_the_core():
    pytest.importorskip("torch", reason="hundreds of megabytes: its stand-in is what is tested everywhere")
    rng = np.random.default_rng(10)
    hidden = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
    compared = 0
    for loss in LOSSES:
        for output in (name for name in ACTIVATIONS if fits(loss, name, 2)):
            for _ in range(10):
                widths = tuple(rng.integers(1, 6, rng.integers(1, 4)).tolist())
                widths = (*widths, 2)
                names = (*rng.choice(hidden, len(widths) - 2).tolist(), output)
                network = Network(widths, names, loss, bool(rng.random() < 0.7))
                theta = tuple(rng.uniform(-1, 1, network.n_parameters).tolist())
                x = tuple(rng.standard_normal(widths[0]).tolist())
                y = tuple(draw_targets(rng, loss, (1, widths[-1]))[0].tolist())
                compared += check(Exercise(network, theta, x, y, 0.3), CONVENTIONS["pytorch"], run_as_it_is)
    assert compared > 4000


SATURATED = [
    (output, loss)
    for loss, record in LOSSES.items()
    for output in ACTIVATIONS
    if record.bounds == (0, 1) and fits(loss, output, 2)
]


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
@pytest.mark.parametrize(("output", "loss"), SATURATED)
@pytest.mark.parametrize("name", CONVENTIONS)
def test_where_an_output_saturates_the_lines_compute_the_numbers_of_the_core(name, output, loss, z):
    network = Network((1, 2), (output,), loss, True)
    for y in ((1.0, 0.0), (0.0, 1.0), (0.25, 0.75)):
        exercise = Exercise(network, (z, 0.5, 0.0, 0.25), (1.0,), y, 0.3)
        with np.errstate(all="ignore"):
            # Through softmax slopes as large as these cancel, and torch has no logarithm below −100.
            if (output, loss) == ("softmax", "binary_cross_entropy"):
                names = run(step_code(exercise, CONVENTIONS[name]))
                assert all(np.isfinite(array).all() for array in arrays_in(names))
            else:
                check(exercise, CONVENTIONS[name])


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
@pytest.mark.parametrize("hidden", [name for name, each in ACTIVATIONS.items() if not each.couples_units])
def test_where_a_hidden_unit_saturates_single_numbers_are_those_of_the_core(hidden, z):
    network = Network((1, 1, 1), (hidden, "identity"), HALF, True)
    check(Exercise(network, (z, 0.0, 0.5, 0.25), (1.0,), (0.5,), 0.3), CONVENTIONS["scalar"])


FUNCTIONS = {"np": np, "torch": np, "exp": np.exp, "cosh": np.cosh}


@pytest.mark.parametrize("name", CONVENTIONS)
@pytest.mark.parametrize(
    ("activation", "z"), [("tanh", 16.4), ("tanh", -16.4), ("sigmoid", 33.3), ("gelu", -4.5)]
)
def test_a_comment_has_the_digits_that_a_slope_loses(name, activation, z):
    network = Network((1, 1, 1), (activation, "identity"), HALF, False)
    exercise = Exercise(network, (z, 1.0), (1.0,), (0.5,), 0.3)
    lines = step_code(exercise, CONVENTIONS[name]).splitlines()
    (comment,) = [line for line in lines if line.startswith("# ")]
    lossy, exact = re.findall(r"^# (?:f' of \w+, )?(.+?), .*: the page has (.+)$", comment)[0]
    v = math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)
    a = np.tanh(v) if activation == "gelu" else ACTIVATIONS[activation].function(np.array(z))
    letters = {**FUNCTIONS, "z": z, "v": v, "a": a, "tanh": a}
    expected = float(numbers(exercise, exercise.step())(Symbol("slope", 1, (0, 0))))
    if activation == "gelu":
        expected = 2 / (1 + math.exp(-2 * v))
    assert eval(exact, letters) == pytest.approx(expected, rel=1e-12, abs=0)  # noqa: S307
    assert eval(lossy, letters) != pytest.approx(expected, rel=1e-12, abs=0)  # noqa: S307


@pytest.mark.parametrize("name", CONVENTIONS)
def test_no_comment_is_on_a_slope_that_no_line_reads(name):
    network = Network((1, 1), ("sigmoid",), "binary_cross_entropy", False)
    assert "# " not in step_code(Exercise(network, (1.0,), (1.0,), (0.5,), 0.3), CONVENTIONS[name])


def arrays_in(names):
    values = [value for name, value in names.items() if not name.startswith("__") and name != "inf"]
    held = [value.array for value in values if isinstance(value, Tensor)]
    held += [value.grad.array for value in values if isinstance(value, Tensor) and value.grad is not None]
    singles = [value for value in values if type(value).__name__ == "Value"]
    held += [np.array([value.data, value.grad]) for value in singles]
    return [*held, *(value for value in values if isinstance(value, np.ndarray | float))]


def test_a_transpose_that_is_missing_is_found():
    exercise = EXAMPLES["notebook"].exercise
    code = step_code(exercise, CONVENTIONS["pytorch"])
    with (
        patch("tests.ui.text.test_code.step_code", lambda *_: code.replace("z1.grad.T @ x", "z1.grad @ x")),
        pytest.raises((AssertionError, ValueError)),
    ):
        check(exercise, CONVENTIONS["pytorch"])


LINES = {
    "rows": [
        "x = np.array([[0.5, 0.1, -0.2]])",
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
    ],
    "notebook": [
        "layer_in1 = x @ W1",
        "error = target - output",
        "error_term2 = error * slope2",
        "error1 = error_term2 @ W2.T",
        "del_W1 = x.T @ error_term1",
        "delta_W1 = learnrate * del_W1",
    ],
    "textbook": [
        "x = np.array([[0.5], [0.1], [-0.2]])",
        "z1 = W1 @ x",
        "dW2 = delta2 @ a1.T",
        "da1 = W2.T @ delta2",
    ],
    "pytorch": [
        "z1 = x @ W1.T",
        "y_hat = torch.sigmoid(z2)",
        'loss = 0.5 * F.mse_loss(y_hat, y, reduction="sum")',
        "W2.grad = z2.grad.T @ a1",
        "a1.grad = z2.grad @ W2",
        "step_W1 = -lr * W1.grad",
        "W1 += step_W1",
    ],
    "scalar": [
        "w_x1_h1.grad += x1.data * z_h1.grad",
        "a_h1.grad += z_y_hat.grad * w_h1_y_hat.data",
        "w_x1_h1.data -= eta * w_x1_h1.grad",
    ],
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_course_notebook_is_written_as_the_convention_has_it(name):
    lines = step_code(EXAMPLES["notebook"].exercise, CONVENTIONS[name]).splitlines()
    assert not set(LINES[name]) - set(lines)


@pytest.mark.parametrize("name", [name for name in CONVENTIONS if name != "pytorch"])
def test_the_code_runs_by_itself(name):
    exercise = EXAMPLES["notebook"].exercise
    last = {"scalar": "w_h1_y_hat.data", "textbook": "new_W2[0, 0]"}.get(name, "new_W2[0, 0]")
    code = step_code(exercise, CONVENTIONS[name]) + f"print(float({last}))\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("0.10804047394")


def test_many_lines_are_shortened_to_their_count():
    assert shortened(["a"] * 12) == ["a"] * 12
    assert shortened(["a"] * 13) == [*["a"] * 11, "# and 2 more lines like these"]


def test_the_usual_convention_is_that_of_the_core():
    exercise = EXAMPLES["relu"].exercise
    assert step_code(exercise) == step_code(exercise, USUAL)
