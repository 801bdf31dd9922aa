"""Sheets of an exercise on paper: a page for each variant with blanks, and the same with the numbers."""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from core.assignment import Assignment
from core.exercise import Exercise
from core.mistaken_numbers import right_numbers
from ui.figures.network_sheet import Blank, has_all_weights, network_sheet
from ui.text.answers import Answerable, number_label
from ui.text.box_rows import box_rows
from ui.text.conventions import Convention
from ui.text.given import functions_sentence, given_html
from ui.text.numbers import Precision, exact_on_screen, format_number

_CSS = (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_AT_UNITS = ("z", "a", "delta", "da")


class SheetVariant(NamedTuple):
    """The exercise of one sheet, and the name that it is drawn from."""

    name: str
    exercise: Exercise


def sheets_page(
    assignment: Assignment, variants: Sequence[SheetVariant], convention: Convention, *, with_answers: bool
) -> str:
    """Return the HTML of a page with all sheets, to be printed on A4, a sheet each or more."""
    title = "Solutions" if with_answers else "Exercise"
    sheets = "".join(_sheet(assignment, variant, convention, title, with_answers) for variant in variants)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}</title>\n<style>{_CSS}</style>\n</head>\n<body>\n{sheets}</body>\n</html>\n"
    )


def _sheet(
    assignment: Assignment, variant: SheetVariant, convention: Convention, title: str, with_answers: bool
) -> str:
    exercise = variant.exercise
    right = right_numbers(exercise)
    precision = Precision(decimals=assignment.decimals)

    def answer(number: Answerable) -> str:
        return format_number(right[number.id], precision) if with_answers else ""

    numbers = [number for row in box_rows(assignment, exercise, convention) for number in row]
    at_units: dict[tuple[int, int], list[Blank]] = {}
    others: dict[str, str] = {}
    for number in numbers:
        name = number_label(number, convention)
        if number.symbol.name in _AT_UNITS:
            place = (number.symbol.layer, (number.symbol.index or (0,))[-1])
            letter = name.rsplit(" ", 1)[0]
            at_units.setdefault(place, []).append(Blank(f"{letter} =", answer(number)))
        else:
            others[name] = answer(number)
    who = "" if with_answers else '<span class="who">Name</span>'
    tables = given_html(exercise, with_shapes=False).replace(' tabindex="0"', "")
    given = "" if has_all_weights(exercise) else tables
    return (
        f'<section class="sheet"><header><h1>{title}, variant {html.escape(variant.name)}</h1>{who}</header>'
        f"<p>{html.escape(functions_sentence(assignment.network))} "
        f"η = {exact_on_screen(assignment.learning_rate)}. "
        f"Compute each number to {assignment.decimals} decimals.</p>"
        f"{network_sheet(exercise, at_units)}{given}{_blanks(others)}</section>\n"
    )


def _blanks(numbers: Mapping[str, str]) -> str:
    """Return lines for what has no place in the drawing."""
    if not numbers:
        return ""
    rows = "".join(
        f"<div><dt>{html.escape(name)} =</dt><dd{' class=answer' if text else ''}>{text}</dd></div>"
        for name, text in numbers.items()
    )
    return f'<dl class="blanks">{rows}</dl>'
