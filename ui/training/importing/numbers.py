"""Numbers as tables hold them: with thousands signs, units, currencies, percent and all minus signs."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import NamedTuple

from ui.training.importing.records import DECIMAL_SIGNS, THOUSANDS_SIGNS

_CURRENCY = (
    r"US\$|[AC]\$|[$€£¥₹₽₩₺₫₴₦]|Rs\.?|Fr\.|"
    r"(?:EUR|USD|GBP|CHF|JPY|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|TRY|RUB|KRW)(?![A-Za-z])"
)
_WORD = r"[^\W\d_]{1,12}[23]?\.?"
_UNIT = rf"[%‰°′″$€£¥₹₽₩₺₫₴₦]|°?{_WORD}(?: ?[/·*] ?{_WORD}| {_WORD})?"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-] ?)?(?P<currency>{_CURRENCY})? ?(?P<second>[+-])?"
    r"(?P<digits>[0-9](?:[0-9.,' ]*[0-9])?[.,]?|[.,][0-9]+)(?P<exponent>[eE][+-]?[0-9]{1,4}(?![0-9.,]))?"
    rf"(?P<behind>-)? ?(?P<unit>{_UNIT})?(?P<close>\))?"
)
_DASHES = "‐‑‒–﹣－"
_ALIKE = str.maketrans(
    {
        **dict.fromkeys(_DASHES + "−", "-"),
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("\xa0\u202f\u2009\u2007", " "),
    }
)

# Where some cells have such a unit and others none, they cannot be of one scale.
_SCALES = frozenset(
    {"%", "‰", "k", "K", "M", "m", "B", "bn", "T", "Mio", "Mio.", "Mrd", "Mrd.", "Tsd", "Tsd."}
)

# Whole columns of such numbers, by their decimal sign.
_PLAIN = {
    decimal: re.compile(
        rf"(?:[+-]?(?:[0-9]+(?:[{decimal}][0-9]*)?(?:[eE][+-]?[0-9]{{1,4}})?|[{decimal}][0-9]+|"
        rf"[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+(?:[{decimal}][0-9]*)?)\n)+"
    )
    for decimal, thousands in ((".", ","), (",", r"\."))
}
_OTHER = {".": ",", ",": "."}

# Of a whole number, so many are kept exactly.
_MOST_DIGITS = 15


class Signs(NamedTuple):
    """The decimal sign, and all the characters that can stand between thousands."""

    decimal: str
    thousands: str


class NumberText(NamedTuple):
    """A cell that looks like a number, in parts.

    `decimals` are the signs, of a point and a comma, that can be its decimal sign; `habits` are ways of
    writing that are not quite certain.
    """

    negative: bool
    digits: str
    exponent: str
    unit: str
    habits: frozenset[str]
    decimals: tuple[str, ...] = ()


class Numbers(NamedTuple):
    """The different cells of a column that look like numbers.

    `plain` are all cells where these are digits and separators only, and `decimals` the signs that can be
    their decimal sign; `texts` is empty then. Otherwise `texts` has the parts of those that are numbers.
    `found` are the points and commas in any.
    """

    plain: tuple[str, ...]
    decimals: tuple[str, ...]
    texts: Mapping[str, NumberText]
    found: frozenset[str]

    @property
    def cells(self) -> Collection[str]:
        """Return the cells that look like numbers."""
        return self.plain or self.texts


NO_NUMBERS = Numbers((), (), {}, frozenset())


@cache
def all_signs(decimal: str) -> Signs:
    """Return a decimal sign with everything else that separates thousands."""
    return Signs(decimal, "".join(THOUSANDS_SIGNS).replace(decimal, ""))


def parse_cell(cell: str) -> NumberText | None:
    """Return the parts of a cell that is a number by one decimal sign or the other."""
    same = cell.translate(_ALIKE)
    match = _NUMBER.fullmatch(same)
    if match is None:
        return None
    part = match.groupdict(default="")
    minus = [name for name in ("sign", "second", "behind") if part[name].strip() == "-"]
    brackets = bool(part["open"])
    signs = sum(bool(part[name]) for name in ("sign", "second", "behind")) + brackets
    if signs > 1 or brackets != bool(part["close"]):
        return None
    habits = {"brackets"} if brackets else set()
    if part["behind"]:
        habits.add("minus behind")
    if minus and any(dash in cell for dash in _DASHES):
        habits.add("dash")
    unit = " ".join(filter(None, (part["currency"], part["unit"])))
    negative = brackets or bool(minus)
    text = NumberText(negative, part["digits"], part["exponent"], unit, frozenset(habits))
    decimals = tuple(sign for sign in DECIMAL_SIGNS if read_number(text, all_signs(sign)) is not None)
    return text._replace(decimals=decimals) if decimals else None


def read_number(text: NumberText, signs: Signs) -> float | None:
    """Return the value of a number by these signs, None where it cannot be read so."""
    match = _pattern(signs).fullmatch(text.digits)
    if match is None or (text.exponent and match.groupdict().get("between")):
        return None
    digits = text.digits
    for sign in signs.thousands:
        digits = digits.replace(sign, "")
    value = float(digits.replace(signs.decimal, ".") + text.exponent)
    if not math.isfinite(value):
        return None
    return -value if text.negative else value


@cache
def _pattern(signs: Signs) -> re.Pattern[str]:
    """Return the pattern of digits with these signs; its group "between" is there if these separate any."""
    decimal = re.escape(signs.decimal)
    whole = ["[0-9]+"]
    if signs.thousands:
        between = f"[{re.escape(signs.thousands)}]"
        whole.insert(0, rf"[1-9][0-9]{{0,2}}(?P<between>{between})[0-9]{{3}}(?:(?P=between)[0-9]{{3}})*")
    if "," in signs.thousands:
        # As in India: 12,50,000.
        whole.insert(0, r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
    return re.compile(rf"(?:{'|'.join(whole)})(?:{decimal}[0-9]*)?|{decimal}[0-9]+")


def look_for_numbers(cells: Iterable[str]) -> Numbers:
    """Return those of the different cells of a column that look like numbers."""
    numbers = tuple(cells)
    joined = _joined(numbers)
    # Much faster than cell by cell, for a column of nothing but numbers.
    one_line_each = joined.count("\n") == len(numbers)
    decimals = tuple(sign for sign, pattern in _PLAIN.items() if one_line_each and pattern.fullmatch(joined))
    if decimals:
        return Numbers(numbers, decimals, {}, frozenset(sign for sign in DECIMAL_SIGNS if sign in joined))
    texts = {cell: text for cell in numbers if (text := parse_cell(cell))}
    found = {sign for sign in DECIMAL_SIGNS if any(sign in text.digits for text in texts.values())}
    return Numbers((), (), texts, frozenset(found))


def _joined(cells: Collection[str]) -> str:
    return "\n".join(cells) + "\n" if cells else ""


def read_numbers(numbers: Numbers, signs: Signs) -> Mapping[str, float]:
    """Return the values of those cells that can be read by these signs."""
    other = _OTHER[signs.decimal]
    if signs.decimal in numbers.decimals and (other not in numbers.found or other in signs.thousands):
        written = _joined(numbers.plain).replace(other, "").replace(signs.decimal, ".")
        values = list(map(float, written.split("\n")[:-1]))
        found = dict(zip(numbers.plain, values, strict=True))
        if all(map(math.isfinite, values)):
            return found
        return {cell: value for cell, value in found.items() if math.isfinite(value)}
    texts = numbers.texts or {cell: text for cell in numbers.plain if (text := parse_cell(cell))}
    read = ((cell, read_number(text, signs)) for cell, text in texts.items())
    return {cell: value for cell, value in read if value is not None}


def common_unit(numbers: Numbers, counts: Mapping[str, int]) -> str:
    """Return the unit of most cells that have one, "" where there is none."""
    units: Counter[str] = Counter()
    for cell, text in numbers.texts.items():
        if text.unit:
            units[text.unit] += counts[cell]
    if not units:
        return ""
    unit, with_it = units.most_common(1)[0]
    without = sum(counts[cell] for cell, text in numbers.texts.items() if not text.unit)
    return "" if unit in _SCALES and without > with_it else unit


def has_unit(text: NumberText, unit: str) -> bool:
    """Return whether a number can be of this unit: it has it, or none where that means the same scale."""
    return text.unit == unit or (not text.unit and unit not in _SCALES)


def loses_digits(cell: str) -> bool:
    """Return whether a whole number has more digits than a value keeps."""
    if len(cell) <= _MOST_DIGITS or "." in cell or "," in cell:
        return False
    digits = re.sub(r"[^0-9]", "", cell)
    return len(digits) > _MOST_DIGITS and int(float(digits)) != int(digits)
