"""What an entry of the data menu brings: a network, an optimizer and how far one press on Train goes."""

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from core.activations import ACTIVATIONS
from core.optimizers import OPTIMIZERS
from ui.links.codec import put
from ui.text.numbers import exact
from ui.training.importing.records import Choices
from ui.training.state import UNITS, Training, data_label, without_columns

_USUAL = Training()


def _adam(learning_rate: float) -> dict[str, Any]:
    return {"settings.optimizer": "adam", "settings.learning_rate": learning_rate}


# Fields of the state by their path, where they are not the page's own defaults.
ENTRIES: Mapping[str, Mapping[str, Any]] = {
    "xor": {"hidden": (6, 6), **_adam(0.03)},
    "spiral": {"hidden": (6, 6), "activation": "sin", **_adam(0.01), "budget": 3000},
    # Weights with which each step can be followed by hand, and that solve it.
    "truth_xor": {
        "hidden": (2,),
        "theta": (0.2, 0.9, -0.9, 0.1, -0.6, 0.4, 0.6, -0.5, 0.7),
        "settings.learning_rate": 0.5,
    },
    "moons": _adam(0.03),
    "spirals3": {"hidden": (8, 8), "activation": "sin", **_adam(0.01), "budget": 4000},
    "wine": {"hidden": (8,), **_adam(0.01), "budget": 500},
    "digits": {"hidden": (8,), **_adam(0.01), "budget": 2000},
}

# Of these a press on Train makes a network that is right about 95 of 100 test samples and more.
SOLVED = ("circle", "xor", "gaussians", "spiral", "moons", "blobs3", "spirals3")

# A link with one of these names has what the entry brings where it has nothing else. The other names were in
# links before entries brought anything.
IN_LINKS = ("wine", "digits")

# What belongs together is the reader's own as soon as one of it is.
_GROUPS = (
    ("hidden", "theta"),
    ("activation",),
    ("settings.optimizer", "settings.learning_rate"),
    ("budget", "unit"),
)


def usual(name: str) -> Training:
    """Return the state of a page on which nothing but the entry `name` was chosen."""
    state = replace(_USUAL, data=replace(_USUAL.data, name=name))
    for path, value in ENTRIES.get(name, {}).items():
        state = put(state, path, value)
    return state


def choose(state: Training, name: str) -> Training:
    """Return the state with other data and what its entry brings, but for what the reader has set.

    That is what neither the page nor the entry before has brought. What belonged to another table goes.
    """
    before = (usual(state.data.name), _USUAL)
    chosen = replace(state, data=replace(without_columns(state.data), name=name, reading=Choices()))
    for group in _GROUPS:
        if any(_same(state, other, group) for other in before):
            chosen = _take(chosen, usual(name), group)
    return chosen


def take_all(state: Training) -> Training:
    """Return the state with all that the entry of its data brings."""
    for group in _GROUPS:
        state = _take(state, usual(state.data.name), group)
    return state


def is_as_brought(state: Training) -> bool:
    """Return whether all is as the entry of the state's data brings it."""
    return take_all(state) == state


def entry_sentence(name: str) -> str:
    """Return what the entry brings, and what a press on Train comes to with it."""
    state = usual(name)
    hidden = "-".join(map(str, state.hidden))
    settings = state.settings
    network = f"{hidden} hidden units ({ACTIVATIONS[state.activation].label})"
    if state.theta:
        network += " with given weights"
    optimizer = f"{OPTIMIZERS[settings.optimizer].label} (η {exact(settings.learning_rate)})"
    end = ": one press on Train solves it." if name in SOLVED else "."
    # What stands before a colon, as in Iris: which species, is the name.
    label = data_label(name).split(":")[0]
    return f"{label} comes with {network}, {optimizer} and {state.budget:,} {UNITS[state.unit]}{end}"


def _same(state: Training, other: Training, group: tuple[str, ...]) -> bool:
    return all(attrgetter(path)(state) == attrgetter(path)(other) for path in group)


def _take(state: Training, source: Training, group: tuple[str, ...]) -> Training:
    for path in group:
        state = put(state, path, attrgetter(path)(source))
    return state
