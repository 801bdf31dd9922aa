"""Query strings, parameter by parameter: what does not fit is reported and left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from ui.text.numbers import quote

Query = Mapping[str, Sequence[str]]
HIDE = "hide"
S = TypeVar("S")
T = TypeVar("T")


class PartlyFitsError(ValueError):
    """What of a parameter fits, as its `value`, and a sentence for each part that does not."""

    def __init__(self, value: Any, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.value = value
        self.sentences = sentences


class Reader:
    """Reads parameters one by one; what does not fit is added to `problems` and left out."""

    def __init__(self, query: Query, problems: list[str]) -> None:
        self._query = query
        self._problems = problems
        self._unread = set(query)

    def read(self, name: str, parse: Callable[[str], S], default: T) -> S | T:
        """Return the parsed parameter, or `default` where it is absent or does not fit."""
        self._unread.discard(name)
        texts = self._query.get(name, ())
        if not texts:
            return default
        if len(texts) > 1:
            self._problems.append(f"Link: {name} came {len(texts)} times; the last one is used.")
        try:
            return parse(texts[-1])
        except PartlyFitsError as error:
            self._problems += [f"Link: {sentence}" for sentence in error.sentences]
            fits: S = error.value
            return fits
        except ValueError as error:
            self._problems.append(f"Link: {error}")
            return default

    def report_unread(self) -> None:
        """Report the parameters that have not been read."""
        for name in sorted(self._unread):
            self._problems.append(f"Link: {quote(name)} is not a parameter of this page; it was left out.")


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


def whole(text: str, field: str, low: int, high: int) -> int:
    """Return the whole number that `text` stands for; raises ValueError naming `field` and the range."""
    if not (text.isascii() and text.isdigit() and len(text) < 10 and low <= int(text) <= high):
        allowed = f"a whole number from {low} to {high}" if low < high else f"{low}"
        raise ValueError(f"{field} got {quote(text)}; it takes {allowed}.")
    return int(text)
