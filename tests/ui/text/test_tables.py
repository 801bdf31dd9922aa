import csv
import io

import pytest

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import Precision
from ui.text.tables import shape_sentence, table_csv, table_html, unit_tables, weight_tables

NOTEBOOK = DEFAULT_EXAMPLE.exercise
STEP = NOTEBOOK.step()


def column(table, title):
    return table.columns[table.titles.index(title) - 1]


def test_weight_tables_show_the_deltas_of_the_notebook():
    hidden, output = weight_tables(NOTEBOOK, STEP)
    assert hidden.caption == "Layer 1: W1 (3, 2)"
    assert hidden.names == ["x1→h1", "x1→h2", "x2→h1", "x2→h2", "x3→h1", "x3→h2"]
    assert column(hidden, "Δw")[:2] == pytest.approx([1.77005547e-04, -5.11178506e-04], rel=1e-8)
    assert column(output, "w + Δw") == pytest.approx([0.108040473948, -0.294440819088], rel=1e-11)


def test_unit_tables_follow_the_sign_convention():
    _, hidden, output = unit_tables(NOTEBOOK, STEP)
    _, hidden_course, output_course = unit_tables(NOTEBOOK, STEP, CONVENTIONS["notebook"])
    assert column(output, "δ = dL/dz") == pytest.approx([-0.028730669543515018])
    assert column(output_course, "−δ (error term)") == pytest.approx([0.028730669543515018])
    assert column(hidden_course, "−dL/da (output error)") == pytest.approx([0.00287307, -0.0086192], rel=1e-5)
    assert column(hidden, "dL/da") == pytest.approx([-0.00287307, 0.0086192], rel=1e-5)
    assert column(hidden, "z") == pytest.approx([0.24, -0.46])


def test_every_array_has_its_shape_beside_it():
    exercise = EXAMPLES["relu"].exercise
    step = exercise.step()
    captions = [table.caption for table in weight_tables(exercise, step) + unit_tables(exercise, step)]
    assert captions == [
        "Layer 1: W1 (2, 2), b1 (2,)",
        "Layer 2: W2 (2, 1), b2 (1,)",
        "Inputs: x (1, 2)",
        "Hidden layer 1, ReLU: z1, a1, δ1 (1, 2)",
        "Outputs, ReLU: z2, a2, δ2 (1, 1)",
    ]
    assert shape_sentence(NOTEBOOK) == "3 inputs, 1 hidden layer of 2 units, 1 output; 8 parameters in all."


@pytest.mark.parametrize("digits", [4, 6, 17])
def test_html_shows_the_digits_asked_for(digits):
    text = table_html(weight_tables(NOTEBOOK, STEP)[0], Precision(digits))
    assert f"{STEP.gradient.theta[1]:.{digits + 2}f}" in text
    assert f'title="{STEP.gradient.theta[1]}"' in text
    assert "<sub>1</sub>" in text


def test_csv_holds_every_digit():
    rows = list(csv.DictReader(io.StringIO(table_csv(weight_tables(NOTEBOOK, STEP)).decode("utf-8-sig"))))
    assert [float(row["dL/dw"]) for row in rows] == STEP.gradient.theta.tolist()
    assert [row["weight"] for row in rows][-2:] == ["h1->y_hat", "h2->y_hat"]
