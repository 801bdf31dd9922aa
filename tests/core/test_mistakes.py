"""Verdicts on single numbers by the digits given, and texts that are no numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.answers import SheetLayout
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities_by_id
from core.mistakes import MISTAKES, diagnose
from tests.core.strategies import exercises

NOTEBOOK = DEFAULT_EXAMPLE.exercise


def verdict(quantity, text, **others):
    """Return the verdict on one number, typed beside others whose ids are written with underscores."""
    answers = {name.replace("_", "."): other for name, other in others.items()} | {quantity: text}
    return next(v for v in diagnose(NOTEBOOK, answers) if v.quantity == quantity).verdict


@pytest.mark.parametrize(
    ("quantity", "text", "expected"),
    [
        ("z1.1", "0.24", "exact"),
        ("z1.1", "0.24000", "exact"),
        ("z1.1", "0,24", "exact"),
        ("z1.1", "+2.4e-1", "exact"),
        ("z1.1", "6/25", "exact"),
        ("z1.1", "–0,46 / −2", "wrong"),
        ("z1.2", "-23/50", "exact"),
        ("z1.2", "\N{MINUS SIGN}0.46", "exact"),
        ("z2.1", "-0.06012438223148006", "exact"),
        ("z2.1", "-0.0601", "rounded"),
        ("z2.1", "-6.01E-02", "rounded"),
        ("a2.1", "0.485", "rounded"),
        ("a2.1", "0.5", "rounded"),
        # Cut off: rounded it is 0.4850.
        ("a2.1", "0.4849", "rounded"),
        ("a2.1", "0.4848", "wrong"),
        ("a2.1", "0.47", "wrong"),
        ("a2.1", "0.4849734", "rounded"),
        ("a2.1", "0.484973435", "noise"),
        ("a2.1", "0.48497346", "noise"),
        ("a2.1", "0.4849745", "wrong"),
        ("delta1.1", "-0.001", "rounded"),
        ("delta1.1", "0", "wrong"),
        # None of its digits is left.
        ("a2.1", "0", "wrong"),
        ("a1.1", "1", "wrong"),
        ("error1", "0.1", "rounded"),
        ("delta2.1", "0.0", "wrong"),
        ("minus_da1.2", "-0.01", "wrong"),
        ("delta1.1", "0.00", "wrong"),
        ("delta1.1", "0.0", "wrong"),
        ("step.w1.2.1", "0.000", "rounded"),
        ("error1", "0.115026569150075", "exact"),
        ("minus_delta2.1", "0.028730669543515018", "exact"),
        ("delta2.1", "-0.0287306695", "rounded"),
        ("minus_da1.2", "-0.0086192", "rounded"),
        ("minus_dw2.1.1", "0.016080947896", "rounded"),
        ("after.w2.1.1", "0.10804", "rounded"),
        ("loss", "0.0066", "rounded"),
        ("loss_after", "0.00642", "rounded"),
    ],
)
def test_a_number_is_judged_by_its_digits(quantity, text, expected):
    assert verdict(quantity, text) == expected


def test_a_half_is_rounded_either_way():
    # a = 0.125 and 0.375 exactly.
    relu = EXAMPLES["relu"].exercise.with_values(
        [("x1", 1.0), ("x2", 0.0), ("w1.1.1", 0.125), ("b1.1", 0.0), ("w1.1.2", 0.375), ("b1.2", 0.0)]
    )
    for typed in ("0.12", "0.13"):
        assert diagnose(relu, {"a1.1": typed})[0].verdict == "rounded"
    for typed in ("0.37", "0.38"):
        assert diagnose(relu, {"a1.2": typed})[0].verdict == "rounded"


def test_exact_zeros_are_exact_and_what_a_sum_leaves_of_them_is_noise():
    dead = EXAMPLES["relu"].exercise.with_values([("b1.2", -1.0)])
    for typed, expected in (("0", "exact"), ("-0.0", "exact"), ("0.000", "exact"), ("5.55e-17", "noise")):
        assert diagnose(dead, {"delta1.2": typed})[0].verdict == expected


def test_what_comes_out_of_rounded_numbers_is_carried():
    # 0.1 · 0.56 − 0.3 · 0.387 = −0.0601, where the unrounded sum is −0.060124.
    assert verdict("z2.1", "-0.0601", a1_1="0.56", a1_2="0.387") == "rounded"
    assert verdict("z2.1", "-0.06010", a1_1="0.56", a1_2="0.387") == "carried"
    # Where they were not typed they may be those: with as many digits it is not off by more.
    assert verdict("z2.1", "-0.06010") == "carried"
    assert verdict("z2.1", "-0.060100") == "wrong"
    assert verdict("a2.1", "0.4848") == "wrong"


def test_what_comes_out_of_a_wrong_number_follows():
    # σ(0.34) = 0.58419; 0.1 · 0.58419 − 0.3 · 0.38699 = −0.05768.
    answers = {"z1.1": "0.34", "a1.1": "0.58419", "a1.2": "0.38699", "z2.1": "-0.05768", "a2.1": "0.4856"}
    judged = {v.quantity: v for v in diagnose(NOTEBOOK, answers)}
    assert [v.verdict for v in judged.values()] == ["wrong", "follows", "rounded", "follows", "follows"]
    assert judged["a1.1"].expected == pytest.approx(0.559713649267)
    assert judged["a1.1"].own == pytest.approx(0.58419, abs=1e-5)
    assert judged["a1.1"].given == 0.58419


def test_what_follows_from_a_rounded_wrong_number_may_come_of_more_digits_of_it():
    # 0.1 · 0.598688 − 0.3 · 0.386986 = −0.056227, where a = σ(0.4) = 0.598688 is written as 0.60.
    answers = {"a1.1": "0.60", "a1.2": "0.386986", "z2.1": "-0.056227"}
    assert [v.verdict for v in diagnose(NOTEBOOK, answers)] == ["wrong", "rounded", "follows"]
    assert [v.verdict for v in diagnose(NOTEBOOK, answers | {"z2.1": "-0.0590"})][-1] == "wrong"


def test_every_slip_that_does_not_follow_is_wrong():
    answers = {"z1.1": "0.34", "a1.1": "0.62", "z1.2": "-0.46", "loss": "0.7"}
    assert [v.verdict for v in diagnose(NOTEBOOK, answers)] == ["wrong", "exact", "wrong", "wrong"]


def test_a_second_mistake_is_named_where_it_shows_first():
    answers = {
        "minus_delta2.1": "0.11502657",
        "dw2.1.1": "-0.06438194",
        "step.w2.1.1": "0.06438194",
    }
    judged = diagnose(NOTEBOOK, answers)
    assert [v.verdict for v in judged] == ["wrong", "follows", "wrong"]
    assert [v.mistakes for v in judged] == [("slope_forgotten_output",), (), ("learning_rate_forgotten",)]


def test_too_few_digits_name_nothing():
    (judged,) = diagnose(NOTEBOOK, {"step.w2.1.1": "0.03"})
    assert (judged.verdict, judged.mistakes) == ("wrong", ())


def test_a_number_that_no_mistake_leads_to_names_nothing():
    for digits in range(3, 10):
        (judged,) = diagnose(NOTEBOOK, {"step.w2.1.1": f"{0.0987654321:.{digits}g}"})
        assert (judged.verdict, judged.mistakes) == ("wrong", ())


def test_float32_arithmetic_is_noise():
    step = NOTEBOOK.step()
    sheet = {
        "a1.1": step.trace.a[1][0, 0],
        "a2.1": step.trace.a[2][0, 0],
        "delta2.1": step.gradient.delta[1][0, 0],
        "dw2.1.1": step.gradient.theta[6],
    }
    answers = {name: f"{np.float32(value) * np.float32(1.0000002):.9g}" for name, value in sheet.items()}
    assert {v.verdict for v in diagnose(NOTEBOOK, answers)} == {"noise"}


@given(exercises(), st.data())
def test_verdicts_come_in_the_order_of_the_pass_whatever_the_order_typed(exercise, data):
    names = list(SheetLayout(exercise.network).columns)
    typed = data.draw(st.lists(st.sampled_from(names), unique=True))
    texts = {name: data.draw(st.sampled_from(["0", "-0.5", "0,31", "1e-3"])) for name in typed}
    judged = diagnose(exercise, texts)
    assert [v.quantity for v in judged] == sorted(typed, key=names.index)
    for v in judged:
        assert set(v.mistakes) <= set(MISTAKES)
        assert v.verdict == "wrong" or not v.mistakes
    assert diagnose(exercise, dict(reversed(texts.items()))) == judged


def test_ids_are_those_of_the_exercise():
    for example in EXAMPLES.values():
        network = example.exercise.network
        parameters = [name for name, q in quantities_by_id(network).items() if q.kind in "wb"]
        columns = SheetLayout(network).columns
        for name in parameters:
            assert {f"d{name}", f"minus_d{name}", f"step.{name}", f"after.{name}"} <= set(columns)
        units = [
            f"{layer}.{unit + 1}" for layer, n in enumerate(network.widths) if layer for unit in range(n)
        ]
        for name in ("z", "a", "da", "delta", "minus_da", "minus_delta"):
            assert [
                column for column in columns if column.startswith(name) and column[len(name)].isdigit()
            ] == (
                [f"{name}{unit}" for unit in units]
                if name in "za"
                else [f"{name}{unit}" for unit in sorted(units, key=lambda u: -int(u.split(".")[0]))]
            )


def test_nothing_typed_has_no_verdict():
    assert diagnose(NOTEBOOK, {}) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "z1.1 is empty; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("  ", "z1.1 is empty; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("half", "z1.1 got “half”; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("nan", "z1.1 got “nan”; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("1e999", "z1.1 got “1e999”; it takes a number up to 1e308."),
        ("1,234", "z1.1 got “1,234”, which can be read in two ways; write 1234 or a point."),
        ("0.5 0.6", "z1.1 got “0.5 0.6”; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("1/2/3", "z1.1 got “1/2/3”; it takes a number such as 0.5, 0,5 or 1e-3."),
        ("1/0", "z1.1 got “1/0”; a number cannot be divided by 0."),
        ("1" * 101, f"z1.1 got “{'1' * 40}…”; it takes a number of up to 100 characters."),
        ("\u202e1", "z1.1 got “\N{REPLACEMENT CHARACTER}1”; it takes a number such as 0.5, 0,5 or 1e-3."),
    ],
)
def test_a_text_that_is_no_number_is_refused_by_name(text, message):
    with pytest.raises(ValueError) as refused:
        diagnose(NOTEBOOK, {"z1.2": "-0.46", "z1.1": text})
    assert str(refused.value) == message


@pytest.mark.parametrize(
    "name", ["z3.1", "z1", "w1.1.1", "b1.1", "db1.1", "step.b1.1", "error2", "", "da0.1"]
)
def test_a_quantity_that_is_none_of_the_network_is_refused(name):
    with pytest.raises(ValueError, match=f"“{name}” is no quantity of a 3-2-1 network"):
        diagnose(NOTEBOOK, {name: "0.5"})
