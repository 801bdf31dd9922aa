"""The printed solution: every equation of a step is there, as MathML with the numbers of its LaTeX."""

import re
from math import isclose
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import EXAMPLES
from core.exercise import quantities
from tests.core.strategies import exercises
from tests.ui.export.test_step_cells import every_kind
from ui.export.solution import solution_page
from ui.text.code import step_lines
from ui.text.conventions import CONVENTIONS
from ui.text.latex import number_rows
from ui.text.mathml import mathml_pieces
from ui.text.numbers import MINUS, Precision, exact_on_screen
from ui.text.written import as_written

DIGITS = Precision(6)
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def texts(piece):
    return "".join(ElementTree.fromstring(piece).itertext())  # noqa: S314


def check(exercise, convention):
    page = solution_page(exercise, convention, DIGITS)
    compared = 0
    for formula, _ in step_lines(exercise, convention):
        if formula.left.name == "da" and formula.left.layer == 0:
            continue
        for row in number_rows(as_written(formula, convention), exercise, convention, DIGITS):
            pieces = mathml_pieces(row)
            assert " ".join(pieces) in page
            elements = [each for piece in pieces for each in ElementTree.fromstring(piece).iter("mn")]  # noqa: S314
            written = re.sub(r"\\text\{[^}]*\}", "", row)
            assert [each.text for each in elements] == NUMBER.findall(written), row
            compared += 1
    return compared


@pytest.mark.parametrize("name", CONVENTIONS)
def test_every_kind_has_its_equations_with_their_numbers(name):
    for _, exercise in every_kind():
        assert check(exercise, CONVENTIONS[name])


@given(exercises(), st.sampled_from(list(CONVENTIONS.values())))
def test_any_exercise_has_its_equations(exercise, convention):
    check(exercise, convention)


def test_an_equation_breaks_between_its_parts_and_nowhere_else():
    pieces = mathml_pieces(r"z_{h_{1}} &= x_{1} \cdot w + \left(-0.2\right) \cdot 0.1 \approx -0.46")
    assert [texts(piece) for piece in pieces] == [
        "zh1",
        "=x1·w",
        f"+({MINUS}0.2)·0.1",
        f"≈{MINUS}0.46",
    ]


@pytest.mark.parametrize("latex", [r"\unknown{a}", r"\frac{a}", r"\text a", "a # b"])
def test_what_the_program_does_not_write_is_refused(latex):
    with pytest.raises(ValueError, match=r"formula|words"):
        mathml_pieces(latex)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_network_is_drawn_with_the_numbers_that_are_given(name):
    exercise = EXAMPLES[name].exercise
    (drawing,) = re.findall(r"<svg.*?</svg>", solution_page(exercise, CONVENTIONS["rows"], DIGITS), re.DOTALL)
    shown = [each.text or "" for each in ElementTree.fromstring(drawing).iter("text")]  # noqa: S314
    for quantity in quantities(exercise.network):
        if quantity.kind != "eta":
            assert any(exact_on_screen(exercise.value(quantity)) in text for text in shown)


def test_the_page_stands_alone():
    exercise = EXAMPLES["notebook"].exercise
    page = solution_page(exercise, CONVENTIONS["rows"], DIGITS)
    assert isclose(
        float(re.findall(r"L = ([\d.]+)", page)[0]), float(exercise.step().loss_after), rel_tol=1e-5
    )
    assert not re.search(r"<script|src=|href=|https?:", page)
    assert "$" not in page
