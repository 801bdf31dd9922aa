"""The sliders of the live network: from where to where each goes, and by which steps."""

import math

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.exercise import Exercise, Quantity
from core.losses import LOSSES
from core.network import Network
from ui.components.live_network.frames import frame_layout
from ui.limits import USUAL_FILM_BYTES

POSITIONS = (200, 100)
DECIMALS = 12
# On a logarithmic slider twenty positions a decade, each with two digits: 0.45, 0.5, 0.56, …
POSITIONS_PER_DECADE = 20


def slider_range(exercise: Exercise, quantity: Quantity) -> tuple[float, float]:
    """Return the interval of a quantity's slider: the usual one, widened until it holds the value.

    A logarithmic one is of whole decades.
    """
    low, high = _usual_range(exercise, quantity)
    value = exercise.value(quantity)
    if is_logarithmic(quantity):
        exponent = math.log10(value)
        # Below the smallest numbers there is no power of ten.
        return min(low, 10.0 ** math.floor(exponent) or value), max(high, 10.0 ** math.ceil(exponent))
    if value > high:
        high = _round_up(value)
    if value < low:
        low = -_round_up(-value)
    if low < 0:
        high = max(high, -low)
        low = -high
    return low, high


def is_logarithmic(quantity: Quantity) -> bool:
    """Return whether a slider has decades: of the learning rate too small and diverging are far apart."""
    return quantity.kind == "eta"


def _usual_range(exercise: Exercise, quantity: Quantity) -> tuple[float, float]:
    if quantity.kind == "eta":
        return 1e-3, 100.0
    if quantity.kind == "x":
        return -1.0, 1.0
    if quantity.kind == "y":
        low, high = ACTIVATIONS[exercise.network.activations[-1]].bounds
        loss_low, loss_high = LOSSES[exercise.network.loss].bounds
        return max(low, loss_low, -2.0), min(high, loss_high, 2.0)
    return -2.0, 2.0


def _round_up(value: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, … that is at least `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return min(power * digit for digit in (1, 2, 5, 10) if power * digit >= value)


def position_count(network: Network) -> int:
    """Return into how many steps a slider is divided: fine, unless its film would be too large."""
    fitting = [count for count in POSITIONS if film_bytes(network, count) <= USUAL_FILM_BYTES]
    return fitting[0] if fitting else POSITIONS[-1]


def film_bytes(network: Network, count: int) -> int:
    """Return about how many bytes a film of `count` steps takes in a saved page, where it is text."""
    length = frame_layout(network)["length"] + 4
    return (count + 2) * length * 4 * 4 // 3 + 4000


def grid_of(quantity: Quantity, low: float, high: float, count: int) -> Array:
    """Return the positions of a slider of `count` steps; a logarithmic one has no more than it needs."""
    if not is_logarithmic(quantity):
        return np.linspace(low, high, count + 1).round(DECIMALS)
    powers = np.geomspace(low, high, _log_count(low, high, count) + 1)
    return np.unique([float(f"{power:.2g}") for power in powers])


def step_of(quantity: Quantity, low: float, high: float, count: int) -> float:
    """Return how far the positions of a slider are apart: of a logarithmic one, their decimal logarithms."""
    if not is_logarithmic(quantity):
        return (high - low) / count
    return (math.log10(high) - math.log10(low)) / _log_count(low, high, count)


def _log_count(low: float, high: float, count: int) -> int:
    """Return into how many steps a logarithmic slider is divided: no finer than its numbers are written."""
    decades = math.log10(high) - math.log10(low)
    return min(count, round(decades * POSITIONS_PER_DECADE))
