"""What a reader does with a table of their own: it becomes the data, as typed or as read of a file."""

from dataclasses import replace

from ui.text.numbers import quote
from ui.training.actions import STORE, begun_anew, open_state, show_run
from ui.training.example import EXAMPLE
from ui.training.importing.records import Choices
from ui.training.kept import awaits_table, chosen_table, keep_table, own_table
from ui.training.own_data import DataTable
from ui.training.state import without_columns


def take_table(table: DataTable) -> None:
    """Train on the reader's own table, as it has been typed, from now on."""
    state = open_state()
    before = chosen_table(state.data) or EXAMPLE
    chosen = replace(state.data, name="own", example=False)
    if before.columns != table.columns:
        chosen = without_columns(chosen)
    if not show_run(replace(begun_anew(state), data=chosen, sample=None)):
        return
    _replace_table(table)


def take_file(table: DataTable, reading: Choices) -> None:
    """Train from now on on a table that was read of a file, by the choices of `reading`.

    The first one may be that of the link: where it has the columns of its choices, its run is shown. Where
    no link can carry the choices, the table from before stays.
    """
    state = open_state()
    shown = chosen_table(state.data) or EXAMPLE
    awaits = awaits_table(state.data)
    chosen = replace(state.data, name="own", reading=reading, example=False)
    unknown = [name for name in (chosen.target, *chosen.columns) if name and name not in table.columns]
    # A run that no choice binds to a table is one on the example.
    of_reading = own_table() is None and not state.data.example and state.data.reading != Choices()
    awaited = (awaits or of_reading) and not unknown
    if not awaited and (unknown or shown.columns != table.columns):
        chosen = without_columns(chosen)
    state = state if awaited else replace(begun_anew(state), sample=None)
    if not show_run(replace(state, data=chosen)):
        return
    _replace_table(table)
    if awaits and unknown:
        STORE.notify(
            f"The link is of another table: the file has no column {quote(unknown[0])}. "
            "Target and inputs are the usual ones."
        )


def _replace_table(table: DataTable) -> None:
    keep_table(table)
    # What was there before may name columns that this table does not have.
    STORE.forget_changes()
    STORE.keep_earlier(None)
