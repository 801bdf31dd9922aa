import subprocess
import sys

import pytest

from ui.training.own_data import prepare
from ui.training.real_data import USUAL_TARGETS, real_table


@pytest.mark.parametrize(("name", "size"), [("iris", (150, 5)), ("tips", (244, 7))])
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


def test_an_unknown_table_is_refused():
    with pytest.raises(ValueError, match="data must be one of iris, tips, got 'titanic'"):
        real_table("titanic")


def test_plotly_and_pandas_wait_until_a_table_is_asked_for():
    loaded = "any(name in sys.modules for name in ('plotly', 'pandas'))"
    code = f"import sys, ui.training.real_data; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
