"""A table that was read, as a table to train on."""

from collections.abc import Iterable

from ui.text.numbers import exact
from ui.training.importing.records import Imported, Value
from ui.training.own_data import DataTable


def taken(table: Imported) -> DataTable:
    """Return the table with its values as texts that read back as the same values."""
    columns = [list(map(_texts(values).__getitem__, values)) for values in zip(*table.rows, strict=True)]
    return DataTable(
        tuple(column.name for column in table.columns),
        tuple(zip(*columns, strict=True)),
        tuple(column.kind for column in table.columns),
        table.row_numbers,
    )


def _texts(values: Iterable[Value]) -> dict[Value, str]:
    """Return the text of each different value."""
    return {value: _text(value) for value in set(values)}


def _text(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else exact(value)
