"""What the page of questions shows, as a record: all that its link carries."""

from dataclasses import dataclass, field, replace

from core.examples import DEFAULT_EXAMPLE
from core.exercise import Exercise
from core.questions import QUESTIONS
from ui.links.view import View

_VIEWS = {"close-enough": View(tab="nudge", nudge=1e-5), "learning-rate": View(color="weight_delta")}


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """The question that is shown, by its name in QUESTIONS or "" for their list, its numbers, the view."""

    question: str = ""
    start: Exercise = DEFAULT_EXAMPLE.exercise
    view: View = field(default_factory=View)


def with_question(name: str) -> ShownQuestion:
    """Return the state that shows a question with the numbers that it comes with; "" for the list."""
    if not name:
        return ShownQuestion()
    question = QUESTIONS[name]
    return ShownQuestion(name, question.exercise, replace(_VIEWS.get(name, View()), selected=_selected(name)))


def _selected(name: str) -> str:
    """Return what is selected: the weight, bias or unit that the question's formula is of."""
    symbol = QUESTIONS[name].symbol
    index = symbol.index or ()
    if symbol.name.endswith("W"):
        return f"w{symbol.layer}.{index[0] + 1}.{index[1] + 1}"
    if symbol.name.endswith("b"):
        return f"b{symbol.layer}.{index[0] + 1}"
    return f"n{symbol.layer}.{index[-1] + 1}"
