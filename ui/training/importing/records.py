"""What is read of a table, what was decided on the way, and what a reader can decide otherwise."""

import codecs
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from ui.limits import MAX_MISSING_WORDS, MAX_WORD
from ui.text.numbers import quote

Kind = Literal["number", "category", "unused"]
KINDS: tuple[Kind, ...] = get_args(Kind)

# A number, a text, or None where a cell is missing.
Value = float | str | None

# The separators that are no single character: any run of blanks, and places that are the same in every line.
BLANKS = " "
FIXED_WIDTH = "fixed width"
# With the word for each in a link.
SEPARATOR_WORDS = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
    "|": "bar",
    ":": "colon",
    BLANKS: "blanks",
    FIXED_WIDTH: "places",
}
SEPARATORS = tuple(SEPARATOR_WORDS)

DECIMAL_SIGNS = (".", ",")
SIGN_NAMES = {".": "point", ",": "comma", " ": "blank", "'": "apostrophe"}
THOUSANDS_SIGNS = ("", ",", ".", " ", "'")


@dataclass(frozen=True, slots=True)
class Choices:
    """How a table is read; what is None is detected.

    `separator` is a character, BLANKS or FIXED_WIDTH; `thousands` is "" for none. `skipped` counts the lines
    above the table, `missing` has the words that mean a missing cell, `kinds` the names of columns with their
    kinds. `merge_case` makes one class of texts that differ in upper and lower case only. Raises ValueError
    with one sentence for what is not allowed.
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    header: bool | None = None
    skipped: int | None = None
    missing: tuple[str, ...] | None = None
    merge_case: bool | None = None
    kinds: tuple[tuple[str, Kind], ...] = ()

    def __post_init__(self) -> None:
        if self.encoding is not None:
            _check_encoding(self.encoding)
        separator = self.separator
        if (
            separator is not None
            and separator != FIXED_WIDTH
            and (len(separator) != 1 or separator in '"\r\n')
        ):
            raise ValueError(f"The separator got {quote(separator)}; it takes one character or fixed width.")
        if self.decimal not in (None, *DECIMAL_SIGNS):
            raise ValueError(f"The decimal sign got {quote(self.decimal)}; it takes a point or a comma.")
        if self.thousands not in (None, *THOUSANDS_SIGNS):
            raise ValueError(
                f"The thousands sign got {quote(self.thousands)}; it takes a comma, a point, a blank, an "
                "apostrophe or none."
            )
        if self.decimal is not None and self.decimal == self.thousands:
            raise ValueError(f"The decimal and the thousands sign are both {quote(self.decimal)}.")
        if self.skipped is not None and self.skipped < 0:
            raise ValueError(f"The skipped lines got {self.skipped}; 0 or more are allowed.")
        words = self.missing or ()
        longest = max(words, key=len, default="")
        if len(words) > MAX_MISSING_WORDS or len(longest) > MAX_WORD:
            came = f"{len(words)} words" if len(longest) <= MAX_WORD else quote(longest)
            raise ValueError(
                f"The words for a missing cell got {came}; up to {MAX_MISSING_WORDS} words of at most "
                f"{MAX_WORD} characters are allowed."
            )
        for name, kind in dict(self.kinds).items():
            if kind not in KINDS:
                raise ValueError(
                    f"Column {quote(name)} got the kind {quote(kind)}; it takes {', '.join(KINDS)}."
                )


def _check_encoding(name: str) -> None:
    try:
        text = codecs.lookup(name)._is_text_encoding
    except LookupError:
        text = False
    if not text:
        raise ValueError(f"The encoding got {quote(name)}, which is no known name of one.")


class ImportedColumn(NamedTuple):
    """A column: its name, its kind, why it is of this kind, and whether that is certain."""

    name: str
    kind: Kind
    why: str
    certain: bool = True


class Imported(NamedTuple):
    """A table as it was read.

    `rows` have a value for each column, and `row_numbers` their numbers in the file, as a spreadsheet counts
    them. `notes` are sentences about what was decided without being certain or changed in reading. `choices`
    are all decisions, so that the same file is read the same with them, and `uncertain` the names of those
    fields of `choices` that could be otherwise.
    """

    columns: tuple[ImportedColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[str, ...]
    row_numbers: tuple[int, ...]
    choices: Choices
    uncertain: frozenset[str]
