"""The boxes of a drawing: what a learner has typed, and what each number is."""

from collections.abc import Mapping

from core.network import Network
from ui.components.answer_boxes.payload import Box, place_of
from ui.shell.store import Rejected
from ui.text.answers import Answerable, label_in_drawing, number_label, quantity_in_drawing
from ui.text.conventions import Convention
from ui.text.marks import Mark

_UNREAD = "no number"


def box_of(
    number: Answerable,
    network: Network,
    convention: Convention,
    text: str = "",
    mark: Mark | None = None,
    refused: Rejected | None = None,
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


def finding_sentence(
    names: Mapping[str, str], texts: Mapping[str, str], wrong: str | None, mark: Mark | None
) -> str:
    """Return what is read out of numbers that were checked: the first that differs, or that none does."""
    if wrong is None or mark is None:
        return f"{len(texts)} checked, none differs." if texts else ""
    return f"{names[wrong]} {mark.words}: {texts[wrong]} typed."
