"""Whatever the panel shows of an item is true: its equations, and the sentence about the edge."""

from dataclasses import replace

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.losses import LOSSES
from core.network import Network
from tests.equations import holds
from ui.components.live_network.payload import network_data
from ui.links.view import COLORS, SIGNS, View
from ui.text.numbers import format_number

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


@pytest.mark.parametrize("sign", SIGNS)
def test_every_equation_is_true_to_the_digits_shown(run_javascript, sign):
    rng = np.random.default_rng(3)
    drawn = [draw_exercise(rng, output, loss) for output in ACTIVATIONS for loss in LOSSES for _ in range(4)]
    views = [View(sign=sign, digits=(4, 6, 17)[k % 3]) for k in range(len(drawn))]
    sent = [network_data(exercise, view) for exercise, view in zip(drawn, views, strict=True)]
    checked, wrong = 0, []
    for exercise, view, found in zip(drawn, views, run_javascript("read_facts.js", sent), strict=True):
        for item in [*found["units"], *found["links"]]:
            layer = int(item["id"][1:].split(".")[0]) if item["id"].startswith("n") else 0
            name = exercise.network.activations[layer - 1]

            def activation(z, name=name):
                return float(ACTIVATIONS[name].function(np.array([z]))[0])

            for left, plugged in item["rules"]:
                if plugged == "overflow" or "held fixed" in plugged:
                    continue
                if left.split(" = ")[0].endswith("dL/db"):
                    gradient = dict(item["numbers"])["gradient dL/db"]
                    signed = -gradient if sign == "error_term" else gradient
                    assert plugged == format_number(signed + 0.0, view.precision), (left, plugged)
                    checked += 1
                    continue
                assert plugged.count("=") == 1, (left, plugged)
                checked += 1
                if not holds(plugged, view.digits, activation):
                    wrong.append((exercise.network, item["id"], left, plugged))
    assert checked > 3000
    assert not wrong[:3], len(wrong)


def test_targets_that_do_not_sum_to_1_change_the_rule_and_are_named(run_javascript):
    network = Network((2, 3), ("softmax",), "categorical_cross_entropy", False)
    exercise = Exercise(network, (0.1,) * 6, (0.5, 0.1), (0.6, 0.5, 0.5), 0.5)
    one_hot = replace(exercise, y=(1.0, 0.0, 0.0))
    sent = [network_data(each, View()) for each in (exercise, one_hot)]
    (*_, scaled), (*_, plain) = (found["units"] for found in run_javascript("read_facts.js", sent))
    assert scaled["rules"][-1][0].endswith("= ŷ·Σy − y")
    assert "do not sum to 1" in scaled["hint"]
    assert plain["rules"][-1][0].endswith("= ŷ − y")
    assert not plain["hint"]


@pytest.mark.parametrize("sign", SIGNS)
def test_the_sentence_speaks_of_the_quantity_that_is_drawn(run_javascript, sign):
    names = {
        "gradient": "gradient",
        "weight_delta": "delta",
        "weight": "weight",
        "contribution": "contribution w·a",
    }
    rng = np.random.default_rng(5)
    network = Network((2, 2, 1), ("tanh", "identity"), "half_squared_error", True)
    for color in COLORS:
        signs = set()
        for trained in (True, False):
            for x in ((0.5, -0.2), (0.0, 0.0)):
                theta = tuple(rng.standard_normal(network.n_parameters).tolist())
                exercise = Exercise(network, theta, x, (0.3,), 0.5, trained)
                (found,) = run_javascript(
                    "read_facts.js", [network_data(exercise, View(color=color, sign=sign))]
                )
                for item in found["links"]:
                    hint, drawn = item["hint"], item["drawn"]
                    is_bias = item["id"].startswith("b")
                    wanted = "bias" if is_bias and color in ("weight", "contribution") else names[color]
                    assert wanted in hint
                    assert ("dashed" in hint) == (drawn < 0)
                    assert ("positive" in hint) == (drawn > 0)
                    assert ("held fixed" in hint) == (is_bias and not trained and color == "weight_delta")
                    if color == "gradient" and drawn:
                        assert ("lowers" if drawn < 0 else "raises") + " the loss" in hint
                    signs.add(np.sign(drawn))
        assert signs >= {-1, 1}
