"""The link of the page that checks a learner's working: the exercise, and the numbers given for it."""

from dataclasses import replace
from typing import Any

from core.answers import read_answers
from ui.check_working.answers import GROUPS, answerable
from ui.check_working.state import HINTS, CheckWorking
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import exercise_parts
from ui.links.query import PartlyFitsError, choice, whole
from ui.text.conventions import CONVENTIONS
from ui.text.numbers import quote

_BETWEEN, _AFTER_NAME = "~", "_"


def _write_answers(answers: tuple[tuple[str, str], ...]) -> str:
    return _BETWEEN.join(f"{name}{_AFTER_NAME}{text}" for name, text in answers)


def _parse_answers(text: str, state: CheckWorking) -> tuple[tuple[str, str], ...]:
    """Return answers by quantity id; raises PartlyFitsError with those that fit, naming the others."""
    known = answerable(state.start)
    answers: dict[str, str] = {}
    problems: list[str] = []
    for pair in text.split(_BETWEEN):
        name, _, given = pair.rpartition(_AFTER_NAME)
        if name in known:
            answers[name] = given
        else:
            problems.append(f"answers got {quote(pair)}; this network has no such number to check.")
    answers, unread = _readable(answers, state)
    problems += unread
    found = tuple((name, answers[name]) for name in known if name in answers)
    if problems:
        raise PartlyFitsError(found, [f"{problems[0]} The other answers are kept.", *problems[1:]])
    return found


def _readable(answers: dict[str, str], state: CheckWorking) -> tuple[dict[str, str], list[str]]:
    """Return the answers that can be read, and a sentence for each that cannot."""
    try:
        read_answers(state.start, answers)
    except ValueError as error:
        if len(answers) == 1:
            return {}, [str(error)]
        pairs = [_readable({name: given}, state) for name, given in answers.items()]
        fits = {name: given for found, _ in pairs for name, given in found.items()}
        return fits, [sentence for _, sentences in pairs for sentence in sentences]
    return answers, []


_USUAL = CheckWorking()


def _put_answers(state: CheckWorking, answers: Any) -> CheckWorking:
    return replace(state, answers=answers)


CODEC = Codec(
    "check_working",
    _USUAL,
    (
        *exercise_parts(),
        Parameter(
            "answers",
            lambda state: state.answers,
            _put_answers,
            _write_answers,
            _parse_answers,
            lambda _state: (),
        ),
        field(_USUAL, "show", "group", str, choice("show", GROUPS)),
        field(_USUAL, "speak", "speak", str, choice("speak", CONVENTIONS)),
        field(_USUAL, "hints", "hints", str, lambda text: whole(text, "hints", 0, HINTS)),
    ),
)
read = CODEC.read
write = CODEC.write
