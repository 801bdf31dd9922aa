"""The fields in which a teacher chooses what is computed, and what of it is asked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from core.activations import ACTIVATIONS
from core.assignment import ASKABLE, DECIMALS, Assignment
from core.losses import LOSSES
from core.network import widths_text
from ui.exercise.actions import STORE, open_state
from ui.exercise.link import described
from ui.exercise.state import AskedExercise, of_student, with_assignment
from ui.limits import MAX_SEED
from ui.links.exercise import parse_widths
from ui.links.fitting import BIASES, bias_mode
from ui.shell.messages import refuse
from ui.shell.widgets import bound, entered
from ui.text.formulas import loss_formula
from ui.text.numbers import exact, parse_number

NETWORK, HIDDEN, OUTPUT, LOSS = "set_network", "set_hidden", "set_output", "set_loss"
BIAS, RATE, ASKED, DECIMAL, SEED = "set_bias", "set_rate", "set_asked", "set_decimals", "set_seed"
_HIDDEN_NAMES = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]


def render_fields(state: AskedExercise) -> None:
    """Show the fields; every choice takes effect at once, with other numbers."""
    assignment = state.assignment
    network = assignment.network
    _text("Network: inputs-units-outputs", NETWORK, widths_text(network.widths), _with_widths)
    hidden, output = st.columns(2, gap="small")
    if len(network.widths) > 2:
        with hidden:
            _activation("Hidden units", HIDDEN, _HIDDEN_NAMES, network.activations[0])
    with output:
        _activation("Outputs", OUTPUT, list(ACTIVATIONS), network.activations[-1])
    st.selectbox(
        "Loss",
        list(LOSSES),
        format_func=lambda name: f"{LOSSES[name].label}: {loss_formula(LOSSES[name])}",
        **bound(LOSS, network.loss, _choose, LOSS, _with_loss),
    )
    biases, rate = st.columns(2, gap="small")
    with biases:
        st.segmented_control(
            "Biases",
            list(BIASES),
            format_func=BIASES.__getitem__,
            required=True,
            **bound(BIAS, bias_mode(assignment), _choose, BIAS, _with_bias),
        )
    with rate:
        _text("Learning rate η", RATE, exact(assignment.learning_rate), _with_rate)
    st.pills(
        "Asked",
        list(ASKABLE),
        format_func=lambda name: ASKABLE[name].label,
        selection_mode="multi",
        **bound(ASKED, list(assignment.asked), _take_asked),
    )
    decimals, seed = st.columns(2, gap="small")
    with decimals:
        st.segmented_control(
            "Decimals",
            range(DECIMALS[0], DECIMALS[1] + 1),
            required=True,
            **bound(DECIMAL, assignment.decimals, _choose, DECIMAL, _with_decimals),
        )
    with seed:
        st.number_input(
            "Seed",
            min_value=0,
            max_value=MAX_SEED,
            value=None,
            help="Another seed, other numbers for everybody.",
            **bound(SEED, state.seed, _take_seed),
        )


def _text(label: str, key: str, value: str, change: Callable[[Assignment, str], Assignment]) -> None:
    refused = STORE.rejected.get(key)
    st.text_input(label, **bound(key, refused.text if refused else value, _choose, key, change))
    if refused:
        refuse(refused.message)


def _activation(label: str, key: str, names: list[str], present: str) -> None:
    change = _with_hidden if key == HIDDEN else _with_output
    st.selectbox(
        label,
        names,
        format_func=lambda name: ACTIVATIONS[name].label,
        **bound(key, present, _choose, key, change),
    )


def _choose(key: str, change: Callable[[Assignment, Any], Assignment]) -> None:
    """Make the exercise another one by what is in a field; what does not fit stays with the reason."""
    state = open_state()
    if state.is_locked:
        return
    chosen = entered(key)
    try:
        assignment = change(state.assignment, chosen)
    except ValueError as error:
        STORE.reject(key, str(chosen), str(error))
        return
    STORE.accept(key)
    STORE.edit(with_assignment(state, assignment))


def _take_asked() -> None:
    state, names = open_state(), entered(ASKED)
    asked = tuple(name for name in ASKABLE if name in (names or ()))
    if not asked:
        STORE.notify("Asked is empty; it takes one quantity or more.")
    elif not state.is_locked:
        STORE.edit(with_assignment(state, replace(state.assignment, asked=asked)))


def _take_seed() -> None:
    state, seed = open_state(), entered(SEED)
    if seed is None:
        STORE.notify(f"Seed is empty; it takes a whole number from 0 to {MAX_SEED}.")
    elif not state.is_locked:
        STORE.edit(replace(of_student(state, state.student), seed=int(seed)))


def _with_widths(assignment: Assignment, text: str) -> Assignment:
    return described(assignment, widths=parse_widths(str(text).strip()))


def _with_hidden(assignment: Assignment, name: str) -> Assignment:
    old = assignment.network.activations
    return described(assignment, activations=(*(name,) * (len(old) - 1), old[-1]))


def _with_output(assignment: Assignment, name: str) -> Assignment:
    return described(assignment, activations=(*assignment.network.activations[:-1], name))


def _with_loss(assignment: Assignment, name: str) -> Assignment:
    return described(assignment, loss=name)


def _with_bias(assignment: Assignment, mode: str) -> Assignment:
    return described(assignment, bias=mode)


def _with_rate(assignment: Assignment, text: str) -> Assignment:
    return replace(assignment, learning_rate=parse_number(str(text), "Learning rate η", 0, above_low=True))


def _with_decimals(assignment: Assignment, decimals: int) -> Assignment:
    return replace(assignment, decimals=int(decimals))
