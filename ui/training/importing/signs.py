"""Which sign is the decimal sign of each column, and which ones separate thousands."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from ui.text.numbers import exact_on_screen, quote
from ui.training.importing.notes import named
from ui.training.importing.numbers import (
    Numbers,
    Signs,
    all_signs,
    parse_cell,
    read_number,
)
from ui.training.importing.records import DECIMAL_SIGNS, SIGN_NAMES, Choices

_OTHER = {".": ",", ",": "."}


class SignDecision(NamedTuple):
    """The signs of a column; `example` is a cell that could be read otherwise, "" where there is none."""

    signs: Signs
    example: str = ""


class _Evidence(NamedTuple):
    """How many cells of a column need each decimal sign, and those that could have either."""

    needed: Counter[str]
    either: tuple[str, ...]


def decide_signs(columns: Sequence[Numbers], separator: str, choices: Choices) -> list[SignDecision]:
    """Return the signs of each column: those chosen, that its own cells need, or that most others need."""
    if choices.decimal is not None or choices.thousands in _OTHER:
        decimal = choices.decimal or _OTHER[choices.thousands or ""]
        signs = _limited(decimal, choices)
        return [SignDecision(signs)] * len(columns)
    found = [_find_evidence(numbers) for numbers in columns]
    usual = _most(sum((evidence.needed for evidence in found), Counter()))
    decisions = []
    for numbers, evidence in zip(columns, found, strict=True):
        decimal = _most(evidence.needed)
        example = "" if decimal or not evidence.either else evidence.either[0]
        if example and choices.thousands is not None:
            # A point or a comma that separates no thousands is the decimal sign.
            decimal, example = _sign_in(example), ""
        elif example:
            decimal = usual or _likely(numbers, evidence.either, separator)
        decisions.append(SignDecision(_limited(decimal or usual or ".", choices), example))
    return decisions


def _limited(decimal: str, choices: Choices) -> Signs:
    return all_signs(decimal) if choices.thousands is None else Signs(decimal, choices.thousands)


def _find_evidence(numbers: Numbers) -> _Evidence:
    if len(numbers.decimals) == 1:
        # Where all cells fit one sign only, there are some that need it.
        return _Evidence(Counter(numbers.decimals), ())
    signed = [cell for cell in numbers.cells if numbers.found and any(sign in cell for sign in DECIMAL_SIGNS)]
    decimals = {cell: numbers.decimals or numbers.texts[cell].decimals for cell in signed}
    needed = Counter(found[0] for found in decimals.values() if len(found) == 1)
    return _Evidence(needed, tuple(cell for cell, found in decimals.items() if len(found) > 1))


def _most(needed: Mapping[str, int]) -> str:
    return max(needed, key=needed.__getitem__, default="")


def _sign_in(cell: str) -> str:
    return next(sign for sign in DECIMAL_SIGNS if sign in cell)


def _likely(numbers: Numbers, either: Sequence[str], separator: str) -> str:
    """Return the likelier decimal sign of a column all of whose cells with a sign can be read in two ways."""
    signs = {_sign_in(cell) for cell in either}
    if len(signs) > 1:
        return "."
    sign = signs.pop()
    whole = [cell for cell in numbers.cells if sign not in cell]
    if any(re.search(r"[0-9]{4}", cell) for cell in whole):
        # Here thousands are not separated.
        return sign
    if whole and any(re.search(r"0(?![0-9])", cell) for cell in either):
        # Where decimals are cut off at zeros, as the whole numbers show, none ends in one.
        return _OTHER[sign]
    # Where cells are separated by semicolons, as a rule the comma is the decimal sign.
    return "," if separator == ";" else "."


def used_thousands(numbers: Numbers, signs: Signs) -> Set[str]:
    """Return the characters that separate thousands somewhere in a column."""
    if numbers.plain:
        return numbers.found & set(signs.thousands)
    digits = [text.digits for text in numbers.texts.values()]
    return {sign for sign in signs.thousands if any(sign in found for found in digits)}


def found_signs(
    columns: Sequence[Numbers], decisions: Sequence[SignDecision]
) -> tuple[str | None, str | None]:
    """Return the decimal and the thousands sign of all columns, None where they differ."""
    decimals = {
        decision.signs.decimal for numbers, decision in zip(columns, decisions, strict=True) if numbers.found
    }
    thousands = set[str]().union(
        *(
            used_thousands(numbers, decision.signs)
            for numbers, decision in zip(columns, decisions, strict=True)
        )
    )
    if len(decimals) > 1:
        return None, None
    decimal = decimals.pop() if decimals else "."
    if len(thousands) > 1:
        return decimal, None
    return decimal, thousands.pop() if thousands else ""


def sign_notes(
    names: Sequence[str], columns: Sequence[Numbers], decisions: Sequence[SignDecision]
) -> list[str]:
    """Return the sentences about the signs of numbers that could mean something else."""
    alike: dict[tuple[str, str], list[int]] = {}
    decimals: dict[str, list[str]] = {}
    thousands: dict[str, list[str]] = {}
    for place, (name, numbers, decision) in enumerate(zip(names, columns, decisions, strict=True)):
        if decision.example:
            alike.setdefault((decision.signs.decimal, _sign_in(decision.example)), []).append(place)
        elif numbers.found:
            decimals.setdefault(decision.signs.decimal, []).append(name)
        for sign in used_thousands(numbers, decision.signs) & {" ", "'"}:
            thousands.setdefault(sign, []).append(name)
    notes = [_ambiguous_note([names[k] for k in places], decisions[places[0]]) for places in alike.values()]
    for sign, found in thousands.items():
        notes.append(f"{named(found)}: the {SIGN_NAMES[sign]} within a number is read as thousands sign.")
    if len(decimals) > 1:
        rare = min(decimals, key=lambda sign: len(decimals[sign]))
        notes.append(
            f"{named(decimals[rare])}: the decimal sign is a {SIGN_NAMES[rare]}, unlike in other columns."
        )
    return notes


def _ambiguous_note(columns: Sequence[str], decision: SignDecision) -> str:
    """Return the sentence for columns whose numbers could be read in two ways, by an example."""
    cell, decimal = decision.example, decision.signs.decimal
    sign = _sign_in(cell)
    meanings = ["decimal", "thousands"] if sign == decimal else ["thousands", "decimal"]
    value, other = (_written(cell, all_signs(each)) for each in (decimal, _OTHER[decimal]))
    return (
        f"{named(columns)}: {quote(cell)} is read as {value}, with the {SIGN_NAMES[sign]} as {meanings[0]} "
        f"sign; as {meanings[1]} sign it would be {other}."
    )


def _written(cell: str, signs: Signs) -> str:
    text = parse_cell(cell)
    value = read_number(text, signs) if text else None
    return "no number" if value is None else exact_on_screen(value)
