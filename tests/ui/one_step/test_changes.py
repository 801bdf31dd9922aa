"""What a change is called, for every kind of change."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from core.history import History, replay
from ui.one_step import link
from ui.one_step.changes import describe_branch, describe_change, without_moves
from ui.one_step.state import OneStep
from ui.text.numbers import Precision


def change(before, after):
    old, new = (link.read(parse_qs(query))[0] for query in (before, after))
    earlier, later = (replay(state.start, state.history).exercise for state in (old, new))
    return describe_change(old, earlier, new, later)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "w1.1.1=0.7", "weight x1→h1 0.500000 → 0.700000"),
        ("", "eta=2", "learning rate η 0.500000 → 2.00000"),
        ("", "w1.1.1=0.7&x=0.25_0.1_-0.2", "input x1 0.500000 → 0.250000, weight x1→h1 0.500000 → 0.700000"),
        ("", "x=1_2_3", "3 numbers"),
        ("", "run=1", "1 step"),
        ("run=10", "run=110", "100 steps"),
        ("run=30&at=0", "run=30~0-0_w1.1.1_0.7", "weight x1→h1 0.500000 → 0.700000 at step 0"),
        ("run=30", "", "30 steps (reset)"),
        ("", "loss=huber", "loss Half squared error → Huber"),
        ("", "f=tanh.sigmoid", "activation of layer 1 Sigmoid → Tanh"),
        ("", "net=3-4-1", "layers 3-2-1 → 3-4-1"),
        ("", "bias=trained", "biases none → trained"),
        ("", "seed=3", "weights drawn by seed 3"),
        ("", "init=he", "the initializer"),
    ],
)
def test_a_change_is_named_by_what_was_before_and_after(before, after, words):
    described = change(before, after)
    assert described.sentence == words
    # What Undo shows; its name begins with the same words.
    assert described.sentence.startswith(described.what)
    assert len(described.what) < len("activation of layer 12")


def test_moves_and_views_are_no_changes():
    state = OneStep(history=History().advance(10))
    moved = replace(state, history=state.history.seek(3), view=replace(state.view, color="weight", digits=9))
    assert without_moves(moved) == without_moves(state)
    assert without_moves(replace(state, history=state.history.advance(1))) != without_moves(state)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (History().advance(10), None),
        (History().advance(10).change((("x1", 2.0),)), None),
        (History().advance(10).seek(4).change((("x1", 2.0),)), "input x1 became 2.00000 at step 4"),
        (
            History().advance(10).seek(4).change((("x1", 2.0), ("eta", 0.5))),
            "input x1 became 2.00000 and learning rate η became 0.500000 at step 4",
        ),
        (
            History().advance(10).seek(4).change((("x1", 2.0),)).advance(3).change((("y", 0.5),)),
            "input x1 became 2.00000 at step 4",
        ),
    ],
)
def test_a_faint_curve_is_named_by_the_change_that_left_it(run, words):
    assert describe_branch(run, OneStep().start, Precision()) == words
