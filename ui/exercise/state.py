"""What the page with an exercise shows, as a record: all that its link carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.assignment import Assignment, answer_ids, asked_ids, draw_exercise
from core.exercise import Exercise
from core.network import Network
from ui.links.lock import opens
from ui.links.refused import Refused, and_one, without
from ui.memory import remembered
from ui.text.answers import FORWARD, GROUPS, answerable, group_of
from ui.text.conventions import CONVENTIONS, USUAL, Convention

# Hints: the formula, the question, the name of the mistake; then the numbers, where they are not locked.
LOCKED_HINTS, HINTS = 3, 4
MAX_NAME = 60
DEFAULT = Assignment(Network((2, 2, 1), ("sigmoid", "sigmoid")))


@dataclass(frozen=True, slots=True)
class AskedExercise:
    """An assignment, whose numbers these are, and what has been answered.

    The numbers are drawn from `seed`, from `lock`, which only the teacher's `key` opens, and from the
    `student`'s name. `answers` are ids of quantities with the texts typed, in the order of the pass, `open`
    those of them that have not been checked, and `refused` ids with the texts of boxes that are no numbers.
    `group`, in GROUPS, is which of them have their boxes on the screen, `speak` is in CONVENTIONS, and
    `hints`, from 0 to HINTS, is how much has been revealed about the first wrong one.
    """

    assignment: Assignment = field(default=DEFAULT)
    seed: int = 1
    lock: str = ""
    key: str = ""
    student: str = ""
    speak: str = USUAL.name
    answers: tuple[tuple[str, str], ...] = ()
    open: tuple[str, ...] = ()
    refused: Refused = ()
    group: str = FORWARD
    hints: int = 0

    @property
    def convention(self) -> Convention:
        """Return in which convention names and formulas are written."""
        return CONVENTIONS[self.speak]

    @property
    def is_teachers(self) -> bool:
        """Return whether this is the page of the teacher who has locked the answers."""
        return opens(self.key, self.lock)

    @property
    def is_locked(self) -> bool:
        """Return whether the answers are closed."""
        return bool(self.lock) and not self.is_teachers

    @property
    def exercise(self) -> Exercise:
        """Return the exercise with the student's own numbers."""
        return _drawn(self.assignment, f"{self.lock}/{self.seed}", self.student)

    @property
    def groups(self) -> tuple[str, ...]:
        """Return those of GROUPS of which anything is asked."""
        return _groups(self.assignment, self.exercise)

    @property
    def shown(self) -> str:
        """Return the group whose boxes are on the screen: the first that is asked where `group` is not."""
        groups = self.groups
        return self.group if self.group in groups else groups[0]

    @property
    def checked(self) -> tuple[tuple[str, str], ...]:
        """Return the answers that have been checked."""
        return tuple(pair for pair in self.answers if pair[0] not in self.open)


@remembered
def _drawn(assignment: Assignment, seed: str, student: str) -> Exercise:
    return draw_exercise(assignment, seed, student)


@remembered
def _groups(assignment: Assignment, exercise: Exercise) -> tuple[str, ...]:
    known = answerable(exercise)
    asked = {group_of(known[name]) for name in asked_ids(assignment)}
    return tuple(name for name in GROUPS if name in asked)


@remembered
def takes(assignment: Assignment) -> tuple[str, ...]:
    """Return the ids that answers may have, in the order of the pass: those asked, and their negatives."""
    return answer_ids(assignment)


def with_answers(state: AskedExercise, texts: Mapping[str, str]) -> AskedExercise:
    """Return the state with other answers, by quantity id, which are to be checked; "" takes one away."""
    state = replace(state, refused=without(state.refused, texts))
    texts = {**dict(state.answers), **texts}
    order = takes(state.assignment)
    answers = tuple((name, texts[name]) for name in order if texts.get(name))
    before = dict(state.answers)
    now = dict(answers)
    open_ = tuple(
        name for name in order if name in now and (now[name] != before.get(name) or name in state.open)
    )
    return state if answers == state.answers else replace(state, answers=answers, open=open_, hints=0)


def with_refused(state: AskedExercise, name: str, text: str) -> AskedExercise:
    """Return the state with a text in place of a number, if it is short enough for a link."""
    state = with_answers(state, {name: ""})
    return replace(state, refused=and_one(state.refused, name, text))


def of_student(state: AskedExercise, student: str) -> AskedExercise:
    """Return the state with the numbers of a student, none of which has been answered."""
    return replace(state, student=student, answers=(), open=(), refused=(), hints=0)


def for_students(state: AskedExercise) -> AskedExercise:
    """Return what the link to be handed out shows: the lock without its key, and nobody's answers."""
    return of_student(replace(state, key=""), "")


def with_assignment(state: AskedExercise, assignment: Assignment) -> AskedExercise:
    """Return the state with another assignment, none of which has been answered."""
    if assignment == state.assignment:
        return state
    return replace(of_student(state, state.student), assignment=assignment)
