"""The reader's own table as a session keeps it: in about as many bytes as its file has."""

import re
from typing import NamedTuple

import numpy as np

from ui.training.importing.records import Kind
from ui.training.own_data import FIRST_ROW, DataTable

# Neither is in a cell: a file with such a character is no text, and what is typed is freed of them.
_CELL, _ROW = "\x1f", "\x1e"
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class PackedTable(NamedTuple):
    """A table with its cells in one piece; as objects of their own they take twelve times as many bytes."""

    columns: tuple[str, ...]
    row_count: int
    cells: bytes
    kinds: tuple[Kind, ...] = ()
    row_numbers: bytes = b""

    def table(self) -> DataTable:
        """Return the table, made anew; nobody is to keep it."""
        rows = self.cells.decode().split(_ROW) if self.row_count else []
        numbers = tuple(np.frombuffer(self.row_numbers, np.int32).tolist())
        return DataTable(self.columns, tuple(tuple(row.split(_CELL)) for row in rows), self.kinds, numbers)


def pack(table: DataTable) -> PackedTable:
    """Return a table to keep, without the characters that no text has."""
    rows = table.rows
    if _NO_TEXT.search("".join(map("".join, rows))):
        rows = tuple(tuple(_NO_TEXT.sub("", cell) for cell in row) for row in rows)
    cells = _ROW.join(map(_CELL.join, rows)).encode()
    usual = range(FIRST_ROW, FIRST_ROW + len(rows))
    numbers = b"" if table.row_numbers == tuple(usual) else np.array(table.row_numbers, np.int32).tobytes()
    return PackedTable(table.columns, len(rows), cells, table.kinds, numbers)
