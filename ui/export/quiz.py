"""Quizzes for a learning platform: Moodle XML with a cloze question a variant, and GIFT with one a number.

A number counts as right within one unit of its last decimal. One that a known mistake leads to gets that
mistake's sentence.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from core.assignment import Assignment
from core.mistake_table import MISTAKES
from core.mistaken_numbers import mistaken_numbers, right_numbers
from ui.export.sheets import SheetVariant
from ui.text.answers import number_label
from ui.text.box_rows import box_rows
from ui.text.conventions import Convention
from ui.text.given import functions_sentence, given_tables
from ui.text.numbers import exact_on_screen

CATEGORY = "Backprop Explorer"
# From so many units of the last decimal on a number is another one than the right one.
_APART = 2.0
_RIGHT, _MISTAKEN = 1.0, 0.5
_MOST_MISTAKES = 2


class _Wrong(NamedTuple):
    value: float
    sentence: str


class _Asked(NamedTuple):
    """A number of a variant: its label, its value, and what mistakes lead to."""

    label: str
    value: float
    wrong: tuple[_Wrong, ...]


def moodle_xml(assignment: Assignment, variants: Sequence[SheetVariant], convention: Convention) -> str:
    """Return a category of cloze questions in Moodle XML, one for each variant."""
    questions = "".join(
        '<question type="cloze">'
        f"<name><text>{escape(f'Exercise, variant {variant.name}', quote=False)}</text></name>"
        f'<questiontext format="html"><text><![CDATA[{_cloze(assignment, variant, convention)}]]></text>'
        '</questiontext><generalfeedback format="html"><text></text></generalfeedback>'
        "<penalty>0.3333333</penalty><hidden>0</hidden></question>\n"
        for variant in variants
    )
    category = (
        f'<question type="category"><category><text>$course$/top/{CATEGORY}</text></category></question>\n'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{category}{questions}</quiz>\n'


def gift(assignment: Assignment, variants: Sequence[SheetVariant], convention: Convention) -> str:
    """Return numerical questions in GIFT, one for each number of each variant."""
    questions = [f"$CATEGORY: $course$/top/{CATEGORY}"]
    for variant in variants:
        given = _gift_text(_given_text(assignment, variant))
        for asked in _asked(assignment, variant, convention):
            title = _gift_text(f"Variant {variant.name}: {asked.label}")
            answers = [f"={_number(asked.value, assignment)}:{_within(_RIGHT, assignment)}"]
            answers += [
                f"=%0%{_number(wrong.value, assignment)}:{_within(_MISTAKEN, assignment)}"
                f"#{_gift_text(wrong.sentence)}"
                for wrong in asked.wrong
            ]
            lines = "\n".join(f"\t{answer}" for answer in answers)
            question = _gift_text(f"{asked.label} to {assignment.decimals} decimals?")
            questions.append(f"::{title}::{given} {question} {{#\n{lines}\n}}")
    return "\n\n".join(questions) + "\n"


def _cloze(assignment: Assignment, variant: SheetVariant, convention: Convention) -> str:
    """Return the HTML of a cloze question: what is given as tables, and a box for each number."""
    tables = "".join(
        f"<p>{escape(table.caption)}</p><table><tr>"
        + "".join(f"<th>{escape(title)}</th>" for title in table.titles)
        + "</tr>"
        + "".join(
            f"<tr><th>{escape(name)}</th>"
            + "".join(f"<td>{exact_on_screen(number)}</td>" for number in row)
            + "</tr>"
            for name, *row in zip(table.names, *table.columns, strict=True)
        )
        + "</table>"
        for table in given_tables(variant.exercise, with_shapes=False)
    )
    boxes = "".join(
        f"<p>{escape(asked.label)} = {_cloze_box(asked, assignment)}</p>"
        for asked in _asked(assignment, variant, convention)
    )
    task = f"Compute each number to {assignment.decimals} decimals."
    return f"<p>{escape(functions_sentence(assignment.network))} {task}</p>{tables}{boxes}"


def _cloze_box(asked: _Asked, assignment: Assignment) -> str:
    answers = [f"%100%{_number(asked.value, assignment)}:{_within(_RIGHT, assignment)}"]
    answers += [
        f"%0%{_number(wrong.value, assignment)}:{_within(_MISTAKEN, assignment)}"
        f"#{_cloze_text(wrong.sentence)}"
        for wrong in asked.wrong
    ]
    return f"{{1:NUMERICAL:{'~'.join(answers)}}}"


def _asked(assignment: Assignment, variant: SheetVariant, convention: Convention) -> Iterator[_Asked]:
    right = right_numbers(variant.exercise)
    mistaken = mistaken_numbers(variant.exercise, _APART * assignment.unit)
    for row in box_rows(assignment, variant.exercise, convention):
        for number in row:
            wrong = [
                _Wrong(found.value, _sentence(found.mistakes))
                for found in mistaken[number.id]
                if len(found.mistakes) <= _MOST_MISTAKES
            ]
            yield _Asked(number_label(number, convention), right[number.id], tuple(wrong))


def _sentence(mistakes: Sequence[str]) -> str:
    return " Or: ".join(MISTAKES[name].sentence for name in mistakes)


def _number(value: float, assignment: Assignment) -> str:
    return f"{round(value, assignment.decimals) + 0.0:.{assignment.decimals}f}"


def _within(units: float, assignment: Assignment) -> str:
    return f"{units * assignment.unit:.{assignment.decimals + 1}f}"


def _given_text(assignment: Assignment, variant: SheetVariant) -> str:
    """Return what is given, as text on one line."""
    sample, *layers = given_tables(variant.exercise, with_shapes=False)
    numbers = {sample.caption: dict(zip(sample.names, sample.columns[0], strict=True))}
    for table in layers:
        numbers[table.caption] = {
            f"{start}→{end}": number
            for end, column in zip(table.titles[1:], table.columns, strict=True)
            for start, number in zip(table.names, column, strict=True)
        }
    sentences = [
        f"{caption}: {'; '.join(f'{name} = {exact_on_screen(number)}' for name, number in given.items())}."
        for caption, given in numbers.items()
    ]
    return " ".join([functions_sentence(assignment.network), *sentences])


def _gift_text(text: str) -> str:
    """Return text with a backslash before each character that has a meaning in GIFT."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text)


def _cloze_text(text: str) -> str:
    """Return text for the feedback of a cloze question."""
    return re.sub(r'([\\}#~/"])', r"\\\1", escape(text, quote=False))
