"""The parts of the page of worked examples: a card an example, with its numbers beside ours."""

import re
from html import escape

import streamlit as st

from core.examples import EXAMPLES
from core.published import Checked, PublishedSheet
from core.published_numbers import PUBLISHED
from ui.links.answers import write_answers
from ui.links.exercise import hand_over
from ui.shell.messages import note, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import bound
from ui.text.answers import answerable
from ui.text.markup import html_table, scrolling
from ui.text.numbers import count
from ui.worked_examples.actions import STORE, card_key, turn
from ui.worked_examples.findings import checked, computed_text, mark_of, printed_text, sentences, tally
from ui.worked_examples.state import WorkedExamples

TITLE = "Worked examples"
ONE_STEP_PAGE = "pages/explore/one_step.py"
CHECK_PAGE = "pages/practice/check_working.py"


def render_header() -> None:
    """Show the title, and what the page is."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="examples_header"):
        st.title(TITLE, anchor=False, width="stretch")
        render_copy_link()
    note(
        "What courses, articles and textbooks print, beside what is computed here. "
        "Every digit is checked, and what differs is named."
    )


def render_messages() -> None:
    """Show what of the link did not fit."""
    warn(STORE.held().problems)


def render_cards(state: WorkedExamples) -> None:
    """Show a card for each example; the open one has its numbers."""
    for name in PUBLISHED:
        numbers, findings = tally(name)
        found = f", {count(findings, 'finding')}" if findings else ""
        card = st.expander(
            f"**{EXAMPLES[name].title}** · {count(numbers, 'number')}{found}",
            **bound(card_key(name), state.example == name, turn, name),
        )
        with card:
            if card.open:
                _render_example(name)


def _render_example(name: str) -> None:
    example = EXAMPLES[name]
    note(example.lesson)
    anchor = f'<a href="{escape(example.url)}" target="_blank" rel="noopener noreferrer">'
    st.html(f'<p class="source">Source: {anchor}{escape(example.source)}</a></p>')
    sheets = checked(name)
    lines = "".join(f"<p>{_with_subscripts(sentence)}</p>" for sentence in sentences(name) if sentence)
    if lines:
        st.html(f'<div class="message finding">{lines}</div>')
    with st.container(horizontal=True, gap="large", vertical_alignment="top"):
        for place, (sheet, rows) in enumerate(sheets):
            with st.container(width="content", gap="small", key=f"sheet_{name}_{place}"):
                table = scrolling(sheet_html(sheet, rows), sheet.title)
                st.html(f'<div class="number-tables">{table}</div>')
                _render_links(sheet)


def sheet_html(sheet: PublishedSheet, rows: tuple[Checked, ...]) -> str:
    """Return the table of a sheet: what is printed, what is computed, and the mark."""
    lines = (
        f'<tr class="{"cut" if verdict.is_cut_off else verdict.verdict}">'
        f'<th scope="row">{_with_subscripts(printed.name)}</th>'
        f"<td>{escape(printed_text(printed))}</td>"
        f'<td title="{verdict.expected!r}">{computed_text(verdict)}</td>'
        f'<td class="mark">{mark_of(verdict)}</td></tr>'
        for printed, verdict in rows
    )
    titles = ("number", "published", "computed", "found")
    return html_table(titles, lines, caption=sheet.title, kind="numbers published")


def _with_subscripts(text: str) -> str:
    """Return a text where what follows an underscore is a subscript: E_total."""
    return re.sub(r"_([\w→]+)", r"<sub>\1</sub>", escape(text))


def _render_links(sheet: PublishedSheet) -> None:
    query = hand_over(sheet.exercise)
    known = answerable(sheet.exercise)
    answers = write_answers(tuple((row.id, row.text) for row in sheet.printed if row.id in known))
    with st.container(horizontal=True, gap="medium"):
        st.page_link(ONE_STEP_PAGE, label="Open on One step", icon=":material/route:", query_params=query)
        st.page_link(
            CHECK_PAGE,
            label="Check my working",
            icon=":material/rule:",
            help="With these published numbers as the ones to be checked",
            query_params=query | {"answers": answers},
        )
