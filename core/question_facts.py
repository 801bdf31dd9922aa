"""The numbers in the answers to questions about backprop, for whatever numbers the network has."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.exercise import Exercise
from core.gradient_check import numerical_gradient, relative_error
from core.network import Gradient, backward, forward, trace_loss

# A number, a count, whether something is so, or −1, 0 or 1 for which way it goes.
Facts = Mapping[str, float | int | bool]
_COPIES = 4
XOR_X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR_Y = np.array([[0.0], [1.0], [1.0], [0.0]])


def numerical(exercise: Exercise, h: float = 1e-5) -> Array:
    """Return the gradient by central differences, (P,)."""
    return numerical_gradient(exercise.network, exercise.theta_array, exercise.x_array, exercise.y_array, h)


def gradient_of_batch(exercise: Exercise, x: Array, y: Array) -> Gradient:
    """Return the gradient of an exercise's network on a batch x (N, n_in), y (N, n_out) of samples."""
    trace = forward(exercise.network, exercise.theta_array, x)
    return backward(exercise.network, exercise.theta_array, trace, y)


def with_swapped(exercise: Exercise) -> tuple[Array, Array]:
    """Return a batch, x (2, n_in) and y (2, n_out): the exercise's sample, and it with x and y reversed."""
    return np.stack([exercise.x, exercise.x[::-1]]), np.stack([exercise.y, exercise.y[::-1]])


def of_loss(exercise: Exercise, loss: str) -> Exercise:
    """Return an exercise with another loss."""
    return replace(exercise, network=replace(exercise.network, loss=loss))


def _weight(exercise: Exercise, theta: Array, layer: int, row: int, column: int) -> float:
    return float(exercise.network.layers(theta)[layer - 1].W[row, column])


def _first(gradient: Gradient) -> float:
    return float(gradient.theta[0])


def old_or_new(exercise: Exercise) -> Facts:
    """Return δ of h1 from the `old` output weights, and from the `new` ones that have taken the step."""
    step = exercise.step()
    new = exercise.network.layers(exercise.theta_array + step.weight_delta)[1].W
    sent = step.gradient.delta[1] @ new.T
    slope = ACTIVATIONS[exercise.network.activations[0]].derivative(step.trace.z[0], step.trace.a[1])
    return {"old": float(step.gradient.delta[0][0, 0]), "new": float((sent * slope)[0, 0])}


def z_or_a(exercise: Exercise) -> Facts:
    """Return `z` and `a` of h1, f′ at z as `slope`, and f′ taken at the place a as `wrong`."""
    step, activation = exercise.step(), ACTIVATIONS[exercise.network.activations[0]]
    z, a = step.trace.z[0], step.trace.a[1]
    at_z, at_a = activation.derivative(z, a), activation.derivative(a, activation.function(a))
    return {"z": float(z[0, 0]), "a": float(a[0, 0]), "slope": float(at_z[0, 0]), "wrong": float(at_a[0, 0])}


def which_sign(exercise: Exercise) -> Facts:
    """Return dL/dŷ as `slope`, −dL/dŷ as `error`, the gradient of h1→ŷ, its negative, and Δw as `step`."""
    step = exercise.step()
    slope = float(step.gradient.da[2][0, 0])
    gradient = _weight(exercise, step.gradient.theta, 2, 0, 0)
    delta = _weight(exercise, step.weight_delta, 2, 0, 0)
    return {"slope": slope, "error": -slope, "gradient": gradient, "minus_gradient": -gradient, "step": delta}


def sum_over_outputs(exercise: Exercise) -> Facts:
    """Return w · δ of h1 through the outputs `one` and `two`, and dL/da of h1 as `total`."""
    gradient = exercise.step().gradient
    sent = exercise.network.layers(exercise.theta_array)[1].W[0] * gradient.delta[1][0]
    return {"one": float(sent[0]), "two": float(sent[1]), "total": float(gradient.da[1][0, 0])}


