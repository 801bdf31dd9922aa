import base64
from dataclasses import replace

import numpy as np
import pytest

from core.data import DATASETS
from core.network import backward, forward
from core.pieces import finish
from core.settings import Settings
from ui.components.player.payload import build_player, thin
from ui.components.player.records import Points
from ui.limits import MAX_PIXELS
from ui.training.data import load
from ui.training.data_sentences import scaled_sentence, standardized_sentence
from ui.training.film import build_film, player_run, sample_picture
from ui.training.own_data import DataTable
from ui.training.run import begin, extend
from ui.training.shown import predictions, show
from ui.training.state import PICTURES, REAL, Chosen, Training


@pytest.mark.parametrize("name", [*DATASETS, *REAL, *PICTURES, "points"])
def test_every_data_set_is_ready_to_train_on(name):
    data = load(Chosen(name), None)
    count = len(data.x)
    assert data.y.shape[0] == len(data.positions) == count
    assert sorted([*data.train, *data.test]) == list(range(count))
    assert data.x.shape[1] == len(data.input_names)
    assert np.all(np.isfinite(data.x))
    assert np.all(np.isfinite(data.y))
    assert len(data.plane.names) == data.positions.shape[1] == len(data.plane.low)
    assert np.all(data.positions >= data.plane.low)
    assert np.all(data.positions <= data.plane.high)
    expected = 2 if data.task == "binary" else max(1, data.y.shape[1])
    assert len(data.output_names) == expected
    if data.positions.shape[1] == data.x.shape[1]:
        np.testing.assert_allclose(data.plane.inputs(data.positions), data.x)


def test_features_are_made_of_the_two_coordinates():
    data = load(Chosen("circle", features=("x1_squared", "x2_squared")), None)
    np.testing.assert_allclose(data.x, data.positions**2)
    assert data.input_names == ("x₁²", "x₂²")


def test_digits_are_pictures_over_the_plane_of_their_principal_components():
    data = load(Chosen("digits", train_share=0.3), None)
    assert data.pixels == (8, 8)
    assert data.own_x.shape == (1797, 64) <= (1797, MAX_PIXELS)
    assert (len(data.train), data.output_names) == (539, tuple("0123456789"))
    assert (data.own_x.min(), data.own_x.max()) == (0, 1)
    pictures = data.plane.inputs(np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 2.0]]))
    np.testing.assert_allclose(pictures[0], data.x[data.train].mean(axis=0))
    across, up = pictures[1:] - pictures[0]
    assert across @ up == pytest.approx(0, abs=1e-12)
    # A sample stands where it is nearest to its picture in the plane.
    row = data.test[0]
    away = data.x[row] - data.plane.inputs(data.positions[[row]])[0]
    assert away @ across == pytest.approx(0, abs=1e-12)
    assert data.input_names[:9] == (*(f"pixel 1,{k}" for k in range(1, 9)), "pixel 2,1")
    assert "principal components" in standardized_sentence(data)


def test_the_picture_of_a_sample_has_dl_dx_at_every_key_frame_of_the_film():
    state = Training(Chosen("digits"), steps=40, hidden=(3,))
    data = load(state.data, None)
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    film = finish(build_film(state, data, shown, thin(player_run(shown), 5), 500_000))
    row = int(data.test[2])
    picture = sample_picture(data, shown, row, film)
    assert picture is not None
    assert (picture.number, picture.samples) == (row + 1, 1797)
    assert picture.label == f"{np.argmax(data.own_y[row])}, test sample"
    assert picture.gradient.shape == (5, 64)
    for theta, found in ((shown.history.key_theta[0], 0), (shown.history.key_theta[-1], -1)):
        trace = forward(shown.network, theta, data.x[[row]])
        expected = backward(shown.network, theta, trace, data.y[[row]]).da[0][0]
        np.testing.assert_allclose(picture.gradient[found], expected)
    circle = load(Chosen(), None)
    assert sample_picture(circle, shown, 0, film) is None


