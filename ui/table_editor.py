"""The reader's own table, editable cell by cell."""

from typing import Any

import streamlit as st

from ui import session, training_session
from ui.own_data import Table

_KEY = "training_table_editor"
_TAKEN = "training_edits_taken"


def render_table_editor() -> None:
    """Show the table; what is typed into it is trained on from then on."""
    import pandas as pd

    table = training_session.own_table() or training_session.STARTER
    frame = pd.DataFrame(list(table.rows), columns=list(table.columns), dtype=str)
    key = f"{_KEY}_{hash(table)}"
    st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        key=key,
        on_change=take_edits,
        args=(key, table),
        height=240,
    )


def take_edits(key: str, table: Table) -> None:
    """Train on `table` with what was done to it in the editor `key`."""
    edits: dict[str, Any] = session.widget(key)
    # An editor tells all that was done in it so far, and may tell it once more when it has left the page.
    if session.widget(_TAKEN) == (key, edits):
        return
    session.keep(_TAKEN, (key, edits))
    rows = [list(row) for row in table.rows]
    for index, cells in edits.get("edited_rows", {}).items():
        for name, text in cells.items():
            rows[int(index)][table.columns.index(name)] = "" if text is None else str(text)
    removed = set(edits.get("deleted_rows", ()))
    rows = [row for index, row in enumerate(rows) if index not in removed]
    rows += [[str(cells.get(name) or "") for name in table.columns] for cells in edits.get("added_rows", ())]
    training_session.take_table(Table(table.columns, tuple(tuple(row) for row in rows)))
