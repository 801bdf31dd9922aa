"""The parts that the sentences about a table have in common."""

from collections.abc import Sequence

from ui.text.numbers import quote

_MOST_NAMED = 3


def short(text: str) -> str:
    """Return a text on one line and shortened."""
    return quote(text)[1:-1]


def listed(texts: Sequence[str]) -> str:
    """Return texts as a list in a sentence, the first ones and how many more."""
    more = len(texts) - _MOST_NAMED
    if more > 1:
        return f"{', '.join(texts[:_MOST_NAMED])} and {more:,} more"
    return " and ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def named(columns: Sequence[str]) -> str:
    """Return the names of columns as the beginning of a sentence."""
    return f"Column{'s' if len(columns) > 1 else ''} {listed([quote(name) for name in columns])}"


def rows_named(numbers: Sequence[int]) -> str:
    """Return the numbers of rows, the first ones and how many more."""
    return f"row{'s' if len(numbers) > 1 else ''} {listed([str(number) for number in numbers])}"
