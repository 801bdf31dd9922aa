"""What was typed into the boxes of a drawing and has not been taken."""

from collections.abc import Callable

from ui.components.base.sent import read_typed
from ui.shell.inbox import take_new, taking
from ui.shell.visit import recall


def take_new_texts(boxes: str, take: Callable[[str, str], object]) -> None:
    """Take each text typed since, by the id of its quantity; `boxes` is the key of the drawing."""
    with taking() as is_outermost:
        if is_outermost:
            typed = read_typed(recall(boxes))
            for change in take_new(boxes, typed.changes, typed.at):
                take(change.id, change.text)
