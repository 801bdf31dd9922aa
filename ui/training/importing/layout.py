"""The lines of a table: what stands above it, the names of its columns and the cells of its rows."""

import re
from collections.abc import Container, Sequence
from itertools import chain
from itertools import count as count_from
from typing import NamedTuple

from ui.limits import MAX_COLUMNS, MAX_ROWS
from ui.text.numbers import count, quote
from ui.training.importing.dialect import cut_lines, find_separator, usual_width
from ui.training.importing.header import Record, find_header_evidence, find_start, has_header
from ui.training.importing.notes import listed, rows_named
from ui.training.importing.numbers import parse_cell
from ui.training.importing.records import BLANKS, FIXED_WIDTH, Choices
from ui.training.importing.surveys import RawColumn

_SEPARATOR_LINE = re.compile(r'"?sep=(.|\\t)"?[,;]*\s*', re.IGNORECASE)
_COMMENT = re.compile(r"\s*(#|%|//)+\s*")
# A line that is drawn between rows.
_RULE = re.compile(r"[-=+:]{3,}")

_ROWS_BELOW_UNITS = 3

SEPARATOR_NAMES = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
    ":": "colons",
    BLANKS: "blanks",
    FIXED_WIDTH: "their places",
}


class Layout(NamedTuple):
    """The columns of a table as texts, the number of each row in the file, and what was decided."""

    columns: tuple[RawColumn, ...]
    row_numbers: tuple[int, ...]
    separator: str
    header: bool
    skipped: int
    notes: tuple[str, ...]
    uncertain: frozenset[str]


class _Top(NamedTuple):
    """The number of lines above the first row, the separator that they give, and a comment right above it."""

    lines: int
    separator: str | None = None
    comment: str = ""


class _Header(NamedTuple):
    """The names of the columns, if there are any, and the places of the first row and of the first sample."""

    names: Record | None
    first: int
    below: int
    note: str = ""


class _Rows(NamedTuple):
    """Rows of as many cells, their numbers in the file, and the numbers of rows that have others."""

    cells: list[Record]
    numbers: list[int]
    irregular: list[int]


def find_layout(text: str, choices: Choices) -> Layout:
    """Return the columns of the table in a text; raises ValueError with one sentence if there is none."""
    lines = text.split("\n")
    top = _find_top(lines, choices)
    below: Sequence[str] = lines[top.lines :]
    if choices.skipped is not None:
        below = _without_comment_sign(below)
    separator, certain = choices.separator or top.separator, True
    if separator is None:
        separator, certain = find_separator(below)
    records, unclosed = cut_lines("\n".join(below), separator)
    width = _width(records)
    records = [record if any(record[width:]) else record[:width] for record in records]
    if not width:
        raise ValueError("The file has no rows; it takes a table with a row for each sample.")
    if width > MAX_COLUMNS:
        raise ValueError(f"The table has {width:,} columns; {MAX_COLUMNS:,} are allowed.")
    header = _find_header(records, width, top, separator, choices)
    above_first = records[: max(header.first, 0)]
    skipped = top.lines + min(header.first, 0)
    skipped += sum(1 + "".join(record).count("\n") for record in above_first)
    rows = _regular_rows(records, header.below, width, top.lines)
    units = _find_units(rows, width) if header.names else 0
    columns = _make_columns(header.names, rows.cells[units:], width)
    above = _above_note(lines[:skipped]) if choices.skipped is None else ""
    notes = (
        f"The cells are read as separated by {_separator_name(separator)}, which is not certain."
        * (not certain),
        _unclosed_note(unclosed, top.lines),
        above,
        header.note,
        _irregular_note(rows.irregular, width),
        f"Row {rows.numbers[0]} has texts above the numbers, as units are, and is left out." if units else "",
        _renamed_note(header.names, columns),
    )
    uncertain = {"separator": not certain, "skipped": above, "header": header.note}
    return Layout(
        columns,
        tuple(rows.numbers[units:]),
        separator,
        header.names is not None,
        skipped,
        tuple(filter(None, notes)),
        frozenset(name for name, found in uncertain.items() if found),
    )


def _width(records: Sequence[Record]) -> int:
    """Return the number of cells that most lines have, without those behind separators at their ends."""
    width = usual_width(records)
    whole = [record for record in records if len(record) == width]
    while width > 1 and not any(record[width - 1] for record in whole):
        width -= 1
    return width


def _separator_name(separator: str) -> str:
    return SEPARATOR_NAMES.get(separator, quote(separator))


def _find_top(lines: Sequence[str], choices: Choices) -> _Top:
    given = _SEPARATOR_LINE.fullmatch(lines[0])
    separator = given[1].replace("\\t", "\t") if given else None
    if choices.skipped is not None:
        return _Top(choices.skipped, separator)
    begin = 1 if given else 0
    ordinary = (k for k, line in enumerate(lines) if k >= begin and line.strip() and not _COMMENT.match(line))
    # Where all lines look like comments, none is one.
    first = next(ordinary, begin)
    if not any(line.strip() for line in lines[begin:first]):
        return _Top(begin, separator)
    above = lines[first - 1]
    return _Top(first, separator, above if above.strip() else "")


