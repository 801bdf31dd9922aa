from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from core.activations import ACTIVATIONS
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import quantities
from core.history import trajectory
from core.network import forward, trace_loss


def assert_published(array, digits):
    """Assert that numbers agree with printed ones to half a unit in the last digit of each."""
    for number, text in zip(np.ravel(array), digits.split(), strict=True):
        half_a_unit = 0.5 * 10.0 ** int(Decimal(text).as_tuple().exponent)
        assert number == pytest.approx(float(text), rel=0, abs=half_a_unit)


def assert_recomputed(array, numbers):
    np.testing.assert_allclose(np.ravel(array), numbers, rtol=1e-9, atol=0)


def by_id(exercise, theta):
    """Return the numbers of a vector like θ by the id of the weight or bias they belong to."""
    return {q.id: theta[q.place] for q in quantities(exercise.network) if q.kind in "wb"}


def after(exercise):
    """Return the exercise as one step leaves it."""
    return replace(exercise, theta=tuple(exercise.theta_array + exercise.step().weight_delta))


def test_notebook_forward_pass():
    # x = (0.5, 0.1, −0.2), W_ih = [[0.5, −0.6], [0.1, −0.2], [0.1, 0.7]], W_ho = [0.1, −0.3], t = 0.6
    #
    # z1 = 0.5·0.5 + 0.1·0.1 − 0.2·0.1 = 0.24        a1 = σ(0.24)  = 0.55971365
    # z2 = 0.5·(−0.6) − 0.1·0.2 − 0.2·0.7 = −0.46    a2 = σ(−0.46) = 0.38698582
    # z  = 0.1·0.55971365 − 0.3·0.38698582 = −0.06012438
    # ŷ  = σ(−0.06012438) = 0.48497343
    # L  = ½(0.6 − 0.48497343)² = 0.00661556
    exercise = DEFAULT_EXAMPLE.exercise
    step = exercise.step()
    assert_published(step.trace.z[0], "0.24 -0.46")
    assert_published(step.trace.a[1], "0.55971365 0.38698582")
    assert_recomputed(step.trace.a[1], [0.559713649267, 0.386985823861])
    assert_published(step.trace.z[1], "-0.06012438223148006")
    assert_recomputed(step.trace.a[2], [0.48497343084992534])
    assert_published(exercise.y_array - step.trace.a[2], "0.11502656915007464")
    assert_recomputed(step.loss, [0.006615555805218451])


def test_notebook_backward_pass():
    # The notebook's signs: "output error" is −dL/da, "error term" is −dL/dz = −δ.
    #
    # t − ŷ = 0.6 − 0.48497343 = 0.11502657
    # error term of ŷ = 0.11502657·ŷ(1 − ŷ) = 0.11502657·0.24977420 = 0.02873067
    # output errors of the hidden layer = 0.02873067·(0.1, −0.3) = (0.00287307, −0.00861920)
    # error terms of the hidden layer:
    #   0.00287307·0.55971365·0.44028635 = 0.00070802,  −0.00861920·0.38698582·0.61301418 = −0.00204471
    gradient = DEFAULT_EXAMPLE.exercise.step().gradient
    assert_published(-gradient.da[2], "0.11502656915007464")
    assert_published(-gradient.delta[1], "0.028730669543515018")
    assert_published(-gradient.da[1], "0.00287307 -0.0086192")
    assert_published(-gradient.delta[0], "0.00070802 -0.00204471")
    assert_recomputed(-gradient.delta[0], [0.000708022187, -0.002044714024])


def test_notebook_update():
    # Δw = η · error term · input of the weight:
    #   hidden→output  0.5·0.02873067·(0.55971365, 0.38698582) = (0.00804047, 0.00555918)
    #   x1→hidden      0.5·(0.00070802, −0.00204471)·0.5 = (0.00017701, −0.00051118), and so on
    exercise = DEFAULT_EXAMPLE.exercise
    (W_ih, _), (W_ho, _) = exercise.network.layers(exercise.step().weight_delta)
    assert_published(W_ho, "0.00804047 0.00555918")
    assert_recomputed(W_ho, [0.008040473948, 0.005559180912])
    assert_published(
        W_ih,
        "1.77005547e-04 -5.11178506e-04 3.54011093e-05 -1.02235701e-04 -7.08022187e-05 2.04471402e-04",
    )
    _, (updated, _) = exercise.network.layers(after(exercise).theta_array)
    assert_recomputed(updated, [0.108040473948, -0.294440819088])
    assert_recomputed(after(exercise).step().trace.a[2], [0.4866410689015305])


