"""Weights as text: one matrix a layer, as people paste them from a notebook or a spreadsheet."""

import re

from core.arrays import Array
from core.exercise import Exercise
from ui.limits import MAX_TEXT
from ui.text.numbers import count, exact, parse_number

_ROW_ENDS = re.compile(r"[\n;\]]")

# What NumPy and PyTorch print around a matrix: array( … ) or tensor( …, dtype=…).
_CALL = re.compile(r"[\w.]+\(")
_OPTION = re.compile(r"\s*\w+=[\w.]+")


def matrix_names(exercise: Exercise) -> dict[str, tuple[str, Array]]:
    """Return, for every W and b in order, its name, its letter in quantity ids ("w1", "b1") and its values.

    A bias vector counts as a matrix of one row.
    """
    found = {}
    for index, layer in enumerate(exercise.network.layers(exercise.theta_array), start=1):
        found[f"W{index}"] = (f"w{index}", layer.W)
        if layer.b is not None:
            found[f"b{index}"] = (f"b{index}", layer.b[None])
    return found


def format_matrix(values: Array) -> str:
    """Return one line a row, numbers with every digit, separated by two spaces."""
    return "\n".join("  ".join(map(exact, row)) for row in values.tolist())


def parse_matrix(text: str, name: str, shape: tuple[int, ...]) -> list[list[float]]:
    """Return the rows of a pasted matrix of the given shape.

    Rows end with a line, a semicolon or a bracket; numbers are separated by spaces, tabs or commas. A
    comma is a decimal comma where the row has the right number of numbers that way. Raises ValueError
    with a sentence that names the matrix, the row and what is expected.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"{name} got {len(text):,} characters; {MAX_TEXT:,} are allowed.")
    pieces = [piece.strip(" \t\r,[]()|") for piece in _ROW_ENDS.split(_without_call(text.strip()))]
    rows = [piece for piece in pieces if piece]
    if len(rows) != shape[0]:
        raise ValueError(
            f"{name} got {count(len(rows), 'row')}; it takes {shape[0]} rows of {shape[1]} numbers."
        )
    return [_parse_row(row, f"{name}, row {k + 1}", shape[1]) for k, row in enumerate(rows)]


def _without_call(text: str) -> str:
    """Return the text without what NumPy or PyTorch print around a matrix."""
    call = _CALL.match(text)
    plain = text[call.end() :] if call else text
    if plain.endswith(")"):
        *parts, last = plain[:-1].split(",")
        while parts and _OPTION.fullmatch(last):
            last = parts.pop()
        plain = ",".join([*parts, last])
    return plain


def _parse_row(row: str, name: str, length: int) -> list[float]:
    parts = [part.rstrip(",") for part in row.split()]
    if len(parts) != length:
        parts = [part for part in re.split(r"[\s,]+", row) if part]
    if len(parts) != length:
        raise ValueError(f"{name} got {count(len(parts), 'number')}; it takes {length}.")
    return [parse_number(part, f"{name}, number {k + 1},") for k, part in enumerate(parts)]


def matrix_changes(rows: list[list[float]], letter: str) -> tuple[tuple[str, float], ...]:
    """Return the rows as changes by quantity id; `letter` is "w1" for a matrix, "b1" for a bias vector."""
    if letter.startswith("b"):
        return tuple((f"{letter}.{k + 1}", value) for k, value in enumerate(rows[0]))
    return tuple(
        (f"{letter}.{i + 1}.{k + 1}", value) for i, row in enumerate(rows) for k, value in enumerate(row)
    )
