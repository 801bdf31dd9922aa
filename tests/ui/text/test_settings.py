"""Changes of settings in a few words."""

from dataclasses import fields, replace
from typing import Any

import pytest

from core.optimizers import Rates
from core.settings import Segment, Settings
from ui.text.settings import becomes, changed, differences, was, weight_symbol

USUAL = Settings()


@pytest.mark.parametrize(
    ("change", "before", "after", "whole"),
    [
        ({"learning_rate": 0.3}, "η 0.1", "η → 0.3", "η 0.1 → 0.3"),
        ({"optimizer": "adam"}, "Gradient descent", "Adam", "Gradient descent → Adam"),
        (
            {"optimizer": "adam", "learning_rate": 0.01},
            "Gradient descent, η 0.1",
            "Adam, η → 0.01",
            "Gradient descent → Adam, η 0.1 → 0.01",
        ),
        ({"batch_size": 32}, "batch size 10", "batch size → 32", "batch size 10 → 32"),
        ({"clip": 1.0}, "clipping off", "clipping → 1", "clipping off → 1"),
        (
            {"l1": 0.5, "l2": 0.5, "dropout": 0.5},
            "L1 0, L2 0, dropout 0",
            "L1 → 0.5, L2 → 0.5, dropout → 0.5",
            "L1 0 → 0.5, L2 0 → 0.5, dropout 0 → 0.5",
        ),
        ({}, "", "", ""),
    ],
)
def test_a_change_is_said_in_a_few_words(change, before, after, whole):
    then, now = Segment(9, USUAL), Segment(9, replace(USUAL, **change))
    assert (was(then, now), becomes(then, now), changed(then, now)) == (before, after, whole)
    for words, text in ((was, before), (becomes, after), (changed, whole)):
        assert words(then, now, short=True) == ("3 settings" if len(change) > 2 else text)


@pytest.mark.parametrize(
    ("old", "new", "before", "after", "whole"),
    [
        ((), (("w1.2.1", 0.5),), "w¹₂₁ as trained", "w¹₂₁ → 0.5", "w¹₂₁ 0.31 → 0.5"),
        ((("b2.1", 0.5),), (), "b²₁ 0.5", "b²₁ → as trained", "b²₁ 0.5 → as trained"),
        ((("b2.1", 0.5),), (("b2.1", 2.0),), "b²₁ 0.5", "b²₁ → 2", "b²₁ 0.5 → 2"),
    ],
)
def test_a_weight_that_is_set_has_its_symbol(old, new, before, after, whole):
    then, now = Segment(9, USUAL, old), Segment(9, USUAL, new)
    assert (was(then, now), becomes(then, now), changed(then, now, {"w1.2.1": "0.31"})) == (
        before, after, whole,
    )  # fmt: skip


def test_the_symbol_of_a_weight_keeps_its_numbers_apart():
    assert [weight_symbol(name) for name in ("w1.2.1", "w2.12.3", "b1.10", "b3.4")] == [
        "w¹₂₁", "w²₁₂,₃", "b¹₁₀", "b³₄",
    ]  # fmt: skip


OTHER = Settings("adam", 0.5, 7, "cosine", 9, 0.25, Rates(), 0.5, 0.5, 0.5, 2.0, 9, False)
OTHER_RATES = Rates(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)


def test_every_setting_has_its_words():
    for field in fields(Settings):
        value: Any = OTHER_RATES if field.name == "rates" else getattr(OTHER, field.name)
        found = differences(USUAL, replace(USUAL, **{field.name: value}))
        assert len(found) == (len(fields(Rates)) if field.name == "rates" else 1), field.name
