"""The parts of the One step page, and the numbers that most of them show."""

from core.exercise import Exercise
from core.history import Replay
from ui.one_step.actions import STORE, replayed
from ui.shell.parts import Parts

PARTS = Parts("one_step")


def shown_run() -> Replay:
    """Return the replay of the history that is shown."""
    return replayed(STORE.read())


def shown_exercise() -> Exercise:
    """Return the exercise at the step that is shown."""
    return shown_run().exercise
