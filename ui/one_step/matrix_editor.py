"""The popover where weights are edited as whole matrices."""

import streamlit as st

from core.exercise import Exercise
from ui.one_step.actions import STORE, change_numbers, open_state, replayed
from ui.shell.messages import refuse
from ui.shell.widgets import bound, entered, run_page
from ui.text.matrices import format_matrix, matrix_changes, matrix_names, parse_matrix

MATRICES = "matrices"


def render_matrices(exercise: Exercise) -> None:
    """Show a text field for every W and b; a text that does not fit stays there with the reason."""
    popover = st.popover("Edit as matrices", icon=":material/grid_on:", key=MATRICES, on_change=run_page)
    if not popover.open:
        return
    with popover:
        st.caption("Paste a whole matrix: one row a line, numbers separated by spaces, tabs or commas.")
        for name, (_, values) in matrix_names(exercise).items():
            key = f"matrix_{name}"
            refused = STORE.rejected.get(key)
            text = refused.text if refused else format_matrix(values)
            shape = values.shape if name.startswith("W") else values.shape[1:]
            st.text_area(
                f"{name}, shape {shape}",
                **bound(key, text, _take_matrix, name),
                height=68 + 24 * max(len(values) - 1, 0),
            )
            if refused:
                refuse(refused.message)


def _take_matrix(name: str) -> None:
    exercise = replayed(open_state()).exercise
    letter, values = matrix_names(exercise)[name]
    key = f"matrix_{name}"
    text = entered(key) or ""
    try:
        changes = matrix_changes(parse_matrix(text, name, values.shape), letter)
    except ValueError as error:
        STORE.reject(key, text, str(error))
    else:
        STORE.accept(key)
        change_numbers(changes)
