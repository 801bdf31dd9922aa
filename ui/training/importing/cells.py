"""What a cell looks like by itself: missing, or a date or time."""

import re
from collections.abc import Iterable

# These mean a missing cell wherever they stand.
MISSING_WORDS = frozenset(
    {
        *("", "?", "NA", "na", "N/A", "n/a", "N.A.", "n.a.", "<NA>", "NaN", "nan", "NAN", "NaT"),
        *("null", "NULL", "Null", "(null)", "\\N"),
        *(
            "#N/A",
            "#NA",
            "#N/V",
            "#NV",
            "#VALUE!",
            "#WERT!",
            "#REF!",
            "#BEZUG!",
            "#DIV/0!",
            "#NAME?",
            "#NUM!",
        ),
    }
)
# These can be a category of their own, but not a number; in lower case.
_NO_NUMBERS = frozenset(
    {
        *("-", "--", "---", "–", "—", ".", "..", "...", "*", "/", "none", "nil", "missing", "unknown"),
        *("k.a.", "k. a.", "keine angabe", "n.d.", "n/d", "s/d", "not available", "not applicable"),
        *("empty", "blank", "undefined", "inf", "-inf", "+inf", "infinity", "-infinity"),
    }
)

_MONTH = (
    r"(jan|feb|mar|mär|maer|apr|may|mai|jun|jul|aug|sep|sept|oct|okt|nov|dec|dez|january|february|march|april|"
    r"june|july|august|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember)\.?"
)
_DAY, _MONTH_NUMBER = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])"
_TIME = r"([01]?\d|2[0-4]):[0-5]\d(:[0-6]\d([.,]\d+)?)?( ?[ap]\.?m\.?)?"
_ZONE = r"( ?(z|utc|gmt|[+-]\d{2}:?\d{2}))?"
_DATE = "|".join(
    (
        rf"\d{{4}}[-/.]{_MONTH_NUMBER}[-/.]{_DAY}",
        rf"{_DAY}[-/.]{_MONTH_NUMBER}[-/.](\d{{4}}|\d{{2}})",
        rf"{_MONTH_NUMBER}[-/]{_DAY}[-/](\d{{4}}|\d{{2}})",
        r"\d{4}[-/](0[1-9]|1[0-2])",
        r"\d{4}-?(w[0-5]\d(-?[1-7])?|q[1-4])",
        r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])",
        rf"{_DAY}\.?[ -]?{_MONTH}[ -]?(\d{{4}}|\d{{2}})?",
        rf"{_MONTH}[ -]({_DAY},? )?\d{{4}}",
    )
)
_DATE_OR_TIME = re.compile(rf"({_DATE})([t ,]+{_TIME}{_ZONE})?|{_TIME}{_ZONE}", re.IGNORECASE | re.ASCII)
_SHORTEST_DATE = 4


def is_missing_number(cell: str) -> bool:
    """Return whether a word stands for a missing number, where the other cells are numbers."""
    return cell.lower() in _NO_NUMBERS


def is_date(cell: str) -> bool:
    """Return whether a cell is a date, a time or both."""
    return len(cell) >= _SHORTEST_DATE and cell[-1] not in "-/" and _DATE_OR_TIME.fullmatch(cell) is not None


def is_row_numbers(values: Iterable[float | str | None]) -> bool:
    """Return whether values count up by one from 0 or 1."""
    found = list(values)
    start = found[0] if found else None
    if isinstance(start, str) or start not in (0, 1):
        return False
    return all(value == number for number, value in enumerate(found, start=int(start)))
