"""What is learned from a table where nobody has chosen: the target, the columns that are inputs."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ui.limits import MAX_FEATURES
from ui.text.numbers import count, quote
from ui.training.importing.records import Kind
from ui.training.informative import most_informative
from ui.training.own_data import DataTable, column_values
from ui.training.real_data import USUAL_TARGETS


class Inputs(NamedTuple):
    """The names of columns that are inputs, and a sentence where others were left out for them, else ""."""

    columns: tuple[str, ...]
    note: str = ""


class Columns(Protocol):
    """A table as far as its columns go."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names."""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds, () where all are used."""


def usual_target(name: str, table: Columns) -> str:
    """Return the column that is predicted when none is chosen: of a reader's own table, the last one used."""
    if name in USUAL_TARGETS:
        return USUAL_TARGETS[name]
    used = used_columns(table)
    return used[-1] if used else table.columns[-1]


def used_columns(table: Columns) -> tuple[str, ...]:
    """Return the columns that are used where nobody has chosen any."""
    kinds = table.kinds or ("number",) * len(table.columns)
    return tuple(name for name, kind in zip(table.columns, kinds, strict=True) if kind != "unused")


def usual_inputs(table: DataTable, target: str) -> Inputs:
    """Return the columns that are inputs when none are chosen: all that are used, or the most informative."""
    others = tuple(name for name in used_columns(table) if name != target)
    if target not in table.columns or _count_inputs(table, others) <= MAX_FEATURES:
        return Inputs(others)
    values = column_values(table, (*others, target))
    goal = values.pop(target)
    chosen = most_informative(values, goal)
    left_out = len(others) - len(chosen)
    return Inputs(
        chosen,
        f"Of {len(others):,} columns, {len(chosen)} are inputs, those with the most information on "
        f"{quote(target)}; {count(left_out, 'column')} can be exchanged for them in the data menu.",
    )


def why_not_inputs(table: DataTable, columns: Sequence[str]) -> str:
    """Return why these columns cannot be the inputs, "" where they can."""
    if not columns:
        return "Inputs is empty; it takes one or more columns of the table."
    number = _count_inputs(table, columns)
    if number <= MAX_FEATURES:
        return ""
    return (
        f"The chosen columns make {number:,} inputs, a text column one for each of its texts; {MAX_FEATURES} "
        "are allowed."
    )


def _count_inputs(table: DataTable, columns: Sequence[str]) -> int:
    if len(columns) > MAX_FEATURES:
        return len(columns)
    numbers = 0
    for values in column_values(table, columns).values():
        texts = {value for value in values if isinstance(value, str)}
        numbers += len(texts) or 1
    return numbers
