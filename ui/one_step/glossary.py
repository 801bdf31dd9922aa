"""The glossary of the One step page, with the formulas of the network that is shown."""

from math import isclose

from ui.one_step.actions import STORE
from ui.one_step.page import PARTS, shown_exercise
from ui.shell.glossary import write_glossary
from ui.text.glossary import glossary_html


def _words() -> object:
    exercise = shown_exercise()
    return exercise.network, isclose(sum(exercise.y), 1), STORE.read().view.speak


@PARTS.part("glossary", _words, alone=True)
def write_terms() -> None:
    """Write every term with its sentence and its formulas."""
    exercise = shown_exercise()
    convention = STORE.read().view.convention
    sums_to_one = isclose(sum(exercise.y), 1)
    write_glossary(glossary_html(exercise.network, convention, sums_to_one=sums_to_one))
