"""What the player is sent: maps that hold the network's outputs, within a byte and within their limits."""

import base64
import json

import numpy as np
import pytest

from core.network import Network, backward, forward, trace_loss
from core.pieces import finish
from core.plane import Plane
from ui.components.player.payload import MAX_MAP_FRAMES, MAX_POINTS, build_player
from ui.components.player.records import PlayerRun, Points
from ui.components.player.unit_maps import SURFACE_SIDE, UNIT_SIDE
from ui.limits import MAX_RUN_FILM_BYTES

CIRCLE = Network((2, 8, 8, 1), ("tanh", "tanh", "sigmoid"), "binary_cross_entropy")
SQUARE = Plane(("x₁", "x₂"), (-6.0, -6.0), (6.0, 6.0), lambda at: at, {})
LINE = Plane(("x",), (-6.0,), (6.0,), lambda at: at, {})


def run_of(network, points, frames, scale=1.0, seed=0):
    rng = np.random.default_rng(seed)
    theta = scale * rng.standard_normal((frames, network.n_parameters))
    trace = forward(network, theta, points.inputs)
    loss = trace_loss(network, trace, points.y)
    steps = 10 * np.arange(frames)
    gradient = backward(network, theta, trace, points.y).theta
    return PlayerRun(steps, steps / 20, theta, gradient, loss, loss, None, None, None, False)


def points_of(network, count, axes=2, seed=1):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-6, 6, (count, axes))
    y = (rng.uniform(size=(count, network.widths[-1])) > 0.5).astype(float)
    return Points(x, x, y, np.arange(count) % 5 == 0)


def film_of(network=CIRCLE, frames=5, count=20, plane=SQUARE, task="binary", scale=1.0, **changes):
    points = points_of(network, count, len(plane.names))
    run = run_of(network, points, frames, scale)._replace(**changes)
    names = [f"x{k}" for k in range(network.widths[0])]
    film = finish(
        build_player(network, run, plane, points, task=task, input_names=names, output_names=("y",))
    )
    return film, run, points


def decode(text, dtype="<f4"):
    return np.frombuffer(base64.b64decode(text), dtype=dtype)


def answers_at(network, theta, axes, x1, x2=None):
    at = np.array([[x1, x2][:axes]])
    return [a[0] for a in forward(network, theta, at).a[1:]]


def values(film, name, units, dtype="u1"):
    """The maps (frames, units, grid) as real numbers."""
    levels = decode(film["maps"][name], dtype).reshape(len(film["frames"]), units.stop - units.start, -1)
    center = np.array(film["maps"]["center"])[units, None]
    span = np.array(film["maps"]["span"])[units, None]
    return center + span * (levels.astype(float) - 127) / 127, span


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "identity"])
def test_every_pixel_is_what_the_unit_answers_there(activation):
    network = Network((2, 8, 3, 1), (activation, activation, "sigmoid"))
    film, run, _ = film_of(network)
    hidden, span = values(film, "hidden", slice(2, 13))
    surface, _ = values(film, "surface", slice(13, 14))
    for frame in (0, 4):
        for row, column in ((0, 0), (3, 11), (15, 15)):
            x1, x2 = -6 + 12 * (column + 0.5) / UNIT_SIDE, 6 - 12 * (row + 0.5) / UNIT_SIDE
            *inner, output = answers_at(network, run.theta[frame], 2, x1, x2)
            shown = hidden[frame, :, row * UNIT_SIDE + column]
            expected = np.clip(np.concatenate(inner), -span[:, 0], 1e30)
            np.testing.assert_array_less(np.abs(shown - expected), span[:, 0] / 250)
            middle = (3 * row + 1) * SURFACE_SIDE + 3 * column + 1
            assert surface[frame, 0, middle] == pytest.approx(output[0], abs=0.5 / 250)


def test_one_axis_has_curves_and_exact_outputs():
    network = Network((1, 4, 1), ("tanh", "identity"))
    film, run, _ = film_of(network, plane=LINE, task="regression")
    curve = decode(film["maps"]["surface"]).reshape(5, 1, -1)
    hidden, _ = values(film, "hidden", slice(1, 5))
    for frame in (0, 4):
        inner, output = answers_at(network, run.theta[frame], 1, 6.0)
        assert curve[frame, 0, -1] == pytest.approx(output[0], rel=1e-5)
        np.testing.assert_allclose(hidden[frame, :, -1], inner, atol=1 / 250)


