"""Formulas as text, read back and evaluated."""

import re

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.expressions import ONE, Symbol, substitute, subtract
from core.losses import LOSSES
from ui.text.formulas import activation_formula, loss_formula, write

EXAMPLES = (-2.5, -0.4, 0.3, 1.7)
_PYTHON = {"−": "-", "·": "*", "²": "**2", "³": "**3", "½": "0.5", "√(2/π)": "(2 / pi) ** 0.5", "Σ": ""}
_FUNCTIONS = {name: getattr(np, name) for name in ("exp", "log", "tanh", "sin", "cos", "pi")}


def evaluate(text, **letters):
    """Return what a formula comes to for one sample with one output, of which Σ is the only term."""
    for written, python in _PYTHON.items():
        text = text.replace(written, python)
    text = re.sub(r"e\^(-?\w+)", r"exp(\1)", text)
    text = re.sub(r"(log|tanh|sin|cos) (\w+)", r"\1(\2)", text)
    text = re.sub(r"\|([^|]*)\|", r"abs(\1)", text)
    return eval(text, {"__builtins__": {"max": max, "min": min, "abs": abs}} | _FUNCTIONS, letters)  # noqa: S307


def over_letters(expression):
    """Write an expression with 1 − a for what is left of a, and every product with a sign."""

    def of(symbol):
        return subtract(ONE, Symbol("a")) if symbol.name == "rest" else symbol

    return write(substitute(expression, of), lambda symbol: symbol.name.replace("y_hat", "a"), " * ")


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if name != "softmax"])
def test_the_formula_of_an_activation_and_of_its_slope_are_what_is_computed(name):
    activation = ACTIVATIONS[name]
    for z in EXAMPLES:
        a = float(activation.function(np.array([z]))[0])
        slope = float(activation.derivative(np.array([z]), np.array([a]))[0])
        assert evaluate(over_letters(activation.formula), z=z) == pytest.approx(a, rel=1e-9)
        assert evaluate(over_letters(activation.slope_formula), z=z, a=a) == pytest.approx(slope, rel=1e-9)


@pytest.mark.parametrize("name", LOSSES)
def test_the_formula_of_a_loss_and_of_its_slope_are_what_is_computed(name):
    loss = LOSSES[name]
    for a, y in ((0.2, 0.7), (0.9, 0.4), *(() if loss.bounds == (0, 1) else ((-2.0, 1.5), (3.0, 0.1)))):
        y_hat, target = np.array([[a]]), np.array([[y]])
        found = [evaluate(over_letters(each), a=a, y=y) for each in (loss.formula, loss.slope_formula)]
        element, slope = loss.element(y_hat, target), loss.slope(y_hat, target)
        assert found == pytest.approx([element[0, 0], slope[0, 0]])


def test_formulas_are_written_as_in_a_textbook():
    assert activation_formula(ACTIVATIONS["sigmoid"]) == "1 / (1 + e^−z)"
    assert activation_formula(ACTIVATIONS["softmax"]) == "e^z / Σ e^z"
    assert activation_formula(ACTIVATIONS["gelu"]) == "z/2 (1 + tanh(√(2/π) (z + 0.044715 z³)))"
    assert loss_formula(LOSSES["mean_squared_error"]) == "1/n Σ (y − ŷ)²"
    assert loss_formula(LOSSES["binary_cross_entropy"]) == "−Σ (y log ŷ + (1 − y) log(1 − ŷ))"


def test_a_sign_stands_in_brackets_behind_another_one():
    numbers = {"z": "−0.46", "y_hat": "−0.2", "y": "−0.6"}

    def plugged(expression):
        return write(expression, lambda symbol: numbers[symbol.name], " · ")

    assert plugged(ACTIVATIONS["sigmoid"].formula) == "1 / (1 + e^(−(−0.46)))"
    assert plugged(ACTIVATIONS["leaky_relu"].formula) == "−0.46 if −0.46 > 0 else 0.01 · (−0.46)"
    assert plugged(LOSSES["half_squared_error"].formula) == "½ · Σ (−0.6 − (−0.2))²"
    assert plugged(LOSSES["half_squared_error"].slope_formula) == "−0.2 − (−0.6)"
