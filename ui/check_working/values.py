"""One number of a learner's sheet, as it is typed."""

import re
from decimal import Decimal
from typing import NamedTuple

from core.typed_number import decimals_in, plain_number, without_thousands
from ui.text.numbers import quote
from ui.text.pasted.problems import PastedError

_PERCENTAGE = re.compile(r"([+-]?(?:\d{1,20}\.?\d{0,20}|\.\d{1,20}))\s*%", re.ASCII)
_EMPTY = {"", "-", "–", "—", "−", "…", "..."}


class RowNumber(NamedTuple):
    """A number under a name: its quantity's id, None where there is none, its digits, and its place."""

    name: str
    id: str | None
    text: str
    start: int
    end: int


def is_empty(written: str) -> bool:
    """Return whether a cell has no number, but nothing or a dash."""
    return written.strip() in _EMPTY


def read_value(text: str, start: int, end: int, name: str, id_: str | None) -> RowNumber:
    """Return the number that stands between two places of a text, by its name.

    Raises PastedError with one sentence for what is no number, or a number that can be read in two ways.
    """
    written = text[start:end].strip()
    start += text[start:end].index(written)
    plain = re.sub(r"^([+-])\s+", r"\1", plain_number(written))
    whole = without_thousands(plain)
    if whole:
        raise PastedError(
            text, start, f"{quote(written)} of {name} can be read in two ways; write {whole} or a point"
        )
    if not decimals_in(plain):
        reason = _percentage(plain) or "is no number"
        raise PastedError(text, start, f"{quote(written)} of {name} {reason}")
    return RowNumber(name, id_, plain.replace(",", "."), start, start + len(written))


def _percentage(plain: str) -> str:
    """Return what a sentence has about a percentage such as 24%, "" for any other text.

    It is not read: the number that it stands for has other digits than those typed.
    """
    found = _PERCENTAGE.fullmatch(plain.replace(",", "."))
    return f"is a percentage; write it as {Decimal(found[1]).scaleb(-2):f}" if found else ""
