"""A run that is trained on while it is watched: what the player requests, and what the session keeps for it.

The state stays what it was when the run was last at rest: the steps beyond are none of the address until the
playhead rests, or a change is made at what is shown. The browser takes its pieces as the continuation of the
film that it has.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Array
from core.training import TrainingRun
from ui.components.base.sent_player import Position, Wanted, read_wanted
from ui.shell.visit import keep, recall
from ui.training import kept
from ui.training.data import TrainingData
from ui.training.length import refusal
from ui.training.next_steps import next_piece, steps_allowed
from ui.training.sample import sample_row
from ui.training.state import Training

NEXT_STEPS = "next_steps"
_BASE = "training_learns_from"
_LAST = "training_last_piece"
# What can be handed over while a response is on its way.
FILMS_BEFORE = 3


class Base(NamedTuple):
    """The state of the run that is shown, and the key of its film.

    `before` has the keys of the last films of the same run, of which the browser may have one yet.
    """

    state: Training
    film: str
    before: tuple[str, ...] = ()

    def is_of(self, film: str | None) -> bool:
        """Return whether a film is one of this run."""
        return film == self.film or film in self.before


class _Last(NamedTuple):
    """The last piece: what it was requested as, what was sent, and the span (units,) of its maps."""

    request: tuple[str, int, int]
    sent: dict[str, Any]
    span: Array


def learn_from(state: Training, film: str) -> None:
    """Count the run of a state as the one that is shown, with the key of its film."""
    base: Base | None = recall(_BASE)
    before: tuple[str, ...] = ()
    if base is not None and kept.identity(base.state) == kept.identity(state):
        before = tuple(each for each in (base.film, *base.before) if each != film)[:FILMS_BEFORE]
    if base is None or base.film != film:
        keep(_LAST, None)
        if not before:
            kept.keep_ahead(state, None)
    keep(_BASE, Base(state, film, before))


def shown_run() -> Base | None:
    """Return what the run that is shown is, None where there is none yet."""
    base: Base | None = recall(_BASE)
    return base


def wanted_steps() -> Wanted | None:
    """Return the newest request where it is of the run that is shown."""
    wanted, base = read_wanted(recall(NEXT_STEPS)), shown_run()
    return wanted if wanted and base and base.is_of(wanted.film) else None


def newest_wanted() -> int:
    """Return the number of the newest request, of whatever run."""
    wanted = read_wanted(recall(NEXT_STEPS))
    return 0 if wanted is None else wanted.seq


def seen_since(position: Position | None) -> Wanted | None:
    """Return what is seen of a run that goes on, None where it has come to rest since at a position."""
    wanted = wanted_steps()
    return wanted if wanted and wanted.seq > (0 if position is None else position.seq) else None


def is_seen(film: Mapping[str, Any], position: Position | None) -> bool:
    """Return whether the browser has shown all of a film, as next steps behind another one of its run.

    False where the inputs are pixels, whose gradients come with the picture of one sample.
    """
    base = shown_run()
    if base is None or position is None or position.of is None or film["pixels"] is not None:
        return False
    return position.end == film["steps"][-1] and position.of in base.before


def trained_to(state: Training, data: TrainingData, end: int) -> int:
    """Return the step up to which the state's run has been seen, as its state has it from now on.

    With one step more where the next is not finite, so that whoever opens the link sees that.
    """
    ahead = next(iter(kept.runs_ahead(state)), None)
    if ahead is not None and ahead.diverged is not None and end >= ahead.step:
        end = ahead.step + 1
    return state.steps if end <= state.steps or refusal(state, data, end) else end


def requested_piece() -> dict[str, Any] | None:
    """Return what is to be sent of the requested steps, SentSteps of model.d.ts; None for nothing."""
    wanted, base = wanted_steps(), shown_run()
    film = kept.kept_film()
    if wanted is None or base is None or film is None or film["key"] != base.film or not wanted.steps:
        return None
    if wanted.film != base.film:
        return None
    request = (wanted.film, wanted.after, wanted.steps)
    last: _Last | None = recall(_LAST)
    if last is None or last.request != request:
        last = _make(base.state, film, wanted, np.array(film["maps"]["span"]) if last is None else last.span)
        keep(_LAST, last)
    return last.sent


def _make(state: Training, film: Any, wanted: Wanted, span: Array) -> _Last:
    data, _ = kept.open_data(state)
    request = (wanted.film, wanted.after, wanted.steps)
    sent = {"of": wanted.film, "after": wanted.after, "next": None, "over": None}
    steps = steps_allowed(state, data, wanted.after, wanted.steps)
    if not steps:
        over = refusal(state, data, wanted.after + 1)
        return _Last(request, sent | {"over": over}, span)
    history = kept.run_after(state, data, wanted.after)
    row = sample_row(state, data, data.train)
    build = partial(next_piece, state, data, history, steps, film, span, row)
    is_first = wanted.after == film["steps"][-1]
    piece = kept.next_piece(state, (wanted.after, steps, row), is_first, build)
    kept.keep_ahead(state, piece.history)
    over = _how_it_ended(piece.history)
    if piece.steps is None:
        return _Last(request, sent | {"over": over or "The run goes no further."}, span)
    return _Last(request, sent | {"next": piece.steps.sent, "over": over}, piece.steps.span)


def _how_it_ended(history: TrainingRun) -> str | None:
    if history.diverged is not None:
        return f"Training stopped at step {history.step:,}: diverged."
    return f"Training stopped at step {history.step:,}: early stopping." if history.stopped else None
