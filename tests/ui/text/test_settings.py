"""Changes of settings in a few words."""

from dataclasses import fields, replace
from typing import Any

import pytest

from core.optimizers import Rates
from core.settings import Settings
from ui.text.settings import becomes, changed, differences, was

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
    now = replace(USUAL, **change)
    assert (was(USUAL, now), becomes(USUAL, now), changed(USUAL, now)) == (before, after, whole)
    for words, text in ((was, before), (becomes, after), (changed, whole)):
        assert words(USUAL, now, short=True) == ("3 settings" if len(change) > 2 else text)


OTHER = Settings("adam", 0.5, 7, "cosine", 9, 0.25, Rates(), 0.5, 0.5, 0.5, 2.0, 9, False)
OTHER_RATES = Rates(0.5, 0.5, 0.5, 0.5, 0.5, 0.5)


def test_every_setting_has_its_words():
    for field in fields(Settings):
        value: Any = OTHER_RATES if field.name == "rates" else getattr(OTHER, field.name)
        found = differences(USUAL, replace(USUAL, **{field.name: value}))
        assert len(found) == (len(fields(Rates)) if field.name == "rates" else 1), field.name
