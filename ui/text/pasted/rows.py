"""What stands between two brackets, as rows."""

from dataclasses import dataclass, field
from itertools import pairwise

from ui.text.pasted.nodes import Group, Node, PastedNumber, end_of, start_of
from ui.text.pasted.tokens import Token

# A line that is longer than this was broken by a library for its length.
_BROKEN = 60


@dataclass(slots=True)
class Rows:
    """What has been read between two brackets so far; `row` counts from the last end of a row."""

    rows: list[list[Node]] = field(default_factory=lambda: [[]])
    # Where lines end within the rows, as the row and the number of values before.
    breaks: list[tuple[int, int]] = field(default_factory=list)
    after_comma: bool = True
    commas: bool = False


def joined_rows(row: Rows, text: str, opening: Token, end: int) -> list[Node]:
    """Return the values between two brackets; where they stand in rows, a group for each row."""
    rows = row.rows
    if len(rows) == 1 and not row.commas and row.breaks:
        rows = _by_lines(row, text, opening, end)
    rows = [one for one in rows if one]
    if len(rows) < 2:
        return rows[0] if rows else []
    return [Group(one, start_of(one[0]), end_of(one[-1])) for one in rows]


def _by_lines(row: Rows, text: str, opening: Token, end: int) -> list[list[Node]]:
    """Return the rows of numbers that stand on lines of their own, as MATLAB has them."""
    values = row.rows[0]
    if not all(isinstance(value, PastedNumber) for value in values):
        return row.rows
    places = [0, *(place for _, place in row.breaks), len(values)]
    rows = [values[low:high] for low, high in pairwise(places)]
    rows = [one for one in rows if one]
    lines = text[text.rfind("\n", 0, opening.start) + 1 : end].split("\n")
    is_broken = any(len(line) > _BROKEN for line in lines[:-1])
    return row.rows if is_broken or len({len(one) for one in rows}) > 1 else rows
