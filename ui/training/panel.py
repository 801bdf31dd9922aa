"""The controls beside the drawing of the Training page, as a table: what each shows, and what it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, Protocol

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.features import FEATURES
from core.optimizers import OPTIMIZERS
from core.settings import Settings
from ui.limits import MAX_TRAINING_LAYERS, MAX_TRAINING_UNITS
from ui.links.codec import put
from ui.links.query import choice, several, whole
from ui.shell.store import Rejected
from ui.text.numbers import parse_number
from ui.training.bounds import EXACT, WHOLE
from ui.training.data_film import NOISE_STEP, SHARE_STEP, data_key
from ui.training.entries import choose
from ui.training.link import HIDDEN_ACTIVATIONS, parse_hidden
from ui.training.state import OWN, PICTURES, REAL, Training, data_label, with_optimizer
from ui.training.tiles import DATA_TILES, data_pictures, feature_pictures

_SETTINGS = "settings."


class FieldControl(Protocol):
    """What a field is shown as: a row of the panel, or the buttons on the drawing."""

    def model(self, value: Any) -> dict[str, Any]:
        """Return what the kind of SentField in model.d.ts has beside the field's names."""


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
        """Return the SentSlider that holds a value."""
        return {
            "kind": "slider",
            "value": value,
            "low": min(self.low, value),
            "high": max(self.high, value),
            "step": self.step,
            "scale": self.scale,
        }


@dataclass(frozen=True, slots=True)
class Menu:
    """Options by their names in the state, with their labels."""

    options: Mapping[str, str]

    def model(self, value: str) -> dict[str, Any]:
        """Return the SentMenu in which one is chosen."""
        return {"kind": "menu", "value": value, "options": list(self.options.items())}


@dataclass(frozen=True, slots=True)
class Tiles:
    """Options with a picture each, of which one or, where `many`, several are chosen; `more` have none."""

    options: Mapping[str, str]
    pictures: Callable[[], Mapping[str, Any]]
    more: Mapping[str, str]
    many: bool = False

    def model(self, value: str | Sequence[str]) -> dict[str, Any]:
        """Return the SentTiles in which some are chosen."""
        pictures = self.pictures()
        return {
            "kind": "tiles",
            "many": self.many,
            "chosen": [value] if isinstance(value, str) else list(value),
            "options": [
                {"value": name, "label": label, "picture": pictures[name]}
                for name, label in self.options.items()
            ],
            "more": list(self.more.items()),
        }


