"""A guess is read in the browser as Python reads what is typed into the other boxes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text.numbers import parse_number

TEXTS = ["0.5", "0,5", "-1e-3", "−0.000708", "1/3", " 2 / 4 ", ".5", "5.", "+1", "1,000", "1e400", "1/0", ""]
TEXTS += ["abc", "1/2/3", "0x10", "١", "1 2", "--1", "1e", "NaN", "Infinity"]


def read(text):
    """Return the number that Python reads, None where it reads none."""
    try:
        return parse_number(text, "Guess", -1e300, 1e300)
    except ValueError:
        return None


def test_both_read_the_same(run_javascript):
    found = run_javascript("read_guesses.js", TEXTS)
    expected = [read(text) for text in TEXTS]
    assert [number is None for number in found] == [number is None for number in expected]
    assert list(filter(None, found)) == pytest.approx(list(filter(None, expected)), rel=1e-15)
    assert len(list(filter(None, found))) > 8


def test_whatever_is_typed_both_read_the_same(run_javascript):
    texts = []

    @given(st.text("0123456789.,/eE+-− ", max_size=10))
    def collect(text):
        texts.append(text)

    collect()
    for text, number in zip(texts, run_javascript("read_guesses.js", texts), strict=True):
        expected = read(text)
        if number is None or expected is None:
            # Of what is out of range the browser has no bounds of its own.
            assert number == expected or abs(number) > 1e300, text
        else:
            assert math.isclose(number, expected, rel_tol=1e-14), text
