"""How many examples a test takes: few by default; many in CI, and there the same in every run."""

import os
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

# The first examples wait for imports and caches; a time limit for each would only make noise.
settings.register_profile("few", max_examples=20, deadline=None)
settings.register_profile("many", max_examples=100, deadline=None, derandomize=True)


def load_profile() -> None:
    """Load the profile for this machine: many examples where the variable CI is set."""
    settings.load_profile("many" if os.environ.get("CI") else "few")


def has_many_examples() -> bool:
    """Return whether the loaded profile draws many examples."""
    return settings().max_examples >= settings.get_profile("many").max_examples


def examples(factor: float) -> settings:
    """Return settings with `factor` times the examples of the loaded profile, and at least one."""
    return settings(max_examples=max(1, round(factor * settings().max_examples)))


def some(cases: Iterable[T], count: int = 1) -> list[T]:
    """Return all of the cases with many examples, and the first `count` of them with few.

    For cases that each cost a page of a browser: the first is the one that fails most easily.
    """
    found = list(cases)
    return found if has_many_examples() else found[:count]
