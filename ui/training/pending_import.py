"""A table on its way in: its file as it is read so far, until the reader takes it or does not.

The file is kept for that long only: with other choices it is read anew.
"""

import zlib
from dataclasses import replace
from typing import Any, NamedTuple

from ui.shell.navigation import is_elsewhere
from ui.shell.visit import keep_on_page, recall
from ui.text.numbers import quote
from ui.training.actions import STORE, open_state
from ui.training.import_table import Choices, Imported, ImportedColumn, Kind, Value, read_table
from ui.training.kept import UNPACKING, own_table
from ui.training.link import CODEC
from ui.training.table_actions import take_file
from ui.training.taken_table import taken

FIRST_ROWS = 6
_PENDING = "training_pending_import"


class Preview(NamedTuple):
    """What a table is read as, with its first rows; the names are those of `Imported`."""

    columns: tuple[ImportedColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    row_numbers: tuple[int, ...]
    row_count: int
    notes: tuple[str, ...]
    choices: Choices


class Pending(NamedTuple):
    """A file in compressed form, what was chosen of how it is read, and what it is read as.

    `refusal` is why it cannot be read by the choices, "" where it can; `preview` is then still the one
    before. `uncertain` has the fields of the choices that could be otherwise, before any was chosen. `column`
    is the one whose kind can be changed.
    """

    name: str
    compressed: bytes
    choices: Choices
    preview: Preview
    uncertain: frozenset[str]
    column: str
    refusal: str = ""


def pending() -> Pending | None:
    """Return the table on its way in, if there is one: only beside a table of the reader's own."""
    waiting: Pending | None = recall(_PENDING)
    if waiting is not None and STORE.read().data.name != "own":
        drop()
        return None
    return waiting


def offer_table(name: str, data: bytes) -> None:
    """Keep a file to show how it is read; raises ValueError with one sentence for what is no table.

    The first one may be that of the link, and is read by its choices.
    """
    if is_elsewhere(CODEC.page):
        return
    choices = STORE.read().data.reading if own_table() is None else Choices()
    note = ""
    try:
        found = _read(data, choices)
    except ValueError as error:
        if choices == Choices():
            raise
        note, choices = f"The link's way of reading does not fit. {error}", Choices()
        found = _read(data, choices)
    preview = _preview(found)
    if note:
        preview = preview._replace(notes=(note, *preview.notes))
    column = next((column.name for column in found.columns if not column.certain), found.columns[0].name)
    keep_on_page(_PENDING, Pending(name, zlib.compress(data, 1), choices, preview, found.uncertain, column))


def choose(**changes: Any) -> None:
    """Read the table anew with other choices, by their names in `Choices`."""
    waiting = pending()
    if waiting is None:
        return
    if changes.get("decimal") and changes["decimal"] == waiting.choices.thousands:
        changes["thousands"] = None
    if changes.get("thousands") and changes["thousands"] == waiting.choices.decimal:
        changes["decimal"] = None
    try:
        choices = replace(waiting.choices, **changes)
        waiting = waiting._replace(choices=choices)
        found = _read(zlib.decompress(waiting.compressed), choices)
    except ValueError as error:
        keep_on_page(_PENDING, waiting._replace(refusal=str(error)))
        return
    names = [column.name for column in found.columns]
    column = waiting.column if waiting.column in names else names[0]
    keep_on_page(_PENDING, waiting._replace(preview=_preview(found), column=column, refusal=""))


def choose_kind(kind: Kind) -> None:
    """Read the column that was picked as one of this kind."""
    waiting = pending()
    if waiting is not None:
        kinds = {**dict(waiting.choices.kinds), waiting.column: kind}
        choose(kinds=tuple(kinds.items()))


def pick_column(name: str) -> None:
    """Show the kind of another column."""
    waiting = pending()
    if waiting is not None:
        keep_on_page(_PENDING, waiting._replace(column=name))


def detect() -> None:
    """Read the table as it is read where nothing is chosen."""
    choose(**{name: None for name in Choices.__slots__ if name != "kinds"}, kinds=())


def take_pending() -> None:
    """Train on the table from now on."""
    open_state()
    waiting = pending()
    if waiting is None or waiting.refusal:
        return
    drop()
    with UNPACKING:
        take_file(taken(read_table(zlib.decompress(waiting.compressed), waiting.choices)), waiting.choices)


def drop() -> None:
    """Let go of the table: what was there stays."""
    keep_on_page(_PENDING, None)


def headline(waiting: Pending) -> str:
    """Return what the table is: its name and its size."""
    preview = waiting.preview
    return f"{quote(waiting.name)}: {preview.row_count:,} rows, {len(preview.columns):,} columns."


def _read(data: bytes, choices: Choices) -> Imported:
    with UNPACKING:
        return read_table(data, choices)


def _preview(found: Imported) -> Preview:
    return Preview(
        found.columns,
        found.rows[:FIRST_ROWS],
        found.row_numbers[:FIRST_ROWS],
        len(found.rows),
        found.notes,
        found.choices,
    )
