"""Why a run of training broke down: at which step, in which layer, and from what cause.

A run has broken down when its loss has grown far beyond that of its start, or a whole layer lets no gradient
through, and it ends no better than one constant prediction.
"""

from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.losses import LOSSES
from core.network import Network, forward
from core.optimizers import OPTIMIZERS
from core.phases import Rows
from core.pieces import BLOCK_NUMBERS, Pieces, finish
from core.schedules import SCHEDULES
from core.settings import Settings

# A unit with a smaller |f'| than this for every sample lets no gradient through.
SMALLEST_SLOPE = 1e-6
# How many times the loss of the start, or of a constant prediction, counts as exploded.
EXPLODED = 10.0
# Root mean square from which on an input or target is far from unit size.
UNSCALED = 20.0
# A learning rate of this many times the optimizer's usual one is large by itself.
LARGE_RATE = 10.0

_NO_BETTER = 0.9
_SMALL = 1e-3
_PENALTY_STEPS = 200
_GROWTH = 3.0

Cause = Literal["penalty", "scale", "start", "learning_rate"]


class Breakdown(NamedTuple):
    """How a run broke down.

    `step` is the first after which the loss had exploded or a layer was blocked, exact where the run has a
    loss for every step; of the loss over all training samples `start_loss` is the one before the first step,
    `largest_loss` the largest at a key step, and `end_loss` the last. Where a run had to stop before any key
    step was beyond the limit, the largest is that of a single step.
    `layer` counts from 1: the first blocked one, or else the one whose weights grew most. `blocked` counts
    for every layer the units that let no gradient through, at the end of the run. With the cause "scale",
    `column` is the input, or from n_in on the output, that is furthest from unit size, and `size` its root
    mean square.
    """

    step: int
    exploded: bool
    start_loss: float
    largest_loss: float
    end_loss: float
    layer: int
    blocked: tuple[int, ...]
    cause: Cause
    column: int
    size: float


def diagnosing(
    network: Network,
    settings: Settings,
    steps: Rows,
    theta: Array,
    loss: Array,
    x: Array,
    y: Array,
    step_loss: Array | None = None,
    diverged: int | None = None,
) -> Pieces[Breakdown | None]:
    """Find in pieces how a run broke down; None for one that did not.

    `theta` (K, P) and `loss` (K,), over all training samples x (N, n_in) and y (N, n_out), belong to the key
    `steps` (K,), the start first; `step_loss` (S,) is the loss before every single step, and `diverged`
    the last step with finite numbers of a run that had to stop there.
    """
    if len(steps) < 2 and diverged is None:
        return None
    constant = constant_loss(network, y)
    # Below this a loss is small, however much smaller it was before.
    small = _SMALL * (1 + float(np.mean(y**2)))
    limit = EXPLODED * max(float(loss[0]), constant, small)
    beyond = ~(loss <= limit)
    # One sample alone is as good as its own constant; there a run that no longer moves has come to nothing.
    stands_still = constant == 0 and loss[-1] == loss[-2:][0]
    no_better = stands_still or bool(loss[-1] >= _NO_BETTER * (constant or loss[0]))
    no_better = no_better and bool(loss[-1] > small)
    exploded = diverged is not None or bool(beyond[-1]) or (no_better and bool(np.any(beyond)))
    blocked = finish(_count_blocked(network, theta[-1:], x))[0]
    stuck = no_better and bool(np.any(_is_whole(network, blocked)))
    if not (exploded or stuck):
        return None
    layers = _is_whole(network, (yield from _count_blocked(network, theta, x)))
    if exploded:
        frame = int(np.argmax(beyond)) if np.any(beyond) else len(steps)
    else:
        frame = _start_of_the_end(np.any(layers, axis=-1))
    # Before the first step the targets have had no effect on any unit.
    column, size = _furthest_from_unit_size(network, x, y if frame else y[:, :0])
    return Breakdown(
        diverged if diverged is not None and frame == len(steps) else _step(steps, frame, step_loss, limit),
        exploded,
        float(loss[0]),
        _largest(loss, None if np.any(beyond) else step_loss),
        float(loss[-1]),
        _layer(network, theta, frame, layers[min(frame, len(steps) - 1)]),
        tuple(blocked.tolist()),
        _cause(settings, frame, size, int(steps[-1])),
        column,
        size,
    )


def constant_loss(network: Network, y: Array) -> float:
    """Return the loss when ŷ is the mean of the targets y (N, n_out) for every sample."""
    loss = LOSSES[network.loss]
    return float(np.sum(loss.element(np.broadcast_to(np.mean(y, axis=0), y.shape), y)) * loss.scale(y))


