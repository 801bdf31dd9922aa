"""The controls beside the drawing of the Training page, as a table: what each shows, and what it changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from core.activations import ACTIVATIONS
from core.optimizers import OPTIMIZERS
from core.training import Settings
from ui.links.codec import put
from ui.links.query import choice, whole
from ui.shell.store import Rejected
from ui.text.numbers import parse_number
from ui.training.bounds import EXACT, WHOLE
from ui.training.link import HIDDEN_ACTIVATIONS
from ui.training.state import Training, with_optimizer

_SETTINGS = "settings."


@dataclass(frozen=True, slots=True)
class Slider:
    """From where to where a slider usually goes; it is widened until it holds the value.

    `step` is the distance of its positions: on a "log" scale, or that of a "count", of decimal logarithms.
    """

    low: float
    high: float
    step: float
    scale: str = "linear"

    def model(self, value: float) -> dict[str, Any]:
        """Return the SliderRange of slider.d.ts that holds a value."""
        return {
            "low": min(self.low, value),
            "high": max(self.high, value),
            "step": self.step,
            "scale": self.scale,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """A control: the field of the state at `path`, with a `label` beside it and a `name` that says all.

    It has a slider, or a menu with the labels of its options. `parse` returns the value that a text stands
    for, and raises ValueError with a sentence that names the field.
    """

    path: str
    group: str
    label: str
    name: str
    parse: Callable[[str], Any]
    slider: Slider | None = None
    options: Mapping[str, str] | None = None

    def value(self, state: Training, now: Settings) -> Any:
        """Return what the control shows: of settings those that act `now`, at the shown step."""
        path = self.path.removeprefix(_SETTINGS)
        return attrgetter(path)(state if path == self.path else now)

    def settings(self, now: Settings, value: Any) -> Settings | None:
        """Return the settings with another value, None where the field is no setting."""
        if not self.path.startswith(_SETTINGS):
            return None
        if self.path == "settings.optimizer":
            return with_optimizer(now, value)
        settings: Settings = put(now, self.path.removeprefix(_SETTINGS), value)
        return settings

    def start(self, state: Training, value: Any) -> Training:
        """Return the state with another value, for a field of what a run begins with."""
        changed: Training = put(state, self.path, value)
        return changed

    def model(self, state: Training, now: Settings) -> dict[str, Any]:
        """Return the SentField of the player's model.d.ts."""
        value = self.value(state, now)
        model = {"id": self.path, "group": self.group, "label": self.label, "name": self.name, "value": value}
        if self.slider is not None:
            return {**model, "kind": "slider", "isWord": self.label != "η", **self.slider.model(value)}
        return {**model, "kind": "menu", "options": list((self.options or {}).items())}


def _number(path: str, group: str, label: str, name: str, slider: Slider) -> Field:
    low, high, above_low = EXACT[path]

    def parse(text: str) -> float:
        return parse_number(text, name, low, high, above_low=above_low)

    return Field(path, group, label, name, parse, slider)


def _whole(path: str, group: str, label: str, name: str, slider: Slider) -> Field:
    return Field(path, group, label, name, lambda text: whole(text.strip(), name, *WHOLE[path]), slider)


def _menu(path: str, group: str, name: str, options: Mapping[str, str]) -> Field:
    return Field(path, group, name, name, choice(name, options), options=options)


FIELDS: Mapping[str, Field] = {
    field.path: field
    for field in (
        _menu(
            "activation",
            "Network",
            "Activation",
            {name: ACTIVATIONS[name].label for name in HIDDEN_ACTIVATIONS},
        ),
        _menu(
            "settings.optimizer",
            "Optimizer",
            "Optimizer",
            {name: optimizer.label for name, optimizer in OPTIMIZERS.items()},
        ),
        _number("settings.learning_rate", "Optimizer", "η", "Learning rate η", Slider(1e-4, 10, 0.05, "log")),
        _whole("settings.batch_size", "Optimizer", "batch", "Batch size", Slider(1, 1000, 0.05, "count")),
        _number("settings.l2", "Optimizer", "L2", "L2 penalty λ", Slider(0, 0.1, 0.001)),
        _number("settings.dropout", "Optimizer", "dropout", "Dropout", Slider(0, 0.95, 0.05)),
    )
}


def panel_model(state: Training, now: Settings, rejected: Mapping[str, Rejected]) -> dict[str, Any]:
    """Return the SentPanel of the player's model.d.ts, with the texts that could not be taken.

    `now` are the settings that act at the shown step.
    """
    return {
        "fields": [field.model(state, now) for field in FIELDS.values()],
        "rejected": {
            path: {"text": refusal.text, "message": refusal.message}
            for path, refusal in rejected.items()
            if path in FIELDS
        },
    }
