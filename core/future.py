"""The training that would follow: the loss over the next steps, from many starts at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from core.activations import ACTIVATIONS
from core.arrays import Array, Integers, as_array
from core.engine import Engine
from core.exercise import Exercise, Quantity, quantities
from core.network import Trace, trace_loss
from core.sweep import vary


class Future(NamedTuple):
    """The loss that lies ahead: `loss` (K,), or (F, K) from F starts, at the `steps` (K,) from now.

    From the step at which the loss or a parameter is not finite, the loss is NaN.
    """

    steps: Integers
    loss: Array


def future(exercise: Exercise, steps: int, every: int = 1) -> Future:
    """Return the loss now and at every `every`-th of the next `steps` steps, θ ← θ − η dL/dθ.

    Parameters that are held fixed stay. The numbers are those of `core.history.descend`, to 1e-12.
    """
    *_, learning_rate = quantities(exercise.network)
    found = future_along(exercise, learning_rate, [exercise.learning_rate], steps, every)
    return Future(found.steps, found.loss[0])


def future_along(
    exercise: Exercise, quantity: Quantity, positions: ArrayLike, steps: int, every: int = 1
) -> Future:
    """Return the same from each of the F `positions` (F,) of `quantity`, all other numbers as they are."""
    positions = as_array(positions)
    network = exercise.network
    varied = vary(exercise, quantity, positions)
    theta = np.array(np.broadcast_to(varied.theta, (len(positions), network.n_parameters)))
    x, y = np.swapaxes(varied.x, -1, -2), np.swapaxes(varied.y, -1, -2)
    if network.bias:
        x = np.concatenate([x, np.ones((*x.shape[:-2], 1, 1))], axis=-2)
    minus_learning_rate = -np.broadcast_to(varied.learning_rate, positions.shape)[:, None]
    fixed = np.flatnonzero(np.logical_not(exercise.trained))

    engine = Engine(network, 1, theta)
    kept = np.arange(0, steps + 1, every)
    z = np.empty((len(kept), *engine.z.shape))
    # Not finite where a parameter is not; once it is not, it never is again.
    sums = np.empty((len(kept), len(positions)))
    with np.errstate(all="ignore"):
        for step in range(steps + 1):
            engine.backprop(x, y)
            if step % every == 0:
                np.copyto(z[step // every], engine.z)
                np.add.reduce(theta, -1, out=sums[step // every])
            gradient = engine.gradient
            if len(fixed):
                # Before the product: it may be infinite, and 0 · ∞ is no number.
                gradient[:, fixed] = 0
            np.multiply(gradient, minus_learning_rate, gradient)
            np.add(theta, gradient, theta)
        z_of_samples = np.swapaxes(z, -1, -2)
        a = ACTIVATIONS[network.activations[-1]].function(z_of_samples)
        loss = trace_loss(network, Trace((z_of_samples,), (a,)), varied.y)
    is_finite = np.logical_and.accumulate(np.isfinite(loss) & np.isfinite(sums), axis=0)
    return Future(kept, np.where(is_finite, loss, np.nan).T)
