"""The link of the Training page: the data, the network, how it is trained, and how far it has come."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import Any

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.features import FEATURES
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import widths_text
from core.optimizers import OPTIMIZERS
from core.schedules import SCHEDULES
from ui.limits import MAX_SKIPPED, MAX_TRAINING_LAYERS, MAX_TRAINING_UNITS
from ui.links.codec import Codec, Parameter, field, put
from ui.links.points import read_points, write_points
from ui.links.query import HIDE, choice, several, whole
from ui.text.numbers import count, exact, parse_number, quote
from ui.training.bounds import EXACT, WHOLE
from ui.training.entries import IN_LINKS, take_all
from ui.training.given_weights import parse_theta, write_theta
from ui.training.hyperparameters import HYPERPARAMETERS
from ui.training.importing.decoding import ENCODINGS
from ui.training.importing.records import KINDS, SEPARATOR_WORDS, SIGN_NAMES
from ui.training.segment_texts import read_left, read_segments, write_left, write_segments
from ui.training.state import (
    HIDEABLE,
    OWN,
    PICTURES,
    PLANE_VIEWS,
    REAL,
    TASKS,
    UNITS,
    Training,
    with_segments,
)

HIDDEN_ACTIVATIONS = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
_USUAL = Training()


def _field(
    name: str, path: str, write: Callable[[Any], str], parse: Callable[[str], Any]
) -> Parameter[Training]:
    """Return the parameter of a field, whose default is what the data before it has brought."""
    return replace(field(_USUAL, name, path, write, parse), default=attrgetter(path))


def _put_data(state: Training, name: str) -> Training:
    state = put(state, "data.name", name)
    return take_all(state) if name in IN_LINKS else state


def _whole(name: str, path: str) -> Parameter[Any]:
    return _field(name, path, str, lambda text: whole(text, name, *WHOLE[path]))


def _number(name: str, path: str) -> Parameter[Any]:
    low, high, above_low = EXACT[path]
    return _field(name, path, exact, lambda text: parse_number(text, name, low, high, above_low=above_low))


def _choice(name: str, path: str, choices: Any) -> Parameter[Any]:
    return _field(name, path, str, choice(name, choices))


def _switch(name: str, path: str) -> Parameter[Any]:
    parse = choice(name, ("on", "off"))
    return _field(name, path, lambda on: "on" if on else "off", lambda text: parse(text) == "on")


def _or_none(parameter: Parameter[Any]) -> Parameter[Any]:
    """Return a parameter that also takes None, written "off"."""
    return replace(
        parameter,
        write=lambda value: "off" if value is None else parameter.write(value),
        parse=lambda text, state: None if text == "off" else parameter.parse(text, state),
    )


def parse_hidden(text: str, name: str = "hidden") -> tuple[int, ...]:
    """Return the widths that "4-2" stands for, () for "0"; raises ValueError naming what came."""
    if text == "0":
        return ()
    parts = text.split("-")
    if len(parts) > MAX_TRAINING_LAYERS:
        raise ValueError(
            f"{name} got {count(len(parts), 'layer')} in {quote(text)}; it takes up to {MAX_TRAINING_LAYERS}."
        )
    return tuple(
        whole(part, f"{name}, layer {k + 1},", 1, MAX_TRAINING_UNITS) for k, part in enumerate(parts)
    )


def join_names(names: tuple[str, ...]) -> str:
    """Return names as one text, with ~ between them."""
    return "~".join(name.replace("%", "%25").replace("~", "%7E") for name in names)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names that `join_names` has made a text of."""
    return tuple(name.replace("%7E", "~").replace("%25", "%") for name in text.split("~"))


def _parse_axes(text: str) -> tuple[str, ...]:
    names = split_names(text)
    if len(names) != 2 or len(set(names)) < 2:
        raise ValueError(f"axes got {quote(text)}; it takes two different inputs with ~ between them.")
    return names


def _of_reading(
    name: str, path: str, write: Callable[[Any], str], parse: Callable[[str], Any]
) -> Parameter[Any]:
    """Return the parameter of a field of the choices of reading, which have to go together."""

    def parse_with_others(text: str, state: Training) -> Any:
        value = parse(text)
        replace(state.data.reading, **{path: value})
        return value

    return replace(_field(name, f"data.reading.{path}", write, parse), parse=parse_with_others)


def _named(name: str, path: str, names: Mapping[Any, str]) -> Parameter[Any]:
    """Return the parameter of a field whose values have names."""
    values = {called: value for value, called in names.items()}
    parse = choice(name, values)
    return _of_reading(name, path, names.__getitem__, lambda text: values[parse(text)])


def _parse_kinds(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.partition(".") for part in split_names(text))
    return tuple((name, choice("kinds", KINDS)(kind)) for kind, _, name in pairs)


