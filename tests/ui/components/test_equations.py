"""Whatever the panel shows of an item is true: its equations, and the sentence about the edge."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.activations import ACTIVATIONS
from core.examples import EXAMPLES
from core.exercise import Exercise
from core.losses import LOSSES
from core.network import Network
from tests.core.strategies import exercises
from tests.equations import evaluate, python_of
from tests.hypothesis_profiles import examples
from tests.ui.pairs import pairs_of
from tests.ui.text.test_glossary import has_elementwise
from ui.components.live_network.payload import network_data
from ui.links.view import COLORS, View
from ui.text.conventions import CONVENTIONS
from ui.text.written import written_formulas

HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]


def draw_exercise(rng, output, loss):
    widths = tuple(rng.integers(1, 5, rng.integers(2, 5)).tolist())
    bias = bool(rng.random() < 0.7)
    hidden = rng.choice(HIDDEN, len(widths) - 2).tolist()
    network = Network(widths, (*hidden, output), loss, bias)
    size = rng.choice([0.0, 0.5, 2.0, 30.0])
    low, high = LOSSES[loss].bounds
    y = rng.uniform(max(low, -2), min(high, 2), widths[-1])
    if rng.random() < 0.3:
        y = np.eye(widths[-1])[0]
    return Exercise(
        network,
        tuple((size * rng.standard_normal(network.n_parameters)).tolist()),
        tuple(rng.standard_normal(widths[0]).round(2).tolist()),
        tuple(y.tolist()),
        float(rng.uniform(0.01, 1)),
        bool(rng.random() < 0.6),
    )


def check(equation, digits):
    """Raise AssertionError for an equation that is not true to its digits, or shown in spite of its flaw."""
    assert equation["result"].startswith("<math><mo>=</mo>")
    result = evaluate(python_of(equation["result"]), digits)
    if equation["plugged"]:
        assert equation["plugged"].startswith("<math><mo>=</mo>")
        plugged = evaluate(python_of(equation["plugged"]), digits)
        assert abs(plugged.value - result.value) <= plugged.bound + result.bound, equation
    if "<array/>" not in equation["letters"]:
        left, _, right = python_of(equation["letters"]).rpartition("=")
        letters = evaluate(right, 17)
        if left:
            assert evaluate(left, 17).value == pytest.approx(float(equation["number"].replace("−", "-")))
        assert abs(letters.value - float(equation["number"].replace("−", "-"))) <= letters.bound * 10, (
            equation
        )


# How many networks are drawn of each pair of an output activation and a loss.
REPEATS = examples(1 / 25).max_examples


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_equation_is_true_to_the_digits_shown(run_javascript, name):
    rng = np.random.default_rng(3)
    drawn = [draw_exercise(rng, *pair) for pair in pairs_of(name) for _ in range(REPEATS)]
    views = [View(speak=name, digits=(4, 6, 17)[k % 3]) for k in range(len(drawn))]
    sent = [network_data(exercise, view) for exercise, view in zip(drawn, views, strict=True)]
    checked, spoiled, wrong = 0, 0, []
    for exercise, view, found in zip(drawn, views, run_javascript("read_facts.js", sent), strict=True):
        for item in [*found["units"], *found["links"]]:
            assert item["equations"]
            for equation in item["equations"]:
                if equation["flaw"]:
                    spoiled += 1
                    continue
                checked += 1
                try:
                    check(equation, view.digits)
                except (AssertionError, ArithmeticError, ValueError) as error:
                    wrong.append((exercise.network, item["id"], equation, error))
    assert checked > 40 * len(drawn)
    assert spoiled < checked / 5
    assert not wrong[:3], len(wrong)


NETWORK = Network((1, 1), ("sigmoid",), "half_squared_error", False)


@pytest.mark.parametrize("weight", [0.5, 40.0, 1000.0])
def test_where_saturation_leaves_no_digits_the_result_stands_with_the_reason(run_javascript, weight):
    exercise = Exercise(NETWORK, (weight,), (1.0,), (0.5,), 0.5)
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View())])
    slope = next(each for each in found["units"][1]["equations"] if each["of"][0] == "slope")
    # At z = 1000 the slope is 0, as is 1.00000 · (1 − 1.00000).
    assert slope["flaw"] == ("the digits shown cancel out" if weight == 40 else "")


@given(exercises(), st.sampled_from(list(CONVENTIONS)))
@settings(examples(1 / 4), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_equations_of_any_network_are_true(run_javascript, exercise, name):
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View(speak=name))])
    equations = [each for item in [*found["units"], *found["links"]] for each in item["equations"]]
    for equation in equations:
        if not equation["flaw"]:
            check(equation, View().digits)


def test_a_false_equation_is_found():
    equation = {
        "letters": "<math><mn>0.5</mn><mo>=</mo><mn>2</mn><mo>·</mo><mn>0.25</mn></math>",
        "plugged": "<math><mo>=</mo><mn>2.00</mn><mo>·</mo><mn>0.250</mn></math>",
        "result": "<math><mo>=</mo><mn>0.500</mn></math>",
        "number": "0.5",
    }
    check(equation, 3)
    for row, text in (
        ("letters", "<math><mn>0.5</mn><mo>=</mo><mn>2</mn><mo>+</mo><mn>0.25</mn></math>"),
        ("plugged", "<math><mo>=</mo><mn>2.00</mn><mo>·</mo><mo>(</mo><mn>−0.250</mn><mo>)</mo></math>"),
        ("result", "<math><mo>=</mo><mn>0.505</mn></math>"),
        ("number", "0.51"),
    ):
        with pytest.raises(AssertionError):
            check(equation | {row: text}, 3)


def test_everything_has_its_equations(run_javascript):
    exercise = Exercise(
        Network((1, 2, 1), ("tanh", "sigmoid"), "half_squared_error", True), (0.1,) * 7, (0.5,), (0.6,), 0.5
    )
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View())])
    shown = {
        item["id"]: [each["name"] for each in item["equations"]]
        for item in (*found["units"], *found["links"], *found["controls"])
    }
    assert shown["n0.1"] == ["dL over d x 1 equals δ h1 times w x1 to h1 plus δ h2 times w x1 to h2"]
    assert shown["n1.1"] == [
        "z h1 equals x 1 times w x1 to h1 plus b h1",
        "a h1 equals tanh z h1",
        "f′ (z h1) equals 1 minus a h1 squared",
        "dL over d a h1 equals δ ŷ times w h1 to ŷ",
        "δ h1 equals dL over d a h1 times f′ (z h1)",
    ]
    assert [name.split(" equals ")[0] for name in shown["n2.1"]] == [
        *("z ŷ", "ŷ", "L", "dL over d ŷ", "f′ (z ŷ)", "δ ŷ")
    ]
    assert shown["w1.1.1"] == [
        "dL over dw equals x 1 times δ h1",
        "Δ w equals minus η times dL over dw",
        "w plus Δ w",
    ]
    assert shown["b1.1"] == ["dL over db equals δ h1", "Δ b equals minus η times dL over db", "b plus Δ b"]
    assert shown["eta"] == ["Δ w equals minus η times dL over dw"]
    assert shown["y1"] == ["L equals ½ times Σ (y minus ŷ) squared"]


def test_the_error_term_convention_has_its_signs(run_javascript):
    exercise = Exercise(
        Network((1, 2, 1), ("tanh", "sigmoid"), "half_squared_error", False), (0.1,) * 4, (0.5,), (0.6,), 0.5
    )
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View(speak="notebook"))])
    names = [each["name"] for item in (*found["units"], *found["links"]) for each in item["equations"]]
    assert "minus δ ŷ equals minus dL over d ŷ times f′ (z ŷ)" in names
    assert "minus dL over d ŷ equals y minus ŷ" in names
    assert "minus dL over d a h1 equals minus δ ŷ times w h1 to ŷ" in names
    assert "minus dL over dw equals x 1 times (minus δ h1)" in names
    assert "Δ w equals η times (minus dL over dw)" in names


PRODUCTS = {
    "rows": ["z 1 equals x times W 1 plus b 1", "dL over d a 1 equals δ 2 times W 2 transposed"],
    "notebook": ["minus dL over d W 1 equals x transposed times (minus δ 1)"],
    "textbook": [
        "z 1 equals W 1 times x plus b 1",
        "dL over d W 1 equals δ 1 times x transposed",
        "dL over d a 1 equals W 2 transposed times δ 2",
    ],
    "pytorch": [
        "z 1 equals x times W 1 transposed plus b 1",
        "W 1 .grad equals z 1 .grad transposed times x",
        "a 1 .grad equals z 2 .grad times W 2",
    ],
    "scalar": [],
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_matrix_products_stand_as_the_convention_has_them(run_javascript, name):
    exercise = EXAMPLES["relu"].exercise
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View(speak=name))])
    assert len(found["products"]) == (0 if name == "scalar" else 5)
    assert not set(PRODUCTS[name]) - set(found["products"])


@pytest.mark.parametrize("name", CONVENTIONS)
def test_elementwise_products_of_arrays_are_marked_and_single_numbers_have_no_arrays(run_javascript, name):
    convention, rng = CONVENTIONS[name], np.random.default_rng(4)
    drawn = [draw_exercise(rng, *pair) for pair in pairs_of(name)]
    sent = [network_data(exercise, View(speak=name)) for exercise in drawn]
    marked = 0
    for exercise, found in zip(drawn, run_javascript("read_facts.js", sent), strict=True):
        sums_to_one = math.isclose(sum(exercise.y), 1)
        formulas = written_formulas(
            exercise.network, convention, sums_to_one=sums_to_one, train_biases=exercise.train_biases
        )
        for formula, text in zip(formulas, found["arrays"], strict=True):
            is_elementwise = has_elementwise(formula.right) and convention.code != "Python"
            assert ("number by number" in text) == is_elementwise, text
            marked += is_elementwise
            if convention.code == "Python":
                assert not re.search(r"transposed| W ", text), text
    assert (marked > len(drawn)) == (convention.code != "Python")


@pytest.mark.parametrize(
    ("name", "equation"),
    [
        ("rows", "dL over dw equals x 1 times δ h1"),
        ("notebook", "minus dL over dw equals x 1 times (minus δ h1)"),
        ("textbook", "dL over dw equals δ h1 times x 1"),
        ("pytorch", "w .grad equals z h1 .grad times x 1"),
        ("scalar", "w .grad equals x 1 times z h1 .grad"),
    ],
)
def test_factors_stand_in_the_order_of_the_convention(run_javascript, name, equation):
    exercise = EXAMPLES["relu"].exercise
    (found,) = run_javascript("read_facts.js", [network_data(exercise, View(speak=name))])
    assert equation in [each["name"] for each in found["links"][0]["equations"]]


def test_a_fused_delta_has_what_it_follows_from(run_javascript):
    network = Network((1, 1), ("sigmoid",), "binary_cross_entropy", False)
    (found,) = run_javascript(
        "read_facts.js", [network_data(Exercise(network, (0.1,), (0.5,), (0.6,), 0.5), View())]
    )
    delta = found["units"][1]["equations"][-1]
    assert delta["name"] == "δ ŷ equals ŷ minus y"
    assert delta["because"].startswith("δ ŷ equals ((1 minus y) over (1 minus ŷ) minus (y) over (ŷ)) times ŷ")
    assert delta["because"].endswith("equals ŷ minus y")


def test_targets_that_do_not_sum_to_1_change_the_equation_and_are_named(run_javascript):
    network = Network((2, 3), ("softmax",), "categorical_cross_entropy", False)
    exercise = Exercise(network, (0.1,) * 6, (0.5, 0.1), (0.6, 0.5, 0.5), 0.5)
    one_hot = replace(exercise, y=(1.0, 0.0, 0.0))
    sent = [network_data(each, View()) for each in (exercise, one_hot)]
    (*_, scaled), (*_, plain) = (found["units"] for found in run_javascript("read_facts.js", sent))
    assert scaled["equations"][-1]["name"] == "δ ŷ3 equals ŷ 3 times Σ y minus y 3"
    assert "do not sum to 1" in scaled["hint"]
    assert plain["equations"][-1]["name"] == "δ ŷ3 equals ŷ 3 minus y 3"
    assert not plain["hint"]


@pytest.mark.parametrize("name", CONVENTIONS)
def test_the_sentence_speaks_of_the_quantity_that_is_drawn(run_javascript, name):
    names = {
        "gradient": "gradient",
        "weight_delta": "delta",
        "weight": "weight",
        "contribution": "contribution w·a",
    }
    rng = np.random.default_rng(5)
    network = Network((2, 2, 1), ("tanh", "identity"), "half_squared_error", True)
    drawn = [
        (color, trained, tuple(rng.standard_normal(network.n_parameters).tolist()), x)
        for color in COLORS
        for trained in (True, False)
        for x in ((0.5, -0.2), (0.0, 0.0))
    ]
    sent = [
        network_data(Exercise(network, theta, x, (0.3,), 0.5, trained), View(color=color, speak=name))
        for color, trained, theta, x in drawn
    ]
    signs: dict[str, set[float]] = {color: set() for color in COLORS}
    for (color, trained, *_), found in zip(drawn, run_javascript("read_facts.js", sent), strict=True):
        for item in found["links"]:
            hint, number = item["hint"], item["drawn"]
            is_bias = item["id"].startswith("b")
            wanted = "bias" if is_bias and color in ("weight", "contribution") else names[color]
            assert wanted in hint
            assert ("dashed" in hint) == (number < 0)
            assert ("positive" in hint) == (number > 0)
            assert ("held fixed" in hint) == (is_bias and not trained and color == "weight_delta")
            if color == "gradient" and number:
                assert ("lowers" if number < 0 else "raises") + " the loss" in hint
            signs[color].add(np.sign(number))
    assert all(found >= {-1, 1} for found in signs.values())