def test_predictions_losses_weights_and_gradients_are_those_of_the_run():
    film, run, points = film_of()
    predictions = decode(film["points"]["predictions"]).reshape(5, 20, 1)
    expected = forward(CIRCLE, run.theta, points.inputs).a[-1]
    np.testing.assert_allclose(predictions, expected, rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(decode(film["theta"]), run.theta.astype("<f4").ravel())
    np.testing.assert_array_equal(decode(film["gradient"]), run.gradient.astype("<f4").ravel())
    np.testing.assert_array_equal(decode(film["loss"]["train"], "<f8"), run.train_loss)
    assert film["accuracy"] == {"train": None, "test": None}
    assert film["steps"] == [0, 10, 20, 30, 40]


def test_zero_is_exactly_neutral_and_bounded_units_keep_their_scale():
    network = Network((2, 3, 2), ("tanh", "softmax"), "categorical_cross_entropy")
    points = points_of(network, 4)
    run = run_of(network, points, 2, scale=0.0)
    film = finish(
        build_player(
            network, run, SQUARE, points, task="classes", input_names=("a", "b"), output_names=("c", "d")
        )
    )
    assert set(decode(film["maps"]["hidden"], "u1")) == {127}
    assert set(decode(film["maps"]["surface"], "u1")) == {127}
    assert film["maps"]["center"][2:] == [0, 0, 0, 0.5, 0.5]
    assert film["maps"]["span"][2:] == [1, 1, 1, 0.5, 0.5]


def test_an_input_held_still_is_neutral():
    network = Network((3, 2, 1), ("tanh", "sigmoid"))
    plane = Plane(("a", "b"), (-1.0, -1.0), (1.0, 1.0), lambda at: np.c_[at, np.full(len(at), 7.0)], {2: 7.0})
    points = points_of(network, 6, axes=3)._replace(x=np.zeros((6, 2)))
    run = run_of(network, points, 2)
    film = finish(
        build_player(network, run, plane, points, task="binary", input_names="abc", output_names=("y",))
    )
    maps = decode(film["maps"]["inputs"], "u1").reshape(3, -1)
    assert set(maps[2]) == {127}
    assert maps[0].min() < 20 < 230 < maps[0].max()
    assert film["plane"]["held"] == [[2, 7.0]]


def test_the_usual_film_is_small():
    film, _, _ = film_of(frames=300, count=250)
    assert len(json.dumps(film)) < 2_000_000
    assert len(film["frames"]) == MAX_MAP_FRAMES
    assert film["frames"][0] == 0
    assert film["frames"][-1] == 299


@pytest.mark.parametrize("outputs", [1, 10])
def test_the_largest_film_stays_under_its_limit(outputs):
    last = "softmax" if outputs > 1 else "sigmoid"
    network = Network((2, *[8] * 6, outputs), (*["tanh"] * 6, last))
    film, _, _ = film_of(network, frames=300, count=500, task="classes" if outputs > 1 else "binary")
    assert len(json.dumps(film)) < MAX_RUN_FILM_BYTES + 50_000 < 4_000_000
    assert len(film["frames"]) > 20


@pytest.mark.parametrize("hidden", [1, 6])
@pytest.mark.parametrize("scale", [1.0, 1e30])
def test_the_largest_film_of_pixels_and_one_that_explodes_stay_under_the_limit(hidden, scale):
    network = Network((64, *[8] * hidden, 10), (*["relu"] * hidden, "softmax"), "categorical_cross_entropy")
    rng = np.random.default_rng(2)
    points = points_of(network, 500)._replace(inputs=rng.uniform(size=(500, 64)))
    plane = SQUARE._replace(inputs=lambda at: np.tile(at, 32))
    run = run_of(network, points, 300)
    run = run._replace(theta=run.theta * np.geomspace(1, scale, 300)[:, None])
    film = finish(
        build_player(
            network,
            run,
            plane,
            points,
            task="classes",
            input_names=list(map(str, range(64))),
            output_names=list(map(str, range(10))),
            pixels=(8, 8),
        )
    )
    assert len(json.dumps(film)) < MAX_RUN_FILM_BYTES + 50_000 < 4_000_000
    assert len(film["frames"]) > 5
    assert film["steps"][-1] == run.steps[-1]
    assert film["pixels"] == [8, 8]
    assert film["points"]["rows"] == list(range(500))
    # W1 is drawn as no edges, so it is not sent.
    sent = decode(film["theta"], film["number"]).reshape(len(film["steps"]), -1)
    np.testing.assert_allclose(sent[-1], run.theta[-1, 64 * 8 :], rtol=1e-6)


@pytest.mark.parametrize(("frames", "count"), [(1, 0), (1, 3), (2, 1)])
def test_a_run_not_trained_yet_and_a_plane_without_samples_are_films_too(frames, count):
    points = points_of(CIRCLE, 5)
    run = run_of(CIRCLE, points, frames)
    few = Points(points.x[:count], points.inputs[:count], points.y[:count], points.test[:count])
    film = finish(
        build_player(CIRCLE, run, SQUARE, few, task="binary", input_names=("a", "b"), output_names=("y",))
    )
    assert film["frames"] == list(range(frames))
    assert film["points"]["count"] == count
    json.dumps(film, allow_nan=False)


def test_an_exploding_run_is_a_film_of_finite_bytes():
    network = Network((2, 8, 8, 1), ("relu", "relu", "identity"))
    points = points_of(network, 10)
    run = run_of(network, points, 10)
    theta = run.theta.copy()
    theta[-1] = 1e200
    with np.errstate(over="ignore"):
        run = run._replace(theta=theta, train_loss=np.append(run.train_loss[:-1], np.inf), diverged=True)
    film = finish(
        build_player(
            network, run, SQUARE, points, task="regression", input_names=("a", "b"), output_names=("y",)
        )
    )
    text = json.dumps(film, allow_nan=False)
    assert json.loads(text)["diverged"] is True
    hidden = decode(film["maps"]["hidden"], "u1").reshape(10, -1)
    # The one frame out of range does not leave all others blank.
    assert np.ptp(hidden[0].astype(int)) > 20


def test_regression_colors_span_the_targets():
    network = Network((2, 2, 1), ("tanh", "identity"))
    points = points_of(network, 8)
    points = points._replace(y=np.linspace(100, 120, 8)[:, None])
    film = finish(
        build_player(
            network,
            run_of(network, points, 2),
            SQUARE,
            points,
            task="regression",
            input_names="ab",
            output_names="y",
        )
    )
    assert (film["maps"]["center"][-1], film["maps"]["span"][-1]) == (110, 10)


def test_many_samples_are_thinned_evenly_and_it_is_said():
    film, _, points = film_of(count=2000)
    assert film["points"]["count"] == MAX_POINTS
    assert film["points"]["note"] == "500 of 2,000 samples are drawn."
    shown = decode(film["points"]["x"], "<f8").reshape(-1, 2)
    np.testing.assert_array_equal(shown[[0, -1]], points.x[[0, -1]])
    assert film_of(count=500)[0]["points"]["note"] == ""


def test_the_key_changes_with_anything_that_is_shown():
    film, run, points = film_of()
    keys = {film["key"], film_of()[0]["key"]}
    assert len(keys) == 1
    moved = run.theta.copy()
    moved[2, 3] += 1e-9
    for changed in (
        run._replace(theta=moved),
        run._replace(best=10),
        run._replace(diverged=True),
        run._replace(train_loss=2 * run.train_loss),
    ):
        keys.add(film_of(**changed._asdict())[0]["key"])
    other = points._replace(x=points.x + 0.1)
    for shown, names in ((other, ("y",)), (points, ("no", "yes"))):
        again = finish(
            build_player(
                CIRCLE, run, SQUARE, shown, task="binary", input_names=("x0", "x1"), output_names=names
            )
        )
        keys.add(again["key"])
    assert len(keys) == 7


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"task": "ranking"}, "task must be one of binary, classes, regression, got 'ranking'"),
        ({"plane": Plane(("a", "b", "c"), (0.0,), (1.0,), lambda at: at, {})}, "one or two axes, got 3"),
        ({"input_names": ("x",)}, "input_names must name 2 inputs, got 1"),
        ({"pixels": (1, 3)}, r"rows and columns of 2 inputs, up to 64, got \(1, 3\)"),
        ({"run": "short"}, r"theta must have shape \(5, 105\), got \(5, 104\)"),
        ({"points": "short"}, r"y must have shape \(20, 1\), got \(20, 2\)"),
    ],
)
def test_parts_that_do_not_fit_are_refused_with_a_sentence(changes, sentence):
    _, run, points = film_of()
    parts = {"plane": SQUARE, "task": "binary", "input_names": ("a", "b")} | changes
    if parts.pop("run", None):
        run = run._replace(theta=run.theta[:, :-1])
    if parts.pop("points", None):
        points = points._replace(y=np.zeros((20, 2)))
    with pytest.raises(ValueError, match=sentence):
        finish(build_player(CIRCLE, run, points=points, output_names=("y",), **parts))


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_a_run_that_explodes_beyond_float32_is_shown_with_its_true_numbers(activation):
    network = Network((2, 3, 2, 1), (activation, activation, "sigmoid"), "binary_cross_entropy")
    points = points_of(network, 20)
    run = run_of(network, points, 3)
    run = run._replace(theta=run.theta * np.array([[1.0], [1e20], [1e90]]))
    film = finish(
        build_player(network, run, SQUARE, points, task="binary", input_names=("a", "b"), output_names=("y",))
    )
    trace = forward(network, run.theta, points.inputs)
    np.testing.assert_array_equal(decode(film["theta"], film["number"]), run.theta.ravel())
    predictions = decode(film["points"]["predictions"], film["number"]).reshape(3, 20, 1)
    np.testing.assert_allclose(predictions, trace.a[-1], rtol=1e-6)
    surface, _ = values(film, "surface", slice(7, 8))
    for row, column in ((0, 0), (20, 41), (47, 47)):
        at = -6 + 12 * (column + 0.5) / SURFACE_SIDE, 6 - 12 * (row + 0.5) / SURFACE_SIDE
        *_, output = answers_at(network, run.theta[2], 2, *at)
        assert surface[2, 0, row * SURFACE_SIDE + column] == pytest.approx(output[0], abs=0.5 / 250)
