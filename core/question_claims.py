"""Whether the answers to questions about backprop hold for given numbers, computed apart from them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.gradient_check import numerical_gradient, relative_error
from core.question_facts import FACTS, XOR_X, XOR_Y, gradient_of_batch, numerical, of_loss, with_swapped

_CLOSE = 1e-9
# How far numbers must be apart to be seen to differ.
_APART = 1e-3


def _near(one: float, other: float, part: float = _CLOSE) -> bool:
    return abs(one - other) <= part * max(abs(one), abs(other), 1e-3)


def _apart(one: float, other: float) -> bool:
    return abs(one - other) > _APART * max(abs(one), abs(other))


def _old_or_new(exercise: Exercise) -> bool:
    facts, first = FACTS["old-or-new"](exercise), numerical(exercise)[0]
    return _near(facts["old"] * exercise.x[0], first, 1e-5) and _apart(facts["old"], facts["new"])


def _z_or_a(exercise: Exercise) -> bool:
    facts, function = FACTS["z-or-a"](exercise), ACTIVATIONS[exercise.network.activations[0]].function
    high, low = (function(np.array(facts["z"] + h)) for h in (1e-5, -1e-5))
    is_slope = _near(facts["slope"], float(high - low) / 2e-5, 1e-5)
    return (
        is_slope
        and _near(facts["slope"], facts["a"] * (1 - facts["a"]))
        and _apart(facts["slope"], facts["wrong"])
    )


def _which_sign(exercise: Exercise) -> bool:
    facts, y_hat = FACTS["which-sign"](exercise), float(exercise.step().trace.a[-1][0, 0])
    signs = _near(facts["slope"], y_hat - exercise.y[0]) and _near(facts["error"], exercise.y[0] - y_hat)
    return signs and _near(facts["step"], exercise.learning_rate * facts["minus_gradient"])


def _sum_over_outputs(exercise: Exercise) -> bool:
    facts = FACTS["sum-over-outputs"](exercise)
    slope = FACTS["z-or-a"](exercise)["slope"]
    measured = numerical(exercise)[0] / (slope * exercise.x[0])
    return _near(facts["one"] + facts["two"], measured, 1e-5) and _near(facts["total"], measured, 1e-5)


def _one_over_m(exercise: Exercise) -> bool:
    facts = FACTS["one-over-m"](exercise)
    in_batch = _near(facts["m"] * facts["in_batch"], facts["alone"])
    return in_batch and _near(facts["gradient"], facts["of_batch"])


def _sum_for_bias(exercise: Exercise) -> bool:
    facts, (x, y) = FACTS["sum-for-bias"](exercise), with_swapped(exercise)
    measured = numerical_gradient(exercise.network, exercise.theta_array, x, y)
    b = exercise.network.layers(measured)[0].b
    is_sum = _near(facts["first"] + facts["second"], facts["total"])
    return is_sum and b is not None and _near(facts["total"], float(b[0]), 1e-5)


def _transpose(exercise: Exercise) -> bool:
    facts = FACTS["transpose"](exercise)
    total = facts["weight_one"] * facts["delta_one"] + facts["weight_two"] * facts["delta_two"]
    return _near(total, facts["total"]) and _apart(facts["untransposed"], facts["total"])


def _factor_two(exercise: Exercise) -> bool:
    whole = of_loss(exercise, "mean_squared_error").step()
    twice = replace(exercise, learning_rate=2 * exercise.learning_rate).step()
    same = np.allclose(whole.weight_delta, twice.weight_delta, rtol=_CLOSE, atol=0)
    facts = FACTS["factor-two"](exercise)
    return bool(same) and _near(facts["whole"], 2 * facts["halved"])


def _softmax_delta(exercise: Exercise) -> bool:
    facts, step = FACTS["softmax-delta"](exercise), exercise.step()
    measured = exercise.network.layers(numerical(exercise))[-1].W[0, 1] / step.trace.a[-2][0, 0]
    right = facts["y_hat"] * facts["total"] - facts["y"]
    return _near(facts["delta"], right) and _near(facts["delta"], float(measured), 1e-5)


def _xor(exercise: Exercise) -> bool:
    zero = replace(exercise, theta=(0.0,) * len(exercise.theta))
    stuck = not gradient_of_batch(zero, XOR_X, XOR_Y).theta.any()
    # The loss is convex in the weights, and where its gradient is 0 it has its minimum.
    at_zero, here = FACTS["xor"](zero), FACTS["xor"](exercise)
    return stuck and _near(at_zero["loss"], at_zero["least"]) and here["loss"] >= here["least"] - _CLOSE


def _loss_rises(exercise: Exercise) -> bool:
    short = replace(exercise, learning_rate=exercise.learning_rate / 100)
    return FACTS["loss-rises"](exercise)["change"] == 1 and FACTS["loss-rises"](short)["change"] == -1


def _close_enough(exercise: Exercise) -> bool:
    facts = FACTS["close-enough"](exercise)
    return facts["middle"] < 1e-7 and facts["middle"] < min(facts["large"], facts["small"])


def _vanishing(exercise: Exercise) -> bool:
    facts = FACTS["vanishing"](exercise)
    measured = numerical(exercise)[0] / exercise.x[0]
    is_product = _near(facts["first"], facts["last"] * facts["ratio"])
    return (
        is_product and _near(facts["first"], measured, 1e-4) and abs(facts["ratio"]) < 0.25 ** facts["count"]
    )


def _dead_unit(exercise: Exercise) -> bool:
    facts, moved = FACTS["dead-unit"](exercise), exercise.step().weight_delta
    W, b = exercise.network.layers(moved)[0]
    return bool(facts["dead"]) and facts["slope"] == 0 and not W[:, 1].any() and b is not None and b[1] == 0


def _zero_start(exercise: Exercise) -> bool:
    facts = FACTS["zero-start"](exercise)
    alike = FACTS["zero-start"](replace(exercise, theta=(0.5,) * len(exercise.theta)))
    stays = facts["one"] == facts["two"] == facts["back"] == 0
    return stays and alike["one"] == alike["two"] != 0


def _learning_rate(exercise: Exercise) -> bool:
    facts = FACTS["learning-rate"](exercise)
    other = FACTS["learning-rate"](replace(exercise, learning_rate=2 * exercise.learning_rate))
    return facts["gradient"] == other["gradient"] and _near(facts["twice"], other["step"])


def _saturation(exercise: Exercise) -> bool:
    facts = FACTS["saturation"](exercise)
    is_small = abs(facts["delta"]) < 0.1 * abs(facts["error"])
    return (
        is_small
        and _near(facts["delta"], facts["error"] * facts["slope"])
        and _near(facts["other"], facts["error"])
    )


def _why_backward(exercise: Exercise) -> bool:
    facts, gradient = FACTS["why-backward"](exercise), exercise.step().gradient.theta
    W = exercise.network.layers(gradient)[0].W
    shared = all(_near(float(W[i, 0]), exercise.x[i] * facts["delta"]) for i in range(len(exercise.x)))
    return shared and relative_error(gradient, numerical(exercise)) < 1e-7


def _batch_mean(exercise: Exercise) -> bool:
    facts = FACTS["batch-mean"](exercise)
    measured = numerical_gradient(exercise.network, exercise.theta_array, *with_swapped(exercise))[0]
    is_mean = _near(facts["batch"], (facts["first"] + facts["second"]) / 2)
    return is_mean and _near(facts["batch"], measured, 1e-5)


def _delta_or_gradient(exercise: Exercise) -> bool:
    facts = FACTS["delta-or-gradient"](exercise)
    without = FACTS["delta-or-gradient"](exercise.with_values([("x1", 0.0)]))
    is_product = _near(facts["gradient"], facts["delta"] * facts["x"])
    return is_product and without["gradient"] == 0 and without["delta"] != 0


CLAIMS: Mapping[str, Callable[[Exercise], bool]] = {
    "delta-or-gradient": _delta_or_gradient,
    "which-sign": _which_sign,
    "z-or-a": _z_or_a,
    "factor-two": _factor_two,
    "why-backward": _why_backward,
    "old-or-new": _old_or_new,
    "sum-over-outputs": _sum_over_outputs,
    "transpose": _transpose,
    "softmax-delta": _softmax_delta,
    "one-over-m": _one_over_m,
    "batch-mean": _batch_mean,
    "sum-for-bias": _sum_for_bias,
    "learning-rate": _learning_rate,
    "loss-rises": _loss_rises,
    "zero-start": _zero_start,
    "saturation": _saturation,
    "vanishing": _vanishing,
    "dead-unit": _dead_unit,
    "xor": _xor,
    "close-enough": _close_enough,
}
