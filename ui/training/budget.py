"""How far a press trains, and which sample is looked at: boxes that stand beside what they are of."""

from dataclasses import replace

import streamlit as st

from ui.limits import MAX_TRAINING_STEPS
from ui.shell.widgets import bound, entered
from ui.training.actions import STORE, open_state, plan
from ui.training.state import UNITS, Training


def render_budget(state: Training) -> None:
    """Show how far a press on Train goes; it is no setting of a run, so nothing else changes with it."""
    st.number_input(
        "Train for",
        min_value=1,
        max_value=MAX_TRAINING_STEPS,
        value=None,
        **bound("training_budget", state.budget, _take_budget),
        label_visibility="collapsed",
        width=160,
    )
    st.segmented_control(
        "Unit",
        list(UNITS),
        **bound("training_unit", state.unit, _take_unit),
        required=True,
        label_visibility="collapsed",
        width="content",
    )


def render_sample(row: int, samples: int, *, of_batch: bool) -> None:
    """Show the number of the sample that is looked at, to pick another; without, it is one `of_batch`."""
    st.number_input(
        "Sample",
        min_value=1,
        max_value=samples,
        value=None,
        step=1,
        **bound("training_sample", row + 1, _take_sample),
        width=140,
        help="Empty for the first of the batch that the next step takes"
        if of_batch
        else "Empty for the first training sample",
    )


def _take_sample() -> None:
    plan(replace(open_state(), sample=entered("training_sample")))


def _take_budget() -> None:
    state = open_state()
    budget = entered("training_budget")
    if budget is None:
        STORE.notify(f"Train for is empty; it takes a number from 1 to {MAX_TRAINING_STEPS:,}.")
    else:
        plan(replace(state, budget=int(budget)))


def _take_unit() -> None:
    plan(replace(open_state(), unit=entered("training_unit")))
