"""The link of the page that checks a learner's working: the exercise, and the numbers given for it."""

from dataclasses import replace
from typing import Any

from ui.check_working.state import HINTS, CheckWorking
from ui.links.answers import parse_answers, write_answers
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import exercise_parts
from ui.links.query import choice, whole
from ui.text.answers import GROUPS
from ui.text.conventions import CONVENTIONS

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
            write_answers,
            lambda text, state: parse_answers(text, state.start),
            lambda _state: (),
        ),
        field(_USUAL, "show", "group", str, choice("show", GROUPS)),
        field(_USUAL, "speak", "speak", str, choice("speak", CONVENTIONS)),
        field(_USUAL, "hints", "hints", str, lambda text: whole(text, "hints", 0, HINTS)),
    ),
)
read = CODEC.read
write = CODEC.write
