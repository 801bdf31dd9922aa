"""What the page that checks a learner's working shows, as a record: all that its link carries."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise
from ui.links.fitting import DEFAULT_INITIALIZER
from ui.text.answers import FORWARD, answerable
from ui.text.conventions import CONVENTIONS, USUAL, Convention

# Hints before the answer: the formula, the question, the name of the mistake; then the numbers.
HINTS = 4
SHEET = "sheet"
# Characters of a sheet that a link carries as a whole.
MAX_SHEET = 4000


@dataclass(frozen=True, slots=True)
class CheckWorking:
    """The exercise, and what the learner has for its numbers.

    `example` names the example that the exercise was made from; `seed` is the seed of its weights, or None
    when they were not drawn at random. `answers` are ids of quantities with the texts typed, in the order
    of the pass; `sheet` is the text pasted last, and `group`, in GROUPS, which of them have their boxes on
    the screen, or SHEET where the sheet stands there. `speak`, in CONVENTIONS, is how they are called, and
    `hints`, from 0 to HINTS, how much has been revealed about the first wrong one.
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
    texts = {**dict(state.answers), **texts}
    answers = tuple((name, texts[name]) for name in answerable(state.start) if texts.get(name))
    return state if answers == state.answers else replace(state, answers=answers, hints=0)


def bring_back(state: CheckWorking, before: CheckWorking) -> CheckWorking | None:
    """Return the state with the numbers of `before`, or None where its network has other ones to check.

    An exercise with numbers of its own, as One step hands it over, stays: the answers are compared with it.
    A worked example, as the menu leads to, gives way to the exercise that they were given for.
    """
    is_example = any(state.start == example.exercise for example in EXAMPLES.values())
    if is_example and state.start != before.start:
        return before
    if answerable(state.start).keys() != answerable(before.start).keys():
        return None
    return replace(state, answers=before.answers, sheet=before.sheet, speak=before.speak, hints=0)
