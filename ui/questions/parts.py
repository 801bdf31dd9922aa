"""The parts of the page of questions: their list, or one with its answer and the network that shows it."""

from html import escape

import streamlit as st

from core.questions import QUESTIONS
from ui.links.exercise import hand_over
from ui.questions.actions import (
    FILMS,
    LIVE,
    NETWORK,
    STORE,
    on_selected,
    on_view,
    open_question,
    open_state,
)
from ui.questions.page import PARTS
from ui.questions.state import with_question
from ui.questions.words import GROUPS, ORDER, WORDS, answer, to_drag
from ui.shell.equations import render_equation
from ui.shell.messages import note, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import of_the_page
from ui.text.conventions import USUAL
from ui.text.latex import number_row
from ui.text.symbols import unbroken

TITLE = "Questions"
ONE_STEP_PAGE = "pages/explore/one_step.py"


def render_header() -> None:
    """Show the question, or the title of their list, with the button that copies the link."""
    name = STORE.read().question
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="questions_header"):
        if name:
            st.title(WORDS[name].title, anchor=False, width="stretch")
        else:
            st.title(TITLE, anchor=False, width="stretch")
        render_copy_link()


def render_messages() -> None:
    """Show what of the link did not fit, and the last notice."""
    warn(STORE.sentences())


def render_list() -> None:
    """Show all questions, each as a button that leads to it."""
    note("Questions that come up while one learns backprop. Each is answered by a network to be moved.")
    groups = [*GROUPS]
    first = groups[: len(groups) // 2]
    for column, headings in zip(st.columns(2), (first, groups[len(first) :]), strict=True):
        with column:
            for heading in headings:
                _render_group(heading, groups.index(heading))


def _render_group(heading: str, place: int) -> None:
    with st.container(gap=None, key=f"questions_{place}"):
        st.html(f'<h2 class="group">{escape(heading)}</h2>')
        for name in GROUPS[heading]:
            st.button(
                WORDS[name].title,
                key=f"ask_{name}",
                type="tertiary",
                on_click=of_the_page(open_question),
                args=(name,),
            )


def render_ways() -> None:
    """Show the buttons that lead to the question before this one, to their list, and to the next one."""
    place = ORDER.index(STORE.read().question)
    before, after = ORDER[place - 1], ORDER[(place + 1) % len(ORDER)]
    with st.container(horizontal=True, gap="medium", key="question_ways"):
        for label, icon, tip, name in (
            ("Previous", ":material/arrow_back:", WORDS[before].title, before),
            ("All questions", ":material/list:", "Their list", ""),
            ("Next", ":material/arrow_forward:", WORDS[after].title, after),
        ):
            st.button(
                label,
                icon=icon,
                help=tip,
                key=f"way_{label.split()[0].lower()}",
                type="tertiary",
                on_click=of_the_page(open_question),
                args=(name,),
            )


@PARTS.part(
    "answer", lambda: (STORE.read().question, STORE.read().start, STORE.read().view.precision), alone=True
)
def render_answer() -> None:
    """Show the answer with the numbers of the network, the formula, and what to drag."""
    state = STORE.read()
    name, question, exercise = state.question, QUESTIONS[state.question], state.start
    text = answer(name, question.facts(exercise), state.view.precision)
    words, formula = st.columns([3, 2], gap="large")
    with words:
        st.html(
            f'<p class="answer">{escape(text)}</p><p class="answer"><strong>{escape(to_drag(name))}</strong> '
            f"{escape(unbroken(WORDS[name].watch))}</p>"
        )
    with formula:
        row = number_row(question.symbol, exercise, USUAL, state.view.precision)
        render_equation(row.replace("&", ""))


def _drawing() -> object:
    return STORE.read(), STORE.rejected, LIVE.received()


@PARTS.part(NETWORK, _drawing, alone=True)
def render_network() -> None:
    """Show the live network in the state that shows the answer."""
    state = STORE.read()
    LIVE.draw(
        PARTS,
        state.start,
        state.view,
        STORE.rejected,
        _film(),
        take=open_state,
        select=on_selected,
        show=on_view,
    )


@PARTS.part("to_other_pages", lambda: (STORE.read().question, STORE.read().start), alone=True)
def render_to_other_pages() -> None:
    """Show the link to One step, and the way back to the question's own numbers where they were changed."""
    state = STORE.read()
    with st.container(horizontal=True, gap="medium"):
        st.page_link(
            ONE_STEP_PAGE,
            label="Open on One step",
            icon=":material/route:",
            help="This network with all that can be done with a step of it",
            query_params=hand_over(state.start),
        )
        if state.start != with_question(state.question).start:
            st.button(
                "Back to its own numbers",
                icon=":material/undo:",
                key="question_again",
                type="tertiary",
                on_click=of_the_page(open_question),
                args=(state.question,),
            )


@PARTS.part(FILMS, lambda: (_film(), LIVE.request(STORE.read().view.selected).times), alone=True)
def render_films() -> None:
    """Bring the film of the control that was used last, unless the browser has it."""
    state = STORE.read()
    LIVE.bring_film(PARTS, state.start, state.view, open_state)


def _film() -> dict[str, str] | None:
    state = STORE.read()
    return LIVE.film(state.start, state.view)
