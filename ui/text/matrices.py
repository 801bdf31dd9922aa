"""Weights as text: one matrix a layer, as people paste them from a notebook or a spreadsheet."""

from collections.abc import Callable, Mapping

import numpy as np

from core.arrays import Array
from core.exercise import Exercise
from ui.text.numbers import count, exact, quote
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.placing import PlacedWeights, place
from ui.text.pasted.problems import PastedError, got
from ui.text.pasted.reader import PastedText, read_pasted

Shape = tuple[int, ...]
_Matrices = dict[str, list[list[float]]]


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


def parse_matrix(text: str, name: str, shape: Shape) -> list[list[float]]:
    """Return the rows of a pasted matrix of the given shape, in any form that `read_pasted` reads.

    A comma is a decimal comma where the numbers have the shape that way. Raises ValueError with a sentence
    that names the matrix and what is expected.
    """
    return _parsed(text, name, lambda reading: {name: _one(reading, name, shape)})[name]


def parse_matrices(text: str, field: str, shapes: Mapping[str, Shape]) -> _Matrices:
    """Return the rows of several matrices by name, W1, b1, …, pasted with their names or in their order.

    Raises ValueError with a sentence that names the matrix, or the field, and what is expected.
    """
    return _parsed(text, field, lambda reading: _several(reading, field, shapes))


def _parsed(text: str, field: str, take: Callable[[PastedText], _Matrices]) -> _Matrices:
    """Take a text as it stands, or with each comma between two digits as a decimal one."""
    first = ""
    for decimal_commas in (False, True):
        try:
            reading = read_pasted(text, field, decimal_commas=decimal_commas)
            _refuse_words(reading)
            return take(reading)
        except PastedError as error:
            first = first or error.named(field)
        except ValueError as error:
            first = first or str(error)
    raise ValueError(first)


def _refuse_words(reading: PastedText) -> None:
    """Refuse what a page would pass over: in a box for numbers it is a slip."""
    if reading.skipped:
        start, end, _ = reading.skipped[0]
        raise PastedError(reading.text, start, got(reading.text[start:end]))


def _one(reading: PastedText, name: str, shape: Shape) -> list[list[float]]:
    arrays = reading.arrays
    if len(arrays) > 1 and not any(array.name for array in arrays):
        # Rows that stand in brackets each, with none around them, or with blank lines between them.
        rows = [
            row for array in arrays for row in np.atleast_2d(array.array).tolist() if array.array.ndim < 3
        ]
        if len(rows) == shape[0] and all(len(row) == shape[1] for row in rows):
            return rows
    if len(arrays) != 1:
        raise ValueError(f"{name} got {count(len(arrays), 'array')}; it takes {_describe(shape)}.")
    return _fitted(arrays[0], name, shape, is_turned=arrays[0].is_turned)


def _several(reading: PastedText, field: str, shapes: Mapping[str, Shape]) -> _Matrices:
    placed = place(reading.arrays)
    nameless = [array for array in reading.arrays if array.name is None]
    if nameless and len(nameless) == len(reading.arrays) == len(shapes):
        pairs = zip(shapes, nameless, strict=True)
        return {name: _fitted(array, name, shapes[name], array.is_turned) for name, array in pairs}
    found = {**_numbered("W", placed.weights), **_numbered("b", placed.biases)}
    others = [*placed.x, *placed.y, *placed.unplaced, *([placed.eta] if placed.eta else [])]
    if set(found) != set(shapes) or others or len(reading.arrays) != len(shapes):
        wanted = ", ".join(f"{name} ({rows} × {columns})" for name, (rows, columns) in shapes.items())
        names = [array.name or "an array without a name" for array in reading.arrays]
        listed = quote(", ".join(names)) if names else "none"
        raise ValueError(f"{field} got {listed}; it takes {wanted}, each below its name.")
    return {name: _fitted(found[name].array, name, shapes[name], found[name].is_turned) for name in shapes}


def _numbered(letter: str, layers: tuple[PlacedWeights, ...]) -> dict[str, PlacedWeights]:
    """Return arrays by their names, with the numbers that they have or else those of their order."""
    return {
        f"{letter}{place if one.layer is None else one.layer}": one
        for place, one in enumerate(layers, start=1)
    }


def _fitted(array: PastedArray, name: str, shape: Shape, is_turned: bool | None) -> list[list[float]]:
    values = array.array
    if values.ndim == 2 and is_turned and name.startswith("W"):
        values = values.T
    is_vector = 1 in shape and values.size == max(shape) and max(values.shape, default=1) == values.size
    if values.shape != shape and not is_vector:
        raise ValueError(f"{name} got {_describe(values.shape)}; it takes {_describe(shape)}.")
    rows: list[list[float]] = values.reshape(shape).tolist()
    return rows


def _describe(shape: Shape) -> str:
    if not shape:
        return "1 number"
    if len(shape) == 1:
        return f"1 row of {count(shape[0], 'number')}"
    if len(shape) > 2:
        return " × ".join(map(str, shape)) + " numbers"
    return f"{count(shape[0], 'row')} of {count(shape[1], 'number')}"


def matrix_changes(rows: list[list[float]], letter: str) -> tuple[tuple[str, float], ...]:
    """Return the rows as changes by quantity id; `letter` is "w1" for a matrix, "b1" for a bias vector."""
    if letter.startswith("b"):
        return tuple((f"{letter}.{k + 1}", value) for k, value in enumerate(rows[0]))
    return tuple(
        (f"{letter}.{i + 1}.{k + 1}", value) for i, row in enumerate(rows) for k, value in enumerate(row)
    )
