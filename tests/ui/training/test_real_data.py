import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ui.training import real_data
from ui.training.own_data import prepare
from ui.training.real_data import USUAL_TARGETS, real_digits, real_table


@pytest.mark.parametrize(("name", "size"), [("iris", (150, 5)), ("tips", (244, 7)), ("wine", (178, 14))])
def test_tables_are_whole_and_hold_their_usual_target(name, size):
    table = real_table(name)
    assert (len(table.rows), len(table.columns)) == size
    assert USUAL_TARGETS[name] in table.columns
    assert all(isinstance(cell, str) and cell for row in table.rows for cell in row)
    assert real_table(name) is table


def test_iris_makes_three_classes_of_fifty_from_four_inputs():
    table = real_table("iris")
    prepared = prepare(table, "species", table.columns[:4])
    assert prepared.task == "classes"
    assert prepared.output_names == ("setosa", "versicolor", "virginica")
    assert prepared.x.shape == (150, 4)
    assert prepared.y.sum(axis=0).tolist() == [50, 50, 50]
    # As the UCI repository gives them with the data.
    assert prepared.x.mean(axis=0) == pytest.approx([5.84, 3.05, 3.76, 1.20], abs=0.005)
    assert prepared.notes == ()


def test_tips_makes_a_regression_with_texts_as_inputs():
    table = real_table("tips")
    features = [name for name in table.columns if name != "tip"]
    prepared = prepare(table, "tip", features)
    assert prepared.task == "regression"
    assert prepared.output_names == ("tip",)
    assert prepared.feature_names[:3] == ("total_bill", "sex=Female", "sex=Male")
    assert prepared.x.shape == (244, 12)
    assert prepared.y.mean() == pytest.approx(2.998279, abs=1e-6)


def test_wine_makes_three_classes_from_thirteen_measurements():
    table = real_table("wine")
    prepared = prepare(table, "cultivar", table.columns[:13])
    assert prepared.task == "classes"
    assert prepared.output_names == ("cultivar 1", "cultivar 2", "cultivar 3")
    assert prepared.y.sum(axis=0).tolist() == [59, 71, 48]
    assert prepared.feature_names[:2] == ("alcohol", "malic_acid")
    # As the UCI repository gives them with the data.
    np.testing.assert_allclose(prepared.x.min(axis=0)[[0, 1, 12]], [11.03, 0.74, 278])
    np.testing.assert_allclose(prepared.x.max(axis=0)[[0, 1, 12]], [14.83, 5.80, 1680])


def test_digits_are_pictures_of_eight_by_eight():
    ink, digit = real_digits()
    assert ink.shape == (1797, 8, 8)
    assert np.bincount(digit).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    np.testing.assert_array_equal(np.unique(16 * ink), range(17))
    assert real_digits()[0] is ink


def test_the_shipped_files_are_those_of_scikit_learn():
    datasets = pytest.importorskip("sklearn.datasets")
    x, y = datasets.load_wine(return_X_y=True)
    table = real_table("wine")
    prepared = prepare(table, "cultivar", table.columns[:13])
    np.testing.assert_array_equal(prepared.x, x)
    np.testing.assert_array_equal(np.argmax(prepared.y, axis=1), y)
    x, y = datasets.load_digits(return_X_y=True)
    ink, digit = real_digits()
    np.testing.assert_array_equal(16 * ink.reshape(-1, 64), x)
    np.testing.assert_array_equal(digit, y)


@pytest.mark.parametrize("name", ["wine.csv", "digits.csv.gz"])
def test_each_shipped_file_is_named_with_its_source_and_license(name):
    folder = Path(real_data.__file__).parent / "tables"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert (folder / name).is_file()
    assert f"`{name}`" in listed
    assert "CC BY 4.0" in listed


def test_an_unknown_table_is_refused():
    with pytest.raises(ValueError, match="data must be one of iris, tips, wine, got 'titanic'"):
        real_table("titanic")


def test_plotly_and_pandas_wait_until_a_table_is_asked_for():
    loaded = "any(name in sys.modules for name in ('plotly', 'pandas'))"
    code = f"import sys, ui.training.real_data; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
