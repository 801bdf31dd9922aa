"""How many examples a property test draws: few by default; many in CI, and there the same in every run."""

import os

from hypothesis import settings

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
