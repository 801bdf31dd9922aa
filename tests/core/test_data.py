"""Data: the same for a seed, of the promised shapes, and the pictures that Playground has made known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import DATASETS, EDGE, make_samples, split

names = st.sampled_from(list(DATASETS))
counts = st.integers(4, 600)
noises = st.floats(0, 0.5)
seeds = st.integers(0, 2**32 - 1)
BALANCED = [name for name, data in DATASETS.items() if data.noisy and data.classes]


def test_the_table_holds_what_links_and_menus_name():
    assert list(DATASETS) == [
        "circle", "xor", "gaussians", "spiral", "plane", "multi_gaussian", "truth_and", "truth_or",
        "truth_xor", "moons", "blobs3", "spirals3", "sine", "step",
    ]  # fmt: skip
    assert all(name == data.name for name, data in DATASETS.items())
    assert len({data.label for data in DATASETS.values()}) == len(DATASETS)


@given(names, counts, noises, seeds)
def test_samples_have_the_promised_shapes_ranges_and_targets(name, n, noise, seed):
    data = DATASETS[name]
    x, y = make_samples(name, n, noise, seed)
    rows = n if data.noisy else 4
    assert x.shape == (rows, data.inputs)
    assert y.shape == (rows, data.outputs)
    assert x.dtype == y.dtype == np.float64
    assert np.all(np.isfinite(y))
    assert np.all(np.abs(x) <= EDGE)
    if data.task == "regression":
        assert data.classes == ()
    else:
        assert set(np.unique(y)) <= {0.0, 1.0}
        assert len(data.classes) == max(2, data.outputs)
    if data.task == "classes":
        assert np.all(y.sum(axis=1) == 1)


@given(names, counts, noises, seeds)
def test_the_same_seed_gives_the_same_samples(name, n, noise, seed):
    first, second = make_samples(name, n, noise, seed), make_samples(name, n, noise, seed)
    assert np.array_equal(first.x, second.x)
    assert np.array_equal(first.y, second.y)


@pytest.mark.parametrize("name", [name for name, data in DATASETS.items() if data.noisy])
def test_another_seed_gives_other_samples_and_noise_changes_them(name):
    samples = make_samples(name, 200, 0.2, 1)
    # The arms of a spiral lie where they lie: without noise nothing in them is random.
    for other in (make_samples(name, 200, 0.2, 2), make_samples(name, 200, 0.5, 1)):
        assert not (np.array_equal(samples.x, other.x) and np.array_equal(samples.y, other.y))


@given(st.sampled_from(BALANCED), counts, seeds)
def test_classes_are_equally_many_without_noise(name, n, seed):
    y = make_samples(name, n, 0, seed).y
    sizes = y.sum(axis=0) if y.shape[1] > 1 else np.array([y.sum(), n - y.sum()])
    assert np.ptp(sizes) <= 1


@given(st.sampled_from(["gaussians", "spiral", "moons", "blobs3", "spirals3"]), noises, seeds)
def test_noise_that_moves_points_leaves_the_classes_equally_many(name, noise, seed):
    y = make_samples(name, 300, noise, seed).y
    assert np.all(y.mean(axis=0) == 1 / (2 if y.shape[1] == 1 else 3))


@given(counts, seeds)
def test_circle_without_noise_is_a_disk_in_a_ring(n, seed):
    x, y = make_samples("circle", n, 0, seed)
    radius = np.linalg.norm(x, axis=1)
    inside = y[:, 0] == 1
    assert np.all(radius[inside] < 2.5)
    assert np.all((radius[~inside] >= 3.5 - 1e-12) & (radius[~inside] <= 5 + 1e-12))


@given(counts, seeds)
def test_xor_without_noise_keeps_away_from_the_axes(n, seed):
    x, y = make_samples("xor", n, 0, seed)
    assert np.all((np.abs(x) >= 0.3) & (np.abs(x) <= 5.3))
    assert np.array_equal(y[:, 0] == 1, x[:, 0] * x[:, 1] > 0)


def test_xor_fills_its_four_squares_equally():
    x, _ = make_samples("xor", 400, 0, 3)
    corners, sizes = np.unique(np.sign(x), axis=0, return_counts=True)
    assert len(corners) == 4
    assert np.all(sizes == 100)


def test_gaussians_lie_around_their_centers_with_playgrounds_variance():
    x, y = make_samples("gaussians", 5000, 0, 1)
    one = x[y[:, 0] == 1]
    assert one.mean(axis=0) == pytest.approx([2, 2], abs=0.05)
    assert one.var(axis=0) == pytest.approx([0.5, 0.5], abs=0.05)
    assert x[y[:, 0] == 0].mean(axis=0) == pytest.approx([-2, -2], abs=0.05)
    assert np.mean((x.sum(axis=1) > 0) == (y[:, 0] == 1)) > 0.999


@pytest.mark.parametrize(("name", "arms"), [("spiral", 2), ("spirals3", 3)])
@pytest.mark.parametrize("n", [100, 301, 500])
def test_spirals_without_noise_have_a_gap_between_their_arms(name, arms, n):
    x, y = make_samples(name, n, 0, 1)
    which = y.argmax(axis=1) if arms == 3 else y[:, 0]
    distance = np.linalg.norm(x[:, None] - x, axis=2)
    other = which[:, None] != which
    outside = np.linalg.norm(x, axis=1) > 1
    assert distance[outside][other[outside]].min() > 0.5
    # Not even the innermost points meet.
    assert distance[other].min() > 0


def test_spiral_is_playgrounds_curve():
    x, y = make_samples("spiral", 500, 0, 1)
    arm = x[y[:, 0] == 1]
    radius = np.hypot(*arm.T)
    assert np.all(np.diff(radius) > 0)
    angle = 1.75 * 2 * np.pi * radius / 5
    assert arm == pytest.approx(np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1))
    assert x[y[:, 0] == 0] == pytest.approx(-arm)


def test_plane_is_the_tenth_of_the_sum():
    x, y = make_samples("plane", 300, 0, 1)
    assert y[:, 0] == pytest.approx(x.sum(axis=1) / 10)
    noisy = make_samples("plane", 300, 0.5, 1)
    assert np.array_equal(noisy.x, x)
    assert 0 < np.abs(noisy.y - y).max() <= 0.6


def test_multi_gaussian_rises_to_its_six_centers():
    x, y = make_samples("multi_gaussian", 5000, 0, 1)
    for center, sign in [((-4, 2.5), 1), ((0, 2.5), -1), ((4, -2.5), -1), ((0, -2.5), 1)]:
        distance = np.linalg.norm(x - center, axis=1)
        near = distance < 2
        assert y[near, 0] == pytest.approx(sign * (1 - distance[near] / 2))
    assert np.all(np.abs(y) <= 1)
    assert np.any(y == 0)
    assert not np.any(np.signbit(y[y == 0]))


@pytest.mark.parametrize(
    ("name", "targets"),
    [("truth_and", [0, 0, 0, 1]), ("truth_or", [0, 1, 1, 1]), ("truth_xor", [0, 1, 1, 0])],
)
@given(n=counts, noise=noises, seed=seeds)
def test_truth_tables_are_exact_whatever_else_is_set(name, targets, n, noise, seed):
    x, y = make_samples(name, n, noise, seed)
    assert x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y[:, 0].tolist() == targets


def test_moons_reach_into_each_other_but_do_not_touch():
    x, y = make_samples("moons", 600, 0, 1)
    upper, lower = x[y[:, 0] == 0], x[y[:, 0] == 1]
    assert np.linalg.norm(upper - [-1.5, -0.75], axis=1) == pytest.approx(np.full(300, 3))
    assert np.linalg.norm(lower - [1.5, 0.75], axis=1) == pytest.approx(np.full(300, 3))
    assert lower[:, 1].max() > upper[:, 1].min()
    assert np.linalg.norm(upper[:, None] - lower, axis=2).min() > 0.5


def test_curves_are_their_functions():
    x, y = make_samples("sine", 200, 0, 1)
    assert y == pytest.approx(np.sin(x))
    x, y = make_samples("step", 200, 0, 1)
    assert np.array_equal(y, np.sign(x))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("moon", 100, 0.1, 1), "dataset must be one of circle, xor, .*, step, got 'moon'"),
        (("xor", 3, 0.1, 1), "n must be from 4 to 5000, got 3"),
        (("xor", 5001, 0.1, 1), "n must be from 4 to 5000, got 5001"),
        (("xor", 100, -0.1, 1), "noise must be from 0 to 0.5, got -0.1"),
        (("xor", 100, 0.51, 1), "noise must be from 0 to 0.5, got 0.51"),
        (("xor", 100, float("nan"), 1), "noise must be from 0 to 0.5, got nan"),
        (("xor", 100, 0.1, -1), "seed must be 0 or more, got -1"),
    ],
)
def test_refuses_what_is_out_of_range(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        make_samples(*arguments)


@given(st.integers(1, 5000), st.floats(0.1, 1), seeds)
def test_a_split_is_disjoint_and_holds_every_row(n, share, seed):
    train, test = split(n, share, seed)
    assert sorted([*train, *test]) == list(range(n))
    assert len(train) >= 1
    assert abs(len(train) - n * share) <= 1
    assert (len(test) == 0) == (share == 1 or n == 1)
    again = split(n, share, seed)
    assert np.array_equal(again[0], train)
    assert np.array_equal(again[1], test)


def test_a_split_is_shuffled_by_its_seed():
    first, second = split(100, 0.5, 1)[0], split(100, 0.5, 2)[0]
    assert not np.array_equal(first, np.sort(first))
    assert not np.array_equal(np.sort(first), np.sort(second))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((0, 0.5, 1), "n must be 1 or more, got 0"),
        ((10, 0.05, 1), "train_share must be from 0.1 to 1, got 0.05"),
        ((10, 1.1, 1), "train_share must be from 0.1 to 1, got 1.1"),
        ((10, float("nan"), 1), "train_share must be from 0.1 to 1, got nan"),
        ((10, 0.5, -1), "seed must be 0 or more, got -1"),
    ],
)
def test_refuses_to_split_what_is_out_of_range(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        split(*arguments)
