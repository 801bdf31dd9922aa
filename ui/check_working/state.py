"""What the page that checks a learner's working shows, as a record: all that its link carries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise
from ui.links.fitting import DEFAULT_INITIALIZER
from ui.links.refused import Refused, and_one, without
from ui.text.answers import FORWARD, answerable
from ui.text.conventions import CONVENTIONS, USUAL, Convention

# Hints before the answer: the formula, the question, the name of the mistake; then the numbers.
HINTS = 4
SHEET = "sheet"
# Characters of a sheet that a link carries as a whole.
MAX_SHEET = 4000
# Exercises whose numbers a session keeps to bring them back.
MAX_KEPT = 5


@dataclass(frozen=True, slots=True)
class CheckWorking:
    """The exercise, and what the learner has for its numbers.

    `example` names the example that the exercise was made from; `seed` is the seed of its weights, or None
    when they were not drawn at random. `answers` are ids of quantities with the texts typed, in the order
    of the pass; `sheet` is the text pasted last, and `group`, in GROUPS, which of them have their boxes on
    the screen, or SHEET where the sheet stands there. `speak`, in CONVENTIONS, is how they are called, and
    `hints`, from 0 to HINTS, how much has been revealed about the first wrong one. `refused` are ids with the
    texts of boxes that are no numbers, and `draft` is a pasted text that could not be read.
    """

    example: str = DEFAULT_EXAMPLE.name
    start: Exercise = DEFAULT_EXAMPLE.exercise
    seed: int | None = None
    initializer: str = DEFAULT_INITIALIZER
    answers: tuple[tuple[str, str], ...] = ()
    group: str = FORWARD
    speak: str = USUAL.name
    hints: int = 0
    sheet: str = ""
    refused: Refused = ()
    draft: str = ""

    @property
    def shown(self) -> str:
        """Return what is shown: a group of boxes, or SHEET where there is one."""
        return FORWARD if self.group == SHEET and not self.sheet else self.group

    @property
    def convention(self) -> Convention:
        """Return in which convention names and formulas are written."""
        return CONVENTIONS[self.speak]


def load_example(state: CheckWorking, name: str) -> CheckWorking:
    """Return the state with the named example, none of whose numbers has been answered."""
    return CheckWorking(example=name, start=EXAMPLES[name].exercise, speak=state.speak)


def with_answers(state: CheckWorking, texts: Mapping[str, str]) -> CheckWorking:
    """Return the state with other answers, by quantity id: "" takes one away, and nothing is revealed."""
    refused = without(state.refused, texts)
    texts = {**dict(state.answers), **texts}
    answers = tuple((name, texts[name]) for name in answerable(state.start) if texts.get(name))
    state = replace(state, refused=refused)
    return state if answers == state.answers else replace(state, answers=answers, hints=0)


def with_refused(state: CheckWorking, name: str, text: str) -> CheckWorking:
    """Return the state with a text in place of a number, if it is short enough for a link."""
    state = with_answers(state, {name: ""})
    return replace(state, refused=and_one(state.refused, name, text))


def without_numbers(state: CheckWorking) -> CheckWorking:
    """Return the state without any number or text that was entered."""
    state = with_answers(state, dict.fromkeys(answerable(state.start), ""))
    return replace(state, sheet="", draft="", refused=())


def has_numbers(state: CheckWorking) -> bool:
    """Return whether any number was given, or a text in place of one."""
    return bool(state.answers or state.sheet or state.refused or state.draft)


def bring_back(state: CheckWorking, before: CheckWorking) -> CheckWorking | None:
    """Return the state with the numbers of `before`, or None where its network has other ones to check.

    An exercise with numbers of its own, as One step hands it over, stays: the answers are compared with it.
    A worked example, as the menu leads to, gives way to the exercise that they were given for. Where there
    are numbers already they stay, with those of `before` beside them.
    """
    is_example = any(state.start == example.exercise for example in EXAMPLES.values())
    if is_example and state.start != before.start:
        return before
    if answerable(state.start).keys() != answerable(before.start).keys():
        return None
    open_ = {name for name, _ in state.refused}
    answers = {name: text for name, text in before.answers if name not in open_}
    merged = with_answers(state, {**answers, **dict(state.answers)})
    there = {name for name, _ in (*merged.answers, *state.refused)}
    return replace(
        merged,
        sheet=state.sheet or before.sheet,
        refused=(*state.refused, *((name, text) for name, text in before.refused if name not in there)),
        draft=state.draft if has_numbers(state) else before.draft,
        speak=state.speak if has_numbers(state) else before.speak,
        hints=0,
    )


def kept_with(earlier: tuple[CheckWorking, ...], state: CheckWorking) -> tuple[CheckWorking, ...]:
    """Return what is kept of earlier numbers with those of a state: the newest first, one an exercise."""
    same = [before for before in earlier if before.start == state.start]
    others = [before for before in earlier if before.start != state.start]
    newest = state
    for before in same:
        newest = bring_back(newest, before) or newest
    return (newest, *others)[:MAX_KEPT]


def next_to_bring(state: CheckWorking, earlier: tuple[CheckWorking, ...]) -> CheckWorking | None:
    """Return the first of the earlier states that has numbers for this one which are not there."""
    for before in earlier:
        with_them = bring_back(state, before)
        if with_them is not None and replace(with_them, speak=state.speak, hints=state.hints) != state:
            return before
    return None
