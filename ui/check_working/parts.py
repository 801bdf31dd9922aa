"""The parts of the page that checks a learner's working, from top to bottom."""

import streamlit as st

from core.examples import EXAMPLES
from core.exercise import Exercise
from core.mistakes import Verdict
from ui.check_working.actions import (
    EXAMPLE_MENU,
    GROUP,
    PASTED,
    STORE,
    box_key,
    clear,
    pasted_text,
    show_group,
    speak,
    take_answer,
    take_example,
    take_pasted,
)
from ui.check_working.state import CheckWorking
from ui.links.exercise import hand_over
from ui.shell.conventions import render_conventions
from ui.shell.menus import mark_entry
from ui.shell.messages import note, refuse, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import bound, of_the_page
from ui.text.answers import GROUPS, Answerable, boxes_of, number_label
from ui.text.given import functions_sentence, given_html
from ui.text.marks import counts, mark_of
from ui.text.numbers import count

TITLE = "Check my working"
ONE_STEP_PAGE = "pages/explore/one_step.py"
_BOX_WIDTH = 132


def render_header(state: CheckWorking) -> None:
    """Show the title, and the menu of worked examples."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="header"):
        st.title(TITLE, anchor=False, width="stretch")
        present = state.example if state.start == EXAMPLES[state.example].exercise else None
        title = EXAMPLES[state.example].title if present else "Worked examples"
        st.menu_button(
            title,
            list(EXAMPLES),
            format_func=lambda name: EXAMPLES[name].title,
            icon=":material/menu_book:",
            key=EXAMPLE_MENU,
            on_click=of_the_page(take_example),
        )
        mark_entry(title, list(EXAMPLES).index(present) if present else None)
        render_conventions(state.speak, speak)
        render_copy_link()


def render_messages() -> None:
    """Show what of the link did not fit, and the last notice."""
    warn((*STORE.held().problems, *([STORE.notice] if STORE.notice else [])))


def render_given(exercise: Exercise) -> None:
    """Show the network and its numbers, which the learner's are to follow from."""
    note(functions_sentence(exercise.network))
    st.html(given_html(exercise))
    st.page_link(
        ONE_STEP_PAGE,
        label="Change these numbers on One step",
        icon=":material/route:",
        query_params=hand_over(exercise),
    )


def render_paste() -> None:
    """Show the field for a whole sheet of numbers."""
    refused = STORE.rejected.get(PASTED)
    st.text_area(
        "Paste your numbers",
        placeholder="z1 = [0.04, -0.11]\ndelta2 = -0.016\nΔw1 = …",
        help="Each with its name: z1, a1, delta1, dW1, … of layer 1, or the names of your code.",
        height=120,
        **bound(PASTED, pasted_text(), take_pasted),
    )
    if refused:
        refuse(refused.message)


def render_boxes(state: CheckWorking, found: dict[str, Verdict]) -> None:
    """Show the boxes of a group, with the verdict on each number below it."""
    st.segmented_control(
        "Show",
        list(GROUPS),
        format_func=lambda name: GROUPS[name].label,
        label_visibility="collapsed",
        required=True,
        **bound(GROUP, state.group, show_group),
    )
    given = dict(state.answers)
    for numbers in boxes_of(state.start, state.group, state.convention, given):
        with st.container(horizontal=True, gap="small"):
            for number in numbers:
                name = number_label(number, state.convention)
                text, verdict = given.get(number.id, ""), found.get(number.id)
                mark = "" if verdict is None else mark_of(verdict)
                _render_box(number, name, text, mark, "" if verdict is None else verdict.verdict)


def _render_box(number: Answerable, name: str, text: str, mark: str, kind: str) -> None:
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


def render_summary(state: CheckWorking, found: tuple[Verdict, ...]) -> None:
    """Show how many of the numbers are right, and the button that clears them."""
    if not found and not STORE.rejected:
        note("Enter or paste any of your numbers, in any order: each is compared with the network's.")
        return
    number = counts(found)
    parts = [f"{number['right']} right"]
    if number["wrong"]:
        parts.append(f"{number['wrong']} {'differs' if number['wrong'] == 1 else 'differ'}")
    if number["follow"]:
        parts.append(f"{number['follow']} {'follows' if number['follow'] == 1 else 'follow'} from that")
    checked = f"{count(len(found), 'number')} checked: {', '.join(parts)}." if found else "No number yet."
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        note(checked)
        st.button("Clear my numbers", key="check_clear", on_click=of_the_page(clear))
