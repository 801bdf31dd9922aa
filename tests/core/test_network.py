from dataclasses import replace
from itertools import product

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import assume, given
from hypothesis import strategies as st

from core.activations import ACTIVATIONS, pull_back
from core.gradient_check import numerical_gradient
from core.losses import LOSSES
from core.network import Network, backward, forward, trace_loss
from tests.core.strategies import (
    ALL_ACTIVATIONS,
    ALL_LOSSES,
    KINKED,
    broadcast,
    draw_targets,
    fits,
    generators,
    networks,
    problems,
)

REFERENCE_ACTIVATIONS = {
    "sigmoid": lambda z: 0.5 * (1 + anp.tanh(z / 2)),
    "tanh": lambda z: (anp.exp(2 * z) - 1) / (anp.exp(2 * z) + 1),
    "relu": lambda z: anp.where(z > 0, z, 0 * z),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "elu": lambda z: anp.where(z > 0, z, anp.exp(z) - 1),
    "softplus": lambda z: anp.log(1 + anp.exp(z)),
    "gelu": lambda z: z / 2 * (1 + anp.tanh(anp.sqrt(2 / anp.pi) * (z + 0.044715 * z**3))),
    "sin": anp.sin,
    "identity": lambda z: z,
    "softmax": lambda z: anp.exp(z) / anp.sum(anp.exp(z), axis=-1, keepdims=True),
}

REFERENCE_LOSSES = {
    "half_squared_error": lambda p, y: anp.sum((p - y) ** 2, axis=-1) / 2,
    "mean_squared_error": lambda p, y: anp.mean((p - y) ** 2, axis=-1),
    "binary_cross_entropy": lambda p, y: -anp.sum(y * anp.log(p) + (1 - y) * anp.log(1 - p), axis=-1),
    "categorical_cross_entropy": lambda p, y: -anp.sum(y * anp.log(p), axis=-1),
    "huber": lambda p, y: anp.sum(
        anp.where(anp.abs(p - y) <= 1, (p - y) ** 2 / 2, anp.abs(p - y) - 0.5), axis=-1
    ),
}

FUSED = [(loss.fused, loss.name) for loss in LOSSES.values() if loss.fused]


def reference_loss(network, theta, x, y):
    """Return the loss (...,) by a forward pass of its own, which autograd can differentiate."""
    a, start = x, 0
    for n_in, n_out, name in zip(network.widths, network.widths[1:], network.activations, strict=False):
        stop = start + n_in * n_out
        W = anp.reshape(theta[..., start:stop], (*theta.shape[:-1], n_in, n_out))
        z = anp.einsum("...ni,...io->...no", a, W)
        start = stop
        if network.bias:
            start = stop + n_out
            z = z + theta[..., None, stop:start]
        a = REFERENCE_ACTIVATIONS[name](z)
    return anp.mean(REFERENCE_LOSSES[network.loss](a, y), axis=-1)


def is_smooth_nearby(network, trace):
    """Whether no unit stands next to its kink; those at 0 because all before them are off may."""
    layers = zip(network.activations, trace.z, strict=True)
    return all(np.all((np.abs(z) > 1e-3) | (z == 0)) for name, z in layers if name in KINKED)


@given(problems())
def test_gradient_equals_central_differences(problem):
    network, theta, x, y = problem
    trace = forward(network, theta, x)
    assume(is_smooth_nearby(network, trace))
    numerical = numerical_gradient(network, theta, x, y)
    # The differences carry the round-off of the loss, divided by 2h.
    round_off = 1e-9 * float(1 + trace_loss(network, trace, y))
    np.testing.assert_allclose(backward(network, theta, trace, y).theta, numerical, rtol=1e-5, atol=round_off)


@given(problems(leading_axes=True))
def test_loss_and_gradients_equal_those_of_autograd(problem):
    network, theta, x, y = problem
    trace = forward(network, theta, x)
    gradient = backward(network, theta, trace, y)
    lead, (_, theta, x, y) = broadcast(problem)

    loss = np.broadcast_to(trace_loss(network, trace, problem.y), lead)
    np.testing.assert_allclose(loss, reference_loss(network, theta, x, y), rtol=1e-10, atol=1e-12)

    def total(theta, x):
        return anp.sum(reference_loss(network, theta, x, y))

    expected, expected_dx = grad(total, 0)(theta, x), grad(total, 1)(theta, x)
    np.testing.assert_allclose(gradient.theta, expected, rtol=1e-8, atol=1e-11)
    np.testing.assert_allclose(np.broadcast_to(gradient.da[0], x.shape), expected_dx, rtol=1e-8, atol=1e-11)


