import numpy as np

from tests.ui.figures.colors import CATEGORIES, colors_of
from ui.figures.gradient_norms import gradient_norms_data, gradient_norms_note, plot_gradient_norms

NORMS = np.array([[1.0, 0.1], [0.5, 0.0], [np.inf, 0.01]])


def test_every_layer_is_a_line():
    data = gradient_norms_data([0, 5, 10], NORMS, 5)
    assert data.lines == [([0, 5, 10], [1.0, 0.5, None]), ([0, 5, 10], [0.1, 0.0, 0.01])]
    assert (data.zeros, data.step) == ([0, 1], 5)


def test_what_the_axis_cannot_show_is_said():
    assert gradient_norms_note(gradient_norms_data([0, 5, 10], NORMS, 5)) == (
        "A norm of exactly 0 has no place on a logarithmic axis and leaves a gap: "
        "layer 2 at 1 of its key steps."
    )
    assert gradient_norms_note(gradient_norms_data([0, 5, 10], NORMS + 1, 5)) is None


def test_norms_are_drawn_on_a_logarithmic_axis():
    figure = plot_gradient_norms(gradient_norms_data([0, 5, 10], NORMS, 5))
    assert [trace["name"] for trace in figure["data"]] == ["layer 1", "layer 2"]
    assert figure["layout"]["yaxis"]["type"] == "log"
    assert figure["layout"]["shapes"][0]["x0"] == 5
    assert colors_of(figure) <= CATEGORIES
