"""The parts of the page with the answers of a class."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from core.assignment import asked_ids
from core.mistakes import MISTAKES
from ui.components.class_map import show_class_map
from ui.exercise.class_view import (
    Returned,
    made_mistakes,
    read_links,
    slips_by_number,
    slips_by_place,
)
from ui.figures.class_map import class_map
from ui.shell.messages import note, warn
from ui.shell.visit import keep_on_page, recall
from ui.shell.widgets import bound, entered
from ui.text.answers import answerable, number_label
from ui.text.markup import html_table, scrolling
from ui.text.numbers import count

TITLE = "Class view"
LINKS, _TEXT, _READ = "class_links", "class_links_text", "class_links_read"


def render_title() -> None:
    """Show the title."""
    st.title(TITLE, anchor=False)


def render_links() -> tuple[list[Returned], list[str]]:
    """Show the field for the links, and return what they hold, with a sentence for each that does not fit."""
    text = str(recall(_TEXT) or "")
    st.text_area(
        "Links that your students have sent, one in each line",
        height=140,
        placeholder="https://…/exercise?v=4&lock=…&student=Ada&answers=…",
        help="They are read here and kept nowhere: with another page they are gone.",
        **bound(LINKS, text, _take),
    )
    if recall(_READ) is None:
        keep_on_page(_READ, read_links(text))
    found: tuple[list[Returned], list[str]] = recall(_READ)
    return found


def _take() -> None:
    keep_on_page(_TEXT, str(entered(LINKS) or ""))
    keep_on_page(_READ, None)


def render_problems(problems: list[str]) -> None:
    """Show a sentence for each line that does not fit."""
    warn(problems)


def render_class(returned: list[Returned]) -> None:
    """Show the heat map, and the tables of mistakes, numbers and students."""
    if not returned:
        note("A heat map over the network shows where slips were made, and tables which mistakes.")
        return
    assignment = returned[0].state.assignment
    short = sum(one.count("short") for one in returned)
    left_out = (
        f" {count(short, 'answer')} with fewer than {assignment.decimals} decimals "
        f"{'is' if short == 1 else 'are'} left out."
    )
    note(
        f"{count(len(returned), 'student')}. The darker a unit or weight, the larger the share of its "
        f"answers that are slips; what only follows from an earlier slip is none.{left_out if short else ''}"
    )
    drawing, mistakes = st.columns([3, 2], gap="large")
    with drawing:
        show_class_map("class_map", class_map(assignment.network, slips_by_place(returned)))
    with mistakes:
        st.html(_mistakes(returned))
    st.html(_tables(returned))


def _mistakes(returned: list[Returned]) -> str:
    rows = [
        (mistake.sentence, str(len(mistake.students)), ", ".join(mistake.places))
        for mistake in made_mistakes(returned)
    ]
    if not rows:
        return '<p class="note">No known mistake was recognized.</p>'
    return _table("Mistakes that slips may come from", ("mistake", "students", "seen at"), rows)


def _tables(returned: list[Returned]) -> str:
    state = returned[0].state
    known = answerable(state.exercise)
    numbers = [
        (number_label(known[name], state.convention), str(slips.answered), str(slips.slips))
        for name, slips in slips_by_number(returned).items()
    ]
    students = [_student(one) for one in returned]
    return _table("Students", ("student", "right", "first slip", "mistake"), students) + _table(
        "Numbers", ("number", "answers", "slips"), numbers
    )


def _student(one: Returned) -> tuple[str, ...]:
    asked = len(asked_ids(one.state.assignment))
    right = f"{one.count('right')} of {asked}"
    wrong = one.first_wrong
    if wrong is None:
        return one.name, right, "", ""
    label = number_label(answerable(one.state.exercise)[wrong.quantity], one.state.convention)
    return one.name, right, label, " ".join(MISTAKES[name].sentence for name in wrong.mistakes[:2])


def _table(caption: str, titles: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = (
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in row[1:])
        + "</tr>"
        for row in rows
    )
    return scrolling(html_table(titles, lines, caption=caption), caption, kind="class-table")