def _parse_missing(text: str) -> tuple[str, ...]:
    words = split_names(text) if text else ()
    if "" in words:
        raise ValueError(f"missing got {quote(text)}; it takes words with ~ between them.")
    return words


_ON_OFF = {True: "on", False: "off"}
_READING: tuple[Parameter[Any], ...] = (
    _of_reading("encoding", "encoding", str, choice("encoding", ENCODINGS)),
    _named("separator", "separator", SEPARATOR_WORDS),
    _named("decimal", "decimal", SIGN_NAMES),
    _named("thousands", "thousands", {"": "none", **SIGN_NAMES}),
    _named("header", "header", _ON_OFF),
    _of_reading("skip", "skipped", str, lambda text: whole(text, "skip", 0, MAX_SKIPPED)),
    _of_reading("missing", "missing", join_names, _parse_missing),
    _named("onecase", "merge_case", _ON_OFF),
    _of_reading(
        "kinds",
        "kinds",
        lambda kinds: join_names(tuple(f"{kind}.{name}" for name, kind in kinds)),
        _parse_kinds,
    ),
)

_AT = replace(
    _field("at", "at", str, int),
    parse=lambda text, state: whole(text, "at", 0, state.steps),
)

SETTINGS: dict[str, Parameter[Any]] = {
    parameter.name: parameter
    for parameter in (
        _choice("optimizer", "settings.optimizer", OPTIMIZERS),
        _number("eta", "settings.learning_rate"),
        _whole("batch", "settings.batch_size"),
        _choice("schedule", "settings.schedule", SCHEDULES),
        _whole("period", "settings.period"),
        _number("decay", "settings.decay"),
        _number("l1", "settings.l1"),
        _number("l2", "settings.l2"),
        _number("dropout", "settings.dropout"),
        _or_none(_number("clip", "settings.clip")),
        _or_none(_whole("patience", "settings.patience")),
        _switch("shuffle", "settings.shuffle"),
        _number("momentum", "settings.rates.momentum"),
        _number("beta1", "settings.rates.beta1"),
        _number("beta2", "settings.rates.beta2"),
        _number("rho", "settings.rates.rho"),
        _number("epsilon", "settings.rates.epsilon"),
        _number("weightdecay", "settings.rates.weight_decay"),
    )
}
_NOISE, _SHARE = _number("noise", "data.noise"), _number("trainshare", "data.train_share")
_OF_SEGMENTS = {**SETTINGS, _NOISE.name: _NOISE, _SHARE.name: _SHARE}
_CHANGES: Parameter[Any] = Parameter(
    "changes",
    get=lambda state: state.segments,
    put=with_segments,
    write=partial(write_segments, _OF_SEGMENTS),
    parse=partial(read_segments, _OF_SEGMENTS),
    default=lambda state: state.segments[:1],
)
_LEFT: Parameter[Any] = Parameter(
    "left",
    get=lambda state: (state.segments, state.left),
    put=lambda state, value: replace(state, left=value[1]),
    write=lambda value: write_left(_OF_SEGMENTS, *value),
    parse=lambda text, state: (state.segments, read_left(_OF_SEGMENTS, text, state)),
    default=lambda state: (state.segments, ()),
)

CODEC = Codec(
    "training",
    _USUAL,
    (
        replace(_choice("data", "data.name", (*DATASETS, *REAL, *PICTURES, *OWN)), put=_put_data),
        _whole("samples", "data.samples"),
        _NOISE,
        _whole("dataseed", "data.seed"),
        _SHARE,
        _field("features", "data.features", ".".join, several("features", FEATURES)),
        _field("points", "data.points", write_points, read_points),
        _switch("example", "data.example"),
        _field("target", "data.target", str, str),
        _field("columns", "data.columns", join_names, split_names),
        _choice("task", "data.task", TASKS),
        *_READING,
        _field("axes", "data.axes", join_names, _parse_axes),
        _switch("standardize", "data.standardize"),
        _field("hidden", "hidden", lambda widths: widths_text(widths) or "0", parse_hidden),
        _choice("f", "activation", HIDDEN_ACTIVATIONS),
        _choice("loss", "loss", LOSSES),
        _choice("init", "initializer", INITIALIZERS),
        _number("initscale", "init_scale"),
        _whole("seed", "seed"),
        *SETTINGS.values(),
        _whole("budget", "budget"),
        _choice("unit", "unit", UNITS),
        _whole("steps", "steps"),
        _CHANGES,
        _LEFT,
        _or_none(_AT),
        _or_none(_whole("sample", "sample")),
        _choice("film", "film", HYPERPARAMETERS),
        _field("theta", "theta", write_theta, parse_theta),
        _field("plane", "plane", ".".join, several("plane", PLANE_VIEWS)),
        _whole("digits", "digits"),
        _or_none(_whole("decimals", "decimals")),
        _field(HIDE, "hide", ".".join, several(HIDE, HIDEABLE)),
    ),
)
read = CODEC.read
write = CODEC.write
