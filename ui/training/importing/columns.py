"""What a column is read as: numbers, categories, or nothing that a network is trained on."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ui.limits import MAX_FEATURES
from ui.text.numbers import count, exact_on_screen, quote
from ui.training.importing.cells import is_row_numbers
from ui.training.importing.notes import listed, named
from ui.training.importing.numbers import Signs, common_unit, has_unit, loses_digits, parse_cell, read_numbers
from ui.training.importing.records import SIGN_NAMES, Choices, ImportedColumn, Value
from ui.training.importing.surveys import Survey

_IDENTIFIER = re.compile(
    r"(?i:(.*[ _.-])?(id|index|idx|uuid|guid)|unnamed:? ?\d+|row( ?(number|names?|nr\.?|no\.?))?|rownames?|"
    r"(lfd\.? ?)?nr\.?|no\.?|#|nummer)|.*[a-z](ID|Id)"
)
_HABITS = {
    "brackets": "brackets as a minus sign",
    "dash": "the dash as a minus sign",
    "minus behind": "the sign behind it as its sign",
}
# Numbers by which programs mark what is missing.
_SENTINELS = frozenset({-99.0, -999.0, -9999.0, -99999.0, 999.0, 9999.0, 99999.0})
# With so few different texts, all of them can be different without being names or remarks.
_FEW_TEXTS = 10
# Without a header, fewer rows can count up by chance.
_ROWS_TO_COUNT = 5


class Reading(NamedTuple):
    """A column with its values; `missing` are the words read as missing, `kept` those read as a category.

    `uncertain` names fields of the choices.
    """

    column: ImportedColumn
    values: tuple[Value, ...]
    notes: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    uncertain: frozenset[str] = frozenset()


class Surroundings(NamedTuple):
    """What the reading of a column takes from its table: the signs of its numbers and the rest."""

    signs: Signs
    place: int
    header: bool
    row_numbers: Sequence[int]
    choices: Choices


def read_column(survey: Survey, table: Surroundings) -> Reading:
    """Return a column as the kind chosen for it, or that most of its cells are of."""
    chosen = dict(table.choices.kinds).get(survey.name)
    values, unit = _values_of_one_unit(survey, table.signs)
    numeric = survey.looks == "number" and survey.share(values) > 0.5
    if chosen == "number" or (chosen is None and numeric):
        reading = _read_as_numbers(survey, values, unit, table)
    elif chosen == "category" or (chosen is None and survey.looks in ("number", "text")):
        reading = _read_as_categories(survey, table)
    else:
        reading = _read_as_unused(survey, values if numeric else {}, table.choices)
    if chosen == "unused":
        column = ImportedColumn(survey.name, "unused", "it was chosen so")
        return Reading(column, reading.values, missing=reading.missing)
    if chosen is not None:
        column = reading.column._replace(kind=chosen, certain=True)
        return reading._replace(column=column, uncertain=reading.uncertain - {"kinds"})
    why = _why_row_names(survey, reading, table)
    if why:
        return _unused(survey.name, reading.values, why, reading.missing)
    if table.header and not survey.column.has_name:
        note = f"{named([survey.name])} has no name in the header."
        return reading._replace(notes=(note, *reading.notes))
    return reading


def _unused(name: str, values: tuple[Value, ...], why: str, missing: frozenset[str]) -> Reading:
    note = f"{named([name])} is not used: {why}."
    column = ImportedColumn(name, "unused", why, certain=False)
    return Reading(column, values, (note,), missing, uncertain=frozenset({"kinds"}))


def _read_as_unused(survey: Survey, values: Mapping[str, float], choices: Choices) -> Reading:
    cells, missing = survey.column.cells, survey.missing | survey.words
    if survey.looks == "nothing":
        notes = tuple(_missing_notes(survey, missing - {""}, choices))
        column = ImportedColumn(survey.name, "unused", "every cell is empty")
        uncertain = frozenset({"missing"}) if notes else frozenset[str]()
        return Reading(column, (None,) * len(cells), notes, missing, uncertain=uncertain)
    if values:
        # Either all of its values are numbers or all are texts.
        return _unused(survey.name, tuple(map(values.get, cells)), "it was chosen so", missing)
    if survey.looks != "date":
        read = tuple(None if cell in survey.missing else cell for cell in cells)
        return _unused(survey.name, read, "it was chosen so", survey.missing)
    read = tuple(None if cell in missing else cell for cell in cells)
    return _unused(survey.name, read, "its cells are dates or times", missing)


def _values_of_one_unit(survey: Survey, signs: Signs) -> tuple[Mapping[str, float], str]:
    """Return the values of the cells that are numbers of the unit that most cells have, and this unit."""
    values, texts = read_numbers(survey.numbers, signs), survey.numbers.texts
    if not any(text.unit for text in texts.values()):
        return values, ""
    unit = common_unit(survey.numbers, survey.counts)
    return {cell: value for cell, value in values.items() if has_unit(texts[cell], unit)}, unit


def _read_as_numbers(survey: Survey, values: Mapping[str, float], unit: str, table: Surroundings) -> Reading:
    read = tuple(map(values.get, survey.column.cells))
    words = (survey.missing | survey.words) - {""}
    why = "no cell is a number"
    if values:
        least, most = (exact_on_screen(find(values.values())) for find in (min, max))
        number = len(read) - read.count(None)
        why = (
            f"{count(number, 'number')}, all {least}"
            if least == most
            else f"{number:,} numbers from {least} to {most}"
        )
    notes = [
        *_unit_notes(survey, values, unit),
        *_habit_notes(survey, values),
        *_digit_notes(survey, values),
        *_missing_notes(survey, words, table.choices),
        *_sentinel_notes(survey, values, table.choices),
        *_stray_notes(survey, values, table),
    ]
    uncertain = {"missing"} if words and table.choices.missing is None else set()
    column = ImportedColumn(survey.name, "number", why)
    return Reading(column, read, tuple(notes), survey.missing | survey.words, uncertain=frozenset(uncertain))


def _unit_notes(survey: Survey, values: Mapping[str, float], unit: str) -> list[str]:
    if not unit:
        return []
    texts = survey.numbers.texts
    example = next((cell for cell in values if texts[cell].unit == unit), None)
    if example is None:
        # By the chosen signs, no cell with the unit is a number.
        return []
    read = f"{named([survey.name])}: {quote(example)} is read as {exact_on_screen(values[example])}"
    bare = sum(survey.counts[cell] for cell in values if not texts[cell].unit)
    also = f", and so {'is' if bare == 1 else 'are'} {count(bare, 'cell')} without it" if bare else ""
    return [f"{read}, a number in {quote(unit)}{also}."]


def _habit_notes(survey: Survey, values: Mapping[str, float]) -> list[str]:
    notes = []
    for habit, meaning in _HABITS.items():
        texts = survey.numbers.texts.items()
        example = next((cell for cell, text in texts if habit in text.habits and cell in values), None)
        if example is not None:
            read = exact_on_screen(values[example])
            notes.append(f"{named([survey.name])}: {quote(example)} is read as {read}, with {meaning}.")
    return notes


def _digit_notes(survey: Survey, values: Mapping[str, float]) -> list[str]:
    notes = []
    code = next((cell for cell in values if cell[0] == "0" and cell.isdigit() and len(cell) > 1), None)
    if code is not None:
        read = exact_on_screen(values[code])
        notes.append(
            f"{named([survey.name])}: {quote(code)} is read as {read}, without the zero in front; "
            "if it is a code, the column is a category."
        )
    long = next((cell for cell in values if loses_digits(cell)), None)
    if long is not None:
        notes.append(
            f"{named([survey.name])}: {quote(long)} has more digits than a number keeps, and is read as "
            f"{exact_on_screen(values[long])}."
        )
    return notes


def _missing_notes(survey: Survey, words: frozenset[str], choices: Choices) -> list[str]:
    if not words or choices.missing is not None:
        return []
    cells = sum(survey.counts[word] for word in words)
    which = " or ".join(quote(word) for word in sorted(words))
    verb = "is" if cells == 1 else "are"
    return [f"{named([survey.name])}: {count(cells, 'cell')} with {which} {verb} read as missing."]


def _sentinel_notes(survey: Survey, values: Mapping[str, float], choices: Choices) -> list[str]:
    """Return a note where a number such as −999 is far from all others, as one that means missing is."""
    if choices.missing is not None:
        return []
    if _SENTINELS.isdisjoint(values.values()):
        return []
    marked = {cell: value for cell, value in values.items() if value in _SENTINELS}
    others = [value for value in values.values() if value not in _SENTINELS]
    notes = []
    for cell, value in marked.items():
        if others and (value < 0 <= min(others) or abs(value) > 10 * max(map(abs, others))):
            notes.append(
                f"{named([survey.name])}: {quote(cell)} is read as a number, though far from all others; "
                "it can mean a missing cell."
            )
    return notes


def _stray_notes(survey: Survey, values: Mapping[str, float], table: Surroundings) -> list[str]:
    words = survey.words if table.choices.missing is None else frozenset()
    if len(values) + len(survey.missing) == len(survey.counts):
        return []
    strays = survey.counts.keys() - values.keys() - survey.missing - words
    if not strays:
        return []
    cells = zip(table.row_numbers, survey.column.cells, strict=True)
    found = [(row, cell) for row, cell in cells if cell in strays]
    row, cell = found[0]
    how, text = "", parse_cell(cell)
    if text is not None:
        decimal = table.signs.decimal
        how = " in the same unit" if decimal in text.decimals else f" with a decimal {SIGN_NAMES[decimal]}"
    if len(found) == 1:
        return [
            f"Row {row}, column {quote(survey.name)}: {quote(cell)} is no number{how} and is read as missing."
        ]
    places = listed([f"{quote(cell)} in row {row}" for row, cell in found])
    return [
        f"{named([survey.name])}: {count(len(found), 'cell')} that are no numbers{how} are read as missing: "
        f"{places}."
    ]


def _read_as_categories(survey: Survey, table: Surroundings) -> Reading:
    choices = table.choices
    spelling, respelled = _spellings(survey, choices)
    read = tuple(map(spelling.get, survey.column.cells))
    texts = len(set(spelling.values()))
    notes, uncertain = [], set()
    if survey.looks == "number":
        units = sorted({text.unit for text in survey.numbers.texts.values() if text.unit})
        notes.append(
            f"{named([survey.name])}: numbers with different units ({listed(units)}) are read as texts."
        )
        uncertain.add("kinds")
    filled = sum(survey.counts[cell] for cell in spelling)
    if survey.name not in dict(choices.kinds):
        if texts > MAX_FEATURES:
            why = f"it has {texts:,} different texts, of which {MAX_FEATURES} can be inputs"
            return _unused(survey.name, read, why, survey.missing)
        if texts == filled > _FEW_TEXTS:
            why = f"each of its {filled} texts is another, as names are"
            return _unused(survey.name, read, why, survey.missing)
    if respelled and choices.merge_case is None:
        uncertain.add("merge_case")
        notes.append(f"{named([survey.name])}: {listed(respelled)}, the same text in another case.")
    words = survey.missing - {""}
    if words and choices.missing is None:
        notes += _missing_notes(survey, words, choices)
        uncertain.add("missing")
    if survey.words and choices.missing is None:
        which = " or ".join(quote(word) for word in sorted(survey.words))
        notes.append(
            f"{named([survey.name])}: {which} is read as a category, though it can mean a missing cell."
        )
        uncertain.add("missing")
    column = ImportedColumn(
        survey.name, "category", count(texts, "different text"), certain="kinds" not in uncertain
    )
    return Reading(column, read, tuple(notes), survey.missing, survey.words, frozenset(uncertain))


def _spellings(survey: Survey, choices: Choices) -> tuple[dict[str, str], list[str]]:
    """Return the category of each cell, and which cells are read as what, where the case differs."""
    texts = {cell: number for cell, number in survey.counts.items() if cell not in survey.missing}
    if choices.merge_case is False:
        return {cell: cell for cell in texts}, []
    usual: dict[str, str] = {}
    for cell, number in texts.items():
        other = usual.setdefault(cell.casefold(), cell)
        if number > texts[other]:
            usual[cell.casefold()] = cell
    spelling = {cell: usual[cell.casefold()] for cell in texts}
    return spelling, [f"{quote(cell)} is read as {quote(to)}" for cell, to in spelling.items() if cell != to]


def _why_row_names(survey: Survey, reading: Reading, table: Surroundings) -> str:
    """Return why a column does nothing but name the rows, "" where it does more."""
    values = [value for value in reading.values if value is not None]
    if not values or len(set(values)) < len(values):
        return ""
    counts = table.place == 0 and is_row_numbers(reading.values)
    if table.place == 0 and table.header and not survey.column.has_name:
        return (
            "it has no name and counts the rows, as an index"
            if counts
            else "it has no name, as row names have none"
        )
    if not table.header and counts and len(values) >= _ROWS_TO_COUNT:
        return "it counts the rows, as row numbers do"
    whole = all(isinstance(value, str) or value.is_integer() for value in values)
    if survey.column.has_name and whole and _IDENTIFIER.fullmatch(survey.name):
        return "its name and its cells, all different, are those of an identifier or row number"
    return ""
