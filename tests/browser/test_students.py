"""A student who makes each of the known mistakes, pastes the numbers, and reads what went wrong."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from core.examples import EXAMPLES
from core.exercise import Exercise
from core.mistake_table import MISTAKES, variants
from core.mistakes import diagnose
from core.network import Network
from tests.browser.cases import case
from tests.browser.harness import go_to
from tests.core.test_mistake_table import are_finite, numbers_under
from ui.check_working.link import CODEC
from ui.check_working.state import SHEET, CheckWorking
from ui.text.symbols import unbroken

pytestmark = pytest.mark.browser

SOFTMAX = Exercise(
    Network((2, 3), ("softmax",), "categorical_cross_entropy", bias=False),
    (0.1, -0.4, 0.3, 0.5, 0.2, -0.1),
    (0.8, -0.6),
    (0, 1, 0),
    0.1,
)
EXERCISES = (EXAMPLES["notebook"].exercise, EXAMPLES["mazur"].exercise, SOFTMAX)


def sheet_of(exercise, variant):
    """Return the numbers of a step under a mistake as they are pasted, None where it makes no difference."""
    numbers = numbers_under(exercise, variant)
    texts = {name: f"{number:.8g}" for name, number in numbers.items() if not name.startswith("minus_")}
    if not are_finite(numbers):
        return None
    named = {mistake for verdict in diagnose(exercise, texts) for mistake in verdict.mistakes}
    if named != {*variant.mistakes}:
        return None
    return "\n".join(f"{name} = {text}" for name, text in texts.items())


def students():
    """Yield each mistake with the first exercise in which it is told from all others, and the sheet."""
    for mistake in MISTAKES:
        yield next(
            (place, mistake, sheet)
            for place, exercise in enumerate(EXERCISES)
            for variant in variants(exercise.network)
            if variant.mistakes == (mistake,)
            for sheet in [sheet_of(exercise, variant)]
            if sheet
        )


def test_a_student_makes_each_mistake_and_reads_its_name(open_page):
    cases = sorted(students())
    at_first = "z1.1 = 0.24"
    queries = [
        urlencode(CODEC.write(CheckWorking(start=exercise, sheet=at_first, group=SHEET)))
        for exercise in EXERCISES
    ]
    page = open_page(queries[0], path="check_working", ready="table.audit")
    shown = 0
    field = page.get_by_role("textbox", name="Paste your numbers")
    for place, mistake, sheet in cases:
        if place != shown:
            go_to(page, queries[place])
            expect(field).to_have_value(at_first)
            shown = place
        field.fill(sheet)
        field.press("Control+Enter")
        with case(place, mistake):
            lit = page.locator("table.audit tr.lit")
            expect(lit).to_contain_text(unbroken(MISTAKES[mistake].sentence))
