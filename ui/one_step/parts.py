"""The parts of the One step page beside its tables and its curve, from top to bottom."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.diagnosis import diagnosing
from core.examples import EXAMPLES
from core.exercise import Exercise, quantities, quantities_by_id
from core.history import History
from core.pieces import finish
from core.settings import Settings
from ui.components.history_buttons import history_buttons
from ui.components.live_network.loss_ahead import seen_losses
from ui.export.saved_page import network_page
from ui.links.exercise import hand_over
from ui.links.fitting import bias_mode, random_theta
from ui.links.train_on_data import train_on_data
from ui.memory import remembered
from ui.one_step.actions import (
    FILMS,
    HISTORY,
    LIVE,
    NETWORK,
    STORE,
    commit,
    on_selected,
    on_view,
    open_state,
    run,
    speak,
)
from ui.one_step.architecture import render_architecture
from ui.one_step.changes import describe_branch
from ui.one_step.link import write
from ui.one_step.page import PARTS, shown_exercise, shown_run
from ui.one_step.paste_dialog import render_paste_button
from ui.one_step.state import HIDEABLE, OneStep, load_example
from ui.shell.conventions import render_conventions
from ui.shell.inbox import newest_taken
from ui.shell.menus import mark_entry
from ui.shell.messages import note, warn
from ui.shell.share_dialog import Shared, newest_request, render_sharing
from ui.shell.visit import is_bare, is_embedded, page_run, session_name
from ui.shell.widgets import entered, of_the_page
from ui.text.breakdown import describe_breakdown
from ui.text.numbers import field_name

TITLE = "One step of backprop"
FILE_NAME = "one_step.html"
TRAINING_PAGE = "pages/train/training.py"
CHECK_PAGE = "pages/practice/check_working.py"
# Heights in a frame of another page, in pixels.
_BESIDE_THE_DRAWING = 1096
_BESIDE_AN_EXERCISE = 330
_SLIDERS = 760


def render_title() -> DeltaGenerator:
    """Show the title, which a frame of another page has itself, and return the row that it stands in."""
    row = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if not is_embedded():
        row.title(TITLE, anchor=False, width="stretch")
    return row


def _start_and_network() -> object:
    state, exercise = STORE.read(), shown_exercise()
    chosen = _example(state), exercise.network, bias_mode(exercise), state.seed, state.initializer
    return chosen, state.view.speak, state.view.hide, newest_request()


@PARTS.part("menus", _start_and_network)
def render_menus(row: DeltaGenerator) -> None:
    """Show the worked examples, the architecture and the link beside the title."""
    if is_bare():
        return
    state, exercise = STORE.read(), shown_exercise()
    present = _example(state)
    label = EXAMPLES[state.example].title if present else "Worked examples"
    with row:
        st.menu_button(
            label,
            list(EXAMPLES),
            format_func=lambda name: EXAMPLES[name].title,
            icon=":material/menu_book:",
            key="example_menu",
            on_click=of_the_page(_load),
        )
        mark_entry(label, list(EXAMPLES).index(present) if present else None)
        render_architecture(state, exercise)
        if "weights" not in state.view.hide:
            render_paste_button()
        render_conventions(state.view.speak, speak)
        render_sharing(
            Shared(
                TITLE,
                write(state),
                HIDEABLE,
                state.view.hide,
                partial(_save, state, exercise),
                FILE_NAME,
                partial(frame_height, exercise),
            )
        )


def _save(state: OneStep, exercise: Exercise, link: str, hide: tuple[str, ...]) -> str:
    return network_page(exercise, replace(state.view, hide=hide), TITLE, link)


def frame_height(exercise: Exercise, hide: tuple[str, ...]) -> int:
    """Return the height in pixels at which a frame of another page shows all of this one."""
    rows = max(exercise.network.widths)
    drawing = {4: 372}.get(rows, 344 if rows < 4 else 44 + 61 * rows)
    if "answers" in hide:
        return max(drawing + _BESIDE_AN_EXERCISE, _SLIDERS)
    return drawing + _BESIDE_THE_DRAWING


def _load() -> None:
    name = entered("example_menu")
    if name in EXAMPLES:
        commit(load_example(open_state(), name))


@PARTS.part("problems", lambda: STORE.held().problems)
def render_link_problems() -> None:
    """Show what of the link did not fit."""
    warn(STORE.held().problems)


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


def _example(state: OneStep) -> str | None:
    """Return the worked example that the state starts from as published, if it does."""
    return state.example if state.start == EXAMPLES[state.example].exercise else None


@PARTS.part("source", lambda: _example(STORE.read()))
def render_source() -> None:
    """Show what the worked example on the screen is about, and where it is from."""
    name = _example(STORE.read())
    if name is not None:
        example = EXAMPLES[name]
        note(f"{example.title}: {example.lesson} Source: {example.source}.")
