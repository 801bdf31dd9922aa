"""The next steps of a run that is trained on while it is watched."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.pieces import finish
from ui.limits import MAX_PIECE_BYTES, MAX_RUN_FILM_BYTES
from ui.training.data import load
from ui.training.film import build_film, player_run
from ui.training.next_steps import NEXT_KEY_FRAMES, marks_behind, next_piece
from ui.training.run import begin
from ui.training.shown import show
from ui.training.state import Chosen, Training


@pytest.mark.parametrize("most", [1, 2, 7, NEXT_KEY_FRAMES])
def test_a_piece_has_as_many_steps_as_were_requested(most):
    for steps in range(1, 3000):
        marks = marks_behind(676, steps, most)
        assert marks[-1] == 676 + steps
        assert len(marks) == min(steps, most)
        assert len(set(marks)) == len(marks)
        assert min(marks) > 676


def piece_of(state, steps):
    """The first piece of a run, as it is sent."""
    data = load(state.data, None)
    history = begin(state, data)
    shown = finish(show(state, data, history))
    film: Any = finish(build_film(state, data, shown, player_run(shown), MAX_RUN_FILM_BYTES))
    span = np.array(film["maps"]["span"])
    steps_sent = finish(next_piece(state, data, history, steps, film, span, 0)).steps
    assert steps_sent is not None
    return steps_sent.sent


@pytest.mark.parametrize(
    "state",
    [
        Training(),
        replace(Training(), hidden=(16, 16, 16, 16)),
        replace(Training(), data=Chosen(name="digits"), hidden=(16,)),
    ],
    ids=["usual", "large", "digits"],
)
def test_a_piece_takes_no_more_bytes_than_are_allowed_and_ends_with_a_map(state):
    for steps in (1, 2, 60):
        piece = piece_of(state, steps)
        assert len(json.dumps(piece)) <= MAX_PIECE_BYTES
        assert piece["steps"][-1] == steps
        assert piece["frames"][-1] == len(piece["steps"]) - 1


def test_a_short_piece_is_a_small_one():
    assert len(json.dumps(piece_of(Training(), 15))) < MAX_PIECE_BYTES / 4
