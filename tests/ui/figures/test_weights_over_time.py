import numpy as np
import pytest

from core.network import Network
from tests.ui.figures.colors import CATEGORIES, colors_of
from ui.figures.weights_over_time import MAX_LINES, parameter_names, plot_weights, weights_data, weights_note

SMALL = Network((2, 2, 1), ("tanh", "sigmoid"))
LARGE = Network((2, 20, 2), ("tanh", "softmax"), "categorical_cross_entropy")


def film(network, frames):
    return np.arange(frames)[:, None] * np.arange(1.0, network.n_parameters + 1)


@pytest.mark.parametrize(
    ("inputs", "first"),
    [
        (("x₁", "sin x₂"), ["w x₁→h1", "w x₁→h2", "w sin x₂→h1", "w sin x₂→h2"]),
        (("a long name of a column", "x₂"), ["w a long… column→h1", "w a long… column→h2"]),
        (("a long name, its 1st column", "a long name: its 1st column"), ["w x1→h1", "w x1→h2", "w x2→h1"]),
        ((), ["w x1→h1"]),
    ],
)
def test_names_say_where_a_weight_leads(inputs, first):
    names = parameter_names(SMALL, inputs)
    assert names[: len(first)] == first
    assert names[-5:] == ["b→h1", "b→h2", "w h1→ŷ", "w h2→ŷ", "b→ŷ"]
    assert len(set(names)) == SMALL.n_parameters


def test_every_weight_of_a_small_network_is_a_line_of_its_layer():
    data = weights_data(SMALL, ("x1", "x2"), [0, 10, 20], film(SMALL, 3), 10)
    assert weights_note(data) is None
    assert data.lines[0] == ("w x1→h1", 0, ([0, 10, 20], [0.0, 1.0, 2.0]))
    assert [line.layer for line in data.lines] == [0] * 6 + [1] * 3


def test_of_a_large_network_those_are_drawn_that_moved_furthest():
    theta = film(LARGE, 4)
    # Back where it started, but it moved further than all others in between.
    theta[:, 0] = [0, 1e6, 0, 0]
    data = weights_data(LARGE, ("x1", "x2"), [0, 1, 2, 3], theta, 0)
    names = parameter_names(LARGE, ("x1", "x2"))
    assert [line.name for line in data.lines] == [names[0], *names[-MAX_LINES + 1 :]]
    assert weights_note(data) == (
        f"Drawn are the 60 of {LARGE.n_parameters} weights and biases that moved furthest; the CSV has all."
    )


def test_lines_are_faint_with_one_legend_entry_a_layer():
    figure = plot_weights(weights_data(SMALL, ("<b>x1", "x2"), [0, 10, 20], film(SMALL, 3), 10))
    assert [trace["name"] for trace in figure["data"] if trace["showlegend"]] == ["layer 1", "layer 2"]
    assert all(trace["opacity"] < 1 for trace in figure["data"])
    assert figure["data"][0]["hovertemplate"].startswith("w &#60;b&#62;x1→h1")
    assert figure["data"][0]["line"]["color"] != figure["data"][-1]["line"]["color"]
    assert colors_of(figure) <= CATEGORIES
