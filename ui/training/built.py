"""The network that a state of the Training page makes of its data, and the parameters that it begins with."""

import numpy as np

from core.arrays import Array
from core.initializers import init_theta
from core.losses import LOSSES
from core.network import Network
from ui.training.data import TrainingData
from ui.training.state import Training

USUAL_LOSSES = {
    "binary": "binary_cross_entropy",
    "classes": "categorical_cross_entropy",
    "regression": "half_squared_error",
}


def loss_of(state: Training, task: str) -> str:
    """Return the loss of the state's network: the chosen one where it fits the data, else the usual."""
    return USUAL_LOSSES[task] if not state.loss or why_not(state.loss, task) else state.loss


def why_not(loss: str, task: str) -> str | None:
    """Return the reason why a loss does not fit data of a task, or None where it does."""
    label = LOSSES[loss].label
    if task == "regression" and LOSSES[loss].bounds == (0, 1):
        return f"{label} needs a probability as ŷ; this data's target is a number."
    if task == "binary" and loss == "categorical_cross_entropy":
        return f"{label} needs one output for each class; here one output stands for two classes."
    if task == "classes" and loss == "binary_cross_entropy":
        return f"{label} is for two classes; this data has more."
    return None


def output_activation(task: str) -> str:
    """Return the output's activation: what makes ŷ a probability, probabilities, or any number."""
    return {"binary": "sigmoid", "classes": "softmax", "regression": "identity"}[task]


def build_network(state: Training, data: TrainingData) -> Network:
    """Return the network that fits the data's inputs and outputs."""
    widths = (data.own_x.shape[1], *state.hidden, data.own_y.shape[1])
    activations = (*(state.activation for _ in state.hidden), output_activation(data.task))
    return Network(widths, activations, loss_of(state, data.task))


def first_theta(state: Training, network: Network) -> Array:
    """Return θ (P,) before the first step: as it was given, where it fits the network, or else drawn."""
    if len(state.theta) == network.n_parameters:
        return state.init_scale * np.array(state.theta)
    return state.init_scale * init_theta(network, state.initializer, np.random.default_rng(state.seed))