@given(problems(leading_axes=True))
def test_leading_axes_equal_a_loop_over_them(problem):
    network, theta, x, y = problem
    trace = forward(network, theta, x)
    loss = trace_loss(network, trace, y)
    gradient = backward(network, theta, trace, y)
    lead, (_, theta, x, y) = broadcast(problem)
    assert loss.shape == gradient.theta.shape[:-1] == lead

    def same(film, index, alone):
        frame = np.broadcast_to(film, (*lead, *alone.shape))[index]
        np.testing.assert_allclose(frame, alone, rtol=1e-10, atol=1e-13)

    for index in np.ndindex(lead):
        alone = forward(network, theta[index], x[index])
        alone_gradient = backward(network, theta[index], alone, y[index])
        same(loss, index, trace_loss(network, alone, y[index]))
        same(gradient.theta, index, alone_gradient.theta)
        films = (*trace.z, *trace.a, *gradient.delta, *gradient.da)
        frames = (*alone.z, *alone.a, *alone_gradient.delta, *alone_gradient.da)
        for film, frame in zip(films, frames, strict=True):
            same(film, index, frame)


@given(problems())
def test_gradients_lie_beside_what_they_are_gradients_of(problem):
    network, theta, x, y = problem
    trace = forward(network, theta, x)
    gradient = backward(network, theta, trace, y)
    assert trace.a[0] is x
    assert [delta.shape for delta in gradient.delta] == [z.shape for z in trace.z]
    assert [da.shape for da in gradient.da] == [a.shape for a in trace.a]
    for index, (dW, db) in enumerate(network.layers(gradient.theta)):
        np.testing.assert_allclose(dW, trace.a[index].T @ gradient.delta[index], rtol=1e-12, atol=1e-15)
        if db is not None:
            np.testing.assert_allclose(db, gradient.delta[index].sum(axis=0), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("activation", "loss"), FUSED)
@given(data=st.data())
def test_fused_delta_equals_the_composed_form(activation, loss, data):
    network = data.draw(networks(losses=(loss,)))
    network = replace(network, activations=(*network.activations[:-1], activation))
    network, theta, x, y = data.draw(problems(st.just(network)))
    trace = forward(network, theta, x)
    gradient = backward(network, theta, trace, y)
    composed = pull_back(ACTIVATIONS[activation], gradient.da[-1], trace.z[-1], trace.a[-1])
    np.testing.assert_allclose(gradient.delta[-1], composed, rtol=1e-9, atol=1e-13)


@given(networks(losses=("categorical_cross_entropy",)), generators())
def test_targets_that_do_not_sum_to_1_have_the_right_gradient_too(network, rng):
    network = replace(network, activations=(*network.activations[:-1], "softmax"))
    theta = rng.uniform(-1, 1, network.n_parameters)
    x, y = rng.standard_normal((3, network.widths[0])), rng.uniform(0, 1, (3, network.widths[-1]))
    trace = forward(network, theta, x)
    assume(is_smooth_nearby(network, trace))
    np.testing.assert_allclose(
        backward(network, theta, trace, y).theta,
        numerical_gradient(network, theta, x, y),
        rtol=1e-5,
        atol=1e-8,
    )


@given(problems(leading_axes=True))
def test_layers_are_views_that_pack_puts_together_again(problem):
    network, theta = problem.network, problem.theta
    layers = network.layers(theta)
    for (W, b), (n_in, n_out) in zip(layers, network.shapes, strict=True):
        assert W.shape == (*theta.shape[:-1], n_in, n_out)
        assert np.shares_memory(W, theta)
        if b is not None:
            assert b.shape == (*theta.shape[:-1], n_out)
            assert np.shares_memory(b, theta)
    biases = [b for _, b in layers if b is not None] if network.bias else None
    assert np.array_equal(network.pack([W for W, _ in layers], biases), theta)


def test_theta_holds_each_layers_weights_row_by_row_then_its_biases():
    network = Network((2, 3, 1), ("tanh", "tanh"))
    theta = network.pack([[[0, 1, 2], [3, 4, 5]], [[9], [10], [11]]], [[6, 7, 8], [12]])
    assert theta.tolist() == list(range(13))
    assert theta.dtype == np.float64


def test_pack_broadcasts_leading_axes():
    network = Network((1, 2), ("tanh",))
    theta = network.pack([np.arange(6).reshape(3, 1, 2)], [[7, 8]])
    assert theta.tolist() == [[0, 1, 7, 8], [2, 3, 7, 8], [4, 5, 7, 8]]


