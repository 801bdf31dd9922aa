"""The reader's own table, editable cell by cell."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.limits import MAX_EDITED_CELLS, MAX_ROWS
from ui.shell.visit import keep, recall
from ui.shell.widgets import entered, of_the_page
from ui.training import actions, table_actions
from ui.training.example import EXAMPLE
from ui.training.kept import UNPACKING, chosen_table
from ui.training.own_data import DataTable
from ui.training.packed_table import PackedTable, pack

_KEY = "training_table_editor"
_TAKEN = "training_edits_taken"


def render_table_editor() -> None:
    """Show the table; what is typed into it is trained on from then on."""
    import pandas as pd

    table = chosen_table(actions.STORE.read().data) or pack(EXAMPLE)
    cells = table.row_count * len(table.columns)
    if cells > MAX_EDITED_CELLS:
        st.caption(
            f"The table has {cells:,} cells; up to {MAX_EDITED_CELLS:,} can be edited here. "
            "Edit the file, and upload it once more."
        )
        return
    key = f"{_KEY}_{hash(table)}"
    with UNPACKING:
        frame = pd.DataFrame(list(table.table().rows), columns=list(table.columns), dtype=str)
        st.data_editor(
            frame,
            num_rows="dynamic",
            hide_index=True,
            key=key,
            on_change=of_the_page(take_edits),
            args=(key, table),
            height=240,
        )


def take_edits(key: str, table: PackedTable) -> None:
    """Train on `table` with what was done to it in the editor `key`."""
    actions.open_state()
    edits = entered(key)
    # An editor sends all that was done in it so far, and may do so once more when it has left the page.
    if recall(_TAKEN) == (key, edits):
        return
    keep(_TAKEN, (key, edits))
    with UNPACKING:
        table_actions.take_table(edited(table.table(), edits))


def edited(table: DataTable, edits: object) -> DataTable:
    """Return the table after what was done to it in an editor; what does not fit the table is left out."""
    rows = [list(row) for row in table.rows]
    for index, cells in _mapping(_mapping(edits).get("edited_rows")).items():
        if isinstance(index, int) and 0 <= index < len(rows):
            for name, text in _mapping(cells).items():
                if name in table.columns:
                    rows[index][table.columns.index(name)] = _cell(text)
    removed = {index for index in _list(_mapping(edits).get("deleted_rows")) if isinstance(index, int)}
    kept = [index for index in range(len(rows)) if index not in removed]
    rows = [rows[index] for index in kept]
    # A row that was typed has no number in the file; where there is one, all are counted as they stand.
    numbers = tuple(map(table.number_of, kept))
    for cells in _list(_mapping(edits).get("added_rows"))[: max(MAX_ROWS - len(rows), 0)]:
        rows.append([_cell(_mapping(cells).get(name)) for name in table.columns])
    numbers = numbers if len(numbers) == len(rows) else ()
    return DataTable(table.columns, tuple(tuple(row) for row in rows), table.kinds, numbers)


def _cell(sent: object) -> str:
    return sent if isinstance(sent, str) else ""


def _mapping(sent: object) -> Mapping[Any, Any]:
    return sent if isinstance(sent, Mapping) else {}


def _list(sent: object) -> list[Any]:
    return sent if isinstance(sent, list) else []
