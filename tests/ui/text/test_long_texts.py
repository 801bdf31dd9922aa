"""Texts far longer than anybody means: one short sentence that names the field, and at once."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from tests.ui.links.test_hostile_links import ONE_STEP, TRAINING
from ui.exercise import link as exercise_link
from ui.links.codec import Parameter
from ui.links.versions import RENAMES
from ui.one_step import link as one_step_link
from ui.questions import link as questions_link
from ui.text.matrices import parse_matrix
from ui.text.numbers import parse_number, quote
from ui.training import link as training_link
from ui.worked_examples import link as worked_examples_link

LENGTH = 5000
DIGITS = "9" * LENGTH
LONG = {
    "digits": DIGITS,
    "decimals": "0." + DIGITS,
    "a fraction": "1/" + DIGITS,
    "a fraction of digits": f"{DIGITS}/3",
    "an exponent": "1e" + DIGITS,
    "thousands": "1" + ",000" * LENGTH,
    "minus signs": "-" * LENGTH,
    "a list": "1_" * LENGTH,
    "points": "~" * LENGTH,
    "a run": "1~1-2_x1_" + DIGITS,
    "layers": "3-" * LENGTH,
    "names": "relu." * (LENGTH // 2),
    "letters": "a" * LENGTH,
    "other digits": "²" * LENGTH,
    "characters that cannot be seen": "\u202e" * LENGTH,
    "a pair with digits": f"{DIGITS}_{DIGITS}_1",
    "more than a link takes": "1" * 50_000,
}
PAGES: list[tuple[Callable[..., Any], str]] = [
    *((one_step_link.read, name) for name in [*ONE_STEP, "b1", "w2.1.1"]),
    *((training_link.read, name) for name in TRAINING),
    *((questions_link.read, name) for name in ("question", "x", "W1", "w2.1.1", "select", "digits")),
    (worked_examples_link.read, "example"),
    *((exercise_link.read, part.name) for part in exercise_link.CODEC.parts if isinstance(part, Parameter)),
]


def assert_sentence(text, *names):
    assert len(text) < 400
    assert text.endswith(".")
    assert "\n" not in text
    assert "conversion" not in text
    assert any(name.lower() in text.lower() for name in names)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_in_a_link_is_one_short_sentence(text):
    for read, name in PAGES:
        # Names of columns of somebody's table: only the data says whether they are.
        if name in ("target", "columns", "axes"):
            continue
        _, problems = read({name: [text]})
        for problem in problems:
            assert_sentence(
                problem, name.rstrip("s"), RENAMES["training"][1].names.get(name, name), "point", "input"
            )
        assert problems


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_in_a_box_is_one_short_sentence(text):
    with pytest.raises(ValueError) as refusal:
        parse_number(text, "Learning rate η", 0, above_low=True)
    assert_sentence(str(refusal.value), "Learning rate η")


@pytest.mark.parametrize(("text", "parse"), list(product(LONG.values(), ["hidden", "matrix"])))
def test_a_long_text_in_a_text_box_is_one_short_sentence(text, parse):
    with pytest.raises(ValueError) as refusal:
        training_link.parse_hidden(text, "Hidden layers") if parse == "hidden" else parse_matrix(
            text, "W1", (3, 2)
        )
    assert_sentence(str(refusal.value), "Hidden layers", "W1")


def test_a_number_of_many_digits_is_still_taken():
    assert parse_number("0." + "3" * 90, "x") == pytest.approx(1 / 3)
    assert parse_number("1/" + "3" * 90, "x") == pytest.approx(3e-90)


def test_what_cannot_be_seen_is_shown_by_its_number():
    assert quote("1\u202e2") == "“1\\u202e2”"
    assert quote("\x00\ud800") == "“\\x00\\ud800”"
    assert quote("👩\u200d💻 می\u200cخواهم") == "“👩\u200d💻 می\u200cخواهم”"
