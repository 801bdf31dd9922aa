"""How well difference quotients meet the gradients of a step: by which h, and where they cannot."""

from typing import NamedTuple

import numpy as np

from core.exercise import Exercise
from core.gradient_check import numerical_gradient
from core.step import Step

# Tried in this order: what is rounded off grows with 1/h, what the slope changes within h with h².
_SHIFTS = (1e-5, 1e-4, 1e-6, 1e-3, 1e-7, 1e-8)
RELATIVE = 1e-6
# By another order of the same sums a quotient comes out a little different.
_MARGIN = 0.5


class Quotients(NamedTuple):
    """The shift `h` whose quotients (L(w + h) − L(w − h)) / 2h meet the most gradients, and what they leave.

    They are compared to within `absolute` beside RELATIVE. `apart` are the places in θ of those they miss: at
    a kink of an activation or the loss, and where a loss is too large or its slope changes too fast.
    """

    h: float
    absolute: float
    apart: tuple[int, ...]


def find_quotients(exercise: Exercise, step: Step) -> Quotients:
    """Return how the gradients of an exercise are to be compared with difference quotients."""
    gradient = step.gradient.theta
    sizes = np.abs([*gradient, step.loss])
    # Of a loss some 1e-16 are rounded off, and divided by h.
    absolute = 1e-8 * float(np.max(sizes, initial=1e-4, where=np.isfinite(sizes)))
    found = []
    for h in _SHIFTS:
        with np.errstate(all="ignore"):
            quotients = numerical_gradient(
                exercise.network, exercise.theta_array, exercise.x_array, exercise.y_array, h
            )
            miss = np.abs(quotients - gradient)
            meets = miss <= _MARGIN * (RELATIVE * np.abs(gradient) + absolute)
        found.append(Quotients(h, absolute, tuple(np.flatnonzero(~meets).tolist())))
    return min(found, key=lambda each: len(each.apart))
