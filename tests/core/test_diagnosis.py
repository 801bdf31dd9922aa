"""A run that broke down is found, with its step, layer and cause, and one that did not is left alone."""

from dataclasses import replace

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.data import make_samples
from core.diagnosis import EXPLODED, constant_loss, diagnosing, penalty_alone_grows
from core.evaluation import evaluate
from core.initializers import init_theta
from core.losses import LOSSES
from core.network import Network, forward
from core.optimizers import OPTIMIZERS, Rates
from core.pieces import finish
from core.settings import Settings
from core.training import continue_run, start_run

HIDDEN = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
DESCENDING = ["gradient_descent", "momentum", "nesterov"]


def circle(scale=1.0):
    x, y = make_samples("circle", 60, 0.1, 3)
    return scale * x / 3, y


def run(network, settings, samples, steps, theta=None):
    """Train and return the diagnosis with the run."""
    x, y = samples
    start = init_theta(network, "xavier", np.random.default_rng(1)) if theta is None else theta
    history = continue_run(network, settings, start_run(network, settings, start, 0), x, y, steps)
    loss = evaluate(network, history.key_theta, x, y, classes=False).loss
    found = finish(
        diagnosing(
            network,
            settings,
            history.key_steps,
            history.key_theta,
            loss,
            x,
            y,
            history.loss,
            history.diverged.step if history.diverged else None,
        )
    )
    return found, history


def network_of(activation, loss="binary_cross_entropy", outputs="sigmoid", width=4):
    return Network((2, width, width, 1), (activation, activation, outputs), loss)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("activation", HIDDEN)
def test_a_healthy_run_is_not_diagnosed(activation, optimizer):
    settings = Settings(optimizer, OPTIMIZERS[optimizer].usual_learning_rate / 3, l2=1e-3)
    found, _ = run(network_of(activation), settings, circle(), 200)
    assert found is None


@pytest.mark.parametrize("optimizer", DESCENDING)
@pytest.mark.parametrize("activation", HIDDEN)
def test_a_penalty_that_makes_the_weights_grow_is_the_cause(activation, optimizer):
    settings = Settings(optimizer, 0.3, l2=20)
    found, _ = run(network_of(activation), settings, circle(), 60)
    assert found is not None
    assert found.cause == "penalty"
    assert found.exploded
    healthy, _ = run(network_of(activation), replace(settings, l2=0.001, learning_rate=0.01), circle(), 60)
    assert healthy is None


def test_weight_decay_can_be_the_cause_too():
    settings = Settings("adamw", 0.1, rates=Rates(weight_decay=30))
    found, _ = run(network_of("tanh"), settings, circle(), 60)
    assert found is not None
    assert found.cause == "penalty"


@pytest.mark.parametrize(("product", "grows"), [(1.9, False), (2.0, False), (2.1, True), (3.0, True)])
@pytest.mark.parametrize("learning_rate", [0.001, 0.3, 5])
def test_plain_descent_grows_where_the_product_of_rate_and_penalty_is_above_two(
    learning_rate, product, grows
):
    settings = Settings(learning_rate=learning_rate, l2=product / learning_rate)
    assert penalty_alone_grows(settings, 100) == grows


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("learning_rate", [1e-3, 1, 30])
def test_a_usual_penalty_never_is_the_cause_and_a_clipped_one_neither(optimizer, learning_rate):
    usual = Settings(optimizer, learning_rate, l1=0.001, l2=0.01)
    assert not penalty_alone_grows(usual, 100)
    assert not penalty_alone_grows(replace(usual, l2=1e3, clip=1.0), 100)


@pytest.mark.parametrize("optimizer", ["adagrad", "rmsprop", "adam"])
def test_an_optimizer_that_divides_by_the_size_of_the_gradient_holds_a_large_penalty(optimizer):
    assert not penalty_alone_grows(Settings(optimizer, 0.3, l2=1000), 100)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "elu", "softplus", "gelu", "identity"])
def test_inputs_far_from_unit_size_are_the_cause_and_scaling_them_is_a_way_out(activation):
    network = network_of(activation, "half_squared_error", "identity")
    settings = Settings(learning_rate=0.05, batch_size=16)
    x, y = circle(1.0)
    found, _ = run(network, settings, (x * [1000, 1], y), 300)
    assert found is not None
    assert (found.cause, found.column) == ("scale", 0)
    assert found.step <= 5
    assert found.size == pytest.approx(np.sqrt(np.mean((1000 * x[:, 0]) ** 2)))
    assert run(network, settings, (x, y), 300)[0] is None


