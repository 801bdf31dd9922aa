"""Notebooks and scripts of one step, run: they come to the numbers of the screen, and notice others."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.examples import EXAMPLES
from core.exercise import Exercise
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import draw_targets, exercises, fits
from tests.ui.export.running import code_of, run_all
from ui.export.code.cells import notebook, script
from ui.export.code.step_cells import step_cells
from ui.export.code.torch_cells import torch_cells
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import Precision

DIGITS = Precision(6)
RUN_HERE = [name for name, convention in CONVENTIONS.items() if convention.code != "PyTorch"]


def cells_of(exercise, name="rows"):
    return step_cells(exercise, CONVENTIONS[name], DIGITS)


def every_kind():
    """An exercise for each output activation with each loss, each activation in a hidden layer."""
    rng = np.random.default_rng(12)
    for loss in LOSSES:
        for output in ACTIVATIONS:
            if not fits(loss, output, 2):
                continue
            hidden = output if not ACTIVATIONS[output].couples_units else "tanh"
            for bias, widths in ((True, (3, 2, 2)), (False, (2, 2))):
                network = Network(widths, (hidden, output)[-len(widths) + 1 :], loss, bias)
                theta = tuple(rng.uniform(-1, 1, network.n_parameters).tolist())
                x = tuple(rng.standard_normal(widths[0]).tolist())
                y = tuple(draw_targets(rng, loss, (1, 2))[0].tolist())
                name = f"{loss} {output} {bias}"
                yield name, Exercise(network, theta, x, y, 0.3, train_biases=bool(rng.random() < 0.5))
    for name, example in EXAMPLES.items():
        yield name, example.exercise


@pytest.mark.parametrize("name", RUN_HERE)
def test_notebook_and_script_of_every_kind_come_to_the_numbers_of_the_screen(name, tmp_path):
    sources = {}
    for kind, exercise in every_kind():
        cells = cells_of(exercise, name)
        sources[f"notebook {kind}"] = code_of(notebook(cells))
        sources[f"script {kind}"] = script(cells)
    assert len(sources) > 100
    run_all(sources, tmp_path)


@pytest.mark.parametrize("name", RUN_HERE)
@given(exercise=exercises())
def test_any_exercise_comes_to_its_numbers(name, exercise):
    exec(script(cells_of(exercise, name)), {})  # noqa: S102


EXTREME = [
    (loss, output, z)
    for loss in LOSSES
    for output in ACTIVATIONS
    if fits(loss, output, 2)
    for z in (-800.0, -40.0, 0.0, 40.0, 800.0)
]


@pytest.mark.parametrize("name", RUN_HERE)
def test_where_units_saturate_or_stand_at_a_kink_it_runs_too(name):
    for loss, output, z in EXTREME:
        hidden = output if not ACTIVATIONS[output].couples_units else "relu"
        network = Network((1, 1, 2), (hidden, output), loss, True)
        y = (1.0, 0.0) if LOSSES[loss].bounds == (0, 1) else (0.5, -0.5)
        exercise = Exercise(network, (z, 0.0, 1.0, -0.5, z, 0.0), (1.0,), y, 0.3)
        source = script(cells_of(exercise, name))
        # What a script sets is set back behind it.
        with np.errstate(), warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                exec(source, {})  # noqa: S102
            except Exception as error:
                raise AssertionError(f"{loss} {output} {z}\n{source}") from error


@pytest.mark.parametrize("name", EXAMPLES)
def test_with_weights_of_a_million_no_file_warns_and_with_usual_ones_none_speaks_of_it(name):
    exercise = EXAMPLES[name].exercise
    assert "seterr" not in script(cells_of(exercise)) or name == "nielsen_saturated"
    for sign in (1, -1):
        theta = tuple(sign * 1e6 if place % 2 else weight for place, weight in enumerate(exercise.theta))
        with np.errstate(), warnings.catch_warnings():
            warnings.simplefilter("error")
            exec(script(cells_of(replace(exercise, theta=theta))), {})  # noqa: S102


@pytest.mark.parametrize("name", RUN_HERE)
def test_a_number_that_is_not_the_screen_s_stops_it(name):
    exercise = EXAMPLES["notebook"].exercise
    source = script(cells_of(exercise, name))
    first = next(line for line in source.splitlines() if line.startswith("check(") and "0.24" in line)
    wrong = source.replace(first, first.replace("0.24", "0.240000001"))
    assert wrong != source
    with pytest.raises(AssertionError):
        exec(wrong, {})  # noqa: S102


WRONG_SLOPES = {
    "rows": ("delta1 = da1 * slope1", "delta1 = da1"),
    "notebook": ("error_term1 = error1 * slope1", "error_term1 = error1"),
    "textbook": ("delta1 = da1 * slope1", "delta1 = da1"),
    "scalar": ("* (a_h1.data * (1 - a_h1.data))", "* 1"),
}


@pytest.mark.parametrize("name", RUN_HERE)
def test_a_gradient_that_is_wrong_is_no_difference_quotient(name):
    source = script(cells_of(EXAMPLES["notebook"].exercise, name))
    right, wrong = WRONG_SLOPES[name]
    assert right in source
    lines = source.replace(right, wrong).splitlines()
    without_the_screen = "\n".join(line for line in lines if not line.startswith("check("))
    broken = "\n".join(
        line for line in without_the_screen.splitlines() if not line.startswith(("]", "    ["))
    )
    with pytest.raises(AssertionError):
        exec(broken, {})  # noqa: S102


def test_what_a_kink_hides_is_named():
    network = Network((1, 1), ("relu",), "half_squared_error", True)
    exercise = Exercise(network, (0.0, 0.0), (1.0,), (0.5,), 0.3)
    (cell,) = [cell for cell in cells_of(exercise) if "difference quotients" in cell.source]
    assert "Left out: x1→ŷ, b→ŷ." in cell.source
    smooth = cells_of(replace(exercise, theta=(0.5, 0.0)))
    assert "Left out" not in script(smooth)


def test_each_stage_stands_before_its_lines_with_its_formula():
    cells = cells_of(EXAMPLES["notebook"].exercise)
    titles = [cell.source.splitlines()[0] for cell in cells if not cell.is_code]
    assert titles[:4] == [
        "# One step of backprop",
        "## Inputs",
        "## Layer input of the hidden layer",
        "## Layer output of the hidden layer",
    ]
    assert titles[-1] == "## Loss after the step"
    delta = next(cell for cell in cells if cell.source.startswith("## δ of the output"))
    assert r"\delta_{2} &= \frac{dL}{d \hat{y}} \odot f'(z_{2})" in delta.source
    assert cells[cells.index(delta) + 1].source.startswith("slope2 = y_hat * (1 - y_hat)\ndelta2 = ")


@given(exercises(), st.sampled_from(list(CONVENTIONS.values())))
def test_code_is_python_and_as_a_script_nothing_but_comments_is_added(exercise, convention):
    cells = step_cells(exercise, convention, DIGITS)
    compile(script(cells), "step", "exec")
    lines = [line for line in script(cells).splitlines() if not line.startswith("#")]
    own = [line for cell in cells if cell.is_code for line in cell.source.splitlines()]
    assert [line for line in lines if line] == [line for line in own if line and not line.startswith("#")]


def test_torch_builds_the_network_and_comes_to_the_gradients_of_the_screen(tmp_path):
    pytest.importorskip("torch", reason="gigabytes: installed by whoever wants to run this")
    sources = {kind: script(torch_cells(exercise)) for kind, exercise in every_kind()}
    sources |= {
        f"stages {kind}": code_of(notebook(cells_of(exercise, "pytorch"))) for kind, exercise in every_kind()
    }
    run_all(sources, tmp_path)


@given(exercises())
def test_the_lines_for_torch_are_python(exercise):
    compile(script(torch_cells(exercise)), "torch", "exec")