def test_notebook_shapes():
    exercise = DEFAULT_EXAMPLE.exercise
    assert exercise.network.shapes == ((3, 2), (2, 1))
    step = exercise.step()
    assert [a.shape for a in step.trace.a] == [(1, 3), (1, 2), (1, 1)]
    assert [delta.shape for delta in step.gradient.delta] == [(1, 2), (1, 1)]


def test_mazur():
    exercise = EXAMPLES["mazur"].exercise
    step = exercise.step()
    assert_published(step.trace.z[0], "0.3775 0.3925")
    assert_published(step.trace.a[1], "0.593269992 0.596884378")
    assert_published(step.trace.z[1], "1.105905967 1.224921404")
    assert_published(step.trace.a[2], "0.751365070 0.772928465")
    assert_published(0.5 * (exercise.y_array - step.trace.a[2]) ** 2, "0.274811083 0.023560026")
    assert_published(step.loss, "0.298371109")
    assert_published(step.gradient.delta[1], "0.138498562 -0.0380982365")
    assert_published(step.gradient.delta[0], "0.00877135469 0.00995425471")
    # The article counts the weights unit by unit: w5, w6 lead to o1, and are a column of W.
    dW = exercise.network.layers(step.gradient.theta)[1].W.T
    assert_published(dW, "0.0821670406 0.0826676278 -0.0226025405 -0.0227402422")


def test_mazur_update_with_biases_held_fixed():
    exercise = EXAMPLES["mazur"].exercise
    step = exercise.step()
    (W1, b1), (W2, b2) = exercise.network.layers(after(exercise).theta_array)
    assert_published(W1.T, "0.149780716 0.19956143 0.24975114 0.29950229")
    assert_published(W2.T, "0.35891648 0.408666186 0.511301270 0.561370121")
    assert b1 is not None
    assert b2 is not None
    assert [*b1, *b2] == [0.35, 0.35, 0.6, 0.6]
    assert_recomputed(step.loss_after, [0.29102777369359933])
    assert step.loss_after == after(exercise).step().loss


def test_mazur_update_with_biases_trained():
    exercise = replace(EXAMPLES["mazur"].exercise, train_biases=True)
    assert_recomputed(exercise.step().loss_after, [0.28047144679143016])


def test_mazur_prints_the_loss_of_hidden_deltas_from_updated_output_weights():
    exercise = EXAMPLES["mazur"].exercise
    network, step = exercise.network, exercise.step()
    theta = after(exercise).theta_array
    updated = network.layers(theta)[1].W
    a = step.trace.a[1]
    late_delta = (step.gradient.delta[1] @ updated.T) * a * (1 - a)
    W1 = exercise.network.layers(exercise.theta_array)[0].W
    network.layers(theta)[0].W[...] = W1 - exercise.learning_rate * exercise.x_array.T @ late_delta
    loss = trace_loss(network, forward(network, theta, exercise.x_array), exercise.y_array)
    assert_published(loss, "0.29102792391")
    assert_published(loss, "0.291027924")
    assert loss != pytest.approx(step.loss_after, rel=1e-7)


