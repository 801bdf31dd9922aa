"""The arrays that a paste has, as typed records."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from ui.text.numbers import count
from ui.text.pasted.nodes import Group, Named, Node, PastedNumber, end_of, length, start_of
from ui.text.pasted.problems import PastedError
from ui.text.pasted.roles import role_of

# Nested as it was written: a number, or numbers in brackets.
Values = float | tuple["Values", ...]


class PastedArray(NamedTuple):
    """An array of a paste, in the order of the text.

    `name` is as it was written, None where there is none; `values` are nested by `shape`, () for one number.
    `start` and `end` are its place in the text. `is_turned` is whether the rows of a W are the units of the
    next layer, as in what PyTorch prints as a Parameter; None where that is open.
    """

    name: str | None
    values: Values
    shape: tuple[int, ...]
    start: int
    end: int
    is_turned: bool | None = None

    @property
    def array(self) -> Array:
        """Return the values as an array of the shape."""
        return np.array(self.values, dtype=float)


def arrays_of(text: str, name: str | None, node: Node) -> Iterator[PastedArray]:
    """Yield the arrays of a value: one, or several of a dictionary or of a list of arrays.

    Raises PastedError for rows of unequal length.
    """
    if isinstance(node, Named):
        # A variable of Keras has a name of its own, which counts less than what it is assigned to.
        yield from arrays_of(text, name if name and role_of(name) else node.name, node.value)
    elif isinstance(node, Group) and _is_named(node):
        for item in node.items:
            yield from arrays_of(text, None, item)
    elif isinstance(node, Group) and _is_list(node):
        for place, item in enumerate(node.items, start=1):
            yield from arrays_of(text, f"{name}{place}" if name else None, item)
    else:
        values, shape = _regular(text, node)
        array = np.array(values, dtype=float)
        if isinstance(node, Group) and node.is_turned:
            array = array.T
            values, shape = _nested(array.tolist()), array.shape
        is_turned = True if isinstance(node, Group) and node.is_torch else None
        yield PastedArray(name, values, shape, start_of(node), end_of(node), is_turned)


def _is_named(node: Group) -> bool:
    """Return whether any value has a name of its own."""
    return any(
        isinstance(item, Named) or (isinstance(item, Group) and _is_named(item)) for item in node.items
    )


def _is_list(node: Group) -> bool:
    """Return whether a group is a list of arrays, not an array: matrices, or arrays of unlike shapes."""
    if node.is_array or len(node.items) < 2:
        return False
    depths = [_depth(item) for item in node.items]
    is_made = all(isinstance(item, Group) and item.is_array for item in node.items)
    return max(depths) > 1 or (is_made and len({length(item) for item in node.items}) > 1)


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.items)) if isinstance(node, Group) else 0


def _regular(text: str, node: Node) -> tuple[Values, tuple[int, ...]]:
    if isinstance(node, PastedNumber):
        return node.value, ()
    if isinstance(node, Named):
        return _regular(text, node.value)
    found = [_regular(text, item) for item in node.items]
    shape = found[0][1]
    for place, (item, (_, other)) in enumerate(zip(node.items, found, strict=True), start=1):
        if other != shape:
            raise PastedError(
                text,
                start_of(item),
                f"row {place} has {_describe(other)}, row 1 has {_describe(shape)}",
            )
    return tuple(values for values, _ in found), (len(found), *shape)


def _describe(shape: tuple[int, ...]) -> str:
    if not shape:
        return "a number without brackets"
    return count(shape[0], "number") if len(shape) == 1 else " × ".join(map(str, shape)) + " numbers"


def _nested(values: list[Any] | float) -> Values:
    return tuple(map(_nested, values)) if isinstance(values, list) else values