@pytest.mark.parametrize(
    ("activation", "loss"), [pair for pair in product(ACTIVATIONS, LOSSES) if fits(pair[1], pair[0])]
)
def test_float32_stays_float32(activation, loss):
    network = Network((2, 3, 2), ("gelu", activation), loss)
    rng = np.random.default_rng(0)
    theta = rng.uniform(-1, 1, network.n_parameters).astype(np.float32)
    x = rng.standard_normal((4, 2)).astype(np.float32)
    y = draw_targets(rng, loss, (4, 2)).astype(np.float32)
    trace = forward(network, theta, x)
    gradient = backward(network, theta, trace, y)
    arrays = (
        *trace.z,
        *trace.a,
        trace_loss(network, trace, y),
        *gradient.delta,
        *gradient.da,
        gradient.theta,
    )
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@pytest.mark.parametrize(
    ("loss", "activation", "x", "y", "expected"),
    [
        # The errors are the inputs: their squares add up to 5 and 17, over 2 samples of 3 outputs.
        ("half_squared_error", "identity", [[1, 2, 0], [0, -1, 4]], [[0, 0, 0]] * 2, 22 / 2 / 2),
        ("mean_squared_error", "identity", [[1, 2, 0], [0, -1, 4]], [[0, 0, 0]] * 2, 22 / 6),
        ("huber", "identity", [[1, 2, 0], [0, -1, 4]], [[0, 0, 0]] * 2, (0.5 + 1.5 + 0.5 + 3.5) / 2),
        ("binary_cross_entropy", "sigmoid", [[0, 0, 0]] * 2, [[1, 0, 0.3]] * 2, 3 * np.log(2)),
        ("categorical_cross_entropy", "softmax", [[5, 5, 5]] * 2, [[0, 1, 0]] * 2, np.log(3)),
    ],
)
def test_losses_add_up_over_outputs_and_average_over_samples(loss, activation, x, y, expected):
    network = Network((3, 3), (activation,), loss, bias=False)
    trace = forward(network, network.pack([np.eye(3)]), x)
    assert trace_loss(network, trace, y) == pytest.approx(expected, rel=1e-14)


@given(problems())
def test_samples_that_come_twice_change_nothing(problem):
    network, theta, x, y = problem
    once, twice = forward(network, theta, x), forward(network, theta, np.tile(x, (2, 1)))
    y_twice = np.tile(y, (2, 1))
    assert trace_loss(network, twice, y_twice) == pytest.approx(trace_loss(network, once, y), rel=1e-12)
    np.testing.assert_allclose(
        backward(network, theta, twice, y_twice).theta,
        backward(network, theta, once, y).theta,
        rtol=1e-9,
        atol=1e-13,
    )


def saturate(activation, loss, dtype):
    """Return the loss and gradient of 500 networks with units far out, and targets of 0 and 1."""
    hidden = "identity" if ACTIVATIONS[activation].couples_units else activation
    network = Network((1, 2, 2), (hidden, activation), loss)
    rng = np.random.default_rng(0)
    draws = 500

    def draw(numbers, *shape):
        return rng.choice(numbers, (draws, *shape)).astype(dtype)

    far = [-1e4, -800, -40, 0, 40, 800, 1e4]
    signs = [-1, 0, 1]
    theta = network.pack([draw(far, 1, 2), draw(signs, 2, 2)], [draw(far, 2), draw(far, 2)])
    x, y = draw(signs, 3, 1), draw([0, 1], 3, 2)
    trace = forward(network, theta, x)
    return trace_loss(network, trace, y), backward(network, theta, trace, y)


def assert_finite(loss, gradient):
    assert all(np.all(np.isfinite(array)) for array in (loss, gradient.theta, *gradient.delta, *gradient.da))


@pytest.mark.parametrize(("activation", "loss"), [*product(ACTIVATIONS, LOSSES)])
def test_loss_and_gradient_stay_finite_far_out(activation, loss):
    assert_finite(*saturate(activation, loss, np.float64))


@pytest.mark.parametrize(("activation", "loss"), [*product(ACTIVATIONS, LOSSES)])
def test_loss_and_gradient_stay_finite_far_out_in_float32(activation, loss):
    assert_finite(*saturate(activation, loss, np.float32))


@pytest.mark.parametrize(("activation", "loss"), FUSED)
def test_a_saturated_output_that_is_wrong_still_learns_where_the_delta_is_fused(activation, loss):
    network = Network((1, 2), (activation,), loss, bias=False)
    theta = np.array([1e4, -1e4])
    trace = forward(network, theta, [[1.0]])
    # Two logistic units are wrong by 1e4 each, one softmax distribution is by the difference.
    assert trace_loss(network, trace, [[0.0, 1.0]]) == 2e4
    assert backward(network, theta, trace, [[0.0, 1.0]]).delta[0].tolist() == [[1, -1]]


