import numpy as np
import pytest

from tests.ui.figures.colors import BACKGROUND, CATEGORIES, colors_of
from ui.figures.confusion import confusion_data, plot_confusion

Y = np.array([[0.0], [0.0], [1.0], [1.0], [1.0]])
Y_HAT = np.array([[0.1], [0.7], [0.9], [0.5], [0.51]])


def test_one_output_is_the_second_class_above_one_half():
    assert confusion_data(Y, Y_HAT, ("no", "yes")) == (["no", "yes"], [[1, 1], [1, 2]])


@pytest.mark.parametrize("names", [("y",), ()])
def test_classes_without_names_are_0_and_1(names):
    assert confusion_data(Y, Y_HAT, names).names == ["0", "1"]


def test_of_several_outputs_the_largest_wins():
    y = np.eye(3)[[0, 1, 2, 2]]
    y_hat = np.eye(3)[[0, 2, 2, 1]] * 0.4 + 0.2
    assert confusion_data(y, y_hat, ("a", "b", "c")).counts == [[1, 0, 0], [0, 0, 1], [0, 1, 1]]


def test_counts_stand_in_cells_colored_by_their_share():
    figure = plot_confusion(confusion_data(Y, Y_HAT, ("<b>", "yes")), "test")
    (heatmap,) = figure["data"]
    assert heatmap["text"] == [[1, 1], [1, 2]]
    assert np.allclose(heatmap["z"], [[0.5, 0.5], [1 / 3, 2 / 3]])
    assert heatmap["hovertext"][0][1] == "true &#60;b&#62;, predicted yes: 1 (50.0%)"
    assert figure["layout"]["xaxis"]["title"]["text"] == "predicted (test, 5)"
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"
    assert colors_of(figure) <= CATEGORIES | {BACKGROUND}


def test_a_class_without_samples_can_be_drawn():
    figure = plot_confusion(confusion_data(Y[:2], Y_HAT[:2], ("no", "yes")), "train")
    assert figure["data"][0]["z"][1] == [0, 0]


def test_three_classes_and_more_have_the_markers_of_the_plane():
    one_hot = np.eye(3)
    axis = plot_confusion(confusion_data(one_hot, one_hot, ("a", "b", "c")), "train")["layout"]["yaxis"]
    assert axis["ticktext"] == ["a ●", "b ▲", "c ■"]
    two = plot_confusion(confusion_data(Y, Y_HAT, ("no", "yes")), "train")["layout"]["yaxis"]
    assert two["ticktext"] == ["no", "yes"]
