"""The link of the page that checks a learner's working: the exercise, and the numbers given for it."""

from dataclasses import replace
from typing import Any

from core.mistakes import diagnose
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
        try:
            if name not in known:
                raise ValueError(f"answers got {quote(pair)}; this network has no such number to check.")
            diagnose(state.start, {name: given})
            answers[name] = given
        except ValueError as error:
            problems.append(f"{error} The other answers are kept." if not problems else str(error))
    found = tuple((name, answers[name]) for name in known if name in answers)
    if problems:
        raise PartlyFitsError(found, problems)
    return found


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
