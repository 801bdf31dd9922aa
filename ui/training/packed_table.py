"""The reader's own table as a session keeps it: in about as many bytes as its file has."""

import re
from typing import NamedTuple

from ui.training.own_data import DataTable

# Neither is in a cell: a file with such a character is no text, and what is typed is freed of them.
_CELL, _ROW = "\x1f", "\x1e"
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class PackedTable(NamedTuple):
    """A table with its cells in one piece; as objects of their own they take twelve times as many bytes."""

    columns: tuple[str, ...]
    row_count: int
    cells: bytes

    def table(self) -> DataTable:
        """Return the table, made anew; nobody is to keep it."""
        rows = self.cells.decode().split(_ROW) if self.row_count else []
        return DataTable(self.columns, tuple(tuple(row.split(_CELL)) for row in rows))


def pack(table: DataTable) -> PackedTable:
    """Return a table to keep, without the characters that no text has."""
    rows = table.rows
    if _NO_TEXT.search("".join(map("".join, rows))):
        rows = tuple(tuple(_NO_TEXT.sub("", cell) for cell in row) for row in rows)
    return PackedTable(table.columns, len(rows), _ROW.join(map(_CELL.join, rows)).encode())
