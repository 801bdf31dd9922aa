import numpy as np

from tests.ui.figures.colors import CATEGORIES, TEXT, colors_of
from ui.figures.thin import MAX_POINTS
from ui.figures.training_curves import accuracy_data, layer_style, loss_data, plot_accuracy, plot_loss

BATCH = np.array([1.0, 0.8, 0.9, 0.5])
STEPS = [0, 2, 4]
TRAIN, TEST = np.array([1.1, 0.7, 0.4]), np.array([1.2, 0.8, 0.6])


def test_each_batch_loss_stands_at_the_step_before_its_update():
    data = loss_data(BATCH, STEPS, TRAIN, TEST, 2)
    assert data.batch == ([0, 1, 2, 3], [1.0, 0.8, 0.9, 0.5])
    assert data.train == ([0, 2, 4], [1.1, 0.7, 0.4])
    assert data.test == ([0, 2, 4], [1.2, 0.8, 0.6])
    assert data.step == 2


def test_long_runs_are_thinned():
    data = loss_data(np.ones(50_000), range(0, 50_000, 5), np.ones(10_000), None, 0)
    assert [len(line[0]) for line in (data.batch, data.train) if line] == [MAX_POINTS, MAX_POINTS]


def test_without_test_samples_there_is_no_test_curve():
    assert [trace["name"] for trace in plot_loss(loss_data(BATCH, STEPS, TRAIN, None, 2), False)["data"]] == [
        "batch",
        "train",
    ]
    assert accuracy_data(STEPS, None, None, 2).train is None


def test_the_playhead_is_a_vertical_line():
    for figure in (
        plot_loss(loss_data(BATCH, STEPS, TRAIN, TEST, 2), False),
        plot_accuracy(accuracy_data(STEPS, TRAIN, TEST, 2)),
    ):
        (line,) = figure["layout"]["shapes"]
        assert (line["x0"], line["x1"], line["yref"]) == (2, 2, "paper")
        assert "2" in figure["layout"]["xaxis"]["title"]["text"]


def test_the_scale_is_linear_or_logarithmic():
    data = loss_data(BATCH, STEPS, TRAIN, TEST, 2)
    linear, logarithmic = (plot_loss(data, choice)["layout"] for choice in (False, True))
    assert "type" not in linear["yaxis"]
    assert logarithmic["yaxis"]["type"] == "log"
    # A zoom of one scale makes no sense on the other.
    assert linear["uirevision"] != logarithmic["uirevision"]


def test_batches_are_fainter_than_train_and_test():
    batch, train, test = plot_loss(loss_data(BATCH, STEPS, TRAIN, TEST, 2), False)["data"]
    assert batch["line"]["width"] < train["line"]["width"] == test["line"]["width"]
    # As in the timeline: train and test are told apart by their dashes.
    assert train["line"]["color"] == test["line"]["color"] == TEXT
    assert "dash" not in train["line"]
    assert test["line"]["dash"] == "4px,3px"


def test_a_run_before_its_first_step_can_be_drawn():
    figure = plot_loss(loss_data(np.empty(0), [0], TRAIN[:1], None, 0), True)
    batch, train = figure["data"]
    assert (batch["x"], train["x"], train["mode"]) == ([], [0], "markers")
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0 < high


def test_colors_are_the_themes():
    assert colors_of(plot_loss(loss_data(BATCH, STEPS, TRAIN, TEST, 2), False)) <= CATEGORIES | {TEXT}


def test_layers_can_be_told_apart():
    styles = [layer_style(layer, 1) for layer in range(8)]
    assert len({(style["color"], style["dash"]) for style in styles}) == 8
    assert {style["color"] for style in styles} <= CATEGORIES
