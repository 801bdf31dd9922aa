"""What was changed between two states of the Training page, in words."""

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from core.activations import ACTIVATIONS
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import widths_text
from ui.shell.store import Described
from ui.text.numbers import exact
from ui.text.settings import changed
from ui.training.state import TASKS, Training, data_label

_Write = Callable[[Any], str]
# What a run begins with, by its path in the state; what has no text is only named, as is what it was before
# where nobody had chosen it.
_NAMES: dict[str, tuple[str, _Write | None]] = {
    "data.name": ("data", data_label),
    "data.samples": ("samples", str),
    "data.noise": ("noise", exact),
    "data.seed": ("data seed", str),
    "data.train_share": ("training fraction", exact),
    "data.features": ("inputs", None),
    "data.points": ("points", None),
    "data.target": ("target", None),
    "data.columns": ("inputs", None),
    "data.task": ("values of the target", lambda task: TASKS.get(task, "")),
    "data.reading": ("reading of the file", None),
    "data.example": ("table", lambda on: "the example" if on else "your own"),
    "data.standardize": ("standardize", lambda on: "on" if on else "off"),
    "hidden": ("hidden layers", lambda widths: widths_text(widths) or "0"),
    "activation": ("activation", lambda name: ACTIVATIONS[name].label),
    "loss": ("loss", lambda name: LOSSES[name].label if name else ""),
    "initializer": ("initial weights", lambda name: INITIALIZERS[name].label),
    "init_scale": ("factor on the initial weights", exact),
    "theta": ("initial weights", lambda theta: "by hand" if theta else "drawn"),
    "seed": ("seed", str),
}


_USUAL = "the usual for this data"


def describe_entry(name: str) -> Described:
    """Return what taking all that an entry of the data menu brings is called."""
    what = f"settings of {data_label(name).split(':')[0]}"
    return Described(what, what)


def describe_before(before: Training, after: Training) -> str:
    """Return what a run from before a change is called beside the one that has begun since."""
    found = [
        f"{name} {text}" if (text := write(old) if write else "") else f"other {name}"
        for path, (name, write) in _NAMES.items()
        if (old := attrgetter(path)(before)) != attrgetter(path)(after)
    ]
    return f"{', '.join(found)}: the run before" if found else "the run before"


def describe_change(before: Training, after: Training, trained: Mapping[str, str] | None = None) -> Described:
    """Return what was changed, such as "η 0.03 → 0.3", and at which step where that was on the way.

    `trained` has the numbers of weights that are set there, as texts, from before.
    """
    for path, (name, write) in _NAMES.items():
        old, new = attrgetter(path)(before), attrgetter(path)(after)
        if old != new:
            how = f"{name} {write(old)}".rstrip() + f" → {write(new) or _USUAL}" if write else name
            return Described(how, how)
    then, now, trained = before.acting, after.acting, trained or {}
    return Described(
        changed(then, now, trained, short=True), f"{changed(then, now, trained)} from step {after.steps:,} on"
    )
