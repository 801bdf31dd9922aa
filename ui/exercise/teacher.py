"""What a teacher sees on the page with an exercise: the settings, the link to hand out, and the answers."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import streamlit as st

from core.mistaken_numbers import right_numbers
from ui.components.copy_link import copy_link
from ui.exercise.actions import lock, unlock
from ui.exercise.link import CODEC
from ui.exercise.settings import render_fields
from ui.exercise.state import AskedExercise, for_students, of_student
from ui.export.quiz import gift, moodle_xml
from ui.export.sheets import SheetVariant, sheets_page
from ui.shell.messages import note
from ui.shell.share_dialog import build_link
from ui.shell.visit import keep_on_page, recall
from ui.shell.widgets import bound, entered, of_the_page, run_page
from ui.text.answers import number_label
from ui.text.box_rows import box_rows
from ui.text.numbers import Precision
from ui.text.tables import Table, table_html

SETTINGS, ANSWERS, SHEETS = "exercise_settings", "exercise_answers", "exercise_sheets"
SHEETS_BOX, SHEET_COUNT = "exercise_variants", "exercise_sheet_count"
USUAL_SHEETS, MAX_SHEETS = 4, 40
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


def render_sheets(state: AskedExercise) -> None:
    """Show the popover with the sheets to be printed, and the quizzes for a learning platform."""
    if state.is_locked:
        return
    popover = st.popover("Sheets", icon=":material/print:", key=SHEETS, on_change=run_page)
    if not popover.open:
        return
    count = int(recall(SHEET_COUNT) or USUAL_SHEETS)
    with popover:
        st.number_input(
            "Variants",
            min_value=1,
            max_value=MAX_SHEETS,
            value=None,
            help="Each has numbers of its own: those of the name 1, 2, 3, …",
            **bound(SHEETS_BOX, count, _take_count),
        )
        for name in _FILES:
            _render_file(name, state, count)
        note(
            "Sheets and solutions print on A4 from the browser. In the quizzes a number that a known mistake "
            "leads to gets a sentence about it."
        )


def _take_count() -> None:
    entered_count = entered(SHEETS_BOX)
    keep_on_page(SHEET_COUNT, int(entered_count) if entered_count else None)


def _variants(state: AskedExercise, count: int) -> list[SheetVariant]:
    names = [str(place) for place in range(1, count + 1)]
    return [SheetVariant(name, of_student(state, name).exercise) for name in names]


def _render_file(name: str, state: AskedExercise, count: int) -> None:
    st.download_button(
        _FILES[name].label,
        lambda: _FILES[name].write(state, _variants(state, count)),
        name,
        _FILES[name].kind,
        key=f"exercise_{name}",
        icon=":material/download:",
        on_click="ignore",
    )


class _File(NamedTuple):
    label: str
    kind: str
    write: Callable[[AskedExercise, list[SheetVariant]], str]


_FILES: Mapping[str, _File] = {
    "exercise_sheets.html": _File(
        "Sheets",
        "text/html",
        lambda state, variants: sheets_page(state.assignment, variants, state.convention, with_answers=False),
    ),
    "exercise_solutions.html": _File(
        "Solutions",
        "text/html",
        lambda state, variants: sheets_page(state.assignment, variants, state.convention, with_answers=True),
    ),
    "exercise_moodle.xml": _File(
        "Moodle XML",
        "text/xml",
        lambda state, variants: moodle_xml(state.assignment, variants, state.convention),
    ),
    "exercise_gift.txt": _File(
        "GIFT", "text/plain", lambda state, variants: gift(state.assignment, variants, state.convention)
    ),
}


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
            st.button(
                "Open the answers to all, with other numbers",
                key="exercise_unlock",
                help="Your class keeps its link and its numbers. This page gets numbers without a lock.",
                on_click=of_the_page(unlock),
            )
        st.page_link(CLASS_VIEW_PAGE, label="See what the class has answered", icon=":material/groups:")
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
