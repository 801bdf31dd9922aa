"""Tables of a learner's sheet: letters such as z, a and δ over columns, units before rows, or turned."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from core.typed_number import decimals_in, plain_number
from ui.check_working.unit_names import UnitNames
from ui.check_working.values import RowNumber, is_empty, read_value
from ui.text.numbers import quote
from ui.text.pasted.problems import PastedError
from ui.text.pasted.roles import role_of

# A line between the head of a table and its rows, and what ends a row in LaTeX.
_RULE = re.compile(r"[\s|:+=\-─┼│]*|\s*\\(?:hline|toprule|midrule|bottomrule)\s*")
_END_OF_ROW = re.compile(r"\\\\.*$")
_DRESS = "*`$_ \t"
_BAR, _WIDE, _BLANKS = r"\|", r"\s{2,}", r"\s+"
_LOOSE = (_WIDE, _BLANKS)
# In this order: a cell may have blanks, or a decimal comma, where bars or semicolons stand between cells.
_SEPARATORS = (r"\t", _BAR, "&", ";", ",", _WIDE, _BLANKS)
_FEWEST = 2
_NUMBER_LIKE = re.compile(r"$|[+\-−–]?\s*[.\d]|[–—−-]$")


class Line(NamedTuple):
    """A line of a text and where it starts."""

    start: int
    text: str


class TableCell(NamedTuple):
    """What a cell has, without stars and blanks around it, and its place in the text."""

    text: str
    start: int
    end: int


class UnitTable(NamedTuple):
    """What a table has, and how many lines it takes."""

    numbers: list[RowNumber]
    length: int


def read_table(text: str, lines: Sequence[Line], first: int, names: UnitNames) -> UnitTable | None:
    """Return the table whose head is one of the lines, the `first`; None where it is none.

    Cells stand apart by tabs, bars, &, semicolons, commas or blanks. Raises PastedError with one sentence
    for a cell that has no number, and for a row that has too many or too few.
    """
    if first + 1 >= len(lines) or re.search(r"[=\[]", lines[first].text):
        return None
    for separator in _SEPARATORS:
        head = _cells(lines[first], separator)
        if len(head) < _FEWEST or not any(names.has(cell.text) for cell in head):
            continue
        body = ((place, lines[place]) for place in range(first + 1, len(lines)))
        rows = [
            (place, _cells(line, separator))
            for place, line in takewhile(lambda at: at[1].text.strip(), body)
            if not _RULE.fullmatch(line.text)
        ]
        found = (_columns(head, row, names, is_loose=separator in _LOOSE) for _, row in rows)
        columns = next((each for each in found if each is not None), None)
        if columns is not None:
            return _read(text, columns, rows, names, first, is_loose=separator in _LOOSE)
    return None


def _cells(line: Line, separator: str) -> list[TableCell]:
    """Return the cells of a line: also empty ones, but between blanks and outside of bars."""
    written = _END_OF_ROW.sub("", line.text.rstrip(" "))
    bounds = [found.span() for found in re.finditer(separator, written)]
    edges = zip(
        [0, *(end for _, end in bounds)], [*(start for start, _ in bounds), len(written)], strict=True
    )
    cells = [_cell(line, written, start, end) for start, end in edges]
    if separator in (_BAR, _WIDE, _BLANKS):
        cells = cells[not cells[0].text :]
        cells = cells[: len(cells) - (bool(cells) and not cells[-1].text)]
    return cells


def _cell(line: Line, written: str, start: int, end: int) -> TableCell:
    bare = written[start:end].strip(_DRESS)
    start += written[start:end].index(bare)
    return TableCell(bare, line.start + start, line.start + start + len(bare))


def _columns(
    head: Sequence[TableCell], row: Sequence[TableCell], names: UnitNames, *, is_loose: bool
) -> tuple[str, ...] | None:
    """Return the names over the numbers, given a row; None where they are not of one table.

    Between blanks the head has words over the names of the rows as long as they are no names themselves.
    """
    titles = [cell.text for cell in head]
    if is_loose:
        found = titles[next(place for place, title in enumerate(titles) if _is_name(title, names)) :]
    else:
        found = titles if names.has(titles[0]) else titles[1:]
    label, values = _parts(row, len(found), is_loose=is_loose)
    if is_loose and ("=" in label or not all(_NUMBER_LIKE.match(cell.text) for cell in values[not label :])):
        return None
    return (
        tuple(found)
        if any(names.id_of(column, of) for column in found for of in (label, row[0].text))
        else None
    )


def _is_name(title: str, names: UnitNames) -> bool:
    """Return whether a column can have numbers: those to be checked, or given ones such as w."""
    return names.has(title) or role_of(title) is not None


def _parts(cells: Sequence[TableCell], columns: int, *, is_loose: bool) -> tuple[str, Sequence[TableCell]]:
    """Return the name of a row and the cells of its numbers; between blanks a name can have several words."""
    words = max(len(cells) - columns, 0) if is_loose else 1
    return " ".join(cell.text for cell in cells[:words]), cells[words:]


def _read(
    text: str,
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[TableCell]]],
    names: UnitNames,
    first: int,
    *,
    is_loose: bool,
) -> UnitTable:
    numbers: list[RowNumber] = []
    with_ids: set[str] = set()
    length = 1
    for place, cells in rows:
        label, values = _parts(cells, len(columns), is_loose=is_loose)
        ids = [names.id_of(column, label) for column in columns]
        if not any(ids):
            if names.has(cells[0].text) and not names.has(label):
                raise _unlike(text, cells, columns)
            if not _is_other_row(label, values, columns):
                break
            if not all(is_empty(cell.text) for cell in values):
                numbers.append(RowNumber(label, None, "", cells[0].start, cells[-1].end))
        elif len(values) != len(columns):
            raise _unlike(text, cells, columns)
        for column, id_, cell in zip(columns, ids, values, strict=True):
            if id_ is not None and not is_empty(cell.text):
                # As in 0.5·0.5 + 0.1·0.1 = 0.24.
                start = cell.end - len(cell.text.rpartition("=")[2])
                numbers.append(read_value(text, start, cell.end, f"{column} {label}", id_))
            with_ids |= {column} if id_ else set()
        length = place - first + 1
    numbers += [RowNumber(column, None, "", 0, 0) for column in columns if column and column not in with_ids]
    return UnitTable(numbers, length)


def _is_other_row(label: str, values: Sequence[TableCell], columns: Sequence[str]) -> bool:
    """Return whether this is a row of the same table, for what has no number to be checked."""
    are_numbers = all(is_empty(cell.text) or decimals_in(plain_number(cell.text)) for cell in values)
    fits = len(values) == len(columns)
    return fits and are_numbers and bool(label) and not re.search(r"[=:\[\](]", label)


def _unlike(text: str, cells: Sequence[TableCell], columns: Sequence[str]) -> PastedError:
    row = " ".join(cell.text for cell in cells)
    names = ", ".join(columns)
    of = f"each of the {len(columns)} columns {names}" if len(columns) > 1 else f"the column {names}"
    return PastedError(
        text,
        cells[0].start,
        f"the row {quote(row)} does not have one number for {of}",
    )
