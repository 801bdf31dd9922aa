"""What a learner does on the page that checks working: each action edits the state that the session has."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from core.examples import EXAMPLES
from core.mistakes import Verdict
from ui.check_working.link import CODEC
from ui.check_working.reading import Sheet, read_sheet, repeated_sentence
from ui.check_working.state import (
    HINTS,
    MAX_SHEET,
    SHEET,
    CheckWorking,
    bring_back,
    load_example,
    with_answers,
)
from ui.practice.typed import TypedNumbers
from ui.practice.verdicts import judged
from ui.shell.run_context import uninterrupted
from ui.shell.store import Held, PageStore
from ui.shell.visit import keep, keep_on_page, recall
from ui.shell.widgets import entered
from ui.text.answers import GROUPS, answerable, number_label, read_named

EXAMPLE_MENU, GROUP, PASTED = "check_example", "check_group", "check_pasted"
_PASTED_TEXT, _NUMBERS = "check_pasted_text", "check_numbers"
STORE = PageStore(CODEC, way_out="Clear some numbers to go on.")
TYPED = TypedNumbers(
    "check",
    STORE,
    exercise=lambda state: state.start,
    taken=lambda state: answerable(state.start),
    convention=lambda state: state.convention,
    with_answers=with_answers,
)


@uninterrupted()
def begin() -> Held[CheckWorking]:
    """Return what a run of the whole page shows, with all that was typed into boxes."""
    held = STORE.begin()
    TYPED.take_new()
    _keep_numbers(held.state)
    return held


def open_state() -> CheckWorking:
    """Return the state to change, with all that was typed into boxes."""
    state = TYPED.open_state()
    _keep_numbers(state)
    return state


def _keep_numbers(state: CheckWorking) -> None:
    """Keep the numbers that there are, also for a return from another page."""
    if state.answers or state.sheet:
        keep(_NUMBERS, state)


def verdicts(state: CheckWorking) -> tuple[Verdict, ...]:
    """Return what each number that was given is, in the order of the pass."""
    return judged(state.start, state.answers)


def take_typed() -> None:
    """Take the numbers that were typed into boxes and have not been taken."""
    open_state()


def take_pasted() -> None:
    """Take all the numbers of a pasted text; what cannot be read stays there with the reason."""
    state = open_state()
    text = str(entered(PASTED) or "")
    keep_on_page(_PASTED_TEXT, text)
    STORE.accept(PASTED)
    if not text.strip():
        return
    try:
        sheet = read_sheet(text, state.start, state.convention)
        read_named(state.start, sheet.texts, state.convention)
    except ValueError as error:
        STORE.reject(PASTED, text, str(error))
        return
    for name in sheet.texts:
        STORE.accept(TYPED.key(name))
    whole = text if len(text) <= MAX_SHEET else ""
    now = replace(with_answers(state, sheet.texts), sheet=whole)
    STORE.edit(now if now.shown == SHEET else _in_sight(now, sheet.texts))
    sentences = [*_repeated_sentences(sheet, state)]
    if sheet.passed_over:
        names = ", ".join(sheet.passed_over)
        sentences.append(f"Not compared, as no number of the step has that name: {names}.")
    if sheet.changed:
        names = ", ".join(sheet.changed)
        sentences.append(f"This network has other numbers for {names}: set yours on One step, then check.")
    if sentences:
        STORE.notify(" ".join(sentences))


def _repeated_sentences(sheet: Sheet, state: CheckWorking) -> Iterator[str]:
    known = answerable(state.start)
    for name, texts in sheet.repeated.items():
        yield repeated_sentence(number_label(known[name], state.convention), texts)


def pasted_text() -> str:
    """Return what was pasted last, which stays in its field."""
    refused = STORE.rejected.get(PASTED)
    return refused.text if refused else STORE.read().sheet or str(recall(_PASTED_TEXT) or "")


def _forget_texts() -> None:
    keep_on_page(_PASTED_TEXT, "")
    TYPED.forget_refused()


def _in_sight(state: CheckWorking, texts: Mapping[str, str]) -> CheckWorking:
    """Return the state with the boxes on the screen of the first new number that differs, or of the first."""
    new = [verdict for verdict in verdicts(state) if verdict.quantity in texts]
    first = next((verdict for verdict in new if verdict.verdict == "wrong"), new[0])
    array = answerable(state.start)[first.quantity].symbol.name
    return replace(state, group=next(name for name, group in GROUPS.items() if array in group.arrays))


def take_example() -> None:
    """Show the worked example that was chosen from the menu."""
    name = entered(EXAMPLE_MENU)
    open_state()
    if name in EXAMPLES:
        _forget_texts()
        STORE.edit(load_example(STORE.read(), name))


def show_group() -> None:
    """Show the boxes of the group that was picked."""
    state, group = open_state(), entered(GROUP)
    if group in (*GROUPS, SHEET):
        STORE.edit(replace(state, group=group))


def speak(convention: str) -> None:
    """Write the page in another convention, named in CONVENTIONS."""
    STORE.edit(replace(open_state(), speak=convention))


def reveal(level: int) -> None:
    """Reveal a hint, with those before it; HINTS is the answer."""
    STORE.edit(replace(open_state(), hints=min(level, HINTS)))


def has_numbers(state: CheckWorking) -> bool:
    """Return whether there is anything that can be cleared."""
    return bool(state.answers or state.sheet or STORE.rejected)


def with_numbers_back() -> CheckWorking | None:
    """Return the state with the numbers that there were last; None where they do not fit its exercise."""
    before: CheckWorking | None = recall(_NUMBERS)
    return None if before is None else bring_back(STORE.read(), before)


def clear_or_restore() -> None:
    """Take away all numbers that were given, and texts that could not be read; or bring back the numbers."""
    state = open_state()
    if has_numbers(state):
        if with_numbers_back() is None:
            # Where nothing but a refused text was cleared the button stays too, with its focus.
            keep(_NUMBERS, state)
        _forget_texts()
        STORE.edit(replace(with_answers(state, dict.fromkeys(answerable(state.start), "")), sheet=""))
        return
    before = with_numbers_back()
    if before is not None:
        STORE.edit(before)
