"""The numbers that sources print: which of them are right, and what is found about the others."""

from decimal import Decimal

import pytest

from core.examples import EXAMPLES
from core.mistakes import MISTAKES
from core.published import Printed, PublishedSheet, check_sheet, led_to, parts_of_step
from core.published_numbers import PUBLISHED

SHEETS = [(name, sheet) for name, sheets in PUBLISHED.items() for sheet in sheets]
# All that is not simply right, by what the source calls it.
FINDINGS = {
    ("mazur", "∂E_o2/∂out_h1"): "noise",
    ("mazur", "E_total after the step"): "wrong",
    ("relu", "h_out"): "cut off",
    ("han", "Err_6"): "carried",
}


def found(name, printed):
    """Return what is found about a printed number of an example."""
    each = [row for of, sheet in SHEETS if of == name for row in check_sheet(sheet)]
    return next(row.verdict for row in each if row.printed.text == printed)


def test_every_example_has_its_published_numbers():
    assert list(PUBLISHED) == list(EXAMPLES)
    for name, sheets in PUBLISHED.items():
        assert sheets[0].exercise == EXAMPLES[name].exercise or name == "xor"


def test_only_what_is_known_to_differ_does():
    differing = {}
    for name, sheet in SHEETS:
        for printed, verdict in check_sheet(sheet):
            kind = "cut off" if verdict.is_cut_off else verdict.verdict
            if kind not in ("exact", "rounded"):
                differing[name, printed.name] = kind
    assert differing == FINDINGS


@pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=lambda part: getattr(part, "title", part))
def test_what_is_right_agrees_to_half_a_unit_of_the_last_printed_digit(name, sheet):
    rows = check_sheet(sheet)
    assert [row.printed for row in rows] == list(sheet.printed)
    for printed, verdict in rows:
        if verdict.verdict in ("exact", "rounded") and not verdict.is_cut_off:
            half_a_unit = 0.5 * 10.0 ** int(Decimal(printed.text).as_tuple().exponent)
            assert float(printed.text) == pytest.approx(
                verdict.expected, rel=1e-12, abs=half_a_unit * (1 + 1e-9)
            )


def test_mazurs_loss_after_the_step_comes_of_hidden_deltas_from_updated_weights():
    verdict = found("mazur", "0.291027924")
    assert verdict.mistakes == ("updated_weights",)
    assert verdict.expected == pytest.approx(0.29102777369359933, rel=1e-12)
    sheet = PUBLISHED["mazur"][0]
    (printed,) = [row for row in sheet.printed if row.text == "0.291027924"]
    assert led_to(sheet, printed, "updated_weights") == pytest.approx(0.29102792391, abs=5e-12)
    assert "updated" in MISTAKES["updated_weights"].sentence


def test_hans_error_term_is_a_rounding_that_was_carried_on():
    verdict = found("han", "0.1311")
    # 0.474 · (1 − 0.474) · (1 − 0.474)
    assert verdict.own == pytest.approx(0.474 * 0.526 * 0.526)
    assert verdict.expected == pytest.approx(0.131169078214, rel=1e-9)


def test_the_parts_of_a_step_are_those_of_its_chain_rule():
    exercise = EXAMPLES["mazur"].exercise
    step, parts = exercise.step(), parts_of_step(exercise)
    assert parts["loss.1"] + parts["loss.2"] == pytest.approx(float(step.loss))
    for unit in (1, 2):
        sent = parts[f"back2.{unit}.1"] + parts[f"back2.{unit}.2"]
        assert sent == pytest.approx(step.gradient.da[1][0, unit - 1])
        delta = sent * parts[f"slope1.{unit}"]
        assert delta == pytest.approx(step.gradient.delta[0][0, unit - 1])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.186815602", "rounded"),
        ("0.186815603", "noise"),
        ("0.18681", "cut off"),
        ("0.187", "rounded"),
        ("0.2", "rounded"),
        ("0.18", "wrong"),
    ],
)
def test_a_part_of_a_step_is_judged_by_its_digits(text, kind):
    sheet = PublishedSheet("", EXAMPLES["mazur"].exercise, (Printed("", text, "slope2.1"),))
    (row,) = check_sheet(sheet)
    assert kind == ("cut off" if row.verdict.is_cut_off else row.verdict.verdict)


def test_an_id_that_stands_for_nothing_is_refused_with_its_name():
    sheet = PublishedSheet("", EXAMPLES["xor"].exercise, (Printed("", "1", "z7.1"),))
    with pytest.raises(ValueError, match=r"z7\.1"):
        check_sheet(sheet)
