"""Of more columns than a network has inputs, those with the most information about the target are chosen."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from ui.limits import MAX_FEATURES
from ui.training.import_table import read_table
from ui.training.informative import most_informative, mutual_information


def table(columns):
    names = list(columns)
    lines = [",".join(names), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    return read_table("\n".join(lines).encode())


def chosen_of(found, target, *most):
    """The columns that are chosen of a table that was read."""
    values = zip(*found.rows, strict=True)
    used = {c.name: cells for c, cells in zip(found.columns, values, strict=True) if c.kind != "unused"}
    return most_informative(used, used.pop(target), *most)


def test_mutual_information_is_that_of_the_formula():
    x = np.repeat([0, 1], 500)
    y = np.concatenate([np.repeat([0, 1], [400, 100]), np.repeat([0, 1], [100, 400])])
    exact = 2 * 0.4 * np.log(0.4 / 0.25) + 2 * 0.1 * np.log(0.1 / 0.25)
    assert mutual_information(x, y) == pytest.approx(exact - 1 / 2000, rel=1e-12)
    assert mutual_information(x, x) == pytest.approx(np.log(2) - 1 / 2000, rel=1e-12)


def test_missing_cells_are_left_out_and_count_against_a_column():
    x = np.repeat([0, 1], 500)
    half = np.where(np.arange(1000) % 2, x, -1)
    assert mutual_information(half, x) == pytest.approx((np.log(2) - 1 / 1000) / 2, rel=1e-12)
    assert mutual_information(np.full(4, -1), np.arange(4)) == 0


def test_independent_columns_have_no_information_on_average():
    rng = np.random.default_rng(3)
    found = [mutual_information(rng.integers(0, 8, 200), rng.integers(0, 3, 200)) for _ in range(300)]
    assert abs(np.mean(found)) < 0.005


def test_columns_of_many_different_texts_are_compared_in_little_memory():
    texts = [f"t{k}" for k in range(50_000)]
    tracemalloc.start()
    try:
        most_informative({"a": texts}, texts[::-1], 50_000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40e6


def test_what_common_texts_say_is_found_beside_many_rare_ones():
    rng = np.random.default_rng(11)
    y = rng.integers(0, 2, 4000)
    x = np.where(rng.random(4000) < 0.8, y, 2 + np.arange(4000))
    assert mutual_information(x, y) > 0.4
    assert mutual_information(rng.permutation(x), y) < 0.02


@pytest.mark.parametrize("kind", ["numbers", "classes", "texts"])
def test_the_columns_that_make_the_target_are_among_those_chosen(kind):
    rng = np.random.default_rng(5)
    noise = {f"f{k}": rng.normal(size=300) for k in range(40)}
    curve, line = rng.normal(size=(2, 300))
    group = rng.choice(["red", "blue"], 300)
    y = curve**2 + line + 2 * (group == "red")
    goal = {"numbers": y, "classes": (y > 2).astype(int), "texts": np.where(y > 2, "yes", "no")}[kind]
    found = table({**noise, "curve": curve, "group": group, "line": line, "y": goal})
    chosen = chosen_of(found, "y")
    assert {"curve", "group", "line"} <= set(chosen)
    # A category of two texts is two inputs.
    assert len(chosen) == MAX_FEATURES - 1
    assert [name for name in (c.name for c in found.columns) if name in chosen] == list(chosen)
    assert set(chosen_of(found, "y", 4)) == {"curve", "group", "line"}


def test_what_is_not_used_is_not_chosen():
    rng = np.random.default_rng(7)
    x = rng.normal(size=30)
    found = table({"id": range(100, 130), "x": x, "empty": [""] * 30, "y": x})
    assert chosen_of(found, "y") == ("x",)


def test_of_a_wide_table_as_many_columns_are_chosen_as_there_are_inputs():
    found = read_table((Path(__file__).parent / "wide60.csv").read_bytes())
    chosen = chosen_of(found, "y")
    assert len(chosen) == MAX_FEATURES
    assert "y" not in chosen