def test_relu_at_zero_counts_as_off():
    network = Network((1, 1), ("relu",))
    theta = np.zeros(2)
    trace = forward(network, theta, [[1.0]])
    assert trace.z[0] == 0
    assert not backward(network, theta, trace, [[1.0]]).theta.any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"widths": (3,)}, r"widths must be two or more numbers from 1, got \(3,\)"),
        ({"widths": (3, 0, 1)}, r"widths must be two or more numbers from 1, got \(3, 0, 1\)"),
        ({"activations": ("tanh",)}, "activations must name 2 layers, got 1"),
        ({"activations": ("tanh", "tan")}, "activation must be one of sigmoid, tanh, .* softmax, got 'tan'"),
        ({"activations": ("softmax", "tanh")}, "softmax is for the output layer only, got it in a hidden"),
        ({"loss": "error"}, "loss must be one of half_squared_error, .* huber, got 'error'"),
    ],
)
def test_a_description_of_no_network_is_refused(arguments, message):
    description = {"widths": (3, 2, 1), "activations": ("tanh", "tanh")}
    with pytest.raises(ValueError, match=message):
        Network(**description | arguments)


W1, W2, B1, B2 = np.zeros((3, 2)), np.zeros((2, 1)), np.zeros(2), np.zeros(1)


@pytest.mark.parametrize(
    ("weights", "biases", "message"),
    [
        ([W1.T, W2], [B1, B2], r"W1 must have shape \(3, 2\), got \(2, 3\)"),
        ([W1, W1], [B1, B2], r"W2 must have shape \(2, 1\), got \(3, 2\)"),
        ([W1, B1], [B1, B2], r"W2 must have shape \(2, 1\), got \(2,\)"),
        ([W1, W2], [B2, B1], r"b1 must have shape \(2,\), got \(1,\)"),
        ([W1, W2], [B1, 0.0], r"b2 must have shape \(1,\), got \(\)"),
        ([W1], [B1], "weights must hold 2 arrays, got 1"),
        ([W1, W2], None, "biases must be one array a layer"),
    ],
)
def test_parameters_of_a_wrong_shape_are_refused(weights, biases, message):
    with pytest.raises(ValueError, match=message):
        Network((3, 2, 1), ("tanh", "tanh")).pack(weights, biases)


def test_biases_for_a_network_without_them_are_refused():
    with pytest.raises(ValueError, match="biases must be left out: the network has none"):
        Network((3, 2, 1), ("tanh", "tanh"), bias=False).pack([W1, W2], [B1, B2])


@pytest.mark.parametrize(
    ("theta", "x", "y", "message"),
    [
        (
            np.zeros(10),
            np.zeros((5, 3)),
            np.zeros((5, 1)),
            r"theta must have shape \(\.\.\., 11\), got \(10,\)",
        ),
        (0.0, np.zeros((5, 3)), np.zeros((5, 1)), r"theta must have shape \(\.\.\., 11\), got \(\)"),
        (
            np.zeros(11),
            np.zeros((5, 2)),
            np.zeros((5, 1)),
            r"x must have shape \(\.\.\., N, 3\), got \(5, 2\)",
        ),
        (np.zeros(11), np.zeros(3), np.zeros((5, 1)), r"x must have shape \(\.\.\., N, 3\), got \(3,\)"),
        (
            np.zeros(11),
            np.zeros((5, 3)),
            np.zeros((5, 2)),
            r"y must have shape \(\.\.\., 5, 1\), got \(5, 2\)",
        ),
        (np.zeros(11), np.zeros((5, 3)), np.zeros(1), r"y must have shape \(\.\.\., 5, 1\), got \(1,\)"),
    ],
)
def test_arrays_of_a_wrong_shape_are_refused(theta, x, y, message):
    network = Network((3, 2, 1), ("tanh", "tanh"))

    def loss_of_a_pass():
        return trace_loss(network, forward(network, theta, x), y)

    with pytest.raises(ValueError, match=message):
        loss_of_a_pass()


@pytest.mark.parametrize("samples", [1, 3])
def test_targets_for_another_number_of_samples_are_refused(samples):
    network = Network((1, 1), ("identity",), bias=False)
    trace = forward(network, [1.0], np.ones((4, 1)))
    with pytest.raises(ValueError, match="y must have"):
        trace_loss(network, trace, np.zeros((samples, 1)))


def test_a_network_is_a_plain_value():
    network = Network([3, 2, 1], ["tanh", "tanh"])  # type: ignore[arg-type]
    assert network == Network((3, 2, 1), ("tanh", "tanh"))
    assert hash(network) == hash(Network((3, 2, 1), ("tanh", "tanh")))
    assert network.n_parameters == 11
    assert replace(network, bias=False).n_parameters == 8


def test_the_references_cover_every_choice():
    assert set(REFERENCE_ACTIVATIONS) == set(ALL_ACTIVATIONS)
    assert set(REFERENCE_LOSSES) == set(ALL_LOSSES)
