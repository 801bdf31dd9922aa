"""Rounds of measurements, their ratios to something bare and to another checkout, and the table of them."""

import math
import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

BARE, THIS, OTHER = "bare", "this", "other"
# A ratio of this checkout to the other above it counts as worse, where its interval lies above 1.
TOLERATED = 1.05
CONFIDENCE = 0.95

Round = Mapping[str, float]


class Quantity(NamedTuple):
    """Something measured, less of which is better, with its unit, and what bare thing stands beside it."""

    name: str
    unit: str
    bare: str = ""


class Row(NamedTuple):
    """A quantity with its rounds, each of which measured everything that is compared: bare, this, other."""

    quantity: Quantity
    rounds: Sequence[Round]

    def values(self, subject: str) -> list[float]:
        """Return what was measured of a subject, round by round."""
        return [each[subject] for each in self.rounds]

    def ratios(self, subject: str, base: str) -> list[float]:
        """Return how many times as much one subject took as another one, round by round."""
        return [each[subject] / each[base] for each in self.rounds]

    def has(self, subject: str) -> bool:
        """Return whether a subject was measured."""
        return all(subject in each for each in self.rounds)


class Spread(NamedTuple):
    """The median of some values, and an interval that holds the true median with 95 % confidence.

    With fewer than six values no interval does: it is then from the smallest to the largest.
    """

    median: float
    low: float
    high: float

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.median:.2f}"
        return f"{self.median:.2f} ({self.low:.2f} to {self.high:.2f})"


def spread(values: Sequence[float]) -> Spread:
    """Return the median of independent values and its interval by order statistics.

    The interval from the k-th smallest to the k-th largest of n values misses the true median with the
    probability 2·P(B < k), where B is binomial with n trials of 1/2, whatever the values' distribution.
    """
    count, ordered = len(values), sorted(values)
    below, k = 0.0, 0
    while 2 * (below + math.comb(count, k) / 2**count) <= 1 - CONFIDENCE:
        below += math.comb(count, k) / 2**count
        k += 1
    k = max(k, 1)
    return Spread(statistics.median(ordered), ordered[k - 1], ordered[-k])


def table(rows: Sequence[Row]) -> str:
    """Return a Markdown table: every quantity's ratio and spread, and the medians they come from."""
    against = any(row.has(OTHER) for row in rows)
    cells = [_head(against)]
    cells += [_cells(row, against) for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def verdict(rows: Sequence[Row]) -> str:
    """Return which quantities take more than in the other checkout, and which may, by their intervals."""
    changes = {row.quantity.name: spread(row.ratios(THIS, OTHER)) for row in rows if row.has(OTHER)}
    worse = [name for name, change in changes.items() if change.median > TOLERATED and change.low > 1]
    possible = [name for name, change in changes.items() if name not in worse and change.high > TOLERATED]
    limit = f"{TOLERATED - 1:.0%}"
    return (
        f"Worse, by more than {limit}: {', '.join(worse) or 'nothing'}.\n"
        f"Undecided, as the interval reaches above {limit}: {', '.join(possible) or 'nothing'}."
    )


def _head(against: bool) -> list[str]:
    head = ["quantity", "bare thing", "ratio to it"]
    other = ["ratio of the other", "this / other"] if against else []
    return [*head, *other, "this", *(["other"] if against else []), "bare", "unit"]


def _cells(row: Row, against: bool) -> list[str]:
    def ratio(subject: str, base: str) -> str:
        return str(spread(row.ratios(subject, base))) if row.has(subject) and row.has(base) else ""

    def median(subject: str) -> str:
        return _three_digits(statistics.median(row.values(subject))) if row.has(subject) else ""

    quantity = row.quantity
    other = [ratio(OTHER, BARE), ratio(THIS, OTHER)] if against else []
    medians = [median(subject) for subject in ((THIS, OTHER, BARE) if against else (THIS, BARE))]
    return [quantity.name, quantity.bare, ratio(THIS, BARE), *other, *medians, quantity.unit]


def _three_digits(value: float) -> str:
    """Return a number with three digits, or with all before the point."""
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if value and math.isfinite(value) else 0
    return f"{value:,.{digits}f}"
