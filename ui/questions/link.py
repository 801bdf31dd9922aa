"""The link of the page of questions: the question, and what was changed of its numbers and its view."""

from collections.abc import Iterator
from typing import Any

from core.questions import QUESTIONS
from ui.links.codec import Codec, Parameter
from ui.links.exercise import number_parts
from ui.links.query import choice
from ui.links.view import view_parameters
from ui.questions.state import ShownQuestion, with_question

# Its sentences are written in one convention.
_LEFT_OUT = ("speak",)


def _view(state: ShownQuestion) -> Iterator[Parameter[Any]]:
    for parameter in view_parameters(with_question(state.question)):
        if parameter.name not in _LEFT_OUT:
            yield parameter


CODEC: Codec[ShownQuestion] = Codec(
    "questions",
    ShownQuestion(),
    (
        Parameter(
            "question",
            lambda state: state.question,
            lambda _state, name: with_question(name),
            str,
            lambda text, _state: choice("question", QUESTIONS)(text),
            lambda _state: "",
        ),
        *number_parts(),
        _view,
    ),
)
read = CODEC.read
write = CODEC.write
