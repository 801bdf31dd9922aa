"""What differs between runs that are trained side by side, as one column a setting."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core.arrays import Array
from core.optimizers import AnyRates, Rates, RatesOfRuns
from core.settings import Settings


class OwnValues(NamedTuple):
    """Values of R runs, (R,) each, in place of the one that their settings have; None is no other value.

    `seed` gives the order of the batches and the draws of dropout. What differs in the initial weights is in
    θ (R, P), and what differs in the samples in x (R, N, n_in) and y (R, N, n_out).
    """

    learning_rate: Array | None = None
    momentum: Array | None = None
    l2: Array | None = None
    dropout: Array | None = None
    seed: Sequence[int] | None = None

    def check(self, runs: int) -> None:
        """Raise ValueError where there is not a value a run, or one is out of its range in settings."""
        for name, values in self._asdict().items():
            if values is None:
                continue
            shape = np.shape(values)
            if shape != (runs,):
                raise ValueError(f"{name} must have shape ({runs},), got {shape}")
            for value in values:
                if name == "seed" and value < 0:
                    raise ValueError(f"seed must be 0 or more, got {value}")
                if name == "momentum":
                    Rates(momentum=value)
                elif name != "seed":
                    Settings(**{name: value})

    def picked(self, runs: Sequence[int]) -> "OwnValues":
        """Return the values of some of the runs."""
        chosen = list(runs)

        def pick(values: Array | None) -> Array | None:
            return None if values is None else values[chosen]

        return OwnValues(
            pick(self.learning_rate),
            pick(self.momentum),
            pick(self.l2),
            pick(self.dropout),
            None if self.seed is None else [self.seed[run] for run in chosen],
        )

    def rates(self, rates: Rates) -> AnyRates:
        """Return the constants of the optimizer, with a momentum (R, 1) for every run where it differs."""
        if self.momentum is None:
            return rates
        names = ("beta1", "beta2", "rho", "epsilon", "weight_decay")
        return RatesOfRuns(self.momentum[:, None], *(getattr(rates, name) for name in names))


NO_OWN_VALUES = OwnValues()


def column(values: Array | None, one: float) -> Array:
    """Return the values as a column (R, 1) that broadcasts against θ (R, P), or the one of all runs, ()."""
    return np.array(one) if values is None else np.asarray(values, dtype=np.float64)[:, None]
