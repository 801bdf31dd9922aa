"""CSV opens in a spreadsheet as what it is: plain names, every digit, and texts that are no formulas."""

import ast
import csv
import io
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import EXAMPLES
from tests.ui.training.test_charts import TASKS, make_run
from ui.text.conventions import CONVENTIONS
from ui.text.csv import Cell, plain_name, write_csv
from ui.text.tables import table_csv, unit_tables, weight_tables
from ui.training.charts import CHARTS

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://a.example","b")',
    "+1",
    "-a",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "－1",
    "＠a",
]
UI = Path(__file__).parents[3] / "ui"


def rows_of(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def assert_opens_in_a_spreadsheet(content):
    """Assert all that holds for every CSV of the project."""
    titles, *rows = rows_of(content)
    assert "".join(titles).isascii()
    assert len(set(titles)) == len(titles)
    assert {len(row) for row in rows} == {len(titles)}
    for cell in [*titles, *(cell for row in rows for cell in row)]:
        assert cell not in ("-0", "-0.0")
        assert is_number(cell) or not is_number(cell.replace("\u2212", "-"))
        assert is_number(cell) or not cell.startswith(
            ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
        )


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_numbers_read_back_as_the_same_floats(numbers):
    content = write_csv(["a"], [[number] for number in numbers])
    assert_opens_in_a_spreadsheet(content)
    read = pd.read_csv(io.BytesIO(content))
    assert list(read.columns) == ["a"]
    assert read["a"].astype(float).tolist() == numbers


@given(st.lists(st.text() | st.sampled_from(FORMULAS), min_size=1))
def test_no_text_becomes_a_formula_and_every_text_stays(texts):
    content = write_csv(["a", "b"], [[text, 1] for text in texts if "\ud800" not in text])
    assert_opens_in_a_spreadsheet(content)
    for (cell, _), text in zip(rows_of(content)[1:], texts, strict=True):
        assert cell in (text, f"'{text}")


def test_no_number_has_a_sign_it_does_not_need():
    cells: list[Cell] = [-0.0, np.float64(-0.0), -0.5, np.int64(-3), 0, None, 1e-7, math.nan]
    assert rows_of(write_csv(["a"], [[cell] for cell in cells]))[1:] == [
        ["0"], ["0"], ["-0.5"], ["-3"], ["0"], [""], ["1e-7"], ["nan"],
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["Δw", "=1", "-δ"])
def test_a_title_that_is_no_plain_name_is_refused(title):
    with pytest.raises(ValueError, match="ASCII"):
        write_csv([title], [])


@pytest.mark.parametrize(
    ("name", "plain"),
    [("w x1→h2,3", "w x1->h2,3"), ("w + Δw", "w + delta_w"), ("−δ (error term)", "minus delta (error term)")],
)
def test_plain_names(name, plain):
    assert plain_name(name) == plain


@pytest.mark.parametrize("convention", CONVENTIONS.values(), ids=CONVENTIONS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_tables_of_a_step(name, convention):
    exercise = EXAMPLES[name].exercise
    step = exercise.step()
    for make in (weight_tables, unit_tables):
        tables = make(exercise, step, convention)
        assert_opens_in_a_spreadsheet(table_csv(tables))


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("name", CHARTS)
def test_the_charts_of_a_run_with_hostile_class_names(name, task):
    run = make_run(task)
    run = run._replace(output_names=tuple(FORMULAS[: len(run.output_names)]), y_hat=run.y_hat * -0.0)
    if CHARTS[name].fits(run):
        assert_opens_in_a_spreadsheet(CHARTS[name].csv(run))


def test_nothing_else_writes_csv():
    writers = []
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {node.attr} if isinstance(node, ast.Attribute) else set()
            if names & {"to_csv", "writer", "DictWriter"}:
                writers.append(path.relative_to(UI).as_posix())
    assert writers == ["text/csv.py"]
