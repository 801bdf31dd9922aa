"""What the different cells of a column look like, before any of them is read."""

import re
from collections import Counter
from collections.abc import Collection
from typing import Literal, NamedTuple

from ui.training.importing.cells import MISSING_WORDS, is_date, is_missing_number
from ui.training.importing.numbers import Numbers, look_for_numbers
from ui.training.importing.records import Choices

_EIGHT_DIGITS = re.compile(r"[0-9]{8}")


class RawColumn(NamedTuple):
    """The cells of a column and its name, which is made up where `has_name` is false."""

    name: str
    has_name: bool
    cells: tuple[str, ...]


class Survey(NamedTuple):
    """The different cells of a column: how often each is there, and what most of them look like.

    `missing` are those that mean a missing cell in any column, `words` those that mean it among numbers.
    """

    column: RawColumn
    counts: Counter[str]
    missing: frozenset[str]
    words: frozenset[str]
    numbers: Numbers
    looks: Literal["number", "date", "text", "nothing"]

    @property
    def name(self) -> str:
        """Return the name of the column."""
        return self.column.name

    def share(self, cells: Collection[str]) -> float:
        """Return how many of the filled cells these are, from 0 to 1."""
        empty = self.missing | self.words
        filled = self.counts.total() - sum(self.counts[cell] for cell in empty)
        if len(cells) == len(self.counts) - len(empty):
            return float(filled > 0)
        return sum(self.counts[cell] for cell in cells) / filled


def make_survey(column: RawColumn, choices: Choices) -> Survey:
    """Return what the cells of a column look like: most decide."""
    counts = Counter(column.cells)
    missing = (MISSING_WORDS if choices.missing is None else {"", *choices.missing}) & counts.keys()
    filled = [cell for cell in counts if cell not in missing]
    numbers = look_for_numbers(filled)
    words = frozenset[str]()
    if not numbers.plain:
        words = frozenset(cell for cell in filled if is_missing_number(cell))
    if words:
        filled = [cell for cell in filled if cell not in words]
        numbers = look_for_numbers(filled)
    survey = Survey(column, counts, frozenset(missing), words, numbers, "text")
    if not filled and not any(character.isalpha() for word in words for character in word):
        return survey._replace(looks="nothing")
    if _may_be_dates(numbers, len(filled)) and survey.share(list(filter(is_date, filled))) > 0.5:
        return survey._replace(looks="date")
    if survey.share(numbers.cells) > 0.5:
        return survey._replace(looks="number")
    return survey


def _may_be_dates(numbers: Numbers, filled: int) -> bool:
    """Return whether cells can be dates although they look like numbers: 20230105, or 5 May."""
    if numbers.plain:
        return all(map(_EIGHT_DIGITS.fullmatch, numbers.plain))
    return len(numbers.texts) < filled or any(text.unit for text in numbers.texts.values())
