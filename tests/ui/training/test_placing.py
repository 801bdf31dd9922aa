"""A click on the plane adds a point to what is there, and before, it is known whether it is for the test."""

from dataclasses import replace

import pytest

from core.data import DATASETS
from ui.limits import MAX_POINTS
from ui.links.points import read_points, write_points
from ui.training.data import STARTER_POINTS, load
from ui.training.placing import COPIED, placing_of, present_points
from ui.training.state import PICTURES, REAL, Chosen

GENERATED = ["circle", "xor", "gaussians", "spiral", "moons", "blobs3", "spirals3"]


def placing(chosen):
    return placing_of(chosen, load(chosen, None))


def test_points_are_added_to_classes_over_two_axes_and_to_nothing_else():
    takes = [name for name in (*DATASETS, *REAL, *PICTURES, "points") if placing(Chosen(name))]
    assert takes == [*GENERATED, "points"]
    assert [name for name in takes if not placing(Chosen(name)).optional] == ["points"]


@pytest.mark.parametrize("name", GENERATED)
@pytest.mark.parametrize("noise", [0, 0.5])
def test_generated_samples_become_points_of_the_same_classes_that_a_link_carries(name, noise):
    chosen = Chosen(name, noise=noise)
    data = load(chosen, None)
    present = present_points(chosen, data)
    assert len(present.points) == COPIED
    assert present.copied_from == 500
    assert read_points(write_points(present.points)) == present.points
    assert {label for *_, label in present.points} == set(range(len(DATASETS[name].classes)))
    own = {
        (round(float(x1), 2), round(float(x2), 2)): int(y.argmax() if len(y) > 1 else y[0])
        for (x1, x2), y in zip(data.positions, data.own_y, strict=True)
    }
    assert all(own[x1, x2] == label for x1, x2, label in present.points)


@pytest.mark.parametrize(
    "chosen",
    [
        Chosen("circle"),
        Chosen("spirals3", samples=7, train_share=0.8),
        Chosen("points"),
        Chosen("points", points=((1, 2, 0), (2, 1, 1)), seed=5, train_share=0.25),
        Chosen("points", points=((1, 2, 0),) * (MAX_POINTS - 3)),
    ],
    ids=lambda chosen: f"{chosen.name}{len(chosen.points)}",
)
def test_a_new_point_is_in_the_test_where_it_was_said_to_be(chosen):
    data = load(chosen, None)
    points = present_points(chosen, data).points
    test = placing(chosen).test
    assert len(test) == min(8, MAX_POINTS - len(points))
    for more, expected in enumerate(test, start=1):
        added = replace(chosen, name="points", points=(*points, *((0, 0, 1),) * more))
        found = load(added, None)
        assert [row in found.test for row in range(len(points), len(points) + more)] == expected


def test_the_first_point_is_added_to_those_that_are_shown():
    assert present_points(Chosen("points"), load(Chosen("points"), None)).points == STARTER_POINTS
