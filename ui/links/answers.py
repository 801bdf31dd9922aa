"""The numbers that a learner has given, as the text that a link has for them."""

from collections.abc import Mapping

from core.exercise import Exercise
from ui.links.query import PartlyFitsError
from ui.text.answers import Answerable, answerable, number_label, read_named
from ui.text.conventions import USUAL
from ui.text.numbers import quote

_BETWEEN, _AFTER_NAME = "~", "_"


def write_answers(answers: tuple[tuple[str, str], ...]) -> str:
    """Return ids of quantities with the texts typed as one text of a link."""
    return _BETWEEN.join(f"{name}{_AFTER_NAME}{text}" for name, text in answers)


def parse_answers(text: str, exercise: Exercise) -> tuple[tuple[str, str], ...]:
    """Return answers by quantity id; raises PartlyFitsError with those that fit, naming the others."""
    known = answerable(exercise)
    answers: dict[str, str] = {}
    problems: list[str] = []
    for pair in text.split(_BETWEEN):
        name, _, given = pair.rpartition(_AFTER_NAME)
        if name in known:
            answers[name] = given
        else:
            problems.append(_misfit(pair, known))
    answers, unread = _readable(answers, exercise)
    problems = [*dict.fromkeys(problems), *unread]
    found = tuple((name, answers[name]) for name in known if name in answers)
    if problems:
        raise PartlyFitsError(found, [f"{problems[0]} The other answers are kept.", *problems[1:]])
    return found


def _misfit(pair: str, known: Mapping[str, Answerable]) -> str:
    """Return the sentence for an answer of a link that is of no number; an id means nothing to a reader."""
    name, _, given = pair.rpartition(_AFTER_NAME)
    if pair in known:
        return f"answers got no number for {number_label(known[pair], USUAL)}."
    if name and given:
        return f"answers got {quote(given)} for a number that this network does not have."
    return f"answers got {quote(name or given)}, which is no number with its name."


def _readable(answers: dict[str, str], exercise: Exercise) -> tuple[dict[str, str], list[str]]:
    """Return the answers that can be read, and a sentence for each that cannot."""
    try:
        read_named(exercise, answers, USUAL)
    except ValueError as error:
        if len(answers) == 1:
            return {}, [str(error)]
        pairs = [_readable({name: given}, exercise) for name, given in answers.items()]
        fits = {name: given for found, _ in pairs for name, given in found.items()}
        return fits, [sentence for _, sentences in pairs for sentence in sentences]
    return answers, []
