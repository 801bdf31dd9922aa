"""What the live network is sent: films and frames that hold exactly what the core computes."""

import json
from dataclasses import replace

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.arrays import finite
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.losses import LOSSES
from core.network import Network
from ui.components.live_network.frames import frame_layout, frames
from ui.components.live_network.payload import build_controls, build_drawing, build_given
from ui.components.live_network.sliders import slider_range
from ui.links.fitting import rebuild
from ui.text.formulas import activation_formula, loss_formula

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def network_of(*widths, bias=True, activation="sigmoid"):
    network = Network(widths, (activation,) * (len(widths) - 1), bias=bias)
    return rebuild(NOTEBOOK, network, True, "uniform", 1)


def test_a_frame_has_a_place_for_every_number_and_no_other():
    exercise = EXAMPLES["relu"].exercise
    layout = frame_layout(exercise.network)
    frame = frames(exercise.network, exercise.step())
    step = exercise.step()
    assert frame.shape == (layout["length"],)
    assert frame[layout["gradient"] :].tolist() == step.gradient.theta.tolist()
    assert frame[layout["loss_after"]] == step.loss_after
    assert frame[layout["a"] + 2 : layout["a"] + 4].tolist() == step.trace.a[1][0].tolist()
    assert frame[layout["da"] : layout["da"] + 2].tolist() == step.gradient.da[0][0].tolist()


@pytest.mark.parametrize(
    ("value", "expected"), [(0.5, 2), (2, 2), (2.1, 5), (-7, 10), (400, 500), (1e6, 1e6)]
)
def test_a_value_outside_widens_the_slider(value, expected):
    exercise = NOTEBOOK.with_values([("w1.1.1", value)])
    low, high = slider_range(exercise, quantities(exercise.network)[3])
    assert (low, high) == (-expected, expected)


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(0.5, 1e-3, 100), (1e-3, 1e-3, 100), (100, 1e-3, 100), (3e-5, 1e-5, 100), (101, 1e-3, 1e3)],
)
def test_the_slider_of_the_learning_rate_is_of_whole_decades(value, low, high):
    exercise = NOTEBOOK.with_values([("eta", value)])
    assert slider_range(exercise, quantities(exercise.network)[-1]) == pytest.approx((low, high), rel=1e-12)


def test_every_number_has_a_control_in_the_group_of_its_layer():
    controls = build_controls(EXAMPLES["mazur"].exercise)
    assert len(controls) == 2 + 12 + 2 + 1
    groups = list(dict.fromkeys(control["group"] for control in controls))
    assert groups == [
        "Inputs",
        "Weights, layer 1",
        "Biases, layer 1 (fixed)",
        "Weights, layer 2",
        "Biases, layer 2 (fixed)",
        "Targets and learning rate",
    ]
    assert all(control["low"] <= control["value"] <= control["high"] for control in controls)


def test_targets_slide_within_what_output_and_loss_allow():
    logistic = replace(NOTEBOOK.network, activations=("tanh", "identity"), loss="binary_cross_entropy")
    exercise = replace(NOTEBOOK, network=logistic)
    target = quantities(logistic)[-2]
    assert slider_range(exercise, target) == (0.0, 1.0)


def test_the_drawing_joins_the_right_nodes():
    drawing = build_drawing(EXAMPLES["relu"].exercise.network)
    labels = [node["label"] for node in drawing["nodes"]]
    for edge in drawing["edges"]:
        assert edge["label"] == f"{labels[edge['from']]}→{labels[edge['to']]}"
    assert [labels[bias["node"]] for bias in drawing["biases"]] == ["h1", "h2", "ŷ"]


def test_what_is_not_finite_can_be_sent():
    assert json.dumps(finite(np.array([1.0, np.inf, np.nan])), allow_nan=False) == "[1.0, null, null]"


@pytest.mark.parametrize("bias", ["none", "fixed", "trained"])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_exercise_names_its_functions_its_loss_and_its_biases(name, loss, bias):
    hidden = name if name != "softmax" else "tanh"
    network = Network((2, 3, 3, 2), (hidden, "relu", name), loss, bias != "none")
    exercise = Exercise(
        network, (0.5,) * network.n_parameters, (1.0, 2.0), (0.0, 1.0), 0.5, bias == "trained"
    )
    given = {part["term"]: (part["name"], part["formula"]) for part in build_given(exercise)}
    if hidden == "relu":
        assert given["Hidden layers"] == ("ReLU", "a = max(0, z)")
    else:
        assert given["Hidden layer 1"] == (
            ACTIVATIONS[hidden].label,
            f"a = {activation_formula(ACTIVATIONS[hidden])}",
        )
        assert given["Hidden layer 2"] == ("ReLU", "a = max(0, z)")
    assert given["Output"] == (ACTIVATIONS[name].label, f"a = {activation_formula(ACTIVATIONS[name])}")
    assert given["Loss"] == (LOSSES[loss].label, f"L = {loss_formula(LOSSES[loss])}")
    assert bias in given["Biases"][0]
