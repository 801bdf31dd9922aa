"""The link from a step to training: the Training page begins with the network, the weights and η of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.examples import EXAMPLES
from core.exercise import Exercise
from core.network import Network, forward
from tests.core.strategies import exercises
from ui.links.train_on_data import train_on_data
from ui.training.built import build_network, first_theta
from ui.training.data import load
from ui.training.link import CODEC

ACCEPTED = st.sampled_from(
    [
        Network((3, 2, 1), ("sigmoid", "sigmoid"), bias=False),
        Network((2, 3, 3, 1), ("tanh", "tanh", "sigmoid"), "binary_cross_entropy"),
        Network((4, 1), ("identity",), "huber"),
        Network((2, 6, 3), ("relu", "softmax"), "categorical_cross_entropy"),
    ]
)


@given(exercises(ACCEPTED), st.integers(0, 2**32 - 1))
def test_training_begins_with_the_network_of_the_step(exercise, seed):
    state, problems = CODEC.read({name: (text,) for name, text in train_on_data(exercise).items()})
    assert problems == ()
    data = load(state.data, None)
    network = build_network(state, data)
    assert (network.widths, network.activations, network.loss) == (
        exercise.network.widths,
        exercise.network.activations,
        exercise.network.loss,
    )
    assert state.settings.learning_rate == exercise.learning_rate
    x = np.random.default_rng(seed).normal(size=(5, network.widths[0]))
    y_hat = forward(network, first_theta(state, network), x).a[-1]
    np.testing.assert_array_equal(y_hat, forward(exercise.network, exercise.theta_array, x).a[-1])


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (Network((2, 2), ("sigmoid",)), "2 outputs with Sigmoid"),
        (Network((2, 2, 2, 1), ("tanh", "relu", "sigmoid")), "several"),
    ],
)
def test_a_network_that_no_data_fits_is_refused_with_the_reason(network, reason):
    theta = (0.5,) * network.n_parameters
    exercise = Exercise(network, theta, (1.0,) * 2, (0.0,) * network.widths[-1], 0.1)
    with pytest.raises(ValueError, match=reason):
        train_on_data(exercise)


def test_the_notebook_and_the_other_networks_of_one_sigmoid_output_can_be_trained():
    for example in EXAMPLES.values():
        network = example.exercise.network
        if network.activations[-1] == "sigmoid" and network.widths[-1] == 1:
            query = train_on_data(example.exercise)
            assert CODEC.read({key: (text,) for key, text in query.items()})[1] == ()
