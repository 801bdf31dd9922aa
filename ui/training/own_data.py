"""A table of somebody's own: reading it from a CSV file, and making inputs and targets of its columns."""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import compress, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from core.data import Rows, Task
from ui.limits import MAX_BYTES, MAX_CLASSES, MAX_COLUMNS, MAX_FEATURES, MAX_ROWS
from ui.text.numbers import Precision, count, format_number, quote

MIN_ROWS = 2

# What squares, summed over all rows, can hold with digits to spare.
MAX_VALUE = 1e15

# The header is row 1, as in a spreadsheet.
FIRST_ROW = 2

_MISSING = frozenset({"", "?", "NA", "na", "N/A", "n/a", "NaN", "NAN", "nan"})
_SEPARATORS = "\t;,"
_ROWS_TO_GUESS_FROM = 20
_ROWS_TO_NAME = 5
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?((\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,4})?|inf(inity)?)", re.IGNORECASE | re.ASCII)

# In English a thousand, elsewhere one with three decimals; with more commas it can be the first only.
_TWO_WAYS = re.compile(r"[+−-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)
_MILLIONS = re.compile(r"[+−-]?[1-9]\d{0,2}(,\d{3}){2,}", re.ASCII)
_SIGNS_OF_NUMBERS = re.compile(r"[\d.,eE+−\n-]*", re.ASCII)

# One row of cells, or all cells of one column.
_Cells = tuple[str, ...]


class DataTable(NamedTuple):
    """Column names, and rows of as many cells, as texts as they were entered."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Prepared(NamedTuple):
    """A table made ready to train on: x (N, n_in), y (N, n_out) and what they mean.

    Numbers are in the table's own units. A text column is one input for each of its texts. `output_names`
    are the classes, two of them for the one 0/1 column of the task "binary", or the target's name for
    "regression". `notes` are sentences for the reader. `numeric_inputs` (n_in,) is false where 0 and 1 stand
    for a text.
    """

    x: Array
    y: Array
    feature_names: tuple[str, ...]
    output_names: tuple[str, ...]
    task: Task
    notes: tuple[str, ...]
    numeric_inputs: NDArray[np.bool_]


class _Column(NamedTuple):
    """The cells of a column that are used, without blanks around them, and the table's rows they come from.

    `values` (N,) has each cell as a number, NaN where it is none.
    """

    name: str
    cells: _Cells
    rows: Rows
    values: Array

    @property
    def numeric(self) -> bool:
        """Return whether most cells are numbers, so that one that is not must be a mistake."""
        return bool(np.mean(np.isfinite(self.values)) > 0.5)


class _Coded(NamedTuple):
    """A column as k columns of numbers: their names and values (N, k).

    `numeric` is false where the numbers stand for texts or classes.
    """

    names: tuple[str, ...]
    values: Array
    numeric: bool


def read_csv(content: bytes) -> DataTable:
    """Return the table in a CSV file with a header row, separated by commas, semicolons or tabs.

    The text is UTF-8 or Latin-1. A blank line is a row of empty cells, so that rows keep their numbers.
    Raises ValueError with one sentence for what is no such file or is too large.
    """
    text = _decode(content)
    separator = _find_separator(text)
    rows = _numbered_rows(text, separator)
    columns = tuple(" ".join(name.split()) for name in next(rows)[1])
    _check_header(columns)
    blank = ("",) * len(columns)
    found = []
    for number, row in rows:
        if row and len(row) != len(columns):
            raise ValueError(f"Row {number} has {count(len(row), 'cell')}; the header has {len(columns)}.")
        found.append(tuple(row) or blank)
        if len(found) > MAX_ROWS:
            raise ValueError(f"The file has more than {MAX_ROWS:,} rows; {MAX_ROWS:,} are allowed.")
    if not found:
        raise ValueError("The file has a header and no rows below it; it takes a row for each sample.")
    return DataTable(columns, tuple(found))


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise ValueError(f"The file has {len(content):,} bytes; {MAX_BYTES:,} are allowed.")
    if _NO_TEXT.search(content):
        raise ValueError("The file is not plain text; it takes a CSV file, saved as UTF-8 or Latin-1.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Windows calls so has quotation marks and € in places that Latin-1 leaves free.
        text = content.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        raise ValueError("The file is empty; it takes a CSV file with a header row.")
    return text


def _numbered_rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of each row, from 1, and its cells."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True
    )
    number = 0
    try:
        for row in reader:
            number += 1
            yield number, row
    except csv.Error as error:
        raise ValueError(f"Row {number + 1} cannot be read; check its quotation marks.") from error


def _find_separator(text: str) -> str:
    """Return the separator that cuts the first rows into equally many cells, or else the header into most."""
    cells_in_header = {}
    for separator in _SEPARATORS:
        widths = []
        whole = True
        try:
            for _, row in islice(_numbered_rows(text, separator), _ROWS_TO_GUESS_FROM):
                widths.append(len(row))
        except ValueError:
            whole = False
        if whole and widths[0] > 1 and set(widths) <= {0, widths[0]}:
            return separator
        cells_in_header[separator] = widths[0] if widths else 0
    # Of equals the comma, the most common one.
    return max(reversed(_SEPARATORS), key=cells_in_header.__getitem__)


def _check_header(columns: _Cells) -> None:
    """Raise ValueError with a sentence for names that do not distinguish the columns."""
    if len(columns) > MAX_COLUMNS:
        raise ValueError(f"The header has {len(columns):,} columns; {MAX_COLUMNS:,} are allowed.")
    if all(_NUMBER.fullmatch(name) for name in columns):
        raise ValueError("The first row holds nothing but numbers; it takes a header row of column names.")
    seen = set()
    for number, name in enumerate(columns, start=1):
        if not name:
            raise ValueError(f"Column {number} has no name; the header row names every column.")
        if name in seen:
            raise ValueError(f"The header has the name {quote(name)} twice; every column takes its own.")
        seen.add(name)


def prepare(table: DataTable, target: str, features: Sequence[str]) -> Prepared:
    """Return the inputs and targets that columns of a table make, rows with an empty cell left out.

    A text target, or one of nothing but 0 and 1, makes classes; other numbers are for regression. Raises
    ValueError with one sentence for columns that cannot be used so.
    """
    _check_choice(table, target, features)
    *columns, goal = _filled(table, (*features, target))
    decimal_comma = any(_has_decimal_comma(column) for column in (*columns, goal))
    inputs = [_code_feature(column, decimal_comma) for column in columns]
    task, output_names, output = _code_target(goal, decimal_comma)
    notes = _left_out_notes(len(table.rows), goal.rows)
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
        task,
        notes,
        np.array([coded.numeric for coded in inputs for _ in coded.names]),
    )


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
            raise ValueError(f"Column {_short(name)} is the target; it cannot be an input too.")
        if features.count(name) > 1:
            raise ValueError(f"Column {_short(name)} is chosen as an input twice; once is enough.")


def _filled(table: DataTable, names: Sequence[str]) -> list[_Column]:
    """Return the named columns, in the rows where all of them are filled."""
    places = map(table.columns.index, names)
    chosen = [[row[place].strip() for row in table.rows] for place in places]
    filled = np.ones(len(table.rows), dtype=bool)
    for cells in chosen:
        filled &= [cell not in _MISSING for cell in cells]
    rows = np.flatnonzero(filled)
    if len(rows) < MIN_ROWS:
        raise ValueError(
            f"The table has {count(len(rows), 'row')} without an empty cell in the chosen columns; "
            f"it takes {MIN_ROWS} or more."
        )
    kept = [tuple(compress(cells, filled)) for cells in chosen]
    return [_Column(name, cells, rows, _read_numbers(cells)) for name, cells in zip(names, kept, strict=True)]


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


def _left_out_notes(total: int, rows: Rows) -> tuple[str, ...]:
    left_out = np.setdiff1d(np.arange(total), rows)
    if not len(left_out):
        return ()
    named = ", ".join(str(row + FIRST_ROW) for row in left_out[:_ROWS_TO_NAME])
    more = len(left_out) - _ROWS_TO_NAME
    end = f" and {more:,} more" if more > 0 else ""
    which, verb = ("row", "was") if len(left_out) == 1 else ("rows", "were")
    return (f"{len(left_out):,} {which} {verb} left out because a cell is empty: {which} {named}{end}.",)


def _code_feature(column: _Column, decimal_comma: bool) -> _Coded:
    if column.numeric:
        return _code_numbers(column, decimal_comma)
    texts = sorted(set(column.cells))
    if len(texts) > MAX_FEATURES:
        raise ValueError(
            f"Column {_short(column.name)} has {len(texts):,} different texts, each of which would be an "
            f"input; {MAX_FEATURES} are allowed."
        )
    names = [f"{column.name}={_short(text)}" for text in texts]
    return _coded(names, _one_hot(column.cells, texts))


def _code_target(column: _Column, decimal_comma: bool) -> tuple[Task, tuple[str, ...], _Coded]:
    """Return the task that a target makes, the names of its classes or its own, and its columns of y."""
    if column.numeric:
        coded = _code_numbers(column, decimal_comma)
        if set(np.unique(coded.values).tolist()) == {0.0, 1.0}:
            return "binary", ("0", "1"), coded._replace(numeric=False)
        return "regression", coded.names, coded
    texts = sorted(set(column.cells))
    if not 2 <= len(texts) <= MAX_CLASSES:
        raise ValueError(
            f"The target {_short(column.name)} has {count(len(texts), 'different text')}; "
            f"2 to {MAX_CLASSES} classes are allowed."
        )
    classes = tuple(map(_short, texts))
    values = _one_hot(column.cells, texts)
    if len(classes) == 2:
        return "binary", classes, _coded(classes[1:], values[:, 1:])
    return "classes", classes, _coded(classes, values)


def _one_hot(cells: _Cells, texts: Sequence[str]) -> Array:
    places = {text: place for place, text in enumerate(texts)}
    return np.eye(len(texts))[[places[cell] for cell in cells]]


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
        where = f"Row {column.rows[place] + FIRST_ROW}, column {_short(column.name)}: got {quote(cell)}"
        if unclear.fullmatch(cell):
            written = _short(cell.replace(",", ""))
            raise ValueError(f"{where}, which can be read in two ways; write {written} or a point.")
        largest = format_number(MAX_VALUE, Precision(1))
        between = "" if np.isnan(column.values[place]) else f" from −{largest} to {largest}"
        raise ValueError(f"{where}; it takes a number{between} or stays empty.")
    return _coded([column.name], column.values[:, None], numeric=True)


def _short(name: str) -> str:
    """Return the name of a column or class on one line and shortened."""
    return quote(name)[1:-1]
