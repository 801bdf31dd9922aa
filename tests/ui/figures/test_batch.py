import numpy as np
import pytest

from tests.ui.figures.colors import CATEGORIES, THEMES, colors_of
from ui.figures.batch import (
    MAX_SAMPLES,
    MAX_WEIGHTS,
    NEGATIVE,
    POSITIVE,
    batch_data,
    batch_note,
    color_shares,
    plot_batch,
)
from ui.theme import PALETTES

LOSS = np.array([0.5, 0.1])
GRADIENT = np.array([[1.0, -2.0, 0.0], [0.02, 0.0, 0.0]])
NAMES = ["w x→h1", "w <x>→h2", "b→h1"]
SMALL = batch_data(np.array([7, 3]), LOSS, GRADIENT, NAMES)


def test_samples_keep_their_order_and_count_from_1():
    assert SMALL.samples == ["8", "4"]
    assert SMALL.losses == [0.5, 0.1]
    assert SMALL.gradient == [[1.0, 0.02], [-2.0, 0.0], [0.0, 0.0]]
    assert batch_note(SMALL) is None


def test_of_a_large_batch_the_largest_losses_and_gradients_are_drawn():
    count = 100
    gradient = np.outer(np.ones(count), np.arange(count))
    names = [f"w{place}" for place in range(count)]
    data = batch_data(np.arange(count), np.arange(count, 0, -1.0), gradient, names)
    assert data.samples == [str(row + 1) for row in range(MAX_SAMPLES)]
    assert data.weights == names[-MAX_WEIGHTS:]
    assert data.gradient[0] == [40.0] * MAX_SAMPLES
    assert batch_note(data) == (
        "Drawn are the 60 of 100 samples with the largest loss and the 60 of 100 weights and biases with "
        "the largest gradient; the CSV has all."
    )


@pytest.mark.parametrize("logarithmic", [False, True])
def test_colors_are_centered_at_zero(logarithmic):
    heatmap, bars = plot_batch(SMALL, logarithmic)["data"]
    assert (heatmap["zmin"], heatmap["zmax"]) == (-1, 1)
    assert heatmap["z"][1] == [-1, 0]
    assert heatmap["z"][2] == [0, 0]
    assert heatmap["customdata"] == SMALL.gradient
    assert heatmap["y"][1] == "w &#60;x&#62;→h2"
    assert heatmap["x"] == bars["x"]
    assert bars["y"] == SMALL.losses


def test_the_logarithmic_scale_spans_three_decades():
    shares = color_shares(np.array([1000.0, -100, 10, 1, -1e-9, 0]), 1000, True)
    assert shares == pytest.approx([1, -2 / 3, 1 / 3, 0.06, -0.06, 0])


def test_the_color_bar_reads_as_gradients():
    linear, logarithmic = (plot_batch(SMALL, choice)["data"][0]["colorbar"] for choice in (False, True))
    assert linear["ticktext"] == ["−2", "−1", "0", "1", "2"]
    assert logarithmic["ticktext"] == ["−2", "−0.2", "−0.02", "0", "0.02", "0.2", "2"]


def test_blue_and_orange_are_the_projects():
    figure = plot_batch(SMALL, False)
    assert colors_of(figure) <= CATEGORIES
    for theme, palette in PALETTES.items():
        colors = THEMES[theme]
        assert colors[int(NEGATIVE[1:]) - 1] == palette["negative"]
        assert colors[int(POSITIVE[1:]) - 1] == palette["positive"]


@pytest.mark.parametrize("gradient", [np.zeros((1, 1)), np.array([[np.inf]]), np.array([[np.nan]])])
def test_gradients_of_zero_or_none_can_be_drawn(gradient):
    data = batch_data(np.array([0]), LOSS[:1], gradient, NAMES[:1])
    assert plot_batch(data, True)["data"][0]["z"] in ([[0]], [[None]])
