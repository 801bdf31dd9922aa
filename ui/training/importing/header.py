"""Where a table begins in its lines, and whether its first row has the names of the columns."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ui.training.importing.cells import MISSING_WORDS, is_date, is_missing_number, is_row_numbers
from ui.training.importing.numbers import parse_cell

Record = Sequence[str]

_ROWS_TO_GUESS_FROM = 200
_YEARS = range(1900, 2101)
_MOST_CONSECUTIVE = 3


class HeaderEvidence(NamedTuple):
    """How many columns have a name above their cells, a cell like the others, or what can be either."""

    names: int
    samples: int
    unclear: int


def find_start(records: Sequence[Record], width: int) -> int:
    """Return the place of the first row of a table with `width` columns, below titles and the like.

    That row can have one cell less, where it names all columns but that of the row names.
    """
    for place, record in enumerate(records):
        if not any(record) or not _fits(record, width):
            continue
        below = records[place + 1 :]
        if _is_title(record, below, width):
            continue
        above = records[place - 1] if place else ()
        if (
            len(above) == width - 1
            and all(above)
            and _names_columns_after_first(above, records[place:], width)
        ):
            return place - 1
        return place
    return 0


def _fits(record: Record, width: int) -> bool:
    return len(record) == width or len(trimmed(record)) == width


def trimmed(record: Record) -> Record:
    """Return the cells without the empty ones at the end."""
    filled = [place for place, cell in enumerate(record, start=1) if cell]
    return record[: filled[-1] if filled else 0]


def _is_title(record: Record, below: Sequence[Record], width: int) -> bool:
    """Return whether a row has nothing but a title in its first cell."""
    if width < 2 or len(trimmed(record)) > 1 or _is_number(record[0]):
        return False
    following = next((place for place, row in enumerate(below) if any(row)), None)
    if width > 2 or following is None:
        return True
    evidence = find_header_evidence(below[following], below[following + 1 :], width)
    return evidence.names > 0 and not evidence.samples


def _names_columns_after_first(above: Record, rows: Sequence[Record], width: int) -> bool:
    if find_header_evidence(rows[0], rows[1:], width).names:
        return False
    evidence = find_header_evidence(("", *above), rows, width)
    if evidence.names and not evidence.samples:
        # One cell can be a title too.
        return width > 2 or is_row_numbers(_whole(row[0]) for row in rows if len(row) == width)
    return False


def find_header_evidence(first: Record, rows: Sequence[Record], width: int) -> HeaderEvidence:
    """Return what speaks for and against `first` being the names of the columns of rows."""
    found = [row for row in rows if len(row) == width][:_ROWS_TO_GUESS_FROM]
    names = samples = unclear = 0
    for cell, column in zip(first, zip(*found, strict=True), strict=False):
        filled = [other for other in column if not _is_missing(other)]
        if not filled or _is_missing(cell):
            continue
        number = sum(map(_is_number, filled)) > len(filled) / 2
        date = sum(map(is_date, filled)) > len(filled) / 2
        if number or date:
            if _is_number(cell) or is_date(cell):
                samples += 1
            else:
                names += 1
        elif cell.casefold() in {other.casefold() for other in filled}:
            samples += 1
        else:
            unclear += 1
    return HeaderEvidence(names, samples, unclear)


def has_header(first: Record, rows: Sequence[Record], width: int) -> tuple[bool, bool]:
    """Return whether a table's first row has the names of its columns, and whether that is certain."""
    if not any(map(any, rows)):
        return not any(map(_is_number, first)), False
    evidence = find_header_evidence(first, rows, width)
    if evidence.names:
        return True, not evidence.samples
    if _counts(first, rows):
        return True, False
    if evidence.samples:
        return False, False
    distinct = len({cell.casefold() for cell in first}) == len(first)
    return evidence.unclear > 0 and distinct, False


def _counts(first: Record, rows: Sequence[Record]) -> bool:
    """Return whether the first row counts the columns from 0, as pandas does, or has years for names."""
    cells = first[1:] if first and not first[0] else first
    values = [_whole(cell) for cell in cells]
    if not values or None in values:
        return False
    consecutive = all(value == k for k, value in enumerate(values, start=values[0] or 0))
    if not consecutive:
        return False
    if len(cells) < len(first):
        return values[0] == 0 and is_row_numbers(_whole(row[0]) for row in rows if row)
    if len(values) < _MOST_CONSECUTIVE:
        return False
    years = all(value in _YEARS for value in values)
    below = {_whole(cell) for row in rows[:_ROWS_TO_GUESS_FROM] for cell in row}
    return values[0] == 0 or (years and not any(value in _YEARS for value in below))


def _whole(cell: str) -> int | None:
    return int(cell) if re.fullmatch(r"[0-9]{1,9}", cell) else None


def _is_missing(cell: str) -> bool:
    return cell in MISSING_WORDS or is_missing_number(cell)


def _is_number(cell: str) -> bool:
    return parse_cell(cell) is not None
