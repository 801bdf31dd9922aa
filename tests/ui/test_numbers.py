import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from ui.numbers import align, exact, parse_number, parse_quantity, quote, significant

finite = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (",5", 0.5),
        ("-.25", -0.25),
        ("−2", -2.0),
        ("+3", 3.0),
        ("1e-3", 0.001),
        ("1,5E2", 150.0),
        (" 7 ", 7.0),
        ("1/3", 1 / 3),
        ("-2 / 7", -2 / 7),
        ("0,1/0.3", 1 / 3),
        ("5.", 5.0),
        ("1e-400", 0.0),
    ],
)
def test_reads_numbers_as_people_write_them(text, number):
    assert parse_number(text, "x1") == number


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "nan",
        "inf",
        "-inf",
        "1e308",
        "1e999999",
        "1/0",
        "0/0",
        "1/2/3",
        "1_000",
        "0x10",
        "--1",
        "1 2",
        "1e5e5",
        "٣",
        "1/1e-320",
        "<b>1</b>",
        "/",
        "1/",
        ".",
    ],
)
def test_refuses_what_is_no_number_in_range_and_says_what_came(text):
    with pytest.raises(ValueError) as refusal:
        parse_number(text, "Input x1")
    message = str(refusal.value)
    assert message.startswith("Input x1 got “")
    assert text[:10] in message
    assert "-1000000 to 1000000" in message
    assert len(message) < 160


@pytest.mark.parametrize("text", ["1,000", "-12,345,678", "1,125"])
def test_a_comma_that_can_be_read_in_two_ways_is_asked_about(text):
    with pytest.raises(ValueError, match="can be read in two ways"):
        parse_number(text, "x1")
    assert parse_number("0,125", "x1") == 0.125


def test_an_empty_text_is_called_empty():
    with pytest.raises(ValueError, match="Input x1 is empty; it takes a number"):
        parse_number("  ", "Input x1")


@given(finite)
def test_exact_reads_back_to_the_same_float(number):
    assert parse_number(exact(number), "x") == number


@given(finite, st.integers(4, 17))
def test_significant_digits_are_as_many_as_asked_for(number, digits):
    text = significant(number, digits)
    assert float(text) == pytest.approx(number, rel=10.0 ** (1 - digits), abs=0)
    mantissa = text.split("e")[0].lstrip("-0.").replace(".", "")
    assert len(mantissa) <= digits


def test_seventeen_digits_tell_every_float_apart():
    assert float(significant(0.1 + 0.2, 17)) == 0.1 + 0.2
    assert significant(0.5, 17) == "0.5"


def test_what_is_not_finite_is_called_overflow():
    assert significant(math.inf, 6) == significant(math.nan, 6) == "overflow"


@given(st.lists(finite, min_size=1, max_size=8), st.integers(4, 17))
def test_aligned_numbers_have_their_points_below_one_another(numbers, digits):
    texts = align([significant(number, digits) for number in numbers])
    assert len({len(text) for text in texts}) == 1
    ends = {len(text.split("e")[0].split(".")[0].rstrip()) for text in texts}
    assert len(ends) == 1


def test_learning_rate_must_be_positive_and_targets_fit_the_loss():
    exercise = DEFAULT_EXAMPLE.exercise
    eta = quantities(exercise.network)[-1]
    with pytest.raises(ValueError, match=r"Learning rate η got “0”; it takes a number above 0"):
        parse_quantity("0", exercise, eta)
    logistic = replace(exercise, network=replace(exercise.network, loss="binary_cross_entropy"))
    target = quantities(logistic.network)[-2]
    with pytest.raises(ValueError, match=r"Target y got “1.5”; it takes a number from 0 to 1"):
        parse_quantity("1.5", logistic, target)
    assert parse_quantity("1.5", EXAMPLES["relu"].exercise, target) == 1.5


def test_quote_keeps_a_message_on_one_line():
    assert quote("a\nb") == "“a b”"
    assert len(quote("x" * 1000)) < 50
