import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from ui.text.numbers import (
    MINUS,
    Precision,
    align,
    exact,
    format_column,
    format_number,
    parse_number,
    parse_quantity,
    quote,
)

finite = st.floats(-1e6, 1e6)

# The JavaScript is tested over the same file.
CASES = json.loads((Path(__file__).parents[2] / "cases/numbers.json").read_text(encoding="utf-8"))


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
    assert "−1000000 to 1000000" in message
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


@pytest.mark.parametrize("case", CASES["exact"], ids=lambda case: case["value"])
def test_every_digit_is_written_in_the_shortest_way(case):
    assert exact(float(case["value"])) == case["text"]


@pytest.mark.parametrize(
    "case", CASES["numbers"], ids=lambda case: "{value}-{digits}-{decimals}".format(**case)
)
def test_numbers_are_written_by_the_one_rule(case):
    precision = Precision(case["digits"], case["decimals"])
    assert format_number(float(case["value"]), precision) == case["text"]


@pytest.mark.parametrize("case", CASES["columns"], ids=lambda case: ",".join(case["values"]))
def test_numbers_of_a_column_have_one_notation(case):
    precision = Precision(case["digits"], case["decimals"])
    assert format_column(map(float, case["values"]), precision) == case["texts"]


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 17))
def test_a_number_has_the_chosen_digits_and_is_the_nearest_with_so_many(number, digits):
    text = format_number(number, Precision(digits)).replace(MINUS, "-")
    exponent = Decimal(text).adjusted() - digits + 1
    assert abs(Decimal(text) - Decimal(number)) <= Decimal(5).scaleb(exponent - 1)
    shown = text.split("e")[0].lstrip("-0.").replace(".", "")
    assert number == 0 or len(shown) >= digits
    assert ("e" in text) == (number != 0 and not Decimal("1e-4") <= abs(Decimal(text)) < 10**6)


@given(st.floats(-1e7, 1e7), st.integers(0, 15))
def test_a_number_has_the_chosen_decimals(number, decimals):
    text = format_number(number, Precision(decimals=decimals)).replace(MINUS, "-")
    mantissa = text.split("e")[0]
    assert len(mantissa.partition(".")[2]) == decimals
    assert ("e" in text) == (abs(Decimal(text)) >= 10**6)
    if "e" not in text:
        assert abs(Decimal(text) - Decimal(number)) <= Decimal(5).scaleb(-decimals - 1)


@given(st.lists(st.floats(), min_size=1, max_size=6), st.integers(4, 17))
def test_a_column_is_all_decimal_or_all_scientific(numbers, digits):
    texts = [text for text in format_column(numbers, Precision(digits)) if text not in ("overflow", "0")]
    assert len({"e" in text for text in texts}) <= 1


def test_javascript_writes_numbers_in_the_same_way(run_javascript):
    rng = np.random.default_rng(7)
    numbers = (rng.uniform(-1, 1, 3000) * 10.0 ** rng.integers(-12, 12, 3000)).tolist()
    # Halves, which round away from zero: 16 bits behind the point are exact.
    numbers += (rng.integers(-(2**20), 2**20, 3000) / 2.0 ** rng.integers(0, 16, 3000)).tolist()
    digits = rng.integers(1, 18, len(numbers)).tolist()
    decimals = [None if count > 15 else count for count in rng.integers(0, 30, len(numbers)).tolist()]
    precisions = [Precision(*pair) for pair in zip(digits, decimals, strict=True)]
    sent = [
        {"value": number, **precision._asdict()}
        for number, precision in zip(numbers, precisions, strict=True)
    ]
    expected = [
        [format_number(number, precision), exact(number)]
        for number, precision in zip(numbers, precisions, strict=True)
    ]
    assert run_javascript("format_numbers.js", sent) == expected


@given(st.lists(st.floats(), min_size=1, max_size=8), st.integers(4, 17))
def test_aligned_numbers_have_their_points_below_one_another(numbers, digits):
    texts = align(format_column(numbers, Precision(digits)))
    assert len({len(text) for text in texts}) == 1
    heads = [text for text in texts if "overflow" not in text]
    assert len({len(re.split("[.e]", text)[0].rstrip()) for text in heads}) <= 1


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