def _without_comment_sign(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines with the first one as a header where it alone is a comment."""
    filled = [place for place, line in enumerate(lines) if line.strip()][:2]
    comments = [place for place in filled if _COMMENT.match(lines[place])]
    if len(filled) < 2 or comments != filled[:1]:
        return lines
    first = filled[0]
    return [*lines[:first], _COMMENT.sub("", lines[first], count=1), *lines[first + 1 :]]


def _find_header(
    records: Sequence[Record], width: int, top: _Top, separator: str, choices: Choices
) -> _Header:
    first = next(place for place, record in enumerate(records) if any(record))
    if choices.skipped is None:
        first = find_start(records, width)
    row, below = records[first], records[first + 1 :]
    if len(row) == width - 1 and all(row) and choices.header is not False:
        # As R writes them.
        note = "The header has one name less than the rows have cells; the first column is read as row names."
        return _Header(("", *row), first, first + 1, "" if choices.header else note)
    names = [*row[:width], *[""] * (width - len(row))]
    if choices.header is not None:
        return _Header(names, first, first + 1) if choices.header else _Header(None, first, first)
    found, certain = has_header(names, below, width)
    if found:
        note = "" if certain else "The first row is read as the header, which is not certain."
        return _Header(names, first, first + 1, note)
    comment = cut_lines(_COMMENT.sub("", top.comment, count=1), separator).cells[0] if top.comment else []
    if len(comment) == width and not first:
        evidence = find_header_evidence(comment, records, width)
        if evidence.names and not evidence.samples:
            return _Header(comment, -1, 0, "The header is read from the comment above the table.")
    return _Header(None, first, first, "The file has no header row: its first row is read as a sample.")


def _regular_rows(records: Sequence[Record], first: int, width: int, above: int) -> _Rows:
    """Return the rows from the first on; raises ValueError where too few have as many cells as the others."""
    rows = _Rows([], [], [])
    for number, record in enumerate(records[first:], start=above + first + 1):
        start = next(filter(None, record), "")
        if not start or (start[0] in "-=+:" and all(map(_RULE.fullmatch, filter(None, record)))):
            continue
        if len(record) < width or any(record[width:]):
            rows.irregular.append(number)
            continue
        rows.cells.append(record[:width])
        rows.numbers.append(number)
    allowed = len(rows.cells) if any(parse_cell(cell) for cell in chain(*rows.cells[:100])) else 0
    if len(rows.irregular) > allowed:
        raise ValueError(
            f"Only {len(rows.cells)} of {len(rows.cells) + len(rows.irregular)} rows have "
            f"{count(width, 'cell')}; it takes a table with the same cells in each row."
        )
    if len(rows.cells) > MAX_ROWS:
        raise ValueError(f"The file has more than {MAX_ROWS:,} rows; {MAX_ROWS:,} are allowed.")
    if not rows.cells:
        raise ValueError("The file has a header and no rows below it; it takes a row for each sample.")
    return rows


def _find_units(rows: _Rows, width: int) -> int:
    """Return 1 if the first row has texts where the others have numbers, as a row of units has, else 0."""
    if len(rows.cells) < _ROWS_BELOW_UNITS:
        return 0
    evidence = find_header_evidence(rows.cells[0], rows.cells[1:], width)
    return int(evidence.names > 1 and not evidence.samples)


def _make_columns(names: Record | None, rows: Sequence[Record], width: int) -> tuple[RawColumn, ...]:
    """Return the columns without those that have neither a name nor cells, as separators at the ends make."""
    cells = list(zip(*rows, strict=True))
    empty = [not (names and names[place]) and not any(cells[place]) for place in range(width)]
    places = [place for place in range(width) if not empty[place]]
    columns: dict[str, RawColumn] = {}
    for number, place in enumerate(places, start=1):
        given = " ".join(names[place].split()) if names else ""
        name = _unused_name(given or f"column {number}", columns)
        columns[name] = RawColumn(name, bool(given), cells[place])
    return tuple(columns.values())


def _unused_name(name: str, used: Container[str]) -> str:
    return next(each for each in chain([name], (f"{name} ({k})" for k in count_from(2))) if each not in used)


def _renamed_note(names: Record | None, columns: Sequence[RawColumn]) -> str:
    if names is None:
        return ""
    given = [" ".join(name.split()) for name in names]
    renamed = [column.name for column in columns if column.has_name and column.name not in given]
    if not renamed:
        return ""
    verb = "is the new name of a column" if len(renamed) == 1 else "are the new names of columns"
    return f"{listed([quote(name) for name in renamed])} {verb} whose name is in the header before."


def _above_note(above: Sequence[str]) -> str:
    filled = [line for line in above if line.strip() and not _SEPARATOR_LINE.fullmatch(line)]
    if not filled:
        return ""
    verb = "is" if len(above) == 1 else "are"
    return f"{count(len(above), 'line')} above the table, from {quote(filled[0])} on, {verb} skipped."


def _unclosed_note(unclosed: int | None, above: int) -> str:
    if unclosed is None:
        return ""
    row = above + unclosed + 1
    return f"Row {row} has a quotation mark without its end, so that all such marks are read as text."


def _irregular_note(irregular: Sequence[int], width: int) -> str:
    if not irregular:
        return ""
    place, verb = rows_named(irregular), "is" if len(irregular) == 1 else "are"
    return f"{place.capitalize()} {verb} left out, with fewer or more than {count(width, 'cell')}."
