"""Query strings, parameter by parameter: what does not fit is reported and left out.

A link says by `v` which version of the parameters it was written in; a link without it is of version 1,
from before links were numbered. Version 2 gave some parameters of the Training page longer names.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from ui.limits import MAX_TEXT
from ui.numbers import quote

Query = Mapping[str, Sequence[str]]
VERSION = 2
HIDE = "hide"
_SAME = MappingProxyType[str, str]({})
S = TypeVar("S")
T = TypeVar("T")


class Reader:
    """Reads parameters one by one; what does not fit is reported in `problems` and left out.

    `renamed` maps the names that parameters had in version 1 to those they have now.
    """

    def __init__(self, query: Query, renamed: Mapping[str, str] = _SAME) -> None:
        self.query = query
        self.problems: list[str] = []
        self.unread = set(query)
        if self.read("v", lambda text: whole(text, "v", 1, VERSION), 1) == 1:
            self.query = {renamed.get(name, name): texts for name, texts in query.items() if name != "v"}
            self.unread = set(self.query)

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
        """Report the parameters that nobody has read."""
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


def several(field: str, choices: Sequence[str] | Mapping[str, object]) -> Callable[[str], tuple[str, ...]]:
    """Return a parser that takes some of `choices` with points between them, in their order."""

    def parse(text: str) -> tuple[str, ...]:
        names = [choice(field, choices)(name) for name in text.split(".")]
        return tuple(name for name in choices if name in names)

    return parse


def versioned(parameters: dict[str, str]) -> dict[str, str]:
    """Return the parameters of a link with its version; a link that says nothing else does not say it."""
    return {"v": str(VERSION), **parameters} if parameters else {}


def whole(text: str, field: str, low: int, high: int) -> int:
    """Return the whole number that `text` stands for; raises ValueError naming `field` and the range."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        raise ValueError(f"{field} got {quote(text)}; it takes a whole number from {low} to {high}.")
    return int(text)