def test_a_truth_table_is_trained_on_whole():
    data = load(Chosen("truth_xor"), None)
    assert len(data.train) == 4
    assert len(data.test) == 0


def test_inputs_that_are_no_axis_are_held_at_their_training_means():
    data = load(Chosen("iris"), None)
    assert data.plane.names == ("petal_length", "petal_width")
    at = data.x_scaling.own(data.plane.inputs(np.array([[1.0, 2.0], [3.0, 4.0]])))
    np.testing.assert_allclose(at[:, 2:], [[1, 2], [3, 4]])
    means = data.own_x[data.train].mean(axis=0)
    np.testing.assert_allclose(at[:, :2], np.tile(means[:2], (2, 1)))
    assert data.plane.held == {0: pytest.approx(means[0]), 1: pytest.approx(means[1])}


@pytest.mark.parametrize(
    ("name", "axes"),
    [
        ("iris", ("petal_length", "petal_width")),
        ("tips", ("total_bill", "size")),
        ("wine", ("flavanoids", "od280/od315")),
    ],
)
def test_the_usual_axes_are_the_two_inputs_with_most_to_say_about_the_target(name, axes):
    assert load(Chosen(name), None).plane.names == axes
    assert load(Chosen(name, standardize=False), None).plane.names == axes


def test_axes_can_be_chosen_in_either_order_and_change_nothing_but_the_plane():
    usual = load(Chosen("iris"), None)
    turned = load(Chosen("iris", axes=("petal_width", "sepal_length")), None)
    assert turned.plane.names == ("petal_width", "sepal_length")
    assert turned.positions.tolist() == turned.own_x[:, [3, 0]].tolist()
    assert list(turned.plane.held) == [1, 2]
    at = turned.x_scaling.own(turned.plane.inputs(np.array([[0.2, 5.0]])))
    np.testing.assert_allclose(at[0, [3, 0]], [0.2, 5.0])
    np.testing.assert_array_equal(turned.x, usual.x)


def test_an_axis_that_is_no_input_is_named_and_the_usual_ones_stay():
    data = load(Chosen("iris", axes=("petal_width", "fur")), None)
    assert data.plane.names == ("petal_length", "petal_width")
    assert data.notes == (
        "The axes got “fur”, which is no input here; shown are petal_length and petal_width.",
    )


def table_of(rows, columns=("a", "b", "y")):
    return DataTable(columns, tuple(tuple(map(repr, row)) for row in np.asarray(rows).tolist()))


ROWS = np.random.default_rng(3).normal((5, 100, 20), (1, 30, 4), (40, 3))


def own_state(share):
    chosen = Chosen("own", train_share=share)
    return Training(data=chosen, hidden=(3,), settings=Settings(batch_size=4), steps=30)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_test_rows_never_change_the_training(share):
    state = own_state(share)
    before = load(state.data, table_of(ROWS))
    changed = ROWS.copy()
    changed[before.test] = -1e6
    after = load(state.data, table_of(changed))
    assert after.test.tolist() == before.test.tolist()
    runs = [finish(extend(state, data, begin(state, data))) for data in (before, after)]
    np.testing.assert_array_equal(runs[0].theta, runs[1].theta)
    np.testing.assert_array_equal(runs[0].loss, runs[1].loss)
    assert before.plane.names == after.plane.names
    assert before.plane.held == after.plane.held


