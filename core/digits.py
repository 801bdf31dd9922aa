"""Whether a typed number is another one, judged by the digits that it was given with."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.answers import Typed
from core.arrays import Array

# float64 with a few roundings on the way, and float32 with a few.
EXACT = 1e-12
NOISE = 1e-6
# Fewer digits than these are no printout of a program, and too few to cut a number off after.
NOISE_DIGITS = 7
CUT_DIGITS = 3
# What a sum that should be 0 leaves behind.
ZERO = 1e-15
ZERO_NOISE = 1e-8
# With fewer decimals than three, 0 and 1 are no rounded 0.4 and 0.7: none of the digits is left.
SMALL_UNIT = 1e-3
# By so many units of its last digit, and by this part of it, a number may be off where what it comes from was
# rounded on the way. With fewer digits than these it may as well be any other number.
_NEAR_UNITS, _NEAR_PART = 3.0, 0.01
CLOSE_DIGITS = 3
_ONE_DIGIT = 0.95
# Decimal numbers are not exact in binary: a half of a unit may come out a little larger.
_SLACK = 1e-9

Where = NDArray[np.bool_]


def near(value: Array | float, number: Array | float, unit: Array | float) -> Where:
    """Return where a value is off a number by no more than rounding on the way accounts for.

    `unit` is one unit in the value's last place; the three are numbers, or arrays that broadcast.
    """
    off = np.abs(np.subtract(value, number))
    return np.asarray((off <= _NEAR_PART * np.abs(number)) & (off <= _NEAR_UNITS * np.asarray(unit)))


class Digits(NamedTuple):
    """K typed numbers as columns: value, one unit in the last place, and significant digits, (K,) each."""

    value: Array
    unit: Array
    significant: NDArray[np.int64]

    @staticmethod
    def of(typed: Sequence[Typed]) -> "Digits":
        """Return the columns of typed numbers."""
        return Digits(
            np.array([number.value for number in typed]),
            np.array([number.unit for number in typed]),
            np.array([number.digits for number in typed], dtype=np.int64),
        )

    def picked(self, where: Where | slice) -> "Digits":
        """Return some of the numbers."""
        return Digits(self.value[where], self.unit[where], self.significant[where])

    def are(self, number: Array) -> Where:
        """Return where the value is a number (…, K) itself, to a relative 1e-12."""
        close = np.abs(self.value - number) <= EXACT * np.abs(number)
        return close | ((self.value == 0) & (np.abs(number) <= ZERO))

    def are_rounded(self, number: Array, room: Array | float = 0.0) -> Where:
        """Return where the value is a number (…, K) rounded to the digits given, a half up or down.

        `room` is how far the number itself is uncertain.
        """
        half = self.unit * (0.5 + _SLACK) + room
        has_digits = (np.abs(number) >= _ONE_DIGIT * self.unit) | (self.unit <= SMALL_UNIT)
        return self.are(number) | (has_digits & (np.abs(self.value - number) <= half))

    def are_cut_off(self, number: Array) -> Where:
        """Return where the value is a number (…, K) cut off after at least three digits."""
        missing = np.abs(number) - np.abs(self.value)
        within = (missing >= 0) & (missing < self.unit) & (np.sign(number) == np.sign(self.value))
        return within & (self.significant >= CUT_DIGITS)

    def are_noisy(self, number: Array) -> Where:
        """Return where the value is a number (…, K) but for noise of float64 or float32."""
        noise = np.abs(self.value - number) <= NOISE * np.abs(number)
        of_zero = (np.abs(number) <= ZERO) & (np.abs(self.value) <= ZERO_NOISE)
        return (noise & (self.significant >= NOISE_DIGITS)) | of_zero

    def are_close(self, number: Array) -> Where:
        """Return where the value, of three digits or more, is `near` a number (…, K)."""
        return near(self.value, number, self.unit) & (self.significant >= CLOSE_DIGITS)

    def agree(self, number: Array, room: Array | float = 0.0) -> Where:
        """Return where the value is a number (…, K) in any of these ways."""
        return self.are_rounded(number, room) | self.are_cut_off(number) | self.are_noisy(number)
