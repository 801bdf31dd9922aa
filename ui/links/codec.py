"""A page's link as a table of parameters: one pass over the table reads a link, the same pass writes it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter, eq
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from ui.limits import MAX_LINK
from ui.links.query import Query, Reader, whole
from ui.links.versions import VERSION, upgrade, versioned
from ui.text.numbers import quote

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Parameter(Generic[S]):
    """One parameter of a link to a state S.

    `get(state)` takes its value out of a state, `put(state, value)` returns the state with it; `write(value)`
    is its text, and `parse(text, state)` the value again, or raises ValueError with a sentence.
    `default(state)` is the value that a link without the parameter has. `parse` and `default` may depend on
    what the parameters before it have put into the state. A link leaves the parameter out where
    `is_left_out(value, default)` holds.
    """

    name: str
    get: Callable[[S], Any]
    put: Callable[[S, Any], S]
    write: Callable[[Any], str]
    parse: Callable[[str, S], Any]
    default: Callable[[S], Any]
    is_left_out: Callable[[Any, Any], bool] = eq


# Which parameters there are may depend on those before: one for each matrix of a network.
Part = Parameter[S] | Callable[[S], Iterable[Parameter[S]]]


@dataclass(frozen=True, slots=True)
class Codec(Generic[S]):
    """The link of a page: the page's name in `versions`, the state of an empty link, and the parameters."""

    page: str
    usual: S
    parts: Sequence[Part[S]]

    def read(self, query: Query) -> tuple[S, tuple[str, ...]]:
        """Return the state that a query string describes, and a sentence for each part that was left out."""
        length = link_length(query)
        if length > MAX_LINK:
            longest = max(query, key=lambda name: len(name) + sum(map(len, query[name])))
            sentence = f"Link: it has {length:,} characters, most of them in {quote(longest)}"
            return self.usual, (f"{sentence}; {MAX_LINK:,} are allowed.",)
        problems: list[str] = []
        version = Reader(query, problems).read("v", lambda text: whole(text, "v", 1, VERSION), 1)
        reader = Reader(upgrade(self.page, query, version, problems), problems)
        state = self.usual
        for part in self.parts:
            for parameter in expand(part, state):
                state = _read(reader, parameter, state)
        reader.report_unread()
        return state, tuple(problems)

    def write(self, state: S) -> dict[str, str]:
        """Return the parameters that `read` turns back into `state`, to the last digit."""
        written: dict[str, str] = {}
        reached = self.usual
        for part in self.parts:
            for parameter in expand(part, reached):
                value = parameter.get(state)
                if not parameter.is_left_out(value, parameter.default(reached)):
                    written[parameter.name] = parameter.write(value)
                    reached = parameter.put(reached, value)
        return versioned(written)

    def refusal(self, state: S) -> str | None:
        """Return the reason, as a sentence, why no link can carry a state, or None where one can."""
        length = link_length(self.write(state))
        if length <= MAX_LINK:
            return None
        return f"The link to this page would have {length:,} characters; {MAX_LINK:,} are allowed."


def link_length(query: Query) -> int:
    """Return how many characters a query string has as it is sent."""
    return len(urlencode(query, doseq=True))


def expand(part: Part[S], state: S) -> Iterable[Parameter[S]]:
    """Return the parameters that a part of a link has in a state."""
    return (part,) if isinstance(part, Parameter) else part(state)


def _read(reader: Reader, parameter: Parameter[S], state: S) -> S:
    default = parameter.default(state)
    value = reader.read(parameter.name, lambda text: parameter.parse(text, state), default)
    return state if value is default else parameter.put(state, value)


def field(
    usual: Any, name: str, path: str, write: Callable[[Any], str], parse: Callable[[str], Any]
) -> Parameter[Any]:
    """Return the parameter of a field by its dotted path, such as "settings.rates.momentum".

    Its default is what the field is in the state `usual`.
    """
    get = attrgetter(path)
    return Parameter(
        name,
        get,
        lambda state, value: put(state, path, value),
        write,
        lambda text, _state: parse(text),
        lambda _state: get(usual),
    )


def put(record: Any, path: str, value: Any) -> Any:
    """Return a record with a field changed, by its dotted path."""
    first, _, rest = path.partition(".")
    return replace(record, **{first: put(getattr(record, first), rest, value) if rest else value})
