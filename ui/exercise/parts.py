"""The parts of the page with an exercise, from top to bottom."""

import streamlit as st

from core.assignment import asked_ids
from core.mistakes import Verdict
from ui.exercise.actions import (
    STORE,
    STUDENT,
    box_key,
    check,
    clear,
    draw_anew,
    speak,
    take_answer,
    take_student,
)
from ui.exercise.marks import mark_of, summary
from ui.exercise.state import MAX_NAME, AskedExercise
from ui.shell.conventions import render_conventions
from ui.shell.messages import note, refuse, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import bound, of_the_page
from ui.text.answers import Answerable, number_label
from ui.text.box_rows import box_rows
from ui.text.given import functions_sentence, given_html

TITLE = "Exercise"
_BOX_WIDTH = 132


def render_messages() -> None:
    """Show what of the link did not fit, and the last notice."""
    warn((*STORE.held().problems, *([STORE.notice] if STORE.notice else [])))


def render_title(state: AskedExercise) -> None:
    """Show the title, the menu of conventions and the button for the link."""
    st.title(TITLE, anchor=False, width="stretch")
    render_conventions(state.speak, speak)
    # Of the teacher's page the link has the key: what is to be sent around stands below.
    if not state.is_teachers:
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
        help="The numbers are drawn from it: with the same name they come again.",
        **bound(STUDENT, refused.text if refused else state.student, take_student),
    )
    if refused:
        refuse(refused.message)


def needs_name(state: AskedExercise) -> bool:
    """Return whether nothing can be shown yet, as nobody's numbers are to be drawn."""
    return state.is_locked and not state.student


def render_given(state: AskedExercise) -> None:
    """Show the network and its numbers, which the answers are to follow from."""
    note(functions_sentence(state.assignment.network))
    st.html(given_html(state.exercise))


def render_summary(state: AskedExercise, found: tuple[Verdict, ...]) -> None:
    """Show what is asked, or how many of the answers are right."""
    if state.answers:
        asked = len(asked_ids(state.assignment))
        note(summary(found, asked, len(state.open), state.assignment))
    else:
        note(f"Compute each number to {state.assignment.decimals} decimals or more.")


def render_boxes(state: AskedExercise, found: dict[str, Verdict]) -> None:
    """Show a box for each number that is asked, with its mark below it once it has been checked."""
    given = dict(state.answers)
    for numbers in box_rows(state.assignment, state.exercise, state.convention, given):
        with st.container(horizontal=True, gap="small"):
            for number in numbers:
                verdict = found.get(number.id)
                kind, mark = mark_of(verdict, state.assignment) if verdict else ("", "")
                _render_box(
                    number, number_label(number, state.convention), given.get(number.id, ""), kind, mark
                )


def _render_box(number: Answerable, name: str, text: str, kind: str, mark: str) -> None:
    key = box_key(number.id)
    refused = STORE.rejected.get(key)
    with st.container(width=_BOX_WIDTH, gap=None):
        st.text_input(
            name,
            width=_BOX_WIDTH,
            **bound(key, refused.text if refused else text, take_answer, number.id),
        )
        if refused:
            refuse(refused.message)
        else:
            st.html(f'<p class="mark {kind}">{mark or "&nbsp;"}</p>')


def render_buttons(state: AskedExercise) -> None:
    """Show the button that has the answers marked, and the one that takes them away."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("Check", type="primary", key="exercise_check", on_click=of_the_page(check))
        st.button("Clear my answers", key="exercise_clear", on_click=of_the_page(clear))
    if state.is_locked:
        note("When you are done, press Copy link and send the link to your teacher: your answers are in it.")
