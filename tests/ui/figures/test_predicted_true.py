import numpy as np

from tests.ui.figures.colors import CATEGORIES, colors_of
from ui.figures.predicted_true import plot_predicted_true, predicted_true_data, predicted_true_note
from ui.figures.thin import MAX_POINTS

Y = np.array([[0.0], [1.0], [2.0]])
Y_HAT = np.array([[0.1], [3.0], [np.nan]])
TEST = np.array([False, True, False])


def test_train_and_test_are_apart():
    data = predicted_true_data(Y, Y_HAT, TEST, ("tip",))
    train, test = data.clouds
    assert train == ("train", 0, False, [0.0, 2.0], [0.1, None])
    assert test == ("test", 0, True, [1.0], [3.0])
    assert (data.low, data.high) == (0.0, 3.0)
    assert predicted_true_note(data) is None


def test_several_outputs_have_their_names():
    data = predicted_true_data(np.hstack([Y, Y]), np.hstack([Y, Y]), TEST, ("a", "b"))
    assert [cloud.name for cloud in data.clouds] == ["a, train", "a, test", "b, train", "b, test"]


def test_many_points_are_thinned_and_that_is_said():
    y = np.linspace(0, 1, 2000)[:, None]
    data = predicted_true_data(y, y, np.zeros(2000, bool), ("y",))
    assert len(data.clouds[0].true) == MAX_POINTS
    assert predicted_true_note(data) == "Drawn are 600 of 2,000 points, evenly picked; the CSV has all."


def test_the_diagonal_spans_the_chart():
    figure = plot_predicted_true(predicted_true_data(Y, Y_HAT, TEST, ("tip",)))
    diagonal, train, test = figure["data"]
    assert (
        diagonal["x"]
        == diagonal["y"]
        == figure["layout"]["xaxis"]["range"]
        == figure["layout"]["yaxis"]["range"]
    )
    assert (train["marker"]["symbol"], test["marker"]["symbol"]) == ("circle", "circle-open")
    assert colors_of(figure) <= CATEGORIES


def test_equal_values_can_be_drawn():
    figure = plot_predicted_true(predicted_true_data(Y[:1], Y[:1], TEST[:1], ("tip",)))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0 < high
