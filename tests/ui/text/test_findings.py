"""A sentence about a checked number is true of its verdict."""

from dataclasses import replace

import pytest

from core.examples import EXAMPLES
from core.mistakes import diagnose
from ui.text.findings import finding

NOTEBOOK = EXAMPLES["notebook"].exercise
# What is typed, the last of which is looked at, the verdict on it, and words of its sentence.
CASES = [
    ({"z2.1": "-0.0601244"}, "rounded", ""),
    ({"z2.1": "-0.06012438"}, "rounded", ""),
    ({"z2.1": "-0.0601243"}, "rounded", "is cut off, not rounded: it is −0.0601243822."),
    (
        {"a1.1": "0.56", "a1.2": "0.39", "z2.1": "-0.061"},
        "carried",
        "lead to −0.061, with all digits to −0.060124.",
    ),
    ({"z2.1": "-0.0602"}, "carried", "on: with all digits it is −0.0601244."),
    ({"a1.1": "0.66", "z2.1": "-0.0501"}, "follows", "from a number before it that differs"),
    ({"z2.1": "-0.0909"}, "wrong", "No known mistake leads to it."),
]


@pytest.mark.parametrize(("typed", "verdict", "words"), CASES)
def test_the_sentence_is_true_of_the_verdict(typed, verdict, words):
    found = {each.quantity: each for each in diagnose(NOTEBOOK, typed)}["z2.1"]
    assert found.verdict == verdict
    assert words in finding("z", typed["z2.1"], found)
    assert bool(words) == bool(finding("z", typed["z2.1"], found))


def test_mistakes_that_it_takes_together_are_named_as_two():
    (verdict,) = diagnose(NOTEBOOK, {"z2.1": "-0.0909"})
    explanations = (("sign_flipped",), ("bias_left_out", "updated_weights"))
    words = finding("z", "-0.0909", replace(verdict, explanations=explanations))
    assert (
        "−0.0601244. The sign is flipped. Or: Two mistakes together: The bias is left out of z. The" in words
    )
