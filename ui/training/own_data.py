"""A table of cells as texts, and the inputs and targets that its columns make."""

import math
import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data import Rows, Task
from ui.limits import MAX_FEATURES
from ui.text.numbers import Precision, count, exact_on_screen, format_number, quote
from ui.training.importing.notes import short
from ui.training.importing.records import Kind, Value
from ui.training.target_task import TargetTask, find_task

MIN_ROWS = 2

# What squares, summed over all rows, can hold with digits to spare.
MAX_VALUE = 1e15

# The header is row 1, as in a spreadsheet.
FIRST_ROW = 2

_MISSING = frozenset({"", "?", "NA", "na", "N/A", "n/a", "NaN", "NAN", "nan"})
_ROWS_TO_NAME = 5
_NUMBER = re.compile(r"[+-]?((\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?|inf(inity)?)", re.IGNORECASE | re.ASCII)

# In English a thousand, elsewhere one with three decimals; with more commas it can be the first only.
_TWO_WAYS = re.compile(r"[+−-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
_MILLIONS = re.compile(r"[+−-]?[1-9]\d{0,2}(,\d{3}){2,}", re.ASCII)
_SIGNS_OF_NUMBERS = re.compile(r"[\d.,eE+−\n-]*", re.ASCII)

# One row of cells, or all cells of one column.
_Cells = tuple[str, ...]


class DataTable(NamedTuple):
    """Column names, and rows of as many cells as texts: numbers with a point, "" for what is missing.

    `kinds` are those of the columns, () where each is what most of its cells are. `row_numbers` are those of
    the rows in their file, () for those of rows right below a header.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kinds: tuple[Kind, ...] = ()
    row_numbers: tuple[int, ...] = ()

    def number_of(self, row: int) -> int:
        """Return the number of a row, as a spreadsheet counts."""
        return self.row_numbers[row] if self.row_numbers else row + FIRST_ROW

    def kind_of(self, column: str) -> Kind | None:
        """Return the kind of a column, None where its cells decide."""
        return self.kinds[self.columns.index(column)] if self.kinds else None


class Prepared(NamedTuple):
    """A table made ready to train on: x (N, n_in), y (N, n_out) and what they mean.

    Numbers are in the table's own units. A text column is one input for each of its texts. `output_names`
    are the classes, two of them for the one 0/1 column of the task "binary", or the target's name for
    "regression". `notes` are sentences for the reader. `numeric_inputs` (n_in,) is false where 0 and 1 stand
    for a text. `found` is what the target can be learned as.
    """

    x: Array
    y: Array
    feature_names: tuple[str, ...]
    output_names: tuple[str, ...]
    task: Task
    notes: tuple[str, ...]
    numeric_inputs: NDArray[np.bool_]
    found: TargetTask


class _Column(NamedTuple):
    """The cells of a column that are used, without blanks around them, and the numbers of their rows.

    `values` (N,) has each cell as a number, NaN where it is none.
    """

    name: str
    cells: _Cells
    row_numbers: Sequence[int]
    values: Array
    kind: Kind | None

    @property
    def numeric(self) -> bool:
        """Return whether most cells are numbers, so that one that is not must be a mistake."""
        return self.kind != "category" and bool(np.mean(np.isfinite(self.values)) > 0.5)


class _Coded(NamedTuple):
    """A column as k columns of numbers: their names and values (N, k).

    `numeric` is false where the numbers stand for texts or classes.
    """

    names: tuple[str, ...]
    values: Array
    numeric: bool


def prepare(table: DataTable, target: str, features: Sequence[str], task: str = "") -> Prepared:
    """Return the inputs and targets that columns of a table make, rows without one of the cells left out.

    The target makes classes or is for regression as `find_task` has it; `task` is "classes" or "regression"
    where one of several is chosen. Raises ValueError with one sentence for columns that cannot be used so.
    """
    _check_choice(table, target, features)
    rows = _filled_rows(table, (*features, target))
    *columns, goal = _columns(table, (*features, target), rows)
    decimal_comma = any(_has_decimal_comma(column) for column in (*columns, goal))
    inputs = [_code_feature(column, decimal_comma) for column in columns]
    found, learned, output_names, output = _code_target(goal, decimal_comma, task)
    notes = _left_out_notes(table, rows)
    feature_names = tuple(name for coded in inputs for name in coded.names)
    if len(feature_names) > MAX_FEATURES:
        raise ValueError(
            f"The chosen columns make {len(feature_names)} inputs, a text column one for each of its texts; "
            f"{MAX_FEATURES} are allowed."
        )
    return Prepared(
        np.concatenate([coded.values for coded in inputs], axis=1),
        output.values,
        feature_names,
        output_names,
        learned,
        notes,
        np.array([coded.numeric for coded in inputs for _ in coded.names]),
        found,
    )


def column_values(table: DataTable, names: Sequence[str]) -> dict[str, list[Value]]:
    """Return the values of columns in all rows, None where one is missing or no number among such."""
    found: dict[str, list[Value]] = {}
    for column in _columns(table, names, np.arange(len(table.rows))):
        if column.numeric:
            found[column.name] = [None if math.isnan(value) else value for value in column.values.tolist()]
        else:
            missing = _missing(table, column.name)
            found[column.name] = [None if cell in missing else cell for cell in column.cells]
    return found


def _check_choice(table: DataTable, target: str, features: Sequence[str]) -> None:
    for kind, name in [("target", target), *(("input", name) for name in features)]:
        if name not in table.columns:
            raise ValueError(f"The {kind} got {quote(name)}; the table has no column of that name.")
    if not features:
        raise ValueError("No input is chosen; it takes one or more columns as inputs.")
    if len(features) > MAX_FEATURES:
        raise ValueError(f"The inputs got {len(features)} columns; {MAX_FEATURES} are allowed.")
    for name in features:
        if name == target:
            raise ValueError(f"Column {short(name)} is the target; it cannot be an input too.")
        if features.count(name) > 1:
            raise ValueError(f"Column {short(name)} is chosen as an input twice; once is enough.")


def _filled_rows(table: DataTable, names: Sequence[str]) -> Rows:
    """Return the places of the rows where all of the named columns are filled."""
    filled = np.ones(len(table.rows), dtype=bool)
    for name in names:
        missing = _missing(table, name)
        filled &= [cell not in missing for cell in _cells(table, name)]
    rows = np.flatnonzero(filled)
    if len(rows) < MIN_ROWS:
        raise ValueError(
            f"The table has {count(len(rows), 'row')} without a missing cell in the chosen columns; "
            f"it takes {MIN_ROWS} or more."
        )
    return rows


def _missing(table: DataTable, name: str) -> frozenset[str]:
    """Return the cells of a column that are none: as categories, words have been kept that are texts."""
    return frozenset({""}) if table.kind_of(name) == "category" else _MISSING


def _cells(table: DataTable, name: str) -> list[str]:
    place = table.columns.index(name)
    return [row[place].strip() for row in table.rows]


def _columns(table: DataTable, names: Sequence[str], rows: Rows) -> list[_Column]:
    """Return the named columns in some rows."""
    chosen = np.zeros(len(table.rows), dtype=bool)
    chosen[rows] = True
    numbers = [table.number_of(row) for row in rows.tolist()]
    found = []
    for name in names:
        cells = tuple(compress(_cells(table, name), chosen))
        found.append(_Column(name, cells, numbers, _read_numbers(cells), table.kind_of(name)))
    return found


def _read_numbers(cells: _Cells) -> Array:
    """Return each cell as a number, NaN where it is none."""
    text = "\n".join(cells)
    if _SIGNS_OF_NUMBERS.fullmatch(text):
        # Much faster than cell by cell, for a column of nothing but numbers.
        plain = text.replace("−", "-").replace(",", ".").split("\n")
        with suppress(ValueError):
            values = np.array(list(map(float, plain)))
            if len(values) == len(cells):
                return values
    readings = {cell: _read_number(cell) for cell in set(cells)}
    return np.array([readings[cell] for cell in cells])


def _read_number(text: str) -> float:
    plain = text.replace("−", "-")
    if _MILLIONS.fullmatch(plain):
        return float(plain.replace(",", ""))
    return float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else math.nan


def _has_decimal_comma(column: _Column) -> bool:
    """Return whether a number in the column has a comma that can be no thousands separator."""
    with_comma = [place for place, cell in enumerate(column.cells) if "," in cell]
    return any(
        not math.isnan(column.values[place]) and not _TWO_WAYS.fullmatch(column.cells[place])
        for place in with_comma
    )


def _left_out_notes(table: DataTable, rows: Rows) -> tuple[str, ...]:
    left_out = np.setdiff1d(np.arange(len(table.rows)), rows).tolist()
    if not left_out:
        return ()
    named = ", ".join(str(table.number_of(row)) for row in left_out[:_ROWS_TO_NAME])
    more = len(left_out) - _ROWS_TO_NAME
    end = f" and {more:,} more" if more > 0 else ""
    which, verb = ("row", "was") if len(left_out) == 1 else ("rows", "were")
    return (f"{len(left_out):,} {which} {verb} left out because a cell is missing: {which} {named}{end}.",)


def _code_feature(column: _Column, decimal_comma: bool) -> _Coded:
    if column.numeric:
        return _code_numbers(column, decimal_comma)
    texts = sorted(set(column.cells))
    if len(texts) > MAX_FEATURES:
        raise ValueError(
            f"Column {short(column.name)} has {len(texts):,} different texts, each of which would be an "
            f"input; {MAX_FEATURES} are allowed."
        )
    names = [f"{column.name}={short(text)}" for text in texts]
    return _coded(names, _one_hot(column.cells, texts))


def _code_target(
    column: _Column, decimal_comma: bool, task: str
) -> tuple[TargetTask, Task, tuple[str, ...], _Coded]:
    """Return what a target can be learned as, what it is, the names of its classes or its own, and y."""
    numbers = _code_numbers(column, decimal_comma) if column.numeric else None
    found = find_task(column.name, _values(column))
    chosen = next((each for each in found.tasks if (each == "regression") == (task == "regression")), None)
    learned = chosen if task and chosen else found.tasks[0]
    if learned == "regression" and numbers:
        return found, learned, numbers.names, numbers
    names = tuple(short(each) if isinstance(each, str) else exact_on_screen(each) for each in _given(found))
    one_hot = _one_hot(_values(column), found.classes)
    if learned == "binary":
        return found, learned, names, _coded(names[1:], one_hot[:, 1:])
    return found, learned, names, _coded(names, one_hot)


def _given(found: TargetTask) -> list[str | float]:
    return [value for value in found.classes if value is not None]


def _values(column: _Column) -> Sequence[Value]:
    return column.values.tolist() if column.numeric else column.cells


def _one_hot(values: Sequence[Value], classes: Sequence[Value]) -> Array:
    places = {each: place for place, each in enumerate(classes)}
    return np.eye(len(classes))[[places[value] for value in values]]


def _coded(names: Sequence[str], values: Array, *, numeric: bool = False) -> _Coded:
    return _Coded(tuple(names), values, numeric)


def _code_numbers(column: _Column, decimal_comma: bool) -> _Coded:
    """Return the numbers of a column; raises ValueError with the row of the first cell that does not fit."""
    unclear = _MILLIONS if decimal_comma else _TWO_WAYS
    fits = (np.abs(column.values) <= MAX_VALUE) & [
        not ("," in cell and unclear.fullmatch(cell)) for cell in column.cells
    ]
    if not np.all(fits):
        place = int(np.argmin(fits))
        cell = column.cells[place]
        where = f"Row {column.row_numbers[place]}, column {short(column.name)}: got {quote(cell)}"
        if unclear.fullmatch(cell):
            written = short(cell.replace(",", ""))
            raise ValueError(f"{where}, which can be read in two ways; write {written} or a point.")
        largest = format_number(MAX_VALUE, Precision(1))
        between = "" if np.isnan(column.values[place]) else f" from −{largest} to {largest}"
        raise ValueError(f"{where}; it takes a number{between} or stays empty.")
    return _coded([column.name], column.values[:, None], numeric=True)
