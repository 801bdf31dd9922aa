"""What a teacher sees on the page with an exercise: the settings, the link to hand out, and the answers."""

import streamlit as st

from core.mistaken_numbers import right_numbers
from ui.components.copy_link import copy_link
from ui.exercise.actions import lock, unlock
from ui.exercise.link import CODEC
from ui.exercise.rows import box_rows
from ui.exercise.settings import render_fields
from ui.exercise.state import AskedExercise, for_students
from ui.shell.messages import note
from ui.shell.share_dialog import build_link
from ui.shell.widgets import of_the_page, run_page
from ui.text.answers import number_label
from ui.text.numbers import Precision
from ui.text.tables import Table, table_html

SETTINGS, ANSWERS = "exercise_settings", "exercise_answers"
CLASS_VIEW_PAGE = "pages/practice/class_view.py"


def render_settings(state: AskedExercise) -> None:
    """Show the popover in which the exercise is chosen, and made one for a class.

    A student whose answers a teacher has locked has no use for it.
    """
    if state.is_locked:
        return
    popover = st.popover("Settings", icon=":material/tune:", key=SETTINGS, on_change=run_page)
    if popover.open:
        with popover:
            render_fields(state)
            if not state.lock:
                st.button(
                    "Make it an exercise for a class",
                    key="exercise_lock",
                    help="One link for all: each types a name and gets other numbers. "
                    "The answers open with your link only.",
                    on_click=of_the_page(lock),
                )


def render_handing_out(state: AskedExercise) -> None:
    """Show the link for the students, on the page of the teacher who has locked the answers."""
    if not state.is_teachers:
        return
    link = build_link(st.context.url or "", CODEC.write(for_students(state)), ())
    with st.container(border=True, key="exercise_handing_out", gap="small"):
        st.header("For your class", anchor=False)
        st.code(link, language=None, wrap_lines=True)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            copy_link("exercise_copy_link", link)
            st.button("Open the answers to all", key="exercise_unlock", on_click=of_the_page(unlock))
        note(
            "Each student opens this link and types a name. The address of the page that you see is yours: "
            "it holds the key to the answers. Keep it."
        )


def render_answers(state: AskedExercise) -> None:
    """Show the answers, once they are unfolded, where no teacher has locked them or the teacher is here."""
    if state.is_locked:
        return
    folded = st.expander("Answer key", key=ANSWERS, on_change=run_page)
    with folded:
        if folded.open:
            st.html(f'<div class="number-tables">{_answers_html(state)}</div>')


def _answers_html(state: AskedExercise) -> str:
    right = right_numbers(state.exercise)
    precision = Precision(decimals=state.assignment.decimals)
    tables = []
    for numbers in box_rows(state.assignment, state.exercise, state.convention):
        names = [number_label(number, state.convention) for number in numbers]
        values = [right[number.id] for number in numbers]
        tables.append(table_html(Table("", ("number", "value"), names, [values]), precision))
    return "".join(f"<div>{table}</div>" for table in tables)
