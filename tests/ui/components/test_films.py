"""The films of sliders: exactly what the core computes, in parts that are small enough to come in time."""

import math
import zlib

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from core.losses import LOSSES
from core.network import Network
from tests.pages.harness import new_app, run
from tests.ui.components.sent_arrays import read_array, unpack
from tests.ui.components.test_live_network_payload import network_of
from ui.components.base.arrays import pack
from ui.components.base.sent import Grabbed, read_grabbed
from ui.components.live_network.films import (
    Along,
    build_film,
    build_in_parts,
    film_key,
    numbers_key,
    requested_along,
    serves,
)
from ui.components.live_network.frames import frames
from ui.components.live_network.payload import build_controls, network_data
from ui.components.live_network.sliders import slider_range
from ui.links.fitting import fit_targets, rebuild
from ui.links.view import HORIZONS, View

NOTEBOOK = DEFAULT_EXAMPLE.exercise
# What comes with the first round trip: ten segments; and what of it is around the first part of a film.
FIRST_ROUND_TRIP = 14_000
AROUND = 2_000
# Of the largest network, whose films take more room than is usual.
MOST_BYTES = 300_000


def along_of(exercise, quantity):
    return Along(quantity, *slider_range(exercise, quantity))


def film_of(exercise, quantity):
    return build_film(exercise, along_of(exercise, quantity))


def along_request(exercise, sent):
    """Along what the film is that a browser requests."""
    grabbed = read_grabbed({"grabbed": sent})
    assert grabbed
    along = requested_along(exercise, grabbed)
    assert along
    return along


def key_of(exercise, sent):
    return film_key(exercise, along_request(exercise, sent))


def on_the_line(data):
    """How many bytes a message takes as Streamlit's server compresses it."""
    compress = zlib.compressobj(wbits=-12, memLevel=5)
    return len(compress.compress(data) + compress.flush(zlib.Z_SYNC_FLUSH))


def network_with(widths, activation, loss="half_squared_error"):
    hidden = "tanh" if activation == "softmax" else activation
    network = Network(widths, (hidden,) * (len(widths) - 2) + (activation,), loss)
    exercise = rebuild(NOTEBOOK, network, True, "uniform", 1)
    targets = fit_targets((0.25,) * widths[-1], loss)
    return exercise.with_values([(f"y{k}", y) for k, y in enumerate(targets, start=1)])


def one_of_each_kind(network):
    """A slider of each kind, of weights and biases the first and the last."""
    known = quantities(network)
    first = {quantity.kind: quantity for quantity in reversed(known)}
    last = {quantity.kind: quantity for quantity in known}
    return {quantity.id: quantity for quantity in (*first.values(), *last.values())}.values()


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


@pytest.mark.parametrize("widths", [(3, 2, 1), (6, 6, 6, 6), (6, 6, 6, 6, 6, 6)])
def test_a_film_stays_under_its_limit(widths):
    exercise = network_of(*widths)
    sizes = [len(pack(film_of(exercise, quantity))) for quantity in quantities(exercise.network)]
    assert max(sizes) <= MOST_BYTES


def test_a_film_already_held_is_not_sent_again():
    quantity = quantities(NOTEBOOK.network)[3]
    request = {"id": quantity.id, "low": -2, "high": 2}
    key = key_of(NOTEBOOK, request)
    moved = NOTEBOOK.with_values([(quantity.id, 1.5)])
    assert serves(key, key_of(moved, request))
    assert not serves(None, key)
    assert not serves(key, key_of(moved.with_values([("x1", 0.7)]), request))
    assert not serves(key, key_of(moved, request | {"high": 5}))


def test_a_held_film_lacks_a_value_typed_between_its_positions():
    quantity = quantities(NOTEBOOK.network)[3]
    request = {"id": quantity.id}
    on_grid = key_of(NOTEBOOK, request)
    between = key_of(NOTEBOOK.with_values([(quantity.id, 0.1234)]), request)
    assert not serves(on_grid, between)
    assert serves(between, on_grid)


