"""Every number of a step: the tables of weights and units, and how exactly they show it."""

import streamlit as st

from ui.links.view import View
from ui.one_step.actions import STORE, change_view, speak
from ui.one_step.copy_numbers import COPY_NUMBERS, render_copy_numbers
from ui.one_step.matrix_editor import MATRICES, render_matrices
from ui.one_step.page import PARTS, shown_exercise
from ui.one_step.take_away import render_files, unit_tables_of, weight_tables_of
from ui.shell.conventions import render_conventions
from ui.shell.messages import note
from ui.shell.visit import is_bare
from ui.shell.widgets import bound, entered
from ui.text.numbers import DECIMALS, DIGITS
from ui.text.tables import shape_sentence, tables_html

_HEIGHT = 330
# The rows of a table that needs no scrolling.
_SHORT = 9


def _size() -> object:
    state = STORE.read()
    return state.start.network.n_parameters, state.start.network.bias, state.view.withholds_results


@PARTS.part("weights_frame", _size)
def render_weights() -> None:
    """Show every weight and bias with its gradient, its delta and what it becomes."""
    if STORE.read().view.withholds_results:
        note("The tables come back with the whole step: they have the numbers to predict.")
        return
    network = STORE.read().start.network
    many = network.n_parameters > _SHORT
    if many:
        which = "weights and biases" if network.bias else "weights"
        st.caption(f"All {network.n_parameters:d} {which}: scroll in the table")
    with st.container(height=_HEIGHT if many else "content", border=many, key="weights"):
        _render_weight_tables()


def _numbers() -> object:
    view = STORE.read().view
    return shown_exercise(), view.precision, view.speak


@PARTS.part("weights", _numbers, alone=True)
def _render_weight_tables() -> None:
    state = STORE.read()
    st.html(tables_html(weight_tables_of(state), state.view.precision))


def _how_shown() -> object:
    state, exercise = STORE.read(), shown_exercise()
    # Open matrices hold numbers too.
    matrices = (exercise.theta, STORE.rejected) if entered(MATRICES) else None
    copied = exercise if entered(COPY_NUMBERS) else None
    view = state.view
    shown = exercise.network, view.speak, view.precision, view.hide, view.withholds_results
    return shown, matrices, copied


@PARTS.part("units_frame", _how_shown)
def render_units() -> None:
    """Show every unit's numbers with the array shapes, how to show them, and what can be taken away."""
    view, exercise = STORE.read().view, shown_exercise()
    if view.withholds_results:
        return
    st.header("Every number of this step", anchor=False)
    note(shape_sentence(exercise))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if is_bare():
            render_conventions(view.speak, speak)
        _render_precision(view)
        if "weights" not in view.hide:
            render_matrices(exercise)
            render_copy_numbers(exercise)
        render_files(has_weights="weights" not in view.hide)
    _render_unit_tables()


@PARTS.part("units", _numbers, alone=True)
def _render_unit_tables() -> None:
    state = STORE.read()
    st.html(tables_html(unit_tables_of(state), state.view.precision))


def _render_precision(view: View) -> None:
    st.number_input(
        "Significant digits",
        *DIGITS,
        value=None,
        **bound("digits", view.digits, _show_digits),
        disabled=view.decimals is not None,
        width=150,
    )
    st.number_input(
        "Fixed decimals",
        *DECIMALS,
        value=None,
        **bound("decimals", view.decimals, _show_decimals),
        placeholder="none",
        help="So many decimals instead of significant digits",
        width=150,
    )


def _show_digits() -> None:
    digits = entered("digits")
    if digits is None:
        low, high = DIGITS
        STORE.open()
        STORE.notify(f"Significant digits is empty; it takes a number from {low} to {high}.")
    else:
        change_view(digits=int(digits))


def _show_decimals() -> None:
    change_view(decimals=entered("decimals"))
