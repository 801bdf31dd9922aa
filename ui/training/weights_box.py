"""The box for the initial weights, in which each can be edited and others can be pasted."""

from dataclasses import replace

import streamlit as st

from ui.shell.messages import refuse
from ui.shell.widgets import bound, entered
from ui.training.actions import STORE, change, open_state
from ui.training.built import build_network, first_theta
from ui.training.data import TrainingData
from ui.training.given_weights import MOST_EDITED, format_weights, misfit, parse_weights
from ui.training.kept import open_data
from ui.training.state import Training

_KEY = "training_theta"


def render_weights_box(state: Training, data: TrainingData) -> None:
    """Show the weights and biases before the first step; a run begins from those that are entered."""
    network = build_network(state, data)
    if network.n_parameters > MOST_EDITED:
        return
    refused = STORE.rejected.get(_KEY)
    text = refused.text if refused else format_weights(network, first_theta(state, network))
    st.text_area(
        "Weights and biases at step 0",
        height=170,
        help="Edit any number, or paste matrices, each below its name. Empty for drawn ones.",
        **bound(_KEY, text, _take),
    )
    if refused:
        refuse(refused.message)
    elif state.theta and not misfit(state.theta, network):
        st.caption("These were given, not drawn; empty the box to draw them.")


def _take() -> None:
    state = open_state()
    text = str(entered(_KEY))
    network = build_network(state, open_data(state)[0])
    try:
        theta = parse_weights(text, network) if text.strip() else ()
    except ValueError as error:
        STORE.reject(_KEY, text, str(error))
        return
    STORE.accept(_KEY)
    if theta != tuple(first_theta(state, network).tolist()):
        # The numbers that were shown had the factor already.
        change(replace(state, theta=theta, init_scale=1.0))
