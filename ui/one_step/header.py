"""The head of the One step page: its title, its menus, and what the worked example on the screen is about."""

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.examples import EXAMPLES
from core.exercise import Exercise
from ui.export.saved_page import network_page
from ui.links.fitting import bias_mode
from ui.one_step.actions import (
    STORE,
    commit,
    open_state,
    speak,
)
from ui.one_step.architecture import render_architecture
from ui.one_step.link import write
from ui.one_step.page import PARTS, shown_exercise
from ui.one_step.paste_dialog import render_paste_button
from ui.one_step.state import HIDEABLE, OneStep, load_example
from ui.shell.conventions import render_conventions
from ui.shell.menus import mark_entry
from ui.shell.messages import note, warn
from ui.shell.share_dialog import Shared, newest_request, render_sharing
from ui.shell.visit import is_bare, is_embedded
from ui.shell.widgets import entered, of_the_page

TITLE = "One step of backprop"
FILE_NAME = "one_step.html"
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


@PARTS.part("source", lambda: _example(STORE.read()))
def render_source() -> None:
    """Show what the worked example on the screen is about, and where it is from."""
    name = _example(STORE.read())
    if name is not None:
        example = EXAMPLES[name]
        note(f"{example.title}: {example.lesson} Source: {example.source}.")


def _example(state: OneStep) -> str | None:
    """Return the worked example that the state starts from as published, if it does."""
    return state.example if state.start == EXAMPLES[state.example].exercise else None