def test_a_request_for_what_the_network_does_not_have_brings_no_film():
    assert requested_along(NOTEBOOK, Grabbed(1, "w9.9.9")) is None


@pytest.mark.parametrize("low", ["abc", float("nan"), -1e300, 10**400, 3])
def test_a_request_with_a_strange_range_still_brings_a_film_of_finite_positions(low):
    film = build_film(NOTEBOOK, along_request(NOTEBOOK, {"id": "x1", "low": low, "high": 1}))
    assert np.all(np.isfinite(film["positions"]))
    assert film["positions"][0] <= 0.5 <= film["positions"][-1]


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
    assert film_key(exercise, Along(quantity, low, high))


@pytest.mark.parametrize("low", [0, -3, 1e-300, 1e-12, 7])
def test_a_film_along_the_learning_rate_stays_above_zero_whatever_is_requested(low):
    film = build_film(NOTEBOOK, along_request(NOTEBOOK, {"id": "eta", "low": low, "high": 1e300}))
    positions = np.array(film["positions"])
    assert np.all(positions > 0)
    assert np.all(np.isfinite(positions))
    assert 0.5 in positions


def test_two_exercises_with_other_numbers_have_other_keys():
    keys = {numbers_key(NOTEBOOK.with_values([(q.id, 0.75)])) for q in quantities(NOTEBOOK.network)}
    assert len(keys) == len(quantities(NOTEBOOK.network))
    assert network_data(NOTEBOOK, View())["numbers"] == numbers_key(NOTEBOOK)


CASES = [
    *(
        (widths, "sigmoid", "half_squared_error")
        for widths in ((1, 1), (3, 2, 1), (3, 4, 4, 3), (6, 6, 6, 6))
    ),
    *(((6,) * 6, name, "half_squared_error") for name in ACTIVATIONS),
    *(((6,) * 6, "sigmoid", loss) for loss in LOSSES),
]


@pytest.mark.parametrize(("widths", "activation", "loss"), CASES, ids=str)
def test_the_first_part_of_every_film_is_there_after_one_round_trip(widths, activation, loss):
    exercise = network_with(widths, activation, loss)
    for quantity in one_of_each_kind(exercise.network):
        first = next(build_in_parts(exercise, along_of(exercise, quantity), 100))
        assert on_the_line(pack(first)) <= FIRST_ROUND_TRIP - AROUND, quantity.id
        assert len(first["positions"]) >= 7
        assert exercise.value(quantity) in first["positions"]


def test_what_stands_around_the_first_part_of_a_film_leaves_it_its_room():
    app = run(new_app(), "net=6-6-6-6-6-6&seed=1")
    protos = {element.proto.component_name: element.proto for element in app.get("bidi_component")}
    first = protos["films"]
    assert unpack(first.bytes)["control"] == "w1.1.1"
    # The messages that begin and end a run are compressed to about a thousand bytes.
    assert on_the_line(first.SerializeToString()) + 1_500 <= FIRST_ROUND_TRIP


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("widths", [(3, 2, 1), (6, 6, 6, 6)], ids=str)
def test_the_parts_of_a_film_make_the_film(widths, horizon):
    exercise = network_of(*widths).with_values([("w1.1.1", 0.1234)])
    for quantity in one_of_each_kind(exercise.network):
        along = along_of(exercise, quantity)
        first, rest = build_in_parts(exercise, along, horizon)
        film = build_film(exercise, along, horizon=horizon)
        assert {"is_whole": True, **first, **rest} == film
        assert first["future"] is None
        assert ("frames" in rest) != first["is_whole"]


def test_a_coarse_film_has_the_frames_of_the_fine_one():
    exercise = network_of(6, 6, 6, 6)
    quantity = quantities(exercise.network)[6]
    first, rest = build_in_parts(exercise, along_of(exercise, quantity), 100)
    assert len(first["positions"]) < len(rest["positions"])
    places = [rest["positions"].index(position) for position in first["positions"]]
    assert (places[0], places[-1]) == (0, len(rest["positions"]) - 1)
    for name in ("frames", "curve", "slope"):
        np.testing.assert_array_equal(read_array(first[name]), read_array(rest[name])[places])
