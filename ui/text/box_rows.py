"""The boxes of an exercise: the numbers that are asked, in rows in the order of the pass."""

from collections.abc import Collection

from core.answers import negative_of
from core.assignment import Assignment, asked_ids
from core.exercise import Exercise
from ui.text.answers import Answerable, answerable
from ui.text.conventions import Convention

_SIGNED = ("da", "delta")
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
    """Return the numbers that have boxes, in rows.

    With error terms the box is for −δ. Numbers that were `given` with the other sign have one in any case.
    """
    known = answerable(exercise)
    rows: dict[tuple[str, int], list[Answerable]] = {}
    for name in asked_ids(assignment):
        number = known[name]
        negative = negative_of(name)
        is_negated = number.symbol.name in _SIGNED and convention.is_error_term
        shown = [negative if is_negated else name]
        shown += [other for other in (name, negative) if other in given and other not in shown]
        row = _ROWS[number.symbol.name]
        layer = 0 if row == "delta" else number.symbol.layer or len(assignment.network.shapes)
        rows.setdefault((row, layer), []).extend(known[each] for each in shown)
    return [*rows.values()]
