"""The parts of the page with an exercise, from top to bottom."""

import streamlit as st

from core.assignment import asked_ids
from core.mistakes import Verdict
from ui.exercise.actions import (
    GROUP,
    STORE,
    STUDENT,
    TYPED,
    check,
    clear,
    draw_anew,
    show_group,
    speak,
    take_student,
    take_typed,
)
from ui.exercise.marks import mark_of, summary
from ui.exercise.state import MAX_NAME, AskedExercise
from ui.practice import boxes
from ui.shell.conventions import render_conventions
from ui.shell.messages import note, refuse, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import bound, of_the_page
from ui.text.answers import GROUPS
from ui.text.box_rows import box_rows
from ui.text.given import functions_sentence, given_html
from ui.text.numbers import exact_on_screen

TITLE = "Exercise"
_NAME_WIDTH = 420


def render_messages() -> None:
    """Show what of the link did not fit, and the last notice."""
    warn(STORE.sentences())


def render_title(state: AskedExercise) -> None:
    """Show the title, the menu of conventions and the button for the link."""
    st.title(TITLE, anchor=False, width="stretch")
    render_conventions(state.speak, speak)
    # Of the teacher's page the link has the key: what is to be sent around stands below, as a student's does.
    if not (state.is_teachers or state.is_locked):
        render_copy_link()


def render_student(state: AskedExercise) -> None:
    """Show the box for the name that the numbers are drawn from, or the button for other numbers."""
    if not state.lock:
        st.button(
            "Other numbers", icon=":material/casino:", key="exercise_other", on_click=of_the_page(draw_anew)
        )
        return
    refused = STORE.rejected.get(STUDENT)
    st.text_input(
        "Numbers of the student" if state.is_teachers else "Your name or number",
        max_chars=MAX_NAME,
        width=_NAME_WIDTH,
        help="The numbers are drawn from it: with the same name they come again.",
        **bound(STUDENT, refused.text if refused else state.student, take_student),
    )
    # One place for what comes and goes.
    with st.container():
        if refused:
            refuse(refused.message)
        elif state.is_teachers and not state.student:
            note("Without a name these are numbers that no student gets. Type a name to see that student's.")


def needs_name(state: AskedExercise) -> bool:
    """Return whether nothing can be shown yet, as nobody's numbers are to be drawn."""
    return state.is_locked and not state.student


def render_functions(state: AskedExercise) -> None:
    """Show the activation functions, the loss and the learning rate."""
    rate = exact_on_screen(state.exercise.learning_rate)
    note(f"{functions_sentence(state.assignment.network)} η = {rate}.")


def render_given(state: AskedExercise) -> None:
    """Show the numbers of the network, which the answers are to follow from."""
    st.html(given_html(state.exercise))


def render_groups(state: AskedExercise) -> None:
    """Show the choice of what has its boxes in the drawing, where more than one group is asked."""
    if len(state.groups) > 1:
        st.segmented_control(
            "Show",
            state.groups,
            format_func=lambda name: GROUPS[name].label,
            label_visibility="collapsed",
            required=True,
            **bound(GROUP, state.shown, show_group),
        )


def render_summary(state: AskedExercise, found: tuple[Verdict, ...]) -> None:
    """Show what is asked, or how many of the answers are right."""
    if state.answers:
        asked = len(asked_ids(state.assignment))
        note(summary(found, asked, len(state.open), state.assignment))
    else:
        note(f"Compute each number to {state.assignment.decimals} decimals or more.")


def render_boxes(state: AskedExercise, found: tuple[Verdict, ...]) -> None:
    """Show the network with a box for each number that is asked, of the group that is shown."""
    assignment, texts = state.assignment, dict(state.answers)
    marks = {verdict.quantity: mark_of(verdict, assignment) for verdict in found}
    arrays = GROUPS[state.shown].arrays
    model = boxes.drawing(
        state.exercise,
        state.convention,
        (
            [number for number in row if number.symbol.name in arrays]
            for row in box_rows(assignment, state.exercise, state.convention, texts)
        ),
        texts,
        marks,
        TYPED.refused,
        next((name for name, mark in marks.items() if mark.kind == "wrong"), None),
        summary(found, len(asked_ids(assignment)), 0, assignment) if found else "",
    )
    boxes.render_boxes(TYPED.boxes, model, take_typed)


def render_buttons(state: AskedExercise) -> None:
    """Show the button that has the answers marked, and the one that takes them away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Check", type="primary", key="exercise_check", on_click=of_the_page(check))
        st.button("Clear my answers", key="exercise_clear", on_click=of_the_page(clear))
    if state.is_locked:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            render_copy_link()
            note("When you are done, copy the link and send it to your teacher: your answers are in it.")
