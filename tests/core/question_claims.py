"""Whether the answers to questions about backprop hold for given numbers, computed apart from them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core import question_facts
from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.gradient_check import numerical_gradient, relative_error
from core.question_facts import XOR_X, XOR_Y, gradient_of_batch, numerical, of_loss, with_swapped

_CLOSE = 1e-9
# How far numbers must be apart to be seen to differ.
_APART = 1e-3


def holds(name: str, exercise: Exercise) -> bool:
    """Return whether the answer to a question, by its name in QUESTIONS, is seen to hold for an exercise."""
    claim: Callable[[Exercise], bool] = globals()[name.replace("-", "_")]
    return claim(exercise)


def _near(one: float, other: float, part: float = _CLOSE) -> bool:
    return abs(one - other) <= part * max(abs(one), abs(other), 1e-3)


def _apart(one: float, other: float) -> bool:
    return abs(one - other) > _APART * max(abs(one), abs(other))


def old_or_new(exercise: Exercise) -> bool:
    """Return whether δ · x with the old output weights is the measured gradient, and differs with the new."""
    facts, first = question_facts.old_or_new(exercise), numerical(exercise)[0]
    return _near(facts["old"] * exercise.x[0], first, 1e-5) and _apart(facts["old"], facts["new"])


def z_or_a(exercise: Exercise) -> bool:
    """Return whether f′ at z is the measured slope and a(1 − a), and differs from f′ at a."""
    facts, function = question_facts.z_or_a(exercise), ACTIVATIONS[exercise.network.activations[0]].function
    high, low = (function(np.array(facts["z"] + h)) for h in (1e-5, -1e-5))
    is_slope = _near(facts["slope"], float(high - low) / 2e-5, 1e-5)
    return (
        is_slope
        and _near(facts["slope"], facts["a"] * (1 - facts["a"]))
        and _apart(facts["slope"], facts["wrong"])
    )


def which_sign(exercise: Exercise) -> bool:
    """Return whether both signs of the error lead to the same step."""
    facts, y_hat = question_facts.which_sign(exercise), float(exercise.step().trace.a[-1][0, 0])
    signs = _near(facts["slope"], y_hat - exercise.y[0]) and _near(facts["error"], exercise.y[0] - y_hat)
    return signs and _near(facts["step"], exercise.learning_rate * facts["minus_gradient"])


def sum_over_outputs(exercise: Exercise) -> bool:
    """Return whether both parts add up to the measured dL/da of h1."""
    facts = question_facts.sum_over_outputs(exercise)
    slope = question_facts.z_or_a(exercise)["slope"]
    measured = numerical(exercise)[0] / (slope * exercise.x[0])
    return _near(facts["one"] + facts["two"], measured, 1e-5) and _near(facts["total"], measured, 1e-5)


def one_over_m(exercise: Exercise) -> bool:
    """Return whether each δ of a batch has 1/m, and the gradients add up to that of the sample."""
    facts = question_facts.one_over_m(exercise)
    in_batch = _near(facts["m"] * facts["in_batch"], facts["alone"])
    return in_batch and _near(facts["gradient"], facts["of_batch"])


def sum_for_bias(exercise: Exercise) -> bool:
    """Return whether the deltas add up to the measured dL/db of the batch."""
    facts, (x, y) = question_facts.sum_for_bias(exercise), with_swapped(exercise)
    measured = numerical_gradient(exercise.network, exercise.theta_array, x, y)
    b = exercise.network.layers(measured)[0].b
    is_sum = _near(facts["first"] + facts["second"], facts["total"])
    return is_sum and b is not None and _near(facts["total"], float(b[0]), 1e-5)


def transpose(exercise: Exercise) -> bool:
    """Return whether h1 collects along its row of W, and something else without the transpose."""
    facts = question_facts.transpose(exercise)
    total = facts["weight_one"] * facts["delta_one"] + facts["weight_two"] * facts["delta_two"]
    return _near(total, facts["total"]) and _apart(facts["untransposed"], facts["total"])


def factor_two(exercise: Exercise) -> bool:
    """Return whether a step without the ½ is one with twice the learning rate."""
    whole = of_loss(exercise, "mean_squared_error").step()
    twice = replace(exercise, learning_rate=2 * exercise.learning_rate).step()
    same = np.allclose(whole.weight_delta, twice.weight_delta, rtol=_CLOSE, atol=0)
    facts = question_facts.factor_two(exercise)
    return bool(same) and _near(facts["whole"], 2 * facts["halved"])


def softmax_delta(exercise: Exercise) -> bool:
    """Return whether δ is ŷ Σy − y, and the measured one."""
    facts, step = question_facts.softmax_delta(exercise), exercise.step()
    measured = exercise.network.layers(numerical(exercise))[-1].W[0, 1] / step.trace.a[-2][0, 0]
    right = facts["y_hat"] * facts["total"] - facts["y"]
    return _near(facts["delta"], right) and _near(facts["delta"], float(measured), 1e-5)


def xor(exercise: Exercise) -> bool:
    """Return whether the gradient vanishes at weights of 0, where the loss is log 2, and is nowhere less."""
    zero = replace(exercise, theta=(0.0,) * len(exercise.theta))
    stuck = not gradient_of_batch(zero, XOR_X, XOR_Y).theta.any()
    # The loss is convex in the weights, and where its gradient is 0 it has its minimum.
    at_zero, here = question_facts.xor(zero), question_facts.xor(exercise)
    return stuck and _near(at_zero["loss"], at_zero["least"]) and here["loss"] >= here["least"] - _CLOSE


def loss_rises(exercise: Exercise) -> bool:
    """Return whether the loss rises after the step, and falls after one a hundredth as long."""
    short = replace(exercise, learning_rate=exercise.learning_rate / 100)
    return (
        question_facts.loss_rises(exercise)["change"] == 1
        and question_facts.loss_rises(short)["change"] == -1
    )


def close_enough(exercise: Exercise) -> bool:
    """Return whether the middle h comes closest, and below 1e-7."""
    facts = question_facts.close_enough(exercise)
    return facts["middle"] < 1e-7 and facts["middle"] < min(facts["large"], facts["small"])


def vanishing(exercise: Exercise) -> bool:
    """Return whether the first δ is the product of all factors, measured too, and each is below ¼."""
    facts = question_facts.vanishing(exercise)
    measured = numerical(exercise)[0] / exercise.x[0]
    is_product = _near(facts["first"], facts["last"] * facts["ratio"])
    return (
        is_product and _near(facts["first"], measured, 1e-4) and abs(facts["ratio"]) < 0.25 ** facts["count"]
    )


def dead_unit(exercise: Exercise) -> bool:
    """Return whether h2 passes nothing on, and nothing that leads to it takes a step."""
    facts, moved = question_facts.dead_unit(exercise), exercise.step().weight_delta
    W, b = exercise.network.layers(moved)[0]
    return bool(facts["dead"]) and facts["slope"] == 0 and not W[:, 1].any() and b is not None and b[1] == 0


def zero_start(exercise: Exercise) -> bool:
    """Return whether h1 and h2 stay alike, at weights of 0 without any gradient."""
    facts = question_facts.zero_start(exercise)
    alike = question_facts.zero_start(replace(exercise, theta=(0.5,) * len(exercise.theta)))
    stays = facts["one"] == facts["two"] == facts["back"] == 0
    return stays and alike["one"] == alike["two"] != 0


def learning_rate(exercise: Exercise) -> bool:
    """Return whether twice the learning rate makes a step of twice the length by the same gradient."""
    facts = question_facts.learning_rate(exercise)
    other = question_facts.learning_rate(replace(exercise, learning_rate=2 * exercise.learning_rate))
    return facts["gradient"] == other["gradient"] and _near(facts["twice"], other["step"])


def saturation(exercise: Exercise) -> bool:
    """Return whether f′ alone makes δ small, and with cross-entropy δ is the error."""
    facts = question_facts.saturation(exercise)
    is_small = abs(facts["delta"]) < 0.1 * abs(facts["error"])
    return (
        is_small
        and _near(facts["delta"], facts["error"] * facts["slope"])
        and _near(facts["other"], facts["error"])
    )


def why_backward(exercise: Exercise) -> bool:
    """Return whether all weights into h1 share its δ, and one pass gives the measured gradients."""
    facts, gradient = question_facts.why_backward(exercise), exercise.step().gradient.theta
    W = exercise.network.layers(gradient)[0].W
    shared = all(_near(float(W[i, 0]), exercise.x[i] * facts["delta"]) for i in range(len(exercise.x)))
    return shared and relative_error(gradient, numerical(exercise)) < 1e-7


def batch_mean(exercise: Exercise) -> bool:
    """Return whether the measured gradient of a batch is the mean of its samples'."""
    facts = question_facts.batch_mean(exercise)
    measured = numerical_gradient(exercise.network, exercise.theta_array, *with_swapped(exercise))[0]
    is_mean = _near(facts["batch"], (facts["first"] + facts["second"]) / 2)
    return is_mean and _near(facts["batch"], measured, 1e-5)


def delta_or_gradient(exercise: Exercise) -> bool:
    """Return whether a gradient is δ · x, and 0 where x is, whatever δ."""
    facts = question_facts.delta_or_gradient(exercise)
    without = question_facts.delta_or_gradient(exercise.with_values([("x1", 0.0)]))
    is_product = _near(facts["gradient"], facts["delta"] * facts["x"])
    return is_product and without["gradient"] == 0 and without["delta"] != 0
