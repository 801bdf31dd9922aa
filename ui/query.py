"""Query strings, parameter by parameter: what does not fit is reported and left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from ui.limits import MAX_TEXT
from ui.numbers import quote

Query = Mapping[str, Sequence[str]]
S = TypeVar("S")
T = TypeVar("T")


class Reader:
    """Reads parameters one by one; what does not fit is reported in `problems` and left out."""

    def __init__(self, query: Query) -> None:
        self.query = query
        self.problems: list[str] = []
        self.unread = set(query)

    def read(self, name: str, parse: Callable[[str], S], default: T) -> S | T:
        """Return the parsed parameter, or `default` where it is absent or does not fit."""
        self.unread.discard(name)
        texts = self.query.get(name, ())
        if not texts:
            return default
        if len(texts) > 1:
            self.problems.append(f"Link: {name} came {len(texts)} times; the last one is used.")
        try:
            if len(texts[-1]) > MAX_TEXT:
                raise ValueError(f"{name} has {len(texts[-1])} characters; {MAX_TEXT} are allowed.")
            return parse(texts[-1])
        except ValueError as error:
            self.problems.append(f"Link: {error}")
            return default

    def report_unread(self) -> None:
        """Report the parameters that nobody has asked for."""
        for name in sorted(self.unread):
            self.problems.append(f"Link: {quote(name)} is not a parameter of this page; it was left out.")


def choice(field: str, choices: Sequence[str] | Mapping[str, object]) -> Callable[[str], str]:
    """Return a parser that takes one of `choices`."""

    def parse(text: str) -> str:
        if text in choices:
            return text
        names = list(choices)
        shown = ", ".join(names if len(names) < 12 else [*names[:5], "…", *names[-3:]])
        raise ValueError(f"{field} got {quote(text)}; it takes one of {shown}.")

    return parse


def whole(text: str, field: str, low: int, high: int) -> int:
    """Return the whole number that `text` stands for; raises ValueError naming `field` and the range."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        raise ValueError(f"{field} got {quote(text)}; it takes a whole number from {low} to {high}.")
    return int(text)
