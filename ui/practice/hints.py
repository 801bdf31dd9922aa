"""What is revealed about the first number that differs, hint by hint, and the answer after the last."""

from collections.abc import Callable, Collection

import streamlit as st

from core.error_terms import with_minus
from core.exercise import Exercise
from core.expressions import Symbol
from core.mistakes import MISTAKES, Verdict
from ui.shell.equations import render_equation
from ui.shell.messages import note
from ui.shell.widgets import of_the_page
from ui.text.answers import Answerable, answerable, number_label
from ui.text.conventions import CONVENTIONS, USUAL, Convention
from ui.text.findings import MOST_NAMES, known_sentences
from ui.text.latex import array_latex, formula_of, number_row
from ui.text.marks import RIGHT, is_close
from ui.text.numbers import MINUS, USUAL_PRECISION, format_number

FORMULA, QUESTION, NAME, ANSWER = LEVELS = range(1, 5)
# What is no formula of the pass: the error that some courses begin with, biases that are held fixed, and the
# loss that the new weights lead to.
_OTHER_FORMULAS = {
    "error": r"y - \hat{y}",
    "step_b": r"\Delta b = 0",
    "new_b": r"b + \Delta b = b",
    "loss_after": r"L(W + \Delta W,\ b + \Delta b)",
}
_TO_DELTA = ("new_W", "step_W", "dW")
# With fewer, some mistake or other fits by chance.
_FEWEST_DIGITS = 3
_HIDDEN = 0
_BUTTONS = {
    _HIDDEN: "Hide the hints",
    FORMULA: "Hint: the formula",
    QUESTION: "Hint: a question",
    NAME: "Name the mistake",
    ANSWER: "Show the answer",
}


def first_wrong(found: tuple[Verdict, ...]) -> Verdict | None:
    """Return the verdict on the first number that differs and follows from none before it."""
    return next((verdict for verdict in found if verdict.verdict == "wrong"), None)


def render_hints(
    exercise: Exercise,
    convention: Convention,
    found: tuple[Verdict, ...],
    revealed: int,
    reveal: Callable[[int], object],
    last: int = ANSWER,
    short: Collection[str] = (),
) -> None:
    """Show what has been revealed about the first number that differs, and the button for more.

    `revealed` is the highest level that is shown, `reveal` takes the one that the button leads to. Behind
    `last` that is 0, which hides them. Nothing is said about the quantities in `short`, which have too few
    digits.
    """
    wrong = first_wrong(tuple(one for one in found if one.quantity not in short))
    if wrong is None:
        return
    number = answerable(exercise)[wrong.quantity]
    earlier = found[: found.index(wrong)]
    are_right = all(one.verdict in RIGHT and one.quantity not in short for one in earlier)
    before = "Each number checked before it is right. " if earlier and are_right else ""
    is_near = is_close(wrong)
    levels = [level for level in LEVELS if level <= last and (wrong.mistakes or level in (FORMULA, ANSWER))]
    with st.container(border=True, key="check_hints", gap="small"):
        st.header(f"The first that differs: {number_label(number, convention)}", anchor=False)
        note(f"{before}{_known(wrong, is_near)}")
        for level in levels:
            if level <= revealed:
                _render(level, exercise, convention, number, wrong)
        rest = [level for level in levels if level > revealed]
        # Behind the last hint the same button hides them, and keeps the focus.
        level = rest[0] if rest else _HIDDEN
        st.button(_BUTTONS[level], key="check_reveal", on_click=of_the_page(reveal), args=(level,))


def _known(wrong: Verdict, is_near: bool) -> str:
    if is_near:
        also = " A known mistake would lead to it too." if wrong.mistakes else ""
        return f"It is so close that rounding on the way may be all that is wrong.{also}"
    if wrong.mistakes:
        return "A known mistake leads to it."
    if wrong.digits < _FEWEST_DIGITS:
        return "With so few digits no mistake can be recognized; more of them may show which it is."
    return "No known mistake was recognized: go through its formula."


def _render(
    level: int, exercise: Exercise, convention: Convention, number: Answerable, wrong: Verdict
) -> None:
    if level == FORMULA:
        for equation in _over_letters(number, exercise, convention):
            render_equation(equation)
    elif level == QUESTION:
        named = [name for names in wrong.explanations[:MOST_NAMES] for name in names]
        for question in dict.fromkeys(MISTAKES[name].question for name in named):
            note(question)
    elif level == NAME:
        for sentence in _names(wrong):
            note(sentence)
    else:
        render_equation(_over_numbers(number, exercise, convention, wrong.expected))


def _names(wrong: Verdict) -> list[str]:
    """Return the mistakes that the number may come from, and that there are more of them."""
    shown = known_sentences(wrong.explanations)
    if len(wrong.explanations) > MOST_NAMES:
        shown.append("More lead to it: with more digits, or more numbers, there are fewer.")
    return shown


def _over_letters(number: Answerable, exercise: Exercise, convention: Convention) -> list[str]:
    """Return the equation of the array that a number is of, and of those that it comes from by δ."""
    name, layer = number.symbol.name, number.symbol.layer
    if _is_other(number, exercise):
        return [_OTHER_FORMULAS[name]]
    own = _convention_of(number, convention)
    # A slip in δ is first seen wherever the learner's numbers begin.
    if name.endswith(("W", "b")):
        names = [part.replace("W", name[-1]) for part in _TO_DELTA]
        # W + ΔW is its own equation.
        chain = [*names[max(names.index(name), 1) :], "delta"]
    else:
        chain = [name]
    return [
        array_latex(formula_of(Symbol(part, layer), exercise, own), exercise.network, own).replace("&", "")
        for part in chain
    ]


def _over_numbers(number: Answerable, exercise: Exercise, convention: Convention, expected: float) -> str:
    """Return the equation of a number, with what it comes to."""
    if _is_other(number, exercise):
        result = format_number(expected, USUAL_PRECISION).replace(MINUS, "-")
        return f"{_OTHER_FORMULAS[number.symbol.name]} = {result}"
    row = number_row(number.symbol, exercise, _convention_of(number, convention), USUAL_PRECISION)
    return row.replace("&", "")


def _is_other(number: Answerable, exercise: Exercise) -> bool:
    is_fixed = number.symbol.name in ("step_b", "new_b") and not exercise.train_biases
    return is_fixed or number.symbol.name in ("error", "loss_after")


def _convention_of(number: Answerable, convention: Convention) -> Convention:
    """Return a convention in which the equation of a number has the number's own sign."""
    has_both_signs = with_minus(number.symbol) != number.symbol
    if not has_both_signs or number.is_negated == convention.is_error_term:
        return convention
    return CONVENTIONS["notebook"] if number.is_negated else USUAL
