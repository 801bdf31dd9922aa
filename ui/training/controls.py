"""The controls of the Training page that are not in the panel beside the drawing: data, and the rest.

A popover's widgets are there only while it is open. Every choice goes into the link at once.
"""

import streamlit as st

from core.activations import ACTIVATIONS
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS
from core.schedules import SCHEDULES
from ui.shell.widgets import run_page
from ui.text.formulas import loss_formula
from ui.text.symbols import explain_symbols
from ui.training.actions import DATA_MENU, settings_now
from ui.training.built import loss_of, output_activation, why_not
from ui.training.data import TrainingData
from ui.training.data_menu import render_data
from ui.training.setting_fields import render_choice, render_exact_number, render_switch, render_whole_number
from ui.training.state import Training
from ui.training.weights_box import render_weights_box


def render_controls(state: Training, data: TrainingData) -> None:
    """Show the popovers; a label that stays keeps one open while something is chosen in it."""
    popover = st.popover("Data", key=DATA_MENU, on_change=run_page)
    if popover.open:
        with popover:
            render_data(state, data)
    popover = st.popover("More settings", key="training_more", on_change=run_page)
    if popover.open:
        with popover:
            _render_more(state, data)


def _render_more(state: Training, data: TrainingData) -> None:
    _render_network(state, data)
    _render_optimizer(state)
    _render_regularization()
    render_whole_number("Significant digits", "view", "digits")
    render_whole_number("Fixed decimals, empty for none", "view", "decimals", optional=True)


def _render_network(state: Training, data: TrainingData) -> None:
    fitting = [name for name in LOSSES if why_not(name, data.task) is None]
    render_choice(
        "Loss",
        "network",
        "loss",
        fitting,
        lambda name: f"{LOSSES[name].label}: {loss_formula(LOSSES[name])}",
        now=loss_of(state, data.task),
    )
    for name in LOSSES:
        reason = why_not(name, data.task)
        if reason:
            st.caption(reason)
    st.caption(
        f"The output is {ACTIVATIONS[output_activation(data.task)].label.lower()}, as suits this data."
    )
    render_choice(
        "Initial weights", "network", "initializer", list(INITIALIZERS), lambda name: INITIALIZERS[name].label
    )
    render_exact_number("Factor on the initial weights", "network", "init_scale")
    render_whole_number("Seed of weights and batches", "network", "seed")
    render_weights_box(state, data)


def _render_optimizer(state: Training) -> None:
    settings = settings_now(state)
    optimizer = OPTIMIZERS[settings.optimizer]
    st.caption(f"{optimizer.label}: {optimizer.formula}  \n{explain_symbols(optimizer.formula)}")
    symbols = {
        "momentum": "Momentum μ", "beta1": "β₁", "beta2": "β₂", "rho": "ρ", "epsilon": "ε",
        "weight_decay": "Weight decay λ",
    }  # fmt: skip
    for name in optimizer.uses:
        render_exact_number(symbols[name], "rates", name)
    render_choice(
        "Learning-rate schedule",
        "settings",
        "schedule",
        list(SCHEDULES),
        lambda name: f"{SCHEDULES[name].label}: {SCHEDULES[name].formula}",
    )
    explained = explain_symbols(SCHEDULES[settings.schedule].formula)
    if explained:
        st.caption(explained)
    if "period" in SCHEDULES[settings.schedule].uses:
        render_whole_number("Period in steps", "settings", "period")
    if "decay" in SCHEDULES[settings.schedule].uses:
        render_exact_number("Decay", "settings", "decay")
    render_switch("Shuffle the samples every epoch", "settings", "shuffle")


def _render_regularization() -> None:
    render_exact_number("L1 penalty λ Σ|w|: λ", "settings", "l1")
    render_exact_number("Gradient clipping: largest norm, empty for none", "settings", "clip", optional=True)
    render_whole_number(
        "Early stopping: steps without a better test loss, empty for none",
        "settings", "patience", optional=True,
    )  # fmt: skip