def one_over_m(exercise: Exercise) -> Facts:
    """Return δ of ŷ and dL/dw of h1→ŷ for the sample, and for a batch that has it `m` times."""
    alone = exercise.step().gradient
    batch = gradient_of_batch(
        exercise, np.repeat(exercise.x_array, _COPIES, 0), np.repeat(exercise.y_array, _COPIES, 0)
    )
    return {
        "m": _COPIES,
        "alone": float(alone.delta[1][0, 0]),
        "in_batch": float(batch.delta[1][0, 0]),
        "gradient": _weight(exercise, alone.theta, 2, 0, 0),
        "of_batch": _weight(exercise, batch.theta, 2, 0, 0),
    }


def sum_for_bias(exercise: Exercise) -> Facts:
    """Return δ of h1 in two samples of a batch, and dL/db of h1 as `total`."""
    batch = gradient_of_batch(exercise, *with_swapped(exercise))
    b = exercise.network.layers(batch.theta)[0].b
    first, second = batch.delta[0][:, 0]
    return {"first": float(first), "second": float(second), "total": 0.0 if b is None else float(b[0])}


def transpose(exercise: Exercise) -> Facts:
    """Return the weights and deltas that h1 collects, their `total`, and what W without ᵀ would give."""
    gradient, W = exercise.step().gradient, exercise.network.layers(exercise.theta_array)[1].W
    return {
        "weight_one": float(W[0, 0]),
        "weight_two": float(W[0, 1]),
        "delta_one": float(gradient.delta[1][0, 0]),
        "delta_two": float(gradient.delta[1][0, 1]),
        "total": float(gradient.da[1][0, 0]),
        "untransposed": float((gradient.delta[1] @ W)[0, 0]),
    }


def factor_two(exercise: Exercise) -> Facts:
    """Return dL/dŷ with the ½ as `halved`, without as `whole`, and η with 2η."""
    eta = exercise.learning_rate
    halved, whole = (exercise, of_loss(exercise, "mean_squared_error"))
    slopes = [float(each.step().gradient.da[-1][0, 0]) for each in (halved, whole)]
    return {"halved": slopes[0], "whole": slopes[1], "eta": eta, "twice_eta": 2 * eta}


def softmax_delta(exercise: Exercise) -> Facts:
    """Return ŷ and y of the second output, the `total` Σy, and δ there."""
    step = exercise.step()
    return {
        "y_hat": float(step.trace.a[-1][0, 1]),
        "y": exercise.y[1],
        "total": sum(exercise.y),
        "delta": float(step.gradient.delta[-1][0, 1]),
    }


def xor(exercise: Exercise) -> Facts:
    """Return the mean loss over the four samples of XOR, and log 2, the `least` there is."""
    trace = forward(exercise.network, exercise.theta_array, XOR_X)
    return {"loss": float(trace_loss(exercise.network, trace, XOR_Y)), "least": float(np.log(2))}


def loss_rises(exercise: Exercise) -> Facts:
    """Return η, the loss before and after the step, what the slope predicts, and the sign of the change."""
    step = exercise.step()
    return {
        "eta": exercise.learning_rate,
        "before": float(step.loss),
        "after": float(step.loss_after),
        "predicted": float(step.loss_predicted),
        "change": int(np.sign(step.loss_after - step.loss)),
    }


def close_enough(exercise: Exercise) -> Facts:
    """Return the relative error of central differences for x1→h1 at h = 1e-2, 1e-5 and 1e-10."""
    gradient = exercise.step().gradient.theta[:1]
    large, middle, small = (relative_error(gradient, numerical(exercise, h)[:1]) for h in (1e-2, 1e-5, 1e-10))
    return {"large": large, "middle": middle, "small": small}