def test_relu_homework():
    # h1 = 1.2·0.6 + 0.5·0.8 + 0.2 = 1.32,  h2 = 1.2·0.3 + 0.5·0.4 + 0.1 = 0.66
    # ŷ = 0.6·1.32 − 0.2·0.66 + 0.1 = 0.76,  L = ½·0.24² = 0.0288,  dL/dŷ = −0.24
    exercise = EXAMPLES["relu"].exercise
    step = exercise.step()
    assert_recomputed(step.trace.a[1], [1.32, 0.66])
    assert_recomputed(step.trace.a[2], [0.76])
    assert_recomputed(step.loss, [0.0288])
    assert_recomputed(step.gradient.da[2], [-0.24])
    # w1, w2 lead to h1, w3, w4 to h2, w5, w6 to ŷ.
    names = ["w1.1.1", "w1.2.1", "w1.1.2", "w1.2.2", "w2.1.1", "w2.2.1", "b1.1", "b1.2", "b2.1"]
    gradient = by_id(exercise, step.gradient.theta)
    assert_recomputed(
        [gradient[name] for name in names],
        [-0.1728, -0.072, 0.0576, 0.024, -0.3168, -0.1584, -0.144, 0.048, -0.24],
    )
    updated = by_id(exercise, after(exercise).theta)
    assert_recomputed(
        [updated[name] for name in names],
        [0.61728, 0.80720, 0.29424, 0.39760, 0.63168, -0.18416, 0.21440, 0.09520, 0.12400],
    )
    assert_recomputed(after(exercise).step().trace.a[2], [0.8631186304])
    assert_recomputed(step.loss_after, [0.009368254671785913])


def test_a_dead_relu_unit_has_gradients_of_exactly_zero():
    dead = EXAMPLES["relu"].exercise.with_values([("b1.2", -1.0)])
    gradient = by_id(dead, dead.step().gradient.theta)
    assert [gradient[name] for name in ("w1.1.2", "w1.2.2", "b1.2", "w2.2.1")] == [0, 0, 0, 0]
    assert all(gradient[name] != 0 for name in ("w1.1.1", "w1.2.1", "b1.1", "w2.1.1", "b2.1"))


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("nielsen", "0.817574476", "0.0939557"), ("nielsen_saturated", "0.982013790", "0.2028484")],
)
def test_nielsen_outputs_at_first_and_after_300_steps(name, first, last):
    exercise = EXAMPLES[name].exercise
    run = trajectory(exercise, 300)
    outputs = forward(exercise.network, run.theta[[0, 300]], exercise.x_array).a[1]
    assert_published(outputs, f"{first} {last}")
    if name == "nielsen":
        assert_published(outputs[1], "0.09")


def test_the_saturated_neuron_learns_late():
    loss = trajectory(EXAMPLES["nielsen_saturated"].exercise, 300).loss
    assert loss[150] > 0.9 * loss[0]
    assert loss[200] < 0.7 * loss[0]
    other = trajectory(EXAMPLES["nielsen"].exercise, 300).loss
    assert other[100] < 0.1 * other[0]


def test_han():
    # Err6 = O6(1 − O6)(1 − O6), Err4 = O4(1 − O4)·Err6·(−0.3), w46 = −0.3 + 0.9·Err6·O4.
    exercise = EXAMPLES["han"].exercise
    step = exercise.step()
    assert_published(step.trace.z[0], "-0.7 0.1")
    assert_recomputed(step.trace.z[1], [-0.104539505845])
    assert_recomputed(step.trace.a[1], [0.331812227832, 0.524979187479])
    assert_recomputed(step.trace.a[2], [0.473888898824])
    assert_recomputed(-step.gradient.delta[1], [0.131169078214])
    assert_recomputed(-step.gradient.delta[0], [-0.008724561965, -0.006542085064])
    (W1, b1), (W2, b2) = exercise.network.layers(after(exercise).theta_array)
    assert_recomputed(W1, [0.192147894231, -0.305887876558, 0.4, 0.1, -0.507852105766, 0.194112123442])
    assert_recomputed(W2, [-0.260828846342, -0.138025067507])
    assert b1 is not None
    assert b2 is not None
    assert_recomputed([*b1, *b2], [-0.407852105766, 0.194112123442, 0.218052170393])
    assert_recomputed(after(exercise).step().trace.a[2], [0.515247950984996])


@pytest.mark.parametrize(("x", "target"), [((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)])
def test_xor_by_hand_leaves_nothing_to_learn(x, target):
    exercise = replace(EXAMPLES["xor"].exercise, x=x, y=(target,))
    step = exercise.step()
    assert step.trace.a[2].item() == target
    assert step.loss == 0
    assert not step.gradient.theta.any()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_a_step_that_does_not_raise_the_loss(name):
    example = EXAMPLES[name]
    assert example.name == name
    assert all(activation in ACTIVATIONS for activation in example.exercise.network.activations)
    step = example.exercise.step()
    assert step.loss_after <= step.loss
