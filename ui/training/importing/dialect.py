"""How the lines of a text are cut into cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ui.training.importing.cells import MISSING_WORDS, is_date
from ui.training.importing.numbers import parse_cell
from ui.training.importing.records import BLANKS, FIXED_WIDTH

_SINGLE = ("\t", ";", "|", ",")
_LINES_TO_GUESS_FROM = 200
_END = "\ue000"
_SEPARATED_NUMBERS = re.compile(r"[\d.,;|\s+-]*\d[;,|\s]+[+-]?[\d.,][\d.,;|\s+-]*")

# Blanks stand in texts too, so that any other separator that fits is likelier.
_WEIGHT_OF_BLANKS = 0.85
_CLEARLY_LESS = 0.8


class Records(NamedTuple):
    """The cells of each line; `unclosed` is the first line of a quotation that has no end, from 0."""

    cells: list[list[str]]
    unclosed: int | None = None


def cut_lines(text: str, separator: str) -> Records:
    """Return the cells of each line, without blanks around them; a quoted cell can go over several lines."""
    if separator == FIXED_WIDTH:
        return Records(_cut_at(text.split("\n"), _find_places(text.split("\n"))))
    if separator == BLANKS:
        lines = [" ".join(line.split()) for line in text.split("\n")]
        if '"' not in text:
            return Records([line.split(" ") for line in lines])
        text = "\n".join(lines)
    records = _read(text, separator, csv.QUOTE_MINIMAL)
    if records[-1] == [_END]:
        return Records(_stripped(records[:-1]))
    return Records(_stripped(_read(text, separator, csv.QUOTE_NONE)[:-1]), len(records) - 1)


def _read(text: str, separator: str, quoting: Literal[0, 3]) -> list[list[str]]:
    # A last line that is not found again is inside a quotation that has no end.
    lines = io.StringIO(f"{text}\n{_END}", newline="")
    quote = "'" if _is_quoted_by_apostrophes(text) else '"'
    reader = csv.reader(lines, delimiter=separator, quotechar=quote, skipinitialspace=True, quoting=quoting)
    try:
        return list(reader)
    except csv.Error as error:
        raise ValueError(
            "The file has a cell that is too long to be one; it takes a table as text, such as a CSV file."
        ) from error


def _is_quoted_by_apostrophes(text: str) -> bool:
    lines = text.split("\n", 20)[:20]
    return '"' not in text and sum(line.startswith("'") for line in lines) > len(lines) / 2


def _stripped(records: list[list[str]]) -> list[list[str]]:
    return [[cell.strip() for cell in record] for record in records]


def find_separator(lines: Sequence[str]) -> tuple[str, bool]:
    """Return the separator that cuts lines most regularly into what cells of a table are.

    That is a comma where none does. The second value returned is whether it is certain.
    """
    text = "\n".join([line for line in lines if line.strip()][:_LINES_TO_GUESS_FROM])
    found = [separator for separator in _SINGLE if separator in text]
    scores = {separator: _score(cut_lines(text, separator).cells) for separator in found}
    if " " in text:
        scores |= _scores_of_blanks(text)
    best = max(scores, key=scores.__getitem__, default=",")
    if not scores.get(best):
        return ",", True
    if best == "\t":
        # Blanks beside tabs are within cells.
        scores.pop(BLANKS, None)
    others = [score for separator, score in scores.items() if separator != best]
    return best, max(others, default=0) < _CLEARLY_LESS * scores[best]


def _scores_of_blanks(text: str) -> dict[str, float]:
    """Return the score of any run of blanks as separator, or of places that are the same in every line."""
    records = cut_lines(text, BLANKS).cells
    blanks = {BLANKS: _WEIGHT_OF_BLANKS * _score(records)}
    width = usual_width(records)
    regular = [len(record) == width for record in records]
    if all(regular) or '"' in text:
        return blanks
    # Texts with blanks in them are cut by blanks in some lines only.
    places = cut_lines(text, FIXED_WIDTH).cells
    only_title = all(regular[regular.index(True) :]) and usual_width(places) != width
    if only_title or any(sum(map(bool, column)) < len(column) / 2 for column in zip(*places, strict=True)):
        return blanks
    score = _WEIGHT_OF_BLANKS * _score(places)
    return {FIXED_WIDTH: score} if score > blanks[BLANKS] else blanks


def usual_width(records: Sequence[Sequence[str]]) -> int:
    """Return the number of cells that most lines have, the larger one of equals."""
    widths = Counter(len(record) for record in records if any(record))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _score(records: Sequence[Sequence[str]]) -> float:
    """Return 0 to 1: how regular lines of cells are, and how much the cells are like those of a table."""
    width = usual_width(records)
    if width < 2:
        return 0
    regular = [record for record in records if len(record) == width]
    cells = [cell for record in regular for cell in record]
    return (
        (len(regular) / len(records)) ** 2 * (1 - 1 / (width + 3)) * sum(map(_likeness, cells)) / len(cells)
    )


def _likeness(cell: str) -> float:
    if not cell or cell in MISSING_WORDS:
        return 0.7
    if parse_cell(cell) or is_date(cell):
        return 1
    if _SEPARATED_NUMBERS.fullmatch(cell):
        return 0.1
    if any(separator in cell for separator in _SINGLE):
        return 0.4
    return 0.7 if " " in cell else 0.9


def _find_places(lines: Sequence[str]) -> list[int]:
    """Return where the columns begin, in lines whose columns are as wide everywhere."""
    filled = [line.expandtabs() for line in lines if line.strip()]
    width = max(map(len, filled), default=0)
    blank = [all(line[place : place + 1] in ("", " ") for line in filled) for place in range(width)]
    starts = [place for place, (before, here) in enumerate(pairwise(blank), start=1) if before and not here]
    return [0, *starts] if width and not blank[0] else starts


def _cut_at(lines: Sequence[str], places: Sequence[int]) -> list[list[str]]:
    ends = [*places[1:], None]
    wide = [line.expandtabs() for line in lines]
    return [
        [line[a:b].strip() for a, b in zip(places, ends, strict=True)] if places else [line] for line in wide
    ]