def vanishing(exercise: Exercise) -> Facts:
    """Return δ of the first and the last unit of a chain, and the `count` factors w · f′ as one `ratio`."""
    step, network = exercise.step(), exercise.network
    factors = [
        float(W[0, 0] * ACTIVATIONS[name].derivative(z, a)[0, 0])
        for (W, _), name, z, a in zip(
            network.layers(exercise.theta_array)[1:],
            network.activations,
            step.trace.z,
            step.trace.a[1:],
            strict=False,
        )
    ]
    first, last = (float(step.gradient.delta[place][0, 0]) for place in (0, -1))
    return {"count": len(factors), "first": first, "last": last, "ratio": float(np.prod(factors))}


def dead_unit(exercise: Exercise) -> Facts:
    """Return z, f′ and δ of h2, dL/dw of x1→h2, and whether the unit is `dead` for the sample.

    `silent` is whether it is alive, but the output is a dead ReLU, through which nothing comes back.
    """
    step = exercise.step()
    z, out = float(step.trace.z[0][0, 1]), float(step.trace.z[1][0, 0])
    return {
        "z": z,
        "slope": float(ACTIVATIONS["relu"].derivative(step.trace.z[0], step.trace.a[1])[0, 1]),
        "delta": float(step.gradient.delta[0][0, 1]),
        "gradient": _weight(exercise, step.gradient.theta, 1, 0, 1),
        "dead": z <= 0,
        "silent": z > 0 >= out and exercise.network.activations[1] == "relu",
    }


def zero_start(exercise: Exercise) -> Facts:
    """Return whether h1 and h2 have the same weights, their gradients from x1, and dL/da of h1."""
    gradient, (into, out) = exercise.step().gradient, exercise.network.layers(exercise.theta_array)
    return {
        "alike": bool((into.W[:, 0] == into.W[:, 1]).all() and (out.W[0] == out.W[1]).all()),
        "one": _weight(exercise, gradient.theta, 1, 0, 0),
        "two": _weight(exercise, gradient.theta, 1, 0, 1),
        "back": float(gradient.da[1][0, 0]),
    }


def learning_rate(exercise: Exercise) -> Facts:
    """Return η, dL/dw and Δw of x1→h1, and Δw with 2η as `twice`."""
    step = exercise.step()
    delta = _weight(exercise, step.weight_delta, 1, 0, 0)
    gradient = _weight(exercise, step.gradient.theta, 1, 0, 0)
    return {"eta": exercise.learning_rate, "gradient": gradient, "step": delta, "twice": 2 * delta}


def saturation(exercise: Exercise) -> Facts:
    """Return ŷ − y, f′ and δ of the output, and δ with cross-entropy as `other`."""
    step, other = exercise.step(), of_loss(exercise, "binary_cross_entropy").step()
    slope = ACTIVATIONS["sigmoid"].derivative(step.trace.z[0], step.trace.a[1])
    return {
        "error": float(step.gradient.da[-1][0, 0]),
        "slope": float(slope[0, 0]),
        "delta": float(step.gradient.delta[0][0, 0]),
        "other": float(other.gradient.delta[0][0, 0]),
    }


def why_backward(exercise: Exercise) -> Facts:
    """Return how many parameters there are, the passes of central differences, the inputs, and δ of h1."""
    count = exercise.network.n_parameters
    delta = float(exercise.step().gradient.delta[0][0, 0])
    return {"parameters": count, "passes": 2 * count, "inputs": exercise.network.widths[0], "delta": delta}


def batch_mean(exercise: Exercise) -> Facts:
    """Return dL/dw of x1→h1 for two samples, and for the batch of both."""
    x, y = with_swapped(exercise)
    first, second = (_first(gradient_of_batch(exercise, x[k : k + 1], y[k : k + 1])) for k in (0, 1))
    return {"first": first, "second": second, "batch": _first(gradient_of_batch(exercise, x, y))}


def delta_or_gradient(exercise: Exercise) -> Facts:
    """Return δ of h1, the first x, and dL/dw of x1→h1."""
    gradient = exercise.step().gradient
    delta = float(gradient.delta[0][0, 0])
    return {"delta": delta, "x": exercise.x[0], "gradient": _weight(exercise, gradient.theta, 1, 0, 0)}
