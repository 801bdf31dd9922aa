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
    TYPED,
    can_bring_back,
    clear_or_restore,
    has_entries,
    long_text_sentence,
    pasted_text,
    restore,
    show_group,
    speak,
    take_example,
    take_pasted,
    take_typed,
)
from ui.check_working.audit import audit, audit_html
from ui.check_working.paper import paper_html
from ui.check_working.state import SHEET, CheckWorking
from ui.links.exercise import hand_over
from ui.practice import boxes
from ui.practice.hints import first_wrong
from ui.shell.conventions import render_conventions
from ui.shell.menus import mark_entry
from ui.shell.messages import note, refuse, warn
from ui.shell.share_dialog import render_copy_link
from ui.shell.widgets import bound, of_the_page
from ui.text.answers import GROUPS, boxes_of
from ui.text.given import functions_sentence, given_html
from ui.text.marks import counts, mark_of
from ui.text.numbers import count, exact_on_screen

TITLE = "Check my working"
_SHEET_LABEL = "Whole sheet"
ONE_STEP_PAGE = "pages/explore/one_step.py"


def render_header(state: CheckWorking) -> None:
    """Show the title, and the menu of worked examples."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
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
    warn(STORE.sentences())


def render_functions(exercise: Exercise) -> None:
    """Show the activation functions, the loss and the learning rate."""
    note(f"{functions_sentence(exercise.network)} η = {exact_on_screen(exercise.learning_rate)}.")


def render_given(exercise: Exercise) -> None:
    """Show the numbers of the network, which the learner's are to follow from."""
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
    if sentence := long_text_sentence():
        note(sentence)
    if refused:
        refuse(refused.message)


def render_groups(state: CheckWorking) -> None:
    """Show the choice of what has its boxes in the drawing."""
    st.segmented_control(
        "Show",
        [*GROUPS, *([SHEET] if state.sheet else [])],
        format_func=lambda name: _SHEET_LABEL if name == SHEET else GROUPS[name].label,
        label_visibility="collapsed",
        required=True,
        **bound(GROUP, state.shown, show_group),
    )


def render_sheet(state: CheckWorking) -> None:
    """Show the whole sheet that was pasted, with what was found about each of its numbers."""
    try:
        lines = audit(state)
    except ValueError as error:
        refuse(str(error))
        return
    st.html(audit_html(lines))


def render_boxes(state: CheckWorking, found: tuple[Verdict, ...]) -> None:
    """Show the network with the boxes of the group that is shown."""
    texts, wrong = dict(state.answers), first_wrong(found)
    model = boxes.drawing(
        state.start,
        state.convention,
        boxes_of(state.start, state.shown, state.convention, texts),
        texts,
        {verdict.quantity: mark_of(verdict) for verdict in found},
        TYPED.refused,
        wrong.quantity if wrong else None,
        f"{len(texts)} checked, none differs." if texts else "",
    )
    boxes.render_boxes(TYPED.boxes, model, take_typed)


def render_on_paper(state: CheckWorking, found: tuple[Verdict, ...]) -> None:
    """Have a print show the numbers whose boxes are not on the screen."""
    tables = paper_html(state, found)
    if tables:
        st.html(tables)


def render_summary(state: CheckWorking, found: tuple[Verdict, ...]) -> None:
    """Show how many of the numbers are right, and the button that clears them."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        note(_summary(found))
        # One button, which keeps the focus whichever of the two it does.
        has_any, can_bring = has_entries(state), can_bring_back(state)
        label = "Clear my numbers" if has_any else "Bring my numbers back"
        if has_any or can_bring:
            st.button(label, key="check_clear", on_click=of_the_page(clear_or_restore))
        if has_any and can_bring:
            st.button("Bring my earlier numbers back", key="check_earlier", on_click=of_the_page(restore))


def _summary(found: tuple[Verdict, ...]) -> str:
    if not found and not STORE.rejected:
        return "Enter or paste any of your numbers, in any order: each is compared with the network's."
    if not found:
        return "No number could be read yet."
    number = counts(found)
    parts = [f"{number['right']} right"]
    if number["wrong"]:
        parts.append(f"{number['wrong']} {'differs' if number['wrong'] == 1 else 'differ'}")
    if number["follow"]:
        parts.append(f"{number['follow']} {'follows' if number['follow'] == 1 else 'follow'} from that")
    return f"{count(len(found), 'number')} checked: {', '.join(parts)}."