def _count_blocked(network: Network, theta: Array, x: Array) -> Pieces[NDArray[np.int64]]:
    """Return (K, layers): how many units of each layer let no gradient through, for θ (K, P), x (N, n_in).

    Where the slope of the loss takes f' of the output out of the gradient, no output is blocked.
    """
    last = network.activations[-1]
    fused = LOSSES[network.loss].fused == last
    block = max(1, BLOCK_NUMBERS // (len(x) * sum(network.widths)))
    found = []
    for start in range(0, len(theta), block):
        with np.errstate(over="ignore", invalid="ignore"):
            trace = forward(network, theta[start : start + block], x)
            counts = []
            for name, z, a in zip(network.activations, trace.z, trace.a[1:], strict=True):
                slope = np.abs(ACTIVATIONS[name].derivative(z, a))
                counts.append(np.sum(np.all(slope < SMALLEST_SLOPE, axis=-2), axis=-1))
            if fused:
                counts[-1] = np.zeros_like(counts[-1])
            found.append(np.stack(counts, axis=-1))
        yield
    return np.concatenate(found)


def penalty_alone_grows(settings: Settings, steps: int) -> bool:
    """Return whether a weight that only the penalties and the weight decay move grows without end.

    For plain gradient descent with L2, w ← w (1 − η λ), that is so from η λ > 2 on.
    """
    optimizer = OPTIMIZERS[settings.optimizer]
    factors = SCHEDULES[settings.schedule].factor(
        np.arange(max(steps, 1), dtype=np.float64), settings.period, settings.decay
    )
    minus_learning_rate = np.array(-settings.learning_rate * np.max(factors))
    w = np.ones(1)
    state = optimizer.init(w)
    sizes = []
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(1, _PENALTY_STEPS + 1):
            gradient = settings.l2 * w + settings.l1 * np.sign(w)
            if settings.clip is not None:
                gradient *= settings.clip / np.maximum(np.abs(gradient), settings.clip)
            delta, state = optimizer.update(gradient, state, w, minus_learning_rate, step, settings.rates)
            w = w + delta
            sizes.append(abs(float(w[0])))
    half = _PENALTY_STEPS // 2
    return not max(sizes[half:]) <= _GROWTH * max(sizes[:half])


def _largest(loss: Array, step_loss: Array | None) -> float:
    return float(np.max(loss if step_loss is None else [*loss, *step_loss]))


def _is_whole(network: Network, blocked: NDArray[np.int64]) -> NDArray[np.bool_]:
    return blocked == np.array(network.widths[1:])


def _start_of_the_end(values: NDArray[np.bool_]) -> int:
    """Return the place from which on all values are true."""
    false = np.flatnonzero(~values)
    return int(false[-1]) + 1 if len(false) else 0


def _step(steps: Rows, frame: int, step_loss: Array | None, limit: float) -> int:
    """Return the first step up to the key frame after which the loss was beyond the limit, else its own."""
    last = int(steps[min(frame, len(steps) - 1)])
    if frame == 0 or step_loss is None:
        return last
    first = int(steps[frame - 1]) + 1
    beyond = np.flatnonzero(~(step_loss[first:last] <= limit))
    return first + int(beyond[0]) if len(beyond) else last


def _layer(network: Network, theta: Array, frame: int, blocked: NDArray[np.bool_]) -> int:
    if np.any(blocked):
        return int(np.argmax(blocked)) + 1
    frame = min(frame, len(theta) - 1)
    first, then = network.layers(theta[0]), network.layers(theta[frame])
    with np.errstate(over="ignore", invalid="ignore"):
        growth = [
            float(np.max(np.abs(new.W)) / max(np.max(np.abs(old.W)), np.finfo(np.float64).tiny))
            for old, new in zip(first, then, strict=True)
        ]
    return int(np.argmax(growth)) + 1


def _furthest_from_unit_size(network: Network, x: Array, y: Array) -> tuple[int, float]:
    """Return the input, or from n_in on the output, of the largest root mean square, and that size.

    Targets (N, n_out), or (N, 0) for none, count where ŷ can be any number.
    """
    sizes = np.sqrt(np.mean(x**2, axis=0))
    if not np.all(np.isfinite(ACTIVATIONS[network.activations[-1]].bounds)):
        sizes = np.concatenate([sizes, np.sqrt(np.mean(y**2, axis=0))])
    return int(np.argmax(sizes)), float(np.max(sizes))


def _cause(settings: Settings, frame: int, size: float, steps: int) -> Cause:
    large = LARGE_RATE * OPTIMIZERS[settings.optimizer].usual_learning_rate
    # With a very large learning rate a usual penalty makes weights grow too, and is not to blame.
    moderate = replace(settings, learning_rate=min(settings.learning_rate, large))
    if penalty_alone_grows(moderate, steps):
        return "penalty"
    if size > UNSCALED and settings.learning_rate <= large:
        return "scale"
    return "start" if frame == 0 else "learning_rate"
