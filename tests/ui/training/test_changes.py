"""Whatever a run depends on, a change of it has words: a button to undo is never empty."""

from dataclasses import fields, replace
from typing import Any

import pytest

from core.settings import Sampling, Segment, Settings
from ui.training.changes import describe_change
from ui.training.importing.records import Choices
from ui.training.state import TASKS, Chosen, Training, branched, substance

DATA: dict[str, Any] = {
    "name": "xor", "samples": 7, "noise": 0.25, "seed": 7, "train_share": 0.75, "features": ("x1",),
    "points": ((1.0, 2.0, 0),), "target": "y", "columns": ("a",), "standardize": False, "axes": ("a", "b"),
    "task": "regression", "example": True, "reading": Choices(header=False),
}  # fmt: skip
STATE: dict[str, Any] = {
    "data": Chosen("xor"), "hidden": (3,), "activation": "relu", "loss": "huber", "initializer": "he",
    "theta": (0.5,), "init_scale": 2.0, "seed": 7, "settings": Settings(learning_rate=0.5),
    "changes": (Segment(0, Settings(l2=0.5)),),
}  # fmt: skip
CHANGED = [
    *(Training(data=replace(Chosen(), **{field.name: DATA[field.name]})) for field in fields(Chosen)),
    *(
        replace(Training(), **{field.name: STATE[field.name]})
        for field in fields(Training)
        if field.name in STATE
    ),
]


@pytest.mark.parametrize("after", CHANGED, ids=str)
def test_every_change_of_what_a_run_depends_on_is_named(after):
    if substance(after) != substance(Training()):
        assert describe_change(Training(), after).what


def test_a_change_on_the_way_names_both_values_and_its_step():
    before = Training(steps=1000, at=400)
    after = branched(before, Segment(400, Settings(learning_rate=0.3)), 1000)
    change = describe_change(before, after)
    assert change.what == "η 0.1 → 0.3"
    assert change.sentence == "η 0.1 → 0.3 from step 400 on"


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        (Segment(400, Settings(), sampling=Sampling(0.25, 0.5)), "noise 0 → 0.25"),
        (Segment(400, Settings(), sampling=Sampling(0, 0.8)), "training fraction 0.5 → 0.8"),
        (Segment(400, Settings(), (("w1.2.1", 0.5),)), "w¹₂₁ as trained → 0.5"),
    ],
)
def test_samples_and_weights_that_change_on_the_way_are_named(chosen, what):
    before = Training(steps=1000, at=400)
    change = describe_change(before, branched(before, chosen, 1000))
    assert change.what == what
    assert change.sentence == f"{what} from step 400 on"


def test_what_nobody_had_chosen_is_not_named():
    for task, name in TASKS.items():
        after = replace(Training(), data=replace(Chosen(), task=task))
        assert describe_change(Training(), after).what == f"values of the target → {name}"
    assert describe_change(Training(), replace(Training(), loss="huber")).what == "loss → Huber"
    chosen = replace(Training(), loss="huber")
    assert describe_change(chosen, replace(chosen, loss="")).what == "loss Huber → the usual for this data"


def test_of_many_settings_the_button_has_their_number_and_the_sentence_their_names():
    before = Training(steps=100)
    after = branched(before, Segment(100, Settings(l1=0.5, l2=0.5, dropout=0.5)), 100)
    change = describe_change(before, after)
    assert change.what == "3 settings"
    assert change.sentence == "L1 0 → 0.5, L2 0 → 0.5, dropout 0 → 0.5 from step 100 on"