@dataclass(frozen=True, slots=True)
class Layers:
    """The units in each hidden layer."""

    def model(self, value: Sequence[int]) -> dict[str, Any]:
        """Return the SentLayers of some widths."""
        return {
            "kind": "layers",
            "widths": list(value),
            "max_layers": MAX_TRAINING_LAYERS,
            "max_units": MAX_TRAINING_UNITS,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """A control: the field of the state at `path`, with a `label` beside it and a `name` in full.

    `parse` returns the value that a text stands for, and raises ValueError with a sentence that names the
    field. It is shown where it `applies` to a state. A label that is a symbol of maths, and no word, is set
    as one.
    """

    path: str
    group: str
    label: str
    name: str
    parse: Callable[[str], Any]
    control: FieldControl
    applies: Callable[[Training], bool] = lambda _: True
    is_symbol: bool = False

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
        if self.path == "data.name":
            return choose(state, value)
        changed: Training = put(state, self.path, value)
        return changed

    def model(self, state: Training, now: Settings) -> dict[str, Any]:
        """Return the SentField of the player's model.d.ts."""
        return {
            "id": self.path,
            "group": self.group,
            "label": self.label,
            "name": self.name,
            "shown": self.applies(state),
            "isWord": not self.is_symbol,
            **self.control.model(self.value(state, now)),
        }


def _number(path: str, group: str, label: str, name: str, slider: Slider) -> Field:
    low, high, above_low = EXACT[path]

    def parse(text: str) -> float:
        return parse_number(text, name, low, high, above_low=above_low)

    return Field(path, group, label, name, parse, slider)


def _whole(path: str, group: str, label: str, name: str, slider: Slider) -> Field:
    return Field(path, group, label, name, lambda text: whole(text.strip(), name, *WHOLE[path]), slider)


def _menu(path: str, group: str, name: str, options: Mapping[str, str]) -> Field:
    return Field(path, group, name, name, choice(name, options), Menu(options))


def _has_noise(state: Training) -> bool:
    return state.data.name in DATASETS and DATASETS[state.data.name].noisy


def _has_split(state: Training) -> bool:
    return state.data.name not in DATASETS or _has_noise(state)


def _has_features(state: Training) -> bool:
    name = state.data.name
    return name == "points" or (name in DATASETS and DATASETS[name].inputs == 2)


def _parse_features(text: str) -> tuple[str, ...]:
    if not text:
        raise ValueError("Choose at least one feature.")
    return several("Features", FEATURES)(text)


_DATA = [*DATA_TILES, *(name for name in (*DATASETS, *REAL, *PICTURES, *OWN) if name not in DATA_TILES)]

FIELDS: Mapping[str, Field] = {
    field.path: field
    for field in (
        Field(
            "data.name",
            "Data",
            "Data",
            "Data",
            choice("Data", _DATA),
            Tiles(
                {name: data_label(name) for name in DATA_TILES},
                data_pictures,
                {name: data_label(name) for name in _DATA[len(DATA_TILES) :]},
            ),
        ),
        replace(
            _number("data.noise", "Data", "noise", "Noise", Slider(0, 0.5, NOISE_STEP)), applies=_has_noise
        ),
        replace(
            _number("data.train_share", "Data", "training", "Training fraction", Slider(0.1, 1, SHARE_STEP)),
            applies=_has_split,
        ),
        Field(
            "data.features",
            "Features",
            "Features",
            "Features",
            _parse_features,
            Tiles(
                {name: feature.label for name, feature in FEATURES.items()}, feature_pictures, {}, many=True
            ),
            _has_features,
        ),
        Field(
            "hidden",
            "Drawing",
            "Hidden layers",
            "Hidden layers",
            lambda text: parse_hidden(text, "Hidden layers"),
            Layers(),
        ),
        _menu(
            "activation",
            "Training",
            "Activation",
            {name: ACTIVATIONS[name].label for name in HIDDEN_ACTIVATIONS},
        ),
        _menu(
            "settings.optimizer",
            "Training",
            "Optimizer",
            {name: optimizer.label for name, optimizer in OPTIMIZERS.items()},
        ),
        replace(
            _number(
                "settings.learning_rate", "Training", "η", "Learning rate η", Slider(1e-4, 10, 0.05, "log")
            ),
            is_symbol=True,
        ),
        _whole("settings.batch_size", "Training", "batch", "Batch size", Slider(1, 1000, 0.05, "count")),
        _number("settings.l2", "Training", "L2", "L2 penalty λ", Slider(0, 0.1, 0.001)),
        _number("settings.dropout", "Training", "dropout", "Dropout", Slider(0, 0.95, 0.05)),
    )
}


def panel_model(
    state: Training, now: Settings, rejected: Mapping[str, Rejected], note: str = ""
) -> dict[str, Any]:
    """Return the SentPanel of the player's model.d.ts, with the texts that could not be taken.

    `now` are the settings that act at the shown step, whose noise and training fraction the state's data has;
    `note` is a sentence to stand below the drawing.
    """
    return {
        "fields": [field.model(state, now) for field in FIELDS.values()],
        "rejected": {
            path: {"text": refusal.text, "message": refusal.message}
            for path, refusal in rejected.items()
            if path in FIELDS
        },
        "data": data_key(state.data),
        "note": note,
    }
