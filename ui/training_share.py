"""The link of the Training page: its state as a short, readable query string, and back.

A parameter is left out where it says what the default state says. RENAMED are names of version 1 (see
ui/query.py), too short to be read by a person.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from core.activations import ACTIVATIONS
from core.data import DATASETS
from core.features import FEATURES
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS, Rates
from core.schedules import SCHEDULES
from ui.limits import (
    MAX_MAGNITUDE,
    MAX_SAMPLES,
    MAX_SEED,
    MAX_TRAINING_LAYERS,
    MAX_TRAINING_STEPS,
    MAX_TRAINING_UNITS,
)
from ui.numbers import DECIMALS, DIGITS, count, exact, parse_number, quote
from ui.points import read_points, write_points
from ui.query import HIDE, Query, Reader, choice, several, versioned, whole
from ui.training_state import HIDEABLE, OWN, REAL, UNITS, Training

HIDDEN_ACTIVATIONS = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
Write = Callable[[Any], str]
Parse = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the link: its name there, the field it stands for, and both directions."""

    name: str
    field: str
    write: Write
    parse: Parse


def _whole(name: str, field: str, low: int, high: int) -> Parameter:
    return Parameter(name, field, str, lambda text: whole(text, name, low, high))


def _number(name: str, field: str, low: float, high: float, *, above_low: bool = False) -> Parameter:
    return Parameter(
        name, field, exact, lambda text: parse_number(text, name, low, high, above_low=above_low)
    )


def _choice(name: str, field: str, choices: Any) -> Parameter:
    return Parameter(name, field, str, choice(name, choices))


def _switch(name: str, field: str) -> Parameter:
    parse = choice(name, ("on", "off"))
    return Parameter(name, field, lambda value: "on" if value else "off", lambda text: parse(text) == "on")


def _or_none(parameter: Parameter) -> Parameter:
    """Return a parameter that also takes None, written "off"."""
    return replace(
        parameter,
        write=lambda value: "off" if value is None else parameter.write(value),
        parse=lambda text: None if text == "off" else parameter.parse(text),
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


def _join_names(names: tuple[str, ...]) -> str:
    return "~".join(name.replace("%", "%25").replace("~", "%7E") for name in names)


def _split_names(text: str) -> tuple[str, ...]:
    return tuple(name.replace("%7E", "~").replace("%25", "%") for name in text.split("~"))


def _parse_axes(text: str) -> tuple[str, ...]:
    names = _split_names(text)
    if len(names) != 2 or len(set(names)) < 2:
        raise ValueError(f"axes got {quote(text)}; it takes two different inputs with ~ between them.")
    return names


DATA = (
    _choice("data", "name", (*DATASETS, *REAL, *OWN)),
    _whole("samples", "samples", 4, MAX_SAMPLES),
    _number("noise", "noise", 0, 0.5),
    _whole("dataseed", "seed", 0, MAX_SEED),
    _number("trainshare", "train_share", 0.1, 1),
    Parameter("features", "features", ".".join, several("features", FEATURES)),
    Parameter("points", "points", write_points, lambda text: tuple(read_points(text))),
    Parameter("target", "target", str, str),
    Parameter("columns", "columns", _join_names, _split_names),
    _switch("standardize", "standardize"),
    Parameter("axes", "axes", _join_names, _parse_axes),
)
NETWORK = (
    Parameter("hidden", "hidden", lambda widths: "-".join(map(str, widths)) or "0", parse_hidden),
    _choice("f", "activation", HIDDEN_ACTIVATIONS),
    _choice("loss", "loss", LOSSES),
    _choice("init", "initializer", INITIALIZERS),
    _whole("seed", "seed", 0, MAX_SEED),
)
SETTINGS = (
    _choice("optimizer", "optimizer", OPTIMIZERS),
    _number("eta", "learning_rate", 0, MAX_MAGNITUDE, above_low=True),
    _whole("batch", "batch_size", 1, MAX_SAMPLES * 10),
    _choice("schedule", "schedule", SCHEDULES),
    _whole("period", "period", 1, MAX_TRAINING_STEPS),
    _number("decay", "decay", 0, 1, above_low=True),
    _number("l1", "l1", 0, 1000),
    _number("l2", "l2", 0, 1000),
    _number("dropout", "dropout", 0, 0.95),
    _or_none(_number("clip", "clip", 0, MAX_MAGNITUDE, above_low=True)),
    _or_none(_whole("patience", "patience", 1, MAX_TRAINING_STEPS)),
    _switch("shuffle", "shuffle"),
)
RATES = (
    _number("momentum", "momentum", 0, 0.9999),
    _number("beta1", "beta1", 0, 0.9999),
    _number("beta2", "beta2", 0, 0.999999),
    _number("rho", "rho", 0, 0.9999),
    _number("epsilon", "epsilon", 0, 1, above_low=True),
    _number("weightdecay", "weight_decay", 0, 1000),
)
PROGRESS = (
    _whole("budget", "budget", 1, MAX_TRAINING_STEPS),
    _choice("unit", "unit", UNITS),
    _whole("steps", "steps", 0, MAX_TRAINING_STEPS),
    _or_none(_whole("at", "at", 0, MAX_TRAINING_STEPS)),
    Parameter(HIDE, "hide", ".".join, several(HIDE, HIDEABLE)),
    _whole("digits", "digits", *DIGITS),
    _or_none(_whole("decimals", "decimals", *DECIMALS)),
)
RENAMED = {"n": "samples", "train": "trainshare", "decoupled": "weightdecay", "for": "budget"}


def read(query: Query) -> tuple[Training, tuple[str, ...]]:
    """Return the state that a query string describes, and a sentence for each part that was left out."""
    reader = Reader(query, RENAMED)
    usual = Training()
    data = _read(reader, usual.data, DATA)
    rates = _read(reader, usual.settings.rates, RATES)
    settings = replace(_read(reader, usual.settings, SETTINGS), rates=rates)
    state = _read(reader, _read(reader, usual, NETWORK), PROGRESS)
    if state.at is not None and state.at > state.steps:
        reader.problems.append(f"Link: at got {state.at}; it takes a step from 0 to {state.steps}.")
        state = replace(state, at=None)
    reader.report_unread()
    return replace(state, data=data, settings=settings), tuple(reader.problems)


def _read(reader: Reader, usual: Any, parameters: tuple[Parameter, ...]) -> Any:
    values = {
        parameter.field: reader.read(parameter.name, parameter.parse, getattr(usual, parameter.field))
        for parameter in parameters
    }
    return replace(usual, **values)


def write(state: Training) -> dict[str, str]:
    """Return the query parameters that `read` turns back into `state`, to the last digit."""
    usual = Training()
    return versioned(
        _said(state.data, usual.data, DATA)
        | _said(state, usual, NETWORK)
        | _said(state.settings, usual.settings, SETTINGS)
        | _said(state.settings.rates, Rates(), RATES)
        | _said(state, usual, PROGRESS)
    )


def _said(record: Any, usual: Any, parameters: tuple[Parameter, ...]) -> dict[str, str]:
    return {
        parameter.name: parameter.write(getattr(record, parameter.field))
        for parameter in parameters
        if getattr(record, parameter.field) != getattr(usual, parameter.field)
    }
