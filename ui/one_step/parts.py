"""The parts of the One step page beside its tables and its curve, from top to bottom."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.diagnosis import diagnosing
from core.exercise import Exercise, quantities, quantities_by_id
from core.history import History
from core.pieces import finish
from core.settings import Settings
from ui.components.history_buttons import history_buttons
from ui.components.live_network.loss_ahead import seen_losses
from ui.links.exercise import hand_over
from ui.links.fitting import random_theta
from ui.links.train_on_data import train_on_data
from ui.memory import remembered
from ui.one_step.actions import (
    FILMS,
    HISTORY,
    LIVE,
    NETWORK,
    STORE,
    on_selected,
    on_view,
    open_state,
    run,
)
from ui.one_step.changes import describe_branch
from ui.one_step.page import PARTS, shown_exercise, shown_run
from ui.one_step.state import OneStep
from ui.shell.inbox import newest_taken
from ui.shell.messages import note, warn
from ui.shell.visit import is_bare, is_embedded, page_run, session_name
from ui.text.breakdown import describe_breakdown
from ui.text.numbers import field_name

TRAINING_PAGE = "pages/train/training.py"
CHECK_PAGE = "pages/practice/check_working.py"


def _messages() -> tuple[str, ...]:
    state = STORE.read()
    return (*([STORE.notice] if STORE.notice else []), *_outcome(state.start, state.history))


@PARTS.part("messages", _messages)
def render_messages() -> None:
    """Show the last notice and where training had to stop, below the buttons so that these stay in place."""
    warn(_messages())


@remembered
def _outcome(start: Exercise, history: History) -> tuple[str, ...]:
    """Return the sentences that describe how training broke down or had to stop, none where it did not."""
    replay = run(start, history)
    exercise, branch = replay.exercise, replay.branch
    network = exercise.network
    first = replay.history.current.at
    sentences = []
    if replay.diverged is not None:
        step, name = replay.diverged
        known = quantities_by_id(network)
        where = field_name(known[name]).lower()
        sentences.append(
            f"Training stopped at step {step:,}, the last with finite numbers: the next one would drive "
            f"{where} or the loss out of range."
        )
    settings = Settings(learning_rate=exercise.learning_rate)
    found = finish(
        diagnosing(
            network,
            settings,
            first + np.arange(len(branch.loss)),
            branch.theta,
            branch.loss,
            exercise.x_array,
            exercise.y_array,
            diverged=replay.diverged[0] if replay.diverged else None,
        )
    )
    if found is None:
        return tuple(sentences)
    described = describe_breakdown(
        found,
        network,
        settings,
        columns=[quantity.label for quantity in quantities(network) if quantity.kind in "xy"],
        samples="this sample",
        remedies={"scale": "Try a smaller one, or a smaller learning rate.", "start": "Change one of them."},
    )
    return (*sentences, *described)


def _drawing() -> object:
    state = STORE.read()
    return state, STORE.rejected, LIVE.received()


@PARTS.part(NETWORK, _drawing, alone=True)
def render_network() -> None:
    """Show the live network; while only it is concerned (a film, a selection, a color), only it runs."""
    state, run = STORE.read(), shown_run()
    history = run.history
    LIVE.draw(
        PARTS,
        run.exercise,
        state.view,
        STORE.rejected,
        _film(),
        training={
            "position": history.position,
            "end": history.current.end,
            "diverged": run.diverged is not None,
        },
        guide=state == OneStep() and not is_bare(),
        past=seen_losses(run, describe_branch(history, state.start, state.view.precision)),
        take=open_state,
        select=on_selected,
        show=on_view,
    )


def _film() -> dict[str, str] | None:
    """Return the control and the key of the film that belongs to the present numbers, if any does."""
    view = STORE.read().view
    if "answers" in view.hide:
        return None
    return LIVE.film(shown_exercise(), view)


@PARTS.part(FILMS, lambda: (_film(), LIVE.request(STORE.read().view.selected).times), alone=True)
def render_films() -> None:
    """Bring the film of the control that was used last, unless the browser has it."""
    LIVE.bring_film(PARTS, shown_exercise(), STORE.read().view, open_state)


def is_painted() -> bool:
    """Return whether the browser has drawn the network.

    A fresh one loads code for each kind of element, and shows none of those that wait for code before it has
    all of it: whatever came together with the network would hold it up.
    """
    return LIVE.sent().painted


def render_exercise_note() -> None:
    """Show that the answers are hidden."""
    st.caption("An exercise: the results are left out. Compute them by hand.")


def place_details() -> DeltaGenerator:
    """Return the place of all that is below the buttons: folded in a frame, which has room for little."""
    return st.expander("Every number of this step") if is_embedded() else st.container()


def _buttons() -> object:
    state, history = STORE.read(), shown_run().history
    shown = (history.position, history.current.end, len(history.branches), _seed_note(state), state.view.hide)
    return shown, STORE.undoable(), newest_taken(HISTORY)


@PARTS.part(HISTORY, _buttons, alone=True)
def render_training() -> None:
    """Show the buttons that take steps, move through the history, reset and draw new weights."""
    state, history = STORE.read(), shown_run().history
    history_buttons(
        key=HISTORY,
        taken=newest_taken(HISTORY),
        session=session_name(),
        run=page_run(),
        position=history.position,
        end=history.current.end,
        resettable=len(history.branches) > 1 or history.current.end > 0,
        undo=STORE.undoable(),
        drawable="weights" not in state.view.hide,
        note=_seed_note(state),
        on_pressed=PARTS.callback(HISTORY, open_state),
    )


def _seed_note(state: OneStep) -> str:
    """Return the seed of the initial weights, saying so when some were changed since."""
    if state.seed is None:
        return ""
    drawn = random_theta(state.start.network, state.initializer, state.seed)
    return f" · seed {state.seed}" + ("" if drawn == state.start.theta else ", changed")


@PARTS.part("to_other_pages", shown_exercise, alone=True)
def render_to_other_pages() -> None:
    """Show the links to what else can be done with the network of the shown step."""
    exercise = shown_exercise()
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            CHECK_PAGE,
            label="Check my working",
            icon=":material/rule:",
            help="Your own numbers of this step, compared with these",
            query_params=hand_over(exercise),
        )
        try:
            query = train_on_data(exercise)
        except ValueError as error:
            note(str(error))
            return
        st.page_link(
            TRAINING_PAGE,
            label="Train this network on data",
            icon=":material/show_chart:",
            help="From the weights of the shown step, by its learning rate",
            query_params=query,
        )
