"""What the numbers that were given for an exercise are, judged once for all pages."""

from core.exercise import Exercise
from core.mistakes import Verdict, diagnose
from ui.memory import remembered


@remembered
def judged(exercise: Exercise, answers: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    """Return what each number of an exercise is, by id and text as typed, in the order of the pass.

    Raises ValueError with a sentence for one that cannot be read.
    """
    return diagnose(exercise, dict(answers))