def test_what_is_shown_has_the_numbers_of_the_table():
    state = own_state(0.5)
    data = load(state.data, table_of(ROWS))
    shown = finish(show(state, data, finish(extend(state, data, begin(state, data)))))
    np.testing.assert_array_equal(data.positions, ROWS[:, :2])
    np.testing.assert_array_equal(data.own_y, ROWS[:, 2:])
    film = finish(
        build_player(
            shown.network,
            player_run(shown),
            data.plane,
            Points(data.positions, data.x, data.own_y, np.isin(np.arange(40), data.test)),
            task=data.task,
            input_names=data.input_names,
            output_names=data.output_names,
            x_scaling=data.x_scaling,
            y_scaling=data.y_scaling,
        )
    )

    def sent(text, dtype):
        return np.frombuffer(base64.b64decode(text), dtype=dtype)

    np.testing.assert_array_equal(sent(film["points"]["x"], "<f8").reshape(-1, 2), ROWS[:, :2])
    np.testing.assert_array_equal(sent(film["points"]["y"], "<f8"), ROWS[:, 2])
    last = predictions(data, shown, len(shown.history.key_steps) - 1)
    np.testing.assert_allclose(
        sent(film["points"]["predictions"], "<f4").reshape(-1, 40)[-1], last[:, 0], rtol=1e-5
    )
    # The mean squared error in own units is the one of the network's numbers times the deviation squared.
    train = data.train
    error = np.mean((last[train] - data.own_y[train]) ** 2) / 2 / data.y_scaling.deviation[0] ** 2
    assert error == pytest.approx(shown.train.loss[-1])


def test_what_the_network_gets_is_said_where_it_is_not_the_tables_own():
    tips, plain = load(Chosen("tips"), None), load(Chosen("tips", standardize=False), None)
    assert tips.loss_of == "standardized tip"
    assert "The loss is of the standardized tip: (tip − " in standardized_sentence(tips)
    assert f"total_bill {tips.own_x[4, 0]:.4g} → {tips.x[4, 0]:.4g}" in scaled_sentence(tips, 4)
    assert "sex" not in scaled_sentence(tips, 4)
    assert plain.loss_of == standardized_sentence(plain) == scaled_sentence(plain, 4) == ""
    iris = load(Chosen("iris"), None)
    assert iris.loss_of == ""
    assert standardized_sentence(iris).startswith("Inputs are standardized")


def test_columns_that_stand_still_in_training_are_named_in_one_sentence():
    rows = ROWS.copy()
    data = load(Chosen("own", train_share=0.1), table_of(rows))
    rows[data.train, 0] = 0.1
    still = load(Chosen("own", train_share=0.1), table_of(rows))
    assert still.notes == (
        "Column a has the same number in every training row, so nothing can be learned there.",
    )
    assert np.all(np.isfinite(still.x))
    np.testing.assert_allclose(still.x[still.train, 0], 0, atol=1e-12)
    one = load(Chosen("own", train_share=0.1), table_of(rows[:4]))
    assert len(one.train) == 1
    assert one.notes == (
        "Columns a, b, y have the same number in every training row, so nothing can be learned there.",
    )
    assert load(Chosen("own", train_share=0.1, standardize=False), table_of(rows)).notes == ()


def test_points_are_of_two_or_three_classes():
    two = load(Chosen("points", points=((0, 1, 0), (1, 0, 1))), None)
    assert (two.task, two.y.tolist()) == ("binary", [[0], [1]])
    three = load(Chosen("points", points=((0, 1, 0), (1, 0, 2))), None)
    assert (three.task, three.y.tolist()) == ("classes", [[1, 0, 0], [0, 0, 1]])


def test_a_table_takes_its_last_column_as_the_target():
    table = DataTable(("a", "b", "c"), (("1", "2", "3"), ("2", "3", "5"), ("4", "1", "5")))
    data = load(Chosen("own", standardize=False, train_share=1), table)
    assert data.input_names == ("a", "b")
    np.testing.assert_allclose(data.y[:, 0], [3, 5, 5])
    fewer = load(replace(Chosen("own", standardize=False), target="a", columns=("c",)), table)
    assert fewer.input_names == ("c",)
    assert fewer.positions.shape == (3, 1)


def test_what_cannot_be_trained_on_is_said_in_a_sentence():
    with pytest.raises(ValueError, match="There is no table of your own yet"):
        load(Chosen("own"), None)
    with pytest.raises(ValueError, match="fur"):
        load(Chosen("iris", target="fur"), None)
