"""What is done on the page with an exercise: each action edits the state that the session has."""

from dataclasses import replace

from core.answers import read_answers
from core.exercise import Exercise
from core.mistakes import Verdict, diagnose
from ui.exercise.link import CODEC, parse_student
from ui.exercise.state import HINTS, AskedExercise, of_student, takes, with_answers
from ui.limits import MAX_SEED
from ui.links.lock import lock_of, new_key
from ui.memory import remembered
from ui.shell.store import PageStore
from ui.shell.widgets import entered
from ui.text.answers import answerable, number_label
from ui.text.numbers import quote

STUDENT = "exercise_student"
STORE = PageStore(CODEC, way_out="Clear some answers to go on.")


def box_key(name: str) -> str:
    """Return the key of the box for the number with an id."""
    return f"exercise_{name}"


def verdicts(state: AskedExercise) -> tuple[Verdict, ...]:
    """Return what each number that was checked is, in the order of the pass."""
    return _verdicts(state.exercise, state.checked)


@remembered
def _verdicts(exercise: Exercise, answers: tuple[tuple[str, str], ...]) -> tuple[Verdict, ...]:
    return diagnose(exercise, dict(answers))


def take_student() -> None:
    """Take the name that the numbers are drawn from; answers to others go, and Back returns to them."""
    state = STORE.open()
    text = str(entered(STUDENT) or "")
    try:
        name = parse_student(text)
    except ValueError as error:
        STORE.reject(STUDENT, text, str(error).replace("student", "Your name", 1))
        return
    STORE.accept(STUDENT)
    if name == state.student:
        return
    _forget_texts()
    STORE.edit(of_student(state, name))
    if state.answers:
        whose = f"the numbers of {quote(state.student)}" if state.student else "the numbers before"
        STORE.notify(f"New name, new numbers. Back in the browser returns to {whose}, with the answers.")


def take_answer(name: str) -> None:
    """Take the number typed in a box; one that cannot be read stays there with the reason."""
    state = STORE.open()
    key = box_key(name)
    text = str(entered(key) or "")
    texts = {name: text if text.strip() else ""}
    if name not in takes(state.assignment):
        return
    try:
        if texts[name]:
            read_answers(state.exercise, texts)
    except ValueError as error:
        STORE.edit(with_answers(state, {name: ""}))
        called = number_label(answerable(state.exercise)[name], state.convention)
        STORE.reject(key, text, str(error).replace(name, called, 1))
        return
    STORE.accept(key)
    STORE.edit(with_answers(state, texts))


def check() -> None:
    """Mark all answers, with what was typed right before the press, which comes in the same message."""
    answers = dict(STORE.open().answers)
    for name in takes(STORE.read().assignment):
        typed = entered(box_key(name))
        if typed is not None and str(typed) != answers.get(name, ""):
            take_answer(name)
    STORE.edit(replace(STORE.read(), open=(), hints=0))


def clear() -> None:
    """Take away all answers, and texts that could not be read."""
    state = STORE.open()
    _forget_texts()
    STORE.edit(replace(state, answers=(), open=(), hints=0))


def _forget_texts() -> None:
    for key in STORE.rejected:
        STORE.accept(key)


def speak(convention: str) -> None:
    """Write the page in another convention, named in CONVENTIONS."""
    STORE.edit(replace(STORE.open(), speak=convention))


def reveal(level: int) -> None:
    """Reveal a hint, with those before it; HINTS is the answer."""
    STORE.edit(replace(STORE.open(), hints=min(level, HINTS)))


def draw_anew() -> None:
    """Show other numbers, of the next seed."""
    state = STORE.open()
    _forget_texts()
    STORE.edit(replace(of_student(state, state.student), seed=(state.seed + 1) % (MAX_SEED + 1)))


def lock() -> None:
    """Make it an exercise for a class, whose answers open only with the key that the page now has."""
    state = STORE.open()
    if state.lock:
        return
    key = new_key()
    STORE.edit(of_student(replace(state, key=key, lock=lock_of(key)), ""))


def unlock() -> None:
    """Make it an exercise whose answers are open, with other numbers."""
    state = STORE.open()
    if state.is_teachers:
        STORE.edit(of_student(replace(state, key="", lock=""), ""))
