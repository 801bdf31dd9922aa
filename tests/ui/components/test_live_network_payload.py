"""What the live network is sent: films and frames that hold exactly what the core computes."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.arrays import finite
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.losses import LOSSES
from core.network import Network
from tests.ui.components.sent_arrays import read_array
from ui.components.base.arrays import pack
from ui.components.base.sent import Grabbed, read_network
from ui.components.live_network.payload import (
    build_controls,
    build_drawing,
    build_film,
    build_given,
    film_key,
    frame_layout,
    frames,
    requested_film,
    slider_range,
)
from ui.links.fitting import rebuild
from ui.text.formulas import activation_formula, loss_formula

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def network_of(*widths, bias=True, activation="sigmoid"):
    network = Network(widths, (activation,) * (len(widths) - 1), bias=bias)
    return rebuild(NOTEBOOK, network, True, "uniform", 1)


def answer(exercise, request, held=None):
    """What a browser is sent that requests a film, when it has to be sent something."""
    grabbed = read_network({"grabbed": request}).grabbed
    assert grabbed is not None
    sent = requested_film(exercise, grabbed, held)
    assert sent is not None
    return sent


def film_of(exercise, quantity):
    return build_film(exercise, quantity, *slider_range(exercise, quantity))


@pytest.mark.parametrize("exercise", [NOTEBOOK, EXAMPLES["mazur"].exercise, network_of(2, 3, 3, 2)])
def test_every_frame_of_every_film_is_the_step_at_that_position(exercise):
    for quantity in quantities(exercise.network):
        film = film_of(exercise, quantity)
        shown = read_array(film["frames"])
        for index in (0, len(shown) // 3, len(shown) - 1):
            there = exercise.with_values([(quantity.id, film["positions"][index])])
            expected = frames(there.network, there.step())
            np.testing.assert_allclose(shown[index], expected, rtol=1e-6, atol=1e-12)


def test_a_film_has_the_present_value_and_its_slope():
    exercise = NOTEBOOK.with_values([("w1.1.1", 0.123456789)])
    quantity = quantities(exercise.network)[3]
    film = film_of(exercise, quantity)
    here = film["positions"].index(0.123456789)
    step = exercise.step()
    assert read_array(film["slope"])[here] == pytest.approx(step.gradient.theta[0], rel=1e-6)
    assert read_array(film["curve"])[here] == pytest.approx(step.loss, rel=1e-6)


# Of the largest network, whose films take more room than is usual.
MOST_BYTES = 300_000


@pytest.mark.parametrize("widths", [(3, 2, 1), (6, 6, 6, 6), (6, 6, 6, 6, 6, 6)])
def test_a_film_stays_under_its_limit(widths):
    exercise = network_of(*widths)
    sizes = [len(pack(film_of(exercise, quantity))) for quantity in quantities(exercise.network)]
    assert max(sizes) <= MOST_BYTES


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


def test_a_film_already_held_is_not_sent_again():
    quantity = quantities(NOTEBOOK.network)[3]
    request = {"id": quantity.id, "low": -2, "high": 2}
    key = answer(NOTEBOOK, request)["key"]
    moved = NOTEBOOK.with_values([(quantity.id, 1.5)])
    assert answer(moved, request, key) == {"key": key}
    assert "frames" in answer(moved.with_values([("x1", 0.7)]), request, key)
    assert "frames" in answer(moved, request | {"high": 5}, key)


def test_a_held_film_lacks_a_value_typed_between_its_positions():
    quantity = quantities(NOTEBOOK.network)[3]
    request = {"id": quantity.id}
    on_grid = answer(NOTEBOOK, request)["key"]
    between = NOTEBOOK.with_values([(quantity.id, 0.1234)])
    assert "frames" in answer(between, request, on_grid)
    between_key = answer(between, request)["key"]
    assert answer(NOTEBOOK, request, between_key) == {"key": between_key}


def test_a_request_for_what_the_network_does_not_have_brings_no_film():
    assert requested_film(NOTEBOOK, Grabbed(1, "w9.9.9"), None) is None


@pytest.mark.parametrize("low", ["abc", float("nan"), -1e300, 10**400, 3])
def test_a_request_with_a_strange_range_still_brings_a_film_of_finite_positions(low):
    film = answer(NOTEBOOK, {"id": "x1", "low": low, "high": 1})
    assert np.all(np.isfinite(film["positions"]))
    assert film["positions"][0] <= 0.5 <= film["positions"][-1]


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


@pytest.mark.parametrize("widths", [(3, 2, 1), (6, 6, 6, 6)])
@pytest.mark.parametrize("value", [0.5, 1e-5, 1e-12, 1e6])
def test_the_film_along_the_learning_rate_has_the_positions_of_its_slider(widths, value):
    exercise = network_of(*widths).with_values([("eta", value)])
    (control,) = (each for each in build_controls(exercise) if each["id"] == "eta")
    film = film_of(exercise, quantities(exercise.network)[-1])
    assert control["scale"] == "log"
    places = np.arange(math.log10(control["low"]), math.log10(control["high"]) + 1e-9, control["step"])
    assert film["positions"] == sorted({*(float(f"{10**place:.2g}") for place in places), value})


def test_the_usual_learning_rates_are_positions_of_the_slider():
    film = film_of(NOTEBOOK, quantities(NOTEBOOK.network)[-1])
    assert {0.1, 0.5, 1, 2, 10, 100} < set(film["positions"])


@pytest.mark.parametrize("value", [5e-324, 1e-320, 2.3e-308, 1e-300, 1e6])
def test_every_learning_rate_of_a_link_has_a_slider_and_a_film(value):
    exercise = NOTEBOOK.with_values([("eta", value)])
    quantity = quantities(exercise.network)[-1]
    low, high = slider_range(exercise, quantity)
    assert 0 < low <= value <= high < np.inf
    positions = np.array(film_of(exercise, quantity)["positions"])
    assert value in positions
    assert np.all((positions > 0) & np.isfinite(positions))
    assert film_key(exercise, quantity, low, high)


@pytest.mark.parametrize("low", [0, -3, 1e-300, 1e-12, 7])
def test_a_film_along_the_learning_rate_stays_above_zero_whatever_is_requested(low):
    film = answer(NOTEBOOK, {"id": "eta", "low": low, "high": 1e300})
    positions = np.array(film["positions"])
    assert np.all(positions > 0)
    assert np.all(np.isfinite(positions))
    assert 0.5 in positions


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
