"""The link of the page that checks a learner's working: the exercise, and the numbers given for it."""

from dataclasses import replace
from typing import Any

from ui.check_working.reading import read_sheet
from ui.check_working.state import HINTS, MAX_REFUSED, MAX_SHEET, SHEET, CheckWorking
from ui.links.answers import parse_answers, write_answers
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import exercise_parts
from ui.links.query import choice, whole
from ui.text.answers import GROUPS, answerable
from ui.text.conventions import CONVENTIONS

_USUAL = CheckWorking()
# A text may have any sign but these: it is of one line, and no id has the other.
_BETWEEN, _AFTER_NAME = "\n", "="


def _put_answers(state: CheckWorking, answers: Any) -> CheckWorking:
    return replace(state, answers=answers)


def _parse_sheet(text: str, state: CheckWorking) -> str:
    if len(text) > MAX_SHEET:
        raise ValueError(f"sheet got {len(text):,} characters; {MAX_SHEET:,} are allowed.")
    read_sheet(text, state.start, state.convention)
    return text


def _parse_draft(text: str) -> str:
    if len(text) > MAX_SHEET:
        raise ValueError(f"draft got {len(text):,} characters; {MAX_SHEET:,} are allowed.")
    return text


def _write_refused(refused: tuple[tuple[str, str], ...]) -> str:
    return _BETWEEN.join(f"{name}{_AFTER_NAME}{text}" for name, text in refused)


def _parse_refused(text: str, state: CheckWorking) -> tuple[tuple[str, str], ...]:
    known, answered = answerable(state.start), dict(state.answers)
    found: dict[str, str] = {}
    for line in text.split(_BETWEEN):
        name, _, given = line.partition(_AFTER_NAME)
        if name not in known:
            raise ValueError("refused got a text for a number that this network does not have.")
        if name in answered or not given.strip():
            raise ValueError("refused got a text for a number that has an answer, or none.")
        if len(given) > MAX_REFUSED:
            raise ValueError(
                f"refused got {len(given):,} characters; {MAX_REFUSED} are allowed for a number."
            )
        found[name] = given
    return tuple(found.items())


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
        Parameter(
            "refused",
            lambda state: state.refused,
            lambda state, refused: replace(state, refused=refused),
            _write_refused,
            _parse_refused,
            lambda _state: (),
        ),
        field(_USUAL, "draft", "draft", str, _parse_draft),
    ),
)
read = CODEC.read
write = CODEC.write