def test_a_target_far_from_unit_size_is_found_behind_the_inputs():
    network = network_of("relu", "half_squared_error", "identity")
    x, y = circle()
    found, _ = run(network, Settings(), (x, 1e5 * (y + 0.5)), 300)
    assert found is not None
    assert (found.cause, found.column) == ("scale", 2)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky_relu", "softplus"])
def test_a_learning_rate_far_too_large_is_the_cause(activation, optimizer):
    network = network_of(activation, "half_squared_error", "identity")
    found, _ = run(network, Settings(optimizer, 1e4), circle(), 100)
    assert found is not None
    assert (found.cause, found.exploded) == ("learning_rate", True)
    assert found.step <= 3


def test_the_step_is_the_first_after_which_the_loss_is_beyond_the_limit():
    network = Network((1, 1), ("identity",), "half_squared_error", bias=False)
    x, y = np.ones((1, 1)), np.ones((1, 1))
    # w ← w − η (w − 1): the error grows by −1.5 a step.
    found, history = run(network, Settings(learning_rate=2.5), (x, y), 1000, np.zeros(1))
    assert found is not None
    expected = int(np.flatnonzero(history.loss > EXPLODED * history.loss[0])[0])
    assert found.step == expected
    assert found.layer == 1


@pytest.mark.parametrize("activation", ["relu", "gelu", "elu", "softplus"])
def test_a_layer_that_is_off_for_every_sample_from_the_start_is_found(activation):
    network = network_of(activation, "half_squared_error", "identity")
    theta = init_theta(network, "xavier", np.random.default_rng(1))
    b = network.layers(theta)[1].b
    assert b is not None
    b[...] = -60
    found, _ = run(network, Settings(), circle(), 50, theta)
    assert found is not None
    assert (found.step, found.layer, found.cause, found.exploded) == (0, 2, "start", False)
    assert found.blocked[1] == 4


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_a_saturated_layer_is_found_with_the_inputs_as_cause(activation):
    network = network_of(activation, "half_squared_error", "identity")
    x, _ = circle()
    y = np.sin(20 * x[:, :1])
    found, _ = run(network, Settings(), (np.abs(x) * 1e5 + 1e5, y), 50)
    assert found is not None
    assert (found.step, found.layer, found.cause) == (0, 1, "scale")
    assert found.blocked[0] == 4


def test_dead_units_that_do_no_harm_are_left_alone():
    network = network_of("relu", width=8)
    theta = init_theta(network, "he", np.random.default_rng(1))
    b = network.layers(theta)[0].b
    assert b is not None
    b[:3] = -60
    x, y = circle()
    found, history = run(network, Settings(learning_rate=0.1), (x, y), 400, theta)
    dead = np.all(forward(network, history.theta, x).a[1] == 0, axis=0)
    assert np.sum(dead) >= 3
    assert found is None


@pytest.mark.parametrize("loss", LOSSES)
def test_a_blocked_layer_is_no_harm_where_the_loss_is_small(loss):
    outputs = LOSSES[loss].fused or "identity"
    network = Network((1, 2, 2), ("relu", outputs), loss)
    theta = np.zeros(network.n_parameters)
    parts = network.layers(theta)
    assert parts[0].b is not None
    assert parts[1].b is not None
    parts[0].b[...] = -1
    parts[1].b[...] = [40, -40] if LOSSES[loss].fused else [1, 0]
    x, y = np.linspace(-1, 1, 5)[:, None], np.tile([1.0, 0.0], (5, 1))
    assert run(network, Settings(), (x, y), 20, theta)[0] is None


def test_a_constant_prediction_costs_the_variance():
    network = Network((1, 1), ("identity",), "mean_squared_error")
    y = np.array([[1.0], [3.0], [8.0]])
    assert constant_loss(network, y) == pytest.approx(np.var(y))


def test_a_run_without_a_step_is_not_diagnosed():
    assert run(network_of("relu"), Settings(), circle(1e9), 0)[0] is None
