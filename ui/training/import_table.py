"""Reading a table of somebody's own, whatever program wrote it, with notes on what is not certain."""

from dataclasses import fields, replace

from ui.limits import MAX_BYTES
from ui.training.importing.columns import Surroundings, read_column
from ui.training.importing.decoding import decode
from ui.training.importing.layout import find_layout
from ui.training.importing.numbers import NO_NUMBERS
from ui.training.importing.records import (
    BLANKS,
    FIXED_WIDTH,
    KINDS,
    SEPARATORS,
    Choices,
    Imported,
    ImportedColumn,
    Kind,
    Value,
)
from ui.training.importing.refusals import refuse_binary, refuse_other_text
from ui.training.importing.signs import decide_signs, found_signs, sign_notes
from ui.training.importing.surveys import make_survey

__all__ = [
    "BLANKS",
    "FIXED_WIDTH",
    "KINDS",
    "SEPARATORS",
    "Choices",
    "Imported",
    "ImportedColumn",
    "Kind",
    "Value",
    "read_table",
]

_ALL_DETECTED = Choices()
# Those that are one for the whole table.
_FIELDS = tuple(field.name for field in fields(Choices) if field.name != "kinds")


def read_table(data: bytes, choices: Choices = _ALL_DETECTED) -> Imported:
    """Return the table in a file or a paste: its columns, rows of values, and notes on what is not certain.

    What `choices` leave open is detected. Raises ValueError with one sentence for what is no table or is too
    large.
    """
    if len(data) > MAX_BYTES:
        raise ValueError(f"The file has {len(data):,} bytes; {MAX_BYTES:,} are allowed.")
    refuse_binary(data)
    decoded = decode(data, choices.encoding)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    refuse_other_text(text)
    layout = find_layout(text, choices)
    surveys = [make_survey(column, choices) for column in layout.columns]
    numbers = [survey.numbers if survey.looks == "number" else NO_NUMBERS for survey in surveys]
    decisions = decide_signs(numbers, layout.separator, choices)
    readings = [
        read_column(survey, Surroundings(decision.signs, place, layout.header, layout.row_numbers, choices))
        for place, (survey, decision) in enumerate(zip(surveys, decisions, strict=True))
    ]
    if len(readings) == 1 and readings[0].column.kind != "number" and not choices.kinds:
        raise ValueError(
            "The file has texts in one column; it takes a table, with separators between its columns."
        )
    names = [survey.name for survey in surveys]
    kept = frozenset[str]().union(*(reading.kept for reading in readings))
    missing = frozenset[str]().union(*(reading.missing for reading in readings)) - kept - {""}
    decimal, thousands = found_signs(numbers, decisions)
    found = Choices(
        decoded.encoding,
        layout.separator,
        decimal,
        thousands,
        layout.header,
        layout.skipped,
        ("", *sorted(missing)),
        True,
        tuple((reading.column.name, reading.column.kind) for reading in readings),
    )
    chosen = {name: value for name in _FIELDS if (value := getattr(choices, name)) is not None}
    notes = (*decoded.notes, *layout.notes, *sign_notes(names, numbers, decisions))
    uncertain = layout.uncertain.union(*(reading.uncertain for reading in readings))
    if not decoded.certain:
        uncertain |= {"encoding"}
    if any(decision.example for decision in decisions):
        uncertain |= {"decimal", "thousands"}
    return Imported(
        tuple(reading.column for reading in readings),
        tuple(zip(*(reading.values for reading in readings), strict=True)),
        (*notes, *(note for reading in readings for note in reading.notes)),
        layout.row_numbers,
        replace(found, **chosen),
        uncertain,
    )
