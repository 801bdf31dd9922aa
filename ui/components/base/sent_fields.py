"""The fields of what a browser has sent, each of its type and within its bounds.

Any JSON can come from a browser, with NaN, infinities and whole numbers of any size. A field that is not of
its type, or out of its bounds, is None; a record without what it cannot do without counts as not sent.
"""

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeVar

from ui.limits import MAX_LINK, MAX_TEXT

# The largest whole number that JavaScript counts to one by one.
MAX_SEQ = 2**53
# More than any network has numbers.
MAX_CHANGES = 1000
_MAX_NAME = 100

T = TypeVar("T")


class Message(Protocol):
    """Something that was sent, with its number: the later one of two has the larger."""

    @property
    def seq(self) -> int:
        """Its number."""


class Change(NamedTuple):
    """What was typed, dragged or chosen: the text for a quantity or a field, by its id.

    `session` is the one in which that was done, and `at` the browser's query string then; so in all records.
    """

    seq: int
    id: str
    text: str
    session: str | None = None
    at: str | None = None


def read_change(sent: object) -> Change | None:
    """Return a change, whatever was sent; None where it has no id or no text."""
    fields = read_fields(sent)
    name, text = read_name(fields.get("id")), fields.get("text")
    # A text that is too long is refused with a sentence, as any other that is no number.
    if name is None or not isinstance(text, str):
        return None
    return Change(read_seq(fields), name, text[:MAX_TEXT], *read_origin(fields))


def newest(*parts: Message | None) -> int:
    """Return the number of the newest of some messages, 0 where none has been sent."""
    return max((part.seq for part in parts if part is not None), default=0)


def read_fields(sent: object) -> Mapping[Any, Any]:
    """Return the fields of what was sent, none where it is no record."""
    return sent if isinstance(sent, Mapping) else {}


def read_pending(sent: object, read: Callable[[object], T | None], most: int) -> tuple[T, ...]:
    """Return the first items of a list, at most so many, without those that cannot be read."""
    items = sent if isinstance(sent, list) else []
    return tuple(item for item in map(read, islice(items, most)) if item is not None)


def read_seq(fields: Mapping[Any, Any]) -> int:
    """Return the number of a message, 0 where it has none."""
    return read_whole(fields.get("seq"), MAX_SEQ) or 0


def read_painted(fields: Mapping[Any, Any]) -> bool:
    """Return whether a component is drawn; it sends how often it has sent that."""
    return bool(read_whole(fields.get("painted"), MAX_SEQ))


def read_origin(fields: Mapping[Any, Any]) -> tuple[str | None, str | None]:
    """Return the session in which something was done, and the browser's query string then."""
    return read_name(fields.get("session")), read_text(fields.get("at"), MAX_LINK)


def read_whole(sent: object, high: int) -> int | None:
    """Return a whole number from 0 to `high`; in JSON true is none, in Python it would be 1."""
    if not isinstance(sent, int) or isinstance(sent, bool):
        return None
    return sent if 0 <= sent <= high else None


def read_number(sent: object, most: float) -> float | None:
    """Return a number from −most to most."""
    if not isinstance(sent, int | float) or isinstance(sent, bool):
        return None
    # Compared before it becomes a float, as the largest whole numbers have none.
    return float(sent) if -most <= sent <= most else None


def read_name(sent: object) -> str | None:
    """Return the name or key that was sent; None for what is none, or longer than any."""
    return read_text(sent, _MAX_NAME)


def read_text(sent: object, most: int) -> str | None:
    """Return the text that was sent, of at most so many characters."""
    return sent if isinstance(sent, str) and len(sent) <= most else None
