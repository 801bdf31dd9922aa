"""What is done on the page with an exercise: each action edits the state that the session has."""

from dataclasses import replace

from core.mistakes import Verdict
from ui.exercise.link import CODEC, parse_student
from ui.exercise.marks import mark_of
from ui.exercise.state import HINTS, AskedExercise, of_student, takes, with_answers, with_refused
from ui.limits import MAX_SEED
from ui.links.lock import lock_of, new_key
from ui.practice.typed import TypedNumbers
from ui.practice.verdicts import judged
from ui.shell.run_context import uninterrupted
from ui.shell.store import Held, PageStore
from ui.shell.widgets import entered
from ui.text.answers import GROUPS, answerable, group_of
from ui.text.numbers import quote

STUDENT, GROUP = "exercise_student", "exercise_group"
STORE = PageStore(CODEC, way_out="Clear some answers to go on.")
TYPED = TypedNumbers(
    "exercise",
    STORE,
    exercise=lambda state: state.exercise,
    taken=lambda state: takes(state.assignment),
    convention=lambda state: state.convention,
    with_answers=with_answers,
    not_read=lambda state: state.refused,
    with_refused=with_refused,
)


@uninterrupted()
def begin() -> Held[AskedExercise]:
    """Return what a run of the whole page shows, with all that was typed into boxes."""
    held = STORE.begin()
    TYPED.take_new()
    TYPED.refuse_again(held.state)
    return held


def open_state() -> AskedExercise:
    """Return the state to change, with all that was typed into boxes."""
    return TYPED.open_state()


def take_typed() -> None:
    """Take the answers that were typed into boxes and have not been taken."""
    open_state()


def verdicts(state: AskedExercise) -> tuple[Verdict, ...]:
    """Return what each number that was checked is, in the order of the pass."""
    return judged(state.exercise, state.checked)


def take_student() -> None:
    """Take the name that the numbers are drawn from; answers to others go, and Back returns to them."""
    state = open_state()
    text = str(entered(STUDENT) or "")
    try:
        name = parse_student(text)
    except ValueError as error:
        STORE.reject(STUDENT, text, str(error).replace("student", "Your name", 1))
        return
    STORE.accept(STUDENT)
    if name == state.student:
        return
    TYPED.forget_refused()
    STORE.edit(of_student(state, name))
    if state.answers:
        whose = f"the numbers of {quote(state.student)}" if state.student else "the numbers before"
        STORE.notify(f"New name, new numbers. Back in the browser returns to {whose}, with the answers.")


def check() -> None:
    """Mark all answers, and show the boxes of the first that differs."""
    state = replace(open_state(), open=(), hints=0)
    wrong = next((one for one in verdicts(state) if mark_of(one, state.assignment).kind == "wrong"), None)
    if wrong is not None:
        state = replace(state, group=group_of(answerable(state.exercise)[wrong.quantity]))
    STORE.edit(state)


def show_group() -> None:
    """Show the boxes of the group that was picked."""
    state, group = open_state(), entered(GROUP)
    if group in GROUPS:
        STORE.edit(replace(state, group=group))


def clear() -> None:
    """Take away all answers, and texts that could not be read."""
    state = open_state()
    TYPED.forget_refused()
    STORE.edit(replace(state, answers=(), open=(), refused=(), hints=0))


def speak(convention: str) -> None:
    """Write the page in another convention, named in CONVENTIONS."""
    STORE.edit(replace(open_state(), speak=convention))


def reveal(level: int) -> None:
    """Reveal a hint, with those before it; HINTS is the answer."""
    STORE.edit(replace(open_state(), hints=min(level, HINTS)))


def draw_anew() -> None:
    """Show other numbers, of the next seed."""
    state = open_state()
    TYPED.forget_refused()
    STORE.edit(replace(of_student(state, state.student), seed=(state.seed + 1) % (MAX_SEED + 1)))


def lock() -> None:
    """Make it an exercise for a class, whose answers open only with the key that the page now has."""
    state = open_state()
    if state.lock:
        return
    key = new_key()
    STORE.edit(of_student(replace(state, key=key, lock=lock_of(key)), ""))


def unlock() -> None:
    """Make it an exercise whose answers are open, with other numbers."""
    state = open_state()
    if state.is_teachers:
        STORE.edit(of_student(replace(state, key="", lock=""), ""))
        STORE.notify(
            "The lock is gone, and these are other numbers than those of your class. "
            "Back in the browser returns to your page with the key."
        )
