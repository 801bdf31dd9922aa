"""The pass in the browser is the core's, a nudge agrees with the gradient, and the code shown computes it."""

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.exercise import Exercise, quantities
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import fits
from tests.hypothesis_profiles import examples
from tests.ui.pairs import pairs_of
from tests.ui.plain_code import step_code
from tests.ui.text.test_code import found as found_in
from tests.ui.text.test_code import run
from ui.components.live_network.payload import network_data
from ui.links.view import View
from ui.text.conventions import CONVENTIONS

HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
H = 1e-6
# How many networks are drawn of each pair of an output activation and a loss.
REPEATS = examples(1 / 5).max_examples


def draw_exercise(rng, output, loss):
    widths = tuple(rng.integers(1, 5, rng.integers(2, 5)).tolist())
    if not fits(loss, output, widths[-1]):
        widths = (*widths[:-1], 2)
    hidden = rng.choice(HIDDEN, len(widths) - 2).tolist()
    network = Network(widths, (*hidden, output), loss, bool(rng.random() < 0.7))
    low, high = LOSSES[loss].bounds
    y = rng.uniform(max(low, -2), min(high, 2), widths[-1])
    if rng.random() < 0.3:
        y = np.eye(widths[-1])[0]
    return Exercise(
        network,
        tuple((0.7 * rng.standard_normal(network.n_parameters)).tolist()),
        tuple(rng.standard_normal(widths[0]).round(2).tolist()),
        tuple(y.tolist()),
        0.5,
    )


def drawn_exercises():
    rng = np.random.default_rng(8)
    pairs = [(output, loss) for output in ACTIVATIONS for loss in LOSSES if fits(loss, output)]
    return [draw_exercise(rng, output, loss) for _ in range(REPEATS) for output, loss in pairs]


@pytest.fixture(scope="module")
def exercises():
    return drawn_exercises()


@pytest.fixture(scope="module")
def found(exercises, run_javascript):
    return run_javascript("read_nudges.js", [network_data(each, View(nudge=H)) for each in exercises])


def test_the_pass_in_the_browser_is_that_of_the_core(exercises, found):
    for exercise, passed in zip(exercises, found, strict=True):
        step = exercise.step()
        for name, arrays in (("z", step.trace.z), ("a", step.trace.a[1:])):
            expected = np.concatenate([array.ravel() for array in arrays])
            assert passed[name] == pytest.approx(expected, rel=1e-12, abs=1e-13), exercise.network
        assert passed["loss"] == pytest.approx(float(step.loss), rel=1e-12, abs=1e-13), exercise.network


def test_the_quotient_agrees_with_the_gradient_of_the_core(exercises, found):
    compared, kinks = 0, 0
    for exercise, passed in zip(exercises, found, strict=True):
        step = exercise.step()
        gradient = {
            quantity.id: step.gradient.theta[quantity.place]
            for quantity in quantities(exercise.network)
            if quantity.kind in "wb"
        }
        for layer, delta in enumerate((step.gradient.da[0], *step.gradient.delta)):
            gradient |= {f"n{layer}.{unit + 1}": number for unit, number in enumerate(delta[0])}
        assert {nudge["id"] for nudge in passed["nudges"]} == set(gradient)
        for nudge in passed["nudges"]:
            expected = float(gradient[nudge["id"]])
            assert nudge["gradient"] == pytest.approx(expected, rel=1e-12, abs=1e-300)
            kinks += nudge["kind"] == "kink"
            if nudge["kind"] != "kink":
                compared += 1
                assert nudge["quotient"] == pytest.approx(expected, rel=1e-3, abs=2e-5), (exercise, nudge)
    assert compared > 500 * REPEATS
    assert kinks < 3 * REPEATS


def test_what_is_not_downstream_does_not_change(found):
    for passed in found:
        for nudge in passed["nudges"]:
            for reached, change in zip(nudge["reached"], nudge["changed"], strict=True):
                assert reached or change == 0, nudge


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_lines_of_code_compute_the_number_in_their_comment(exercises, run_javascript, name):
    convention = CONVENTIONS[name]
    # Each pair once is enough: what differs from network to network is held by the tests above.
    pairs = set(pairs_of(name, fits))
    first = exercises[: len(exercises) // REPEATS]
    exercises = [each for each in first if (each.network.activations[-1], each.network.loss) in pairs]
    sent = [network_data(each, View(nudge=H, speak=name)) for each in exercises]
    for exercise, passed in zip(exercises, run_javascript("read_nudges.js", sent), strict=True):
        # In every convention the pass is the same one.
        assert passed["loss"] == pytest.approx(float(exercise.step().loss), rel=1e-12, abs=1e-13)
        lines_of_step = set(step_code(exercise, convention).splitlines())
        for nudge in passed["nudges"]:
            *lines, element = nudge["code"]
            computed = lines[len(lines) - lines[::-1].index("") :]
            assert computed
            assert set(computed) <= lines_of_step, nudge
            # By itself: nothing stands before it.
            names = run("\n".join(lines))
            held, _, comment = element.partition("  # ")
            path, _, index = held.rstrip("]").partition("[")
            value = found_in(names, path)
            if index:
                value = value[tuple(map(int, index.split(", ")))]
            assert float(value) == pytest.approx(float(comment), rel=1e-5, abs=1e-12), nudge


DERIVATIVES = {"w": "dL/dw", "b": "dL/db", "x": "dL/dx", "z": "dL/dz", "y": "dL/dy"}
GRADS = {"w": "w.grad", "b": "b.grad", "x": "x.grad", "z": "z.grad", "y": "dL/dy"}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_gradient_beside_the_quotient_has_the_name_of_its_convention(run_javascript, name):
    exercise = Exercise(
        Network((1, 1), ("sigmoid",), "half_squared_error", bias=True), (0.5, 0.1), (1.0,), (0.0,), 0.5
    )
    [read] = run_javascript("read_nudges.js", [network_data(exercise, View(speak=name))])
    assert read["names"] == (GRADS if name in ("pytorch", "scalar") else DERIVATIVES)


def test_where_a_sigmoid_saturates_its_cross_entropy_keeps_its_digits(run_javascript):
    network = Network((1, 1), ("sigmoid",), "binary_cross_entropy", False)
    exercise = Exercise(network, (40.0,), (1.0,), (0.25,), 0.5)
    (found,) = run_javascript("read_nudges.js", [network_data(exercise, View(nudge=1e-2))])
    assert found["loss"] == pytest.approx(float(exercise.step().loss), rel=1e-12)
    assert found["nudges"][0]["quotient"] == pytest.approx(0.75, rel=1e-9)
