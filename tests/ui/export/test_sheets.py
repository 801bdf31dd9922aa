"""Sheets on paper: everything given and a line for everything asked, and numbers on the solutions alone."""

import re
from xml.etree import ElementTree

import pytest

from core.assignment import Assignment, asked_ids, draw_exercise
from core.exercise import quantities
from core.mistaken_numbers import right_numbers
from core.network import Network
from ui.export.sheets import SheetVariant, sheets_page
from ui.text.conventions import CONVENTIONS, USUAL
from ui.text.numbers import Precision, exact_on_screen, format_number

ASSIGNMENTS = {
    "small": Assignment(Network((2, 2, 1), ("sigmoid", "sigmoid"))),
    "softmax": Assignment(
        Network((3, 3, 2), ("relu", "softmax"), "categorical_cross_entropy"),
        asked=("z", "a", "loss", "delta", "gradients", "steps", "after"),
        decimals=3,
    ),
    "large": Assignment(Network((6, 6, 6), ("tanh", "sigmoid")), asked=("z", "delta")),
}


def page(assignment, *, with_answers, convention=USUAL, names="12"):
    variants = [SheetVariant(name, draw_exercise(assignment, "7", name)) for name in names]
    return variants, sheets_page(assignment, variants, convention, with_answers=with_answers)


def texts(html):
    """The texts of the page's body, which is well-formed."""
    body = html.split("<body>")[1].split("</body>")[0].replace("class=answer", 'class="answer"')
    return [text.strip() for text in ElementTree.fromstring(f"<div>{body}</div>").itertext() if text.strip()]  # noqa: S314


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_sheet_has_all_that_is_given_and_a_line_for_all_that_is_asked(name):
    assignment = ASSIGNMENTS[name]
    variants, html = page(assignment, with_answers=False)
    sheets = html.split('<section class="sheet">')[1:]
    for variant, sheet in zip(variants, sheets, strict=True):
        shown = " ".join(texts(f"<body><section>{sheet.split('</body>')[0]}</body>"))
        for quantity in quantities(variant.exercise.network):
            assert exact_on_screen(variant.exercise.value(quantity)) in shown
        lines = sheet.count('class="blank"') + sheet.count("<dd></dd>")
        assert lines == len(asked_ids(assignment))


@pytest.mark.parametrize("name", ASSIGNMENTS)
@pytest.mark.parametrize("speak", ["rows", "notebook"])
def test_the_numbers_that_are_asked_are_on_the_solutions_alone(name, speak):
    assignment, convention = ASSIGNMENTS[name], CONVENTIONS[speak]
    variants, solutions = page(assignment, with_answers=True, convention=convention)
    _, sheets = page(assignment, with_answers=False, convention=convention)
    assert "blank" not in solutions.split("<body>")[1].replace('class="blanks"', "")
    right = right_numbers(variants[0].exercise)
    exercise, precision = variants[0].exercise, Precision(decimals=assignment.decimals)
    numbers = (*exercise.theta, *exercise.x, *exercise.y)
    given = {format_number(abs(number), precision) for number in numbers}
    for quantity in asked_ids(assignment):
        text = format_number(abs(right[quantity]), Precision(decimals=assignment.decimals))
        assert text in texts(solutions) or f"−{text}" in texts(solutions)
        if text not in given:
            assert text not in texts(sheets)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nothing_on_a_sheet_is_written_as_in_a_program(name):
    shown = " ".join(texts(page(ASSIGNMENTS[name], with_answers=False)[1]))
    assert "^" not in shown
    assert not re.search(r"\(\d+, ?\d*\)", shown)
