"""A table that was read, as a table to train on."""

from ui.text.numbers import exact
from ui.training.importing.records import Imported, Value
from ui.training.own_data import DataTable


def taken(table: Imported) -> DataTable:
    """Return the table with its values as texts that read back as the same values."""
    return DataTable(
        tuple(column.name for column in table.columns),
        tuple(tuple(map(_text, row)) for row in table.rows),
        tuple(column.kind for column in table.columns),
        table.row_numbers,
    )


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else exact(value)
