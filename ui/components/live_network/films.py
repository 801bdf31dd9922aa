"""The films of the live network's sliders: the whole response to one of them, in parts that come one by one.

Over 150 ms of network 14 kB come with the first round trip. So frames at as many positions as fit come first,
and the rest of them with the training that would follow behind.
"""

import zlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from core.arrays import Integers, spread
from core.exercise import Exercise, Quantity, quantities_by_id
from core.network import Network
from core.sweep import Sweep, sweep
from ui.components.base.arrays import encode, pack
from ui.components.base.sent import Grabbed
from ui.components.live_network.frames import frame_layout, frames
from ui.components.live_network.loss_ahead import COARSENESS, Coarseness, loss_along
from ui.components.live_network.sliders import grid_of, is_logarithmic, position_count, slider_range
from ui.text.numbers import exact

# With all that is around it, what comes first stays below 14 kB.
FIRST_BYTES = 12_000
# Into how many positions a film is thinned out for that, at most, and at least.
THINNED = (25, 17, 13, 9, 7)
# To so many bytes a compressed film comes down to one: what is larger need not be tried.
_BEST = 9


class Along(NamedTuple):
    """A quantity and the range of its slider, along which a film is."""

    quantity: Quantity
    low: float
    high: float


def requested_along(exercise: Exercise, request: Grabbed) -> Along | None:
    """Return along what the film of the control is that a browser has grabbed.

    A request for what is no number of the exercise brings None: it is a browser's, not a person's.
    """
    quantity = quantities_by_id(exercise.network).get(request.id)
    if quantity is None:
        return None
    low, high = slider_range(exercise, quantity)
    if (
        request.low is not None
        and request.high is not None
        and (request.low > 0 or not is_logarithmic(quantity))
    ):
        low, high = min(low, request.low), max(high, request.high)
    return Along(quantity, low, high)


def numbers_key(exercise: Exercise) -> str:
    """Return a text that is the same for two exercises with the same numbers."""
    return f"{zlib.crc32(repr(exercise).encode()):08x}"


def film_key(exercise: Exercise, along: Along, horizon: int | None = None) -> str:
    """Return a text that is the same for two exercises with the same film along a quantity.

    Off the slider's grid the present value is a position of its own; it then stands behind an @.
    """
    quantity, low, high = along
    value = exercise.value(quantity)
    others = exercise.with_values([(quantity.id, 1.0)])
    key = f"{quantity.id}-{zlib.crc32(repr((others, low, high, horizon)).encode()):08x}"
    grid = grid_of(quantity, low, high, position_count(exercise.network))
    is_on_grid = np.abs(grid - value).min() < 1e-6 * (grid[1] - grid[0])
    return key if is_on_grid else f"{key}@{exact(value)}"


def serves(held: str | None, key: str) -> bool:
    """Return whether a held film has all that the film of `key` has; a position more does no harm."""
    return held is not None and (held == key or ("@" not in key and held.split("@")[0] == key))


def build_film(
    exercise: Exercise,
    along: Along,
    count: int | None = None,
    horizon: int | None = None,
    coarseness: Mapping[int, Coarseness] = COARSENESS,
) -> dict[str, Any]:
    """Return the film along a quantity over its slider's range, with its present value as one position.

    The range is divided into `count` steps, None meaning the slider's own. Frames are float32, curve and
    slope float64. With a `horizon`, one of HORIZONS, the film has the loss over so many next steps too, as
    coarse as stands in `coarseness`.
    """
    film = _sweep(exercise, along, count)
    future = horizon and loss_along(exercise, along.quantity, film.positions, horizon, coarseness[horizon])
    key = _keys(exercise, along, horizon)
    return {**key, **_frames(exercise.network, film, np.arange(len(film.positions))), "future": future}


def build_in_parts(exercise: Exercise, along: Along, horizon: int) -> Iterator[dict[str, Any]]:
    """Yield the film along a quantity as it is to be sent: what takes FIRST_BYTES at most, then the rest.

    Where the first part has all frames, the second one is the training that would follow alone.
    """
    film, keys = _sweep(exercise, along), _keys(exercise, along, horizon)
    network, positions = exercise.network, film.positions
    everywhere = np.arange(len(positions))
    present = int(np.searchsorted(positions, exercise.value(along.quantity)))
    first: dict[str, Any] = {}
    for places in _thinned(network, everywhere, present):
        first = {**keys, **_frames(network, film, places), "future": None}
        if len(zlib.compress(pack(first), 1)) <= FIRST_BYTES:
            break
    yield first
    rest = {} if first["is_whole"] else _frames(network, film, everywhere)
    future = loss_along(exercise, along.quantity, positions, horizon, COARSENESS[horizon])
    yield {**keys, **rest, "future": future}


def _thinned(network: Network, places: Integers, present: int) -> Iterator[Integers]:
    """Yield the places of positions to be tried, from all to few, with both ends and the present one."""
    if len(places) * frame_layout(network)["length"] * 4 <= _BEST * FIRST_BYTES:
        yield places
    for most in THINNED:
        yield np.union1d(spread(len(places), most), [present])


def _sweep(exercise: Exercise, along: Along, count: int | None = None) -> Sweep:
    grid = grid_of(*along, count or position_count(exercise.network))
    positions = np.unique(np.append(grid, exercise.value(along.quantity)))
    with np.errstate(over="ignore", invalid="ignore"):
        return sweep(exercise, along.quantity, positions)


def _keys(exercise: Exercise, along: Along, horizon: int | None) -> dict[str, str]:
    return {
        "control": along.quantity.id,
        "key": film_key(exercise, along, horizon),
        "numbers": numbers_key(exercise),
    }


def _frames(network: Network, film: Sweep, places: Integers) -> dict[str, Any]:
    """Return a film's frames, curve and slope at some places among its positions, encoded."""
    shown = frames(network, film.step)
    return {
        "is_whole": len(places) == len(film.positions),
        "positions": film.positions[places].tolist(),
        "frames": encode(shown[places], "<f4"),
        "curve": encode(film.curve[places], "<f8"),
        "slope": encode(film.slope[places], "<f8"),
    }
