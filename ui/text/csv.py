"""CSV files as spreadsheets open them: UTF-8 with its mark, ASCII column names, no text that is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ui.text.numbers import exact

Cell = str | float | int | np.integer[Any] | None

# Spreadsheets compute a text that begins so; the full-width signs count too where these are typed.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN = {
    "→": "->",
    "←": "<-",
    "ŷ": "y_hat",
    "Δ": "delta_",
    "δ": "delta",
    "∂": "d",
    "η": "eta",
    "′": "'",
    "−": "-",
}


def write_csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV: numbers with every digit and an ASCII minus, texts as they are, None empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it. Raises ValueError for a
    title that is not ASCII or would be a formula: `plain_name` makes one that is neither.
    """
    for title in titles:
        if not title.isascii() or title.startswith(_FORMULA):
            raise ValueError(f"titles must be ASCII and no formulas, got {title!r}")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(titles)
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    if isinstance(cell, int | np.integer):
        return str(int(cell))
    return exact(float(cell))


def plain_name(name: str) -> str:
    """Return one of the project's own names in ASCII: w x1->h1, y_hat, delta_w, minus delta."""
    for sign, text in _PLAIN.items():
        name = name.replace(sign, text)
    return f"minus {name[1:]}" if name.startswith("-") else name
