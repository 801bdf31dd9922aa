"""What differs between two segments of a run, in a few words: on a curve, in a sentence, on a button."""

import re
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from core.optimizers import OPTIMIZERS
from core.schedules import SCHEDULES
from core.settings import Segment, Settings
from ui.text.numbers import count, exact

# Where room is narrow, of more differences than these only the count is given.
_NAMED = 2
_NO_TEXTS: Mapping[str, str] = {}
_RAISED, _LOWERED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"), str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# The weight that no segment sets.
AS_TRAINED = "as trained"


class Difference(NamedTuple):
    """A setting that differs: its name, empty where the values name themselves, and both values."""

    name: str
    before: str
    after: str

    @property
    def was(self) -> str:
        """Return the setting before the change, such as "η 0.03"."""
        return f"{self.name} {self.before}".lstrip()

    @property
    def becomes(self) -> str:
        """Return the setting behind the change, such as "η → 0.3" or "Adam"."""
        return f"{self.name} → {self.after}" if self.name else self.after

    @property
    def whole(self) -> str:
        """Return the change, such as "η 0.03 → 0.3"."""
        return f"{self.was} → {self.after}"


def _or_none(value: float | None) -> str:
    return "off" if value is None else exact(value)


# By the path of the field in Settings.
_NAMES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "optimizer": ("", lambda name: OPTIMIZERS[name].label),
    "learning_rate": ("η", exact),
    "batch_size": ("batch size", str),
    "schedule": ("schedule", lambda name: SCHEDULES[name].label.lower()),
    "period": ("period", str),
    "decay": ("decay", exact),
    "l1": ("L1", exact),
    "l2": ("L2", exact),
    "dropout": ("dropout", exact),
    "clip": ("clipping", _or_none),
    "patience": ("early stopping", _or_none),
    "shuffle": ("shuffle", lambda on: "on" if on else "off"),
    "rates.momentum": ("μ", exact),
    "rates.beta1": ("β₁", exact),
    "rates.beta2": ("β₂", exact),
    "rates.rho": ("ρ", exact),
    "rates.epsilon": ("ε", exact),
    "rates.weight_decay": ("weight decay", exact),
}


def differences(before: Settings, after: Settings) -> list[Difference]:
    """Return what differs, setting by setting."""
    pairs = (
        (name, write, attrgetter(path)(before), attrgetter(path)(after))
        for path, (name, write) in _NAMES.items()
    )
    return [Difference(name, write(was), write(now)) for name, write, was, now in pairs if was != now]


def weight_symbol(name: str) -> str:
    """Return the symbol of a weight or bias by its id: of w1.2.1, from unit 2 to unit 1 of layer 1, w¹₂₁."""
    letter, layer, *units = re.findall(r"[wb]|\d+", name)
    between = "," if any(len(unit) > 1 for unit in units) else ""
    return letter + layer.translate(_RAISED) + between.join(unit.translate(_LOWERED) for unit in units)


def differences_at(
    before: Segment, after: Segment, trained: Mapping[str, str] = _NO_TEXTS
) -> list[Difference]:
    """Return what differs between what acts from one step on: settings, and weights that are set there.

    `trained` has the numbers, as texts, of weights that `before` does not set.
    """
    old, new = dict(before.weights), dict(after.weights)

    def text(weights: dict[str, float], name: str) -> str:
        return exact(weights[name]) if name in weights else trained.get(name, AS_TRAINED)

    weights = [
        Difference(weight_symbol(name), text(old, name), text(new, name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    ]
    return [*differences(before.settings, after.settings), *_sampling(before, after), *weights]


def _sampling(before: Segment, after: Segment) -> list[Difference]:
    if before.sampling is None or after.sampling is None:
        return []
    names = ("noise", "training fraction")
    return [
        Difference(name, exact(was), exact(now))
        for name, was, now in zip(names, before.sampling, after.sampling, strict=True)
        if was != now
    ]


def was(before: Segment, after: Segment, *, short: bool = False) -> str:
    """Return what acted before a change, such as "η 0.03", only what it changed.

    Here as below, `short` is for where there is room for a few words: it may only count what differs.
    """
    return _joined([difference.was for difference in differences_at(before, after)], short)


def becomes(before: Segment, after: Segment, *, short: bool = False) -> str:
    """Return what a change makes of it, such as "η → 0.3"."""
    return _joined([difference.becomes for difference in differences_at(before, after)], short)


def changed(
    before: Segment, after: Segment, trained: Mapping[str, str] = _NO_TEXTS, *, short: bool = False
) -> str:
    """Return a change, such as "η 0.03 → 0.3", with `trained` as in `differences_at`."""
    return _joined([difference.whole for difference in differences_at(before, after, trained)], short)


def _joined(texts: list[str], short: bool) -> str:
    return count(len(texts), "setting") if short and len(texts) > _NAMED else ", ".join(texts)
