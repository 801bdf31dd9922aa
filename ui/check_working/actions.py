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
    has_numbers,
    kept_with,
    load_example,
    next_to_bring,
    with_answers,
    with_refused,
    without_numbers,
)
from ui.practice.typed import TypedNumbers
from ui.practice.verdicts import judged
from ui.shell.run_context import uninterrupted
from ui.shell.store import Held, PageStore
from ui.shell.visit import keep, keep_on_page, recall
from ui.shell.widgets import entered
from ui.text.answers import GROUPS, answerable, group_of, number_label

EXAMPLE_MENU, GROUP, PASTED = "check_example", "check_group", "check_pasted"
# What was pasted last; the state that has numbers; those of before that one was begun.
_PASTED_TEXT, _NUMBERS, _EARLIER = "check_pasted_text", "check_numbers", "check_earlier_numbers"
STORE = PageStore(CODEC, way_out="Clear some numbers to go on.")
TYPED = TypedNumbers(
    "check",
    STORE,
    exercise=lambda state: state.start,
    taken=lambda state: answerable(state.start),
    convention=lambda state: state.convention,
    with_answers=with_answers,
    not_read=lambda state: state.refused,
    with_refused=with_refused,
)


@uninterrupted()
def begin() -> Held[CheckWorking]:
    """Return what a run of the whole page shows, with all that was typed into boxes."""
    held = STORE.begin()
    TYPED.take_new()
    _keep_numbers(held.state)
    TYPED.refuse_again(held.state)
    _refuse_draft(held.state)
    return held


def open_state() -> CheckWorking:
    """Return the state to change, with all that was typed into boxes."""
    state = TYPED.open_state()
    _keep_numbers(state)
    return state


def _keep_numbers(state: CheckWorking) -> None:
    """Keep the numbers that there are, also for a return from another page, beside those of before."""
    last: CheckWorking | None = recall(_NUMBERS)
    if last is not None and (not has_numbers(state) or state.start != last.start):
        keep(_EARLIER, kept_with(_earlier(), last))
    keep(_NUMBERS, state if has_numbers(state) else None)


def _earlier() -> tuple[CheckWorking, ...]:
    earlier: tuple[CheckWorking, ...] = recall(_EARLIER) or ()
    return earlier


def _refuse_draft(state: CheckWorking) -> None:
    """Refuse the pasted text of the link that could not be read, which has no reason after a reload."""
    if state.draft and PASTED not in STORE.rejected:
        try:
            read_sheet(state.draft, state.start, state.convention)
        except ValueError as error:
            STORE.reject(PASTED, state.draft, str(error))


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
        STORE.edit(replace(state, sheet="", draft=""))
        return
    whole = text if len(text) <= MAX_SHEET else ""
    try:
        sheet = read_sheet(text, state.start, state.convention)
    except ValueError as error:
        STORE.edit(replace(state, draft=whole))
        STORE.reject(PASTED, text, str(error))
        return
    for name in sheet.texts:
        STORE.accept(TYPED.key(name))
    now = replace(with_answers(state, sheet.texts), sheet=whole, draft="")
    STORE.edit(now if now.shown == SHEET else _in_sight(now, sheet.texts))
    sentences = [*_repeated_sentences(sheet, state)]
    if sheet.passed_over:
        names = ", ".join(sheet.passed_over)
        name = "that name" if len(sheet.passed_over) == 1 else "these names"
        sentences.append(f"Not compared: {names}. The step has no number of {name}.")
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
    refused, state = STORE.rejected.get(PASTED), STORE.read()
    return refused.text if refused else state.draft or state.sheet or str(recall(_PASTED_TEXT) or "")


def long_text_sentence() -> str:
    """Return the sentence for a pasted text that no link holds, "" for any other."""
    text = pasted_text()
    if len(text) <= MAX_SHEET:
        return ""
    sentence = f"This text has {len(text):,} characters; a link holds a text of up to {MAX_SHEET:,}."
    if PASTED in STORE.rejected:
        return f"{sentence} The link of this page is without it."
    return f"{sentence} The link of this page has the numbers alone."


def _forget_texts() -> None:
    keep_on_page(_PASTED_TEXT, "")
    TYPED.forget_refused()


def _in_sight(state: CheckWorking, texts: Mapping[str, str]) -> CheckWorking:
    """Return the state with the boxes on the screen of the first new number that differs, or of the first."""
    new = [verdict for verdict in verdicts(state) if verdict.quantity in texts]
    first = next((verdict for verdict in new if verdict.verdict == "wrong"), new[0])
    return replace(state, group=group_of(answerable(state.start)[first.quantity]))


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


def has_entries(state: CheckWorking) -> bool:
    """Return whether there is anything that can be cleared."""
    return has_numbers(state) or bool(STORE.rejected)


def can_bring_back(state: CheckWorking) -> bool:
    """Return whether there were numbers for this page that are not there now."""
    return next_to_bring(state, _earlier()) is not None


def clear_or_restore() -> None:
    """Take away all numbers that were given, and texts that could not be read; or bring back the numbers."""
    state = open_state()
    if not has_entries(state):
        restore()
        return
    _forget_texts()
    STORE.edit(without_numbers(state))
    _keep_numbers(STORE.read())


def restore() -> None:
    """Bring back the numbers that there were before; of two for one quantity the newer one stays."""
    state = open_state()
    before = next_to_bring(state, _earlier())
    now = None if before is None else bring_back(state, before)
    if before is None or now is None:
        return
    keep(_EARLIER, tuple(other for other in _earlier() if other != before))
    STORE.edit(now)
    _keep_numbers(STORE.read())
    given, earlier = dict(now.answers), dict(before.answers)
    known = answerable(now.start)
    newer = [
        number_label(known[name], now.convention) for name in earlier if given.get(name) != earlier[name]
    ]
    if newer:
        STORE.notify(f"What you have entered since then stays: {', '.join(newer)}.")
