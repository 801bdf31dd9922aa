"""What the loss timeline is sent: the losses of the core, as exact as they are said to be, and small."""

import json

import numpy as np
import pytest

from core.examples import DEFAULT_EXAMPLE
from core.exercise import Exercise, quantities
from core.future import future, future_along
from core.history import Branch, History, replay
from core.network import Network
from tests.ui.components.sent_arrays import read_array
from ui.components.base.arrays import encode, pack
from ui.components.live_network.films import Along, build_film
from ui.components.live_network.loss_ahead import (
    COARSENESS,
    COARSEST,
    MAX_POINTS,
    NO_NUMBER,
    encode_rows,
    loss_ahead,
    loss_along,
    seen_losses,
)
from ui.components.live_network.sliders import slider_range
from ui.limits import MAX_HIDDEN_LAYERS, MAX_UNITS
from ui.links.fitting import rebuild
from ui.links.view import HORIZONS

NOTEBOOK = DEFAULT_EXAMPLE.exercise
WEIGHT = quantities(NOTEBOOK.network)[3]
POSITIONS = np.linspace(-2, 2, 201)
MAX_BYTES = 300_000


def decoded(sent):
    """The losses (F, K) that a browser reads."""
    codes = read_array(sent["codes"])
    low, high = (read_array(sent[end])[:, None].astype(float) for end in ("low", "high"))
    return np.where(codes == NO_NUMBER, np.nan, 2 ** (low + (high - low) * codes / (NO_NUMBER - 1)))


@pytest.mark.parametrize("horizon", HORIZONS)
def test_at_rest_it_is_the_future_with_every_digit(horizon):
    sent = loss_ahead(NOTEBOOK, horizon)
    expected = future(NOTEBOOK, horizon, COARSENESS[horizon].steps)
    assert sent == {"steps": expected.steps.tolist(), "loss": expected.loss.tolist()}
    assert sent["steps"][-1] == horizon
    assert len(sent["steps"]) <= 201


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize("index", [0, 3, -2, -1])
def test_a_film_has_the_future_of_its_positions(index, horizon):
    quantity = quantities(NOTEBOOK.network)[index]
    film = build_film(NOTEBOOK, Along(quantity, *slider_range(NOTEBOOK, quantity)), horizon=horizon)
    sent = film["future"]
    coarseness = COARSENESS[horizon]
    expected = future_along(NOTEBOOK, quantity, sent["positions"], horizon, coarseness.steps)
    np.testing.assert_allclose(decoded(sent), expected.loss, rtol=1e-3, atol=2e-30)
    assert read_array(sent["last"]).tolist() == expected.loss[:, -1].tolist()
    assert sent["steps"] == expected.steps.tolist()
    assert NOTEBOOK.value(quantity) in sent["positions"]
    assert {film["positions"][0], film["positions"][-1]} <= set(sent["positions"]) <= set(film["positions"])
    if coarseness.positions == 1:
        assert sent["positions"] == film["positions"]


@pytest.mark.parametrize(("widths", "apart"), [((3, 2, 1), 1), ((6, 6, 6, 6), 1), ((3, 4, 4, 3), 2)], ids=str)
def test_there_is_a_future_from_every_position_that_a_films_time_allows(widths, apart):
    network = Network(widths, ("sigmoid",) * (len(widths) - 1))
    exercise = rebuild(NOTEBOOK, network, True, "uniform", 1)
    quantity = quantities(network)[0]
    film = build_film(exercise, Along(quantity, *slider_range(exercise, quantity)), horizon=100)
    places = [film["positions"].index(position) for position in film["future"]["positions"]]
    assert places[0] == 0
    assert places[-1] == len(film["positions"]) - 1
    assert max(np.diff(places)) == apart
    assert exercise.value(quantity) in film["future"]["positions"]


def test_a_loss_that_swings_from_step_to_step_is_seen_to_swing():
    assert all(each.steps % 2 for each in (*COARSENESS.values(), *COARSEST.values()))


def test_what_diverges_is_no_number_and_leaves_the_other_rows_exact():
    loss = np.array([[1e-3, 1e-4, 1e-5], [1.0, 1e300, np.nan], [0.0, 0.5, 1.0], [np.nan, np.nan, np.nan]])
    low, high, codes = encode_rows(loss)
    found = decoded({"codes": encode(codes, "<u2"), "low": encode(low, "<f4"), "high": encode(high, "<f4")})
    assert np.isnan(found).tolist() == np.isnan(loss).tolist()
    np.testing.assert_allclose(found[0], loss[0], rtol=1e-4)
    np.testing.assert_allclose(found[1, :2], loss[1, :2], rtol=1e-2)
    np.testing.assert_allclose(found[2], loss[2], rtol=1e-3, atol=1e-30)


def test_a_film_of_another_horizon_has_another_key():
    keys = {
        build_film(NOTEBOOK, Along(WEIGHT, -2, 2), horizon=horizon)["key"] for horizon in (None, *HORIZONS)
    }
    assert len(keys) == 4


WIDEST = (MAX_UNITS,) * (MAX_HIDDEN_LAYERS + 2)


@pytest.mark.parametrize("horizon", HORIZONS)
@pytest.mark.parametrize(
    "widths", [(3, 2, 1), (3, 4, 4, 3), (1, 1), (6, 4, 6), (5, 5, 4), (6, 6, 6, 6), WIDEST], ids=str
)
def test_film_and_future_together_stay_under_the_limit(widths, horizon):
    network = Network(widths, ("sigmoid",) * (len(widths) - 1))
    exercise = rebuild(NOTEBOOK, network, True, "uniform", 1)
    for index in (0, -2, -1):
        quantity = quantities(network)[index]
        film = build_film(exercise, Along(quantity, *slider_range(exercise, quantity)), horizon=horizon)
        assert film["future"]
        assert len(pack(film)) <= MAX_BYTES


def test_every_step_taken_is_sent_and_the_branches_left_behind():
    history = History((Branch(end=10), Branch(0, 4, 6, (("x1", 1.0),))), 6)
    run = replay(NOTEBOOK, history)
    sent = seen_losses(run)
    assert sent["curve"] == {"steps": list(range(7)), "loss": run.curve.tolist()}
    (old,) = sent["old"]
    assert old == {"steps": list(range(4, 11)), "loss": run.old[0].loss.tolist()}


def test_a_long_curve_is_sent_by_its_shape():
    curve = seen_losses(replay(NOTEBOOK, History().advance(9999)))["curve"]
    assert len(curve["steps"]) == len(curve["loss"]) == MAX_POINTS
    assert (curve["steps"][0], curve["steps"][-1]) == (0, 9999)


def test_a_future_that_diverges_can_be_sent():
    network = Network((1, 1), ("identity",), bias=False)
    exercise = Exercise(network, (1.0,), (1.0,), (0.0,), 1e6)
    sent = json.loads(json.dumps([loss_ahead(exercise, 100)], allow_nan=False))[0]
    assert sent["loss"][0] == 0.5
    assert sent["loss"][-1] is None
    film = loss_along(exercise, quantities(network)[-1], np.array([0.1, 1e6]), 100, COARSENESS[100])
    assert np.isnan(read_array(film["last"])).tolist() == [False, True]
