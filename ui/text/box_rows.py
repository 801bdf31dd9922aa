"""The boxes of an exercise: the numbers that are asked, in rows in the order of the pass."""

from collections.abc import Collection

from core.answers import without_sign
from core.assignment import Assignment, asked_ids
from core.exercise import Exercise
from ui.text.answers import Answerable, answerable, has_box
from ui.text.conventions import Convention

# What stands in one row: z and a of a layer, behind the last of them error and loss; all δ; a W with its b.
_ROWS = {
    "z": "forward",
    "a": "forward",
    "error": "forward",
    "loss": "forward",
    "delta": "delta",
    "dW": "gradient",
    "db": "gradient",
    "step_W": "step",
    "step_b": "step",
    "new_W": "new",
    "new_b": "new",
}


def box_rows(
    assignment: Assignment, exercise: Exercise, convention: Convention, given: Collection[str] = ()
) -> list[list[Answerable]]:
    """Return the numbers that have boxes, in rows; which of those asked these are is as in `has_box`."""
    asked = {*asked_ids(assignment)}
    rows: dict[tuple[str, int], list[Answerable]] = {}
    for number in answerable(exercise).values():
        if without_sign(number.id) in asked and has_box(number, convention, given):
            row = _ROWS[number.symbol.name]
            layer = 0 if row == "delta" else number.symbol.layer or len(assignment.network.shapes)
            rows.setdefault((row, layer), []).append(number)
    return [*rows.values()]
