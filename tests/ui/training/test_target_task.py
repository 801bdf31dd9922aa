"""The task follows from the target: classes where its values are few, numbers to predict otherwise."""

import pytest

from ui.limits import MAX_CLASSES
from ui.training.import_table import read_table
from ui.training.target_task import find_task


def task(cells):
    lines = ["x;y", *(f"{k}.5;{cell}" for k, cell in enumerate(cells))]
    table = read_table("\n".join(lines).encode())
    return find_task(table.columns[1].name, [row[1] for row in table.rows])


@pytest.mark.parametrize(
    ("cells", "first", "classes"),
    [
        (["0", "1"] * 3, "binary", (0, 1)),
        (["1", "2"] * 3, "binary", (1, 2)),
        (["-1", "1"] * 3, "binary", (-1, 1)),
        (["0", "1", "2"] * 3, "classes", (0, 1, 2)),
        ([str(k) for k in range(10)] * 3, "classes", tuple(range(10))),
    ],
)
def test_whole_numbers_with_few_values_are_offered_as_classes(cells, first, classes):
    found = task(cells)
    assert found.tasks == (first, "regression")
    assert found.classes == classes
    assert bool(found.note) is (set(classes) != {0, 1})


def test_few_rows_of_whole_numbers_are_rather_numbers():
    found = task(["1", "2", "3", "4"])
    assert found.tasks == ("regression", "classes")
    assert "can be classes too" in found.note


@pytest.mark.parametrize(
    "cells", [["0.5", "1", "0.5", "1"] * 3, [str(k) for k in range(MAX_CLASSES + 1)] * 3]
)
def test_other_numbers_are_for_regression(cells):
    found = task(cells)
    assert found == (("regression",), (), "")


def test_texts_are_classes_whatever_their_case():
    found = task(["Yes", "no", "yes", "YES", "yes"])
    assert found == (("binary",), ("no", "yes"), "")
    assert task(["b", "c", "a", "c"]) == (("classes",), ("a", "b", "c"), "")


def test_missing_cells_are_no_class():
    assert task(["1", "", "2", "NA", "1", "2", "1", "2"]).classes == (1, 2)


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["7"] * 4, "1 value in all rows"),
        (["a"] * 4, "1 different"),
        ([chr(97 + k) for k in range(MAX_CLASSES + 1)] * 2, f"2 to {MAX_CLASSES} classes"),
    ],
)
def test_a_column_that_makes_no_target_is_named(cells, message):
    with pytest.raises(ValueError, match=message) as refusal:
        task(cells)
    assert "“y”" in str(refusal.value)
