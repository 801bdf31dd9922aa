"""The drawing with boxes: what a learner has typed, what each number is, and what is read out of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core.exercise import Exercise
from core.network import Network
from ui.components.answer_boxes.component import answer_boxes
from ui.components.answer_boxes.payload import Box, boxes_model, given_numbers, place_of
from ui.shell.inbox import newest_taken
from ui.shell.store import Rejected
from ui.shell.visit import page_run, session_name
from ui.shell.widgets import of_the_page
from ui.text.answers import (
    Answerable,
    answerable,
    label_in_drawing,
    number_label,
    quantity_in_drawing,
)
from ui.text.conventions import Convention
from ui.text.marks import Mark

_UNREAD = "no number"


def render_boxes(key: str, model: Mapping[str, Any], take_typed: Callable[[], None]) -> None:
    """Show a `drawing` as the component `key`; `take_typed` takes what is typed into its boxes."""
    answer_boxes(
        model,
        key=key,
        taken=newest_taken(key),
        session=session_name(),
        run=page_run(),
        on_typed=of_the_page(take_typed),
    )


def drawing(
    exercise: Exercise,
    convention: Convention,
    rows: Iterable[Iterable[Answerable]],
    texts: Mapping[str, str],
    marks: Mapping[str, Mark],
    refused: Callable[[str], Rejected | None],
    wrong: str | None,
    otherwise: str,
) -> dict[str, Any]:
    """Return the model of the drawing with boxes for the numbers in `rows`.

    `texts` and `marks` are by the ids of quantities; `refused` returns what was typed for one and could not
    be read. The number `wrong` is lit. Read out is the last that could not be read, else `wrong` with its
    mark, else the sentence `otherwise`.
    """
    boxes = [
        _box(
            number,
            exercise.network,
            convention,
            texts.get(number.id, ""),
            marks.get(number.id),
            refused(number.id),
        )
        for row in rows
        for number in row
    ]
    unread = [box.problem for box in boxes if box.problem]
    if unread:
        announcement = unread[-1]
    elif wrong:
        label = number_label(answerable(exercise)[wrong], convention)
        announcement = f"{label} {marks[wrong].words}: {texts[wrong]} typed."
    else:
        announcement = otherwise
    return boxes_model(exercise.network, given_numbers(exercise), boxes, lit=wrong, announcement=announcement)


def _box(
    number: Answerable,
    network: Network,
    convention: Convention,
    text: str,
    mark: Mark | None,
    refused: Rejected | None,
) -> Box:
    """Return the box of a number, with what was typed, its mark, or why it is no number."""
    box = Box(
        number.id,
        place_of(number.id, network),
        label_in_drawing(number, convention),
        number_label(number, convention),
        text,
        quantity=quantity_in_drawing(number, convention),
    )
    if refused is not None:
        return box._replace(
            text=refused.text, kind="unread", mark=_UNREAD, words=_UNREAD, problem=refused.message
        )
    return box if mark is None else box._replace(kind=mark.kind, mark=mark.word, words=mark.words)
