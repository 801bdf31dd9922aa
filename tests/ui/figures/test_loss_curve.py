from ui.figures.loss_curve import loss_curve_data, plot_loss_curve
from ui.figures.thin import MAX_POINTS


def test_the_curve_is_split_at_the_readers_step():
    data = loss_curve_data([4.0, 3.0, 2.0, 1.0], [(1, [3.5, 3.6])], 2)
    assert data.behind == ([0, 1, 2], [4.0, 3.0, 2.0])
    assert data.ahead == ([2, 3], [2.0, 1.0])
    assert data.old == [([1, 2], [3.5, 3.6])]
    assert (data.position, data.loss) == (2, 2.0)


def test_a_long_curve_is_thinned_but_keeps_its_ends():
    losses = [1 / (step + 1) for step in range(10_001)]
    steps, shown = loss_curve_data(losses, [], 10_000).behind
    assert len(steps) == MAX_POINTS
    assert (steps[0], steps[-1], shown[-1]) == (0, 10_000, losses[-1])
    assert [losses[step] for step in steps] == shown


def test_old_branches_and_what_lies_ahead_are_faint():
    old, ahead, behind, here = plot_loss_curve(loss_curve_data([3.0, 2.0, 1.0], [(1, [3.5, 3.6])], 1))["data"]
    assert old["x"] == [1, 2]
    assert ahead["opacity"] < 1
    assert behind["line"]["color"] == ahead["line"]["color"] != old["line"]["color"]
    assert (here["x"], here["y"]) == ([1], [2.0])


def test_a_curve_of_one_point_can_be_drawn():
    figure = plot_loss_curve(loss_curve_data([0.5], [], 0))
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 0 < high


def test_the_chart_can_be_zoomed_and_drawn_by_powers_of_ten():
    data = loss_curve_data([3.0, 0.2, 0.01], [], 1)
    for logarithmic, kind in ((False, "linear"), (True, "log")):
        layout = plot_loss_curve(data, logarithmic=logarithmic)["layout"]
        assert layout["yaxis"]["type"] == kind
        assert layout["dragmode"] == "zoom"
        assert not any(layout[axis].get("fixedrange") for axis in ("xaxis", "yaxis"))
