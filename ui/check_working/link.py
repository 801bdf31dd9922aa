"""The link of the page that checks a learner's working: the exercise, and the numbers given for it."""

from dataclasses import replace
from operator import attrgetter
from typing import Any

from ui.check_working.reading import read_sheet
from ui.check_working.state import HINTS, MAX_SHEET, SHEET, CheckWorking
from ui.links.answers import parse_answers, write_answers
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import exercise_parts
from ui.links.query import choice, whole
from ui.links.refused import refused_parameter
from ui.text.answers import GROUPS, answerable
from ui.text.conventions import CONVENTIONS

_USUAL = CheckWorking()


def _put_answers(state: CheckWorking, answers: Any) -> CheckWorking:
    return replace(state, answers=answers)


def _parse_sheet(text: str, state: CheckWorking) -> str:
    if len(text) > MAX_SHEET:
        raise ValueError(f"sheet got {len(text):,} characters; {MAX_SHEET:,} are allowed.")
    read_sheet(text, state.start, state.convention)
    return text


def _parse_draft(text: str, state: CheckWorking) -> str:
    if len(text) > MAX_SHEET:
        raise ValueError(f"draft got {len(text):,} characters; {MAX_SHEET:,} are allowed.")
    try:
        read_sheet(text, state.start, state.convention)
    except ValueError:
        return text
    raise ValueError("draft got numbers that can be read; sheet takes those.")


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
        field(_USUAL, "show", "group", str, choice("show", (*GROUPS, SHEET))),
        field(_USUAL, "speak", "speak", str, choice("speak", CONVENTIONS)),
        field(_USUAL, "hints", "hints", str, lambda text: whole(text, "hints", 0, HINTS)),
        Parameter(
            "sheet",
            lambda state: state.sheet,
            lambda state, sheet: replace(state, sheet=sheet),
            str,
            _parse_sheet,
            lambda _state: "",
        ),
        refused_parameter(lambda state: answerable(state.start), attrgetter("start")),
        Parameter(
            "draft",
            lambda state: state.draft,
            lambda state, draft: replace(state, draft=draft),
            str,
            _parse_draft,
            lambda _state: "",
        ),
    ),
)
read = CODEC.read
write = CODEC.write
