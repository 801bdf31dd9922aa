"""What the loss timeline is sent: the loss of the steps taken, and that of the steps that would follow."""

from typing import NamedTuple, TypedDict

import numpy as np

from core.arrays import Array, Integers, finite, spread
from core.exercise import Exercise, Quantity
from core.future import future, future_along
from core.history import Replay
from ui.components.base.arrays import SentArray, encode
from ui.memory import remembered

# A curve of 600 points looks like one of all its steps.
MAX_POINTS = 600
# The code of a loss that is no number; those below divide the octaves from a row's least loss to its largest.
NO_NUMBER = 65535
_LARGEST_CODE = 65534
# A loss below this is drawn as this.
_LEAST_LOSS = 1e-30
# A step from so many positions, times layers, takes as long as fits into the time of a film.
_MOST_LAYERS = 404


class Coarseness(NamedTuple):
    """Which steps of a future are kept, and from which of a slider's positions there is one.

    The distance of the steps is odd: a loss that swings from step to step is seen to swing.
    """

    steps: int = 1
    positions: int = 1


COARSENESS = {10: Coarseness(), 100: Coarseness(), 1000: Coarseness(steps=5, positions=4)}
# Where room is short: in a saved page with many sliders.
COARSEST = {10: Coarseness(), 100: Coarseness(5, 2), 1000: Coarseness(25, 4)}


class LossAhead(TypedDict):
    """The loss at each of `steps` from now, None for what is no number."""

    steps: list[int]
    loss: list[float | None]


class LossCurve(TypedDict):
    """The loss at some steps of a curve: where it is long, evenly spaced ones, the first and the last."""

    steps: list[int]
    loss: list[float | None]


class SeenLosses(TypedDict):
    """The present curve of a history, from step 0 on, and the branches left behind, with words for those."""

    curve: LossCurve
    old: list[LossCurve]
    left: str | None


class LossAlong(TypedDict):
    """The loss at each of `steps` from now (K,), from each of a film's `positions` (F,).

    `codes` (F, K) are 16-bit: from 0 to 65534 evenly over the logarithm of the loss between a row's ends in
    `low` and `high` (F,), which are binary logarithms in 32 bits; `last` (F,) are the losses at the last step
    in 64 bits. What is no number has the code 65535.
    """

    steps: list[int]
    positions: list[float]
    codes: SentArray
    low: SentArray
    high: SentArray
    last: SentArray


@remembered
def loss_ahead(exercise: Exercise, horizon: int) -> LossAhead:
    """Return the loss over the next `horizon` steps, one of COARSENESS, with every digit."""
    ahead = future(exercise, horizon, COARSENESS[horizon].steps)
    return LossAhead(steps=ahead.steps.tolist(), loss=finite(ahead.loss))


def loss_along(
    exercise: Exercise, quantity: Quantity, positions: Array, horizon: int, coarseness: Coarseness
) -> LossAlong:
    """Return the loss over the next `horizon` steps along a film of `quantity` with `positions` (F,).

    The present value is among the positions, and among those that are kept of them: of a deep network with a
    fine slider every second one.
    """
    present = np.searchsorted(positions, exercise.value(quantity))
    layers = len(positions) // coarseness.positions * len(exercise.network.shapes)
    stride = coarseness.positions * -(-layers // _MOST_LAYERS)
    places = np.union1d(np.arange(0, len(positions), stride), [present, len(positions) - 1])
    kept = positions[places]
    ahead = future_along(exercise, quantity, kept, horizon, coarseness.steps)
    low, high, codes = encode_rows(ahead.loss)
    return LossAlong(
        steps=ahead.steps.tolist(),
        positions=kept.tolist(),
        codes=encode(codes, "<u2", along=1, across=1),
        low=encode(low, "<f4"),
        high=encode(high, "<f4"),
        last=encode(ahead.loss[:, -1], "<f8"),
    )


def future_bytes(count: int, horizon: int, coarseness: Coarseness) -> int:
    """Return about how many bytes the future of a film of `count` steps takes in a saved page, as text."""
    rows, columns = count // coarseness.positions + 3, horizon // coarseness.steps + 1
    return rows * (2 * columns + 16) * 4 // 3 + rows * 8 + columns * 6 + 200


def encode_rows(loss: Array) -> tuple[Array, Array, Integers]:
    """Return the ends (F,) of each row of losses (F, K) as binary logarithms, and the codes between them.

    A row is as exact as its own ends allow, whatever the others come to.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm = np.log2(np.maximum(loss, _LEAST_LOSS))
        known = np.isfinite(logarithm)
        low = np.where(known, logarithm, np.inf).min(axis=1)
        high = np.where(known, logarithm, -np.inf).max(axis=1)
        low, high = (np.where(known.any(axis=1), end, 0).astype("<f4") for end in (low, high))
        height = np.where(high > low, high - low, 1)
        share = np.clip((logarithm - low[:, None]) / height[:, None], 0, 1)
        codes = np.where(known, np.rint(share * _LARGEST_CODE), NO_NUMBER).astype(np.uint16)
    return low, high, codes


def seen_losses(run: Replay, left: str | None = None) -> SeenLosses:
    """Return the losses at the steps that have been taken; `left` names what was left behind."""
    return SeenLosses(curve=_thin(run.curve, 0), old=[_thin(loss, at) for at, loss in run.old], left=left)


def _thin(loss: Array, first: int) -> LossCurve:
    places = spread(len(loss), MAX_POINTS)
    return LossCurve(steps=(first + places).tolist(), loss=finite(loss[places]))
