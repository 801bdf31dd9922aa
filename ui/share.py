"""Links: a page's state as a short, readable query string, and back.

A parameter is left out where it says what is said without it: the default state needs none. Numbers are
separated by _, the rows of a matrix and the branches of a history by ~.
"""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.history import History
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Network
from ui.limits import MAX_BRANCHES, MAX_HIDDEN_LAYERS, MAX_SEED, MAX_STEPS, MAX_UNITS
from ui.numbers import DECIMALS, DIGITS, count, exact, parse_number, parse_quantity, quote, target_bounds
from ui.query import HIDE, Query, Reader, choice, several, versioned, whole
from ui.state import (
    BIASES,
    COLORS,
    DEFAULT_INITIALIZER,
    DEFAULT_SEED,
    HIDEABLE,
    SCALES,
    SIGNS,
    OneStep,
    View,
    bias_mode,
    fit_targets,
    random_theta,
    resize,
)

# What links of before call an edge color.
_COLORS_BEFORE = {"signal": "contribution"}


def read(query: Query) -> tuple[OneStep, tuple[str, ...]]:
    """Return the state that a query string describes, and a sentence for each part that was left out."""
    reader = Reader(query)
    example = EXAMPLES[reader.read("example", choice("example", EXAMPLES), DEFAULT_EXAMPLE.name)]
    start, seed, initializer = _read_start(reader, example.exercise)
    history = _read_history(reader, start)
    view = _read_view(reader, start.network)
    reader.report_unread()
    state = OneStep(example.name, start, seed, initializer, history, view)
    return state, tuple(reader.problems)


def write(state: OneStep) -> dict[str, str]:
    """Return the query parameters that `read` turns back into `state`, to the last digit."""
    base, start, view, usual = EXAMPLES[state.example].exercise, state.start, state.view, View()
    network = start.network
    theta = np.array(_default_theta(base, network, state.initializer, state.seed))
    x = resize(base.x, network.widths[0])
    y = fit_targets(resize(base.y, network.widths[-1]), network.loss)
    layers = zip(network.layers(start.theta_array), network.layers(theta), strict=True)
    texts: list[tuple[str, str, str]] = [
        ("example", state.example, DEFAULT_EXAMPLE.name),
        ("net", "-".join(map(str, network.widths)), "-".join(map(str, base.network.widths))),
        ("f", ".".join(network.activations), ".".join(base.network.activations)),
        ("loss", network.loss, base.network.loss),
        ("bias", bias_mode(start), bias_mode(base)),
        ("init", state.initializer, DEFAULT_INITIALIZER),
        ("seed", str(state.seed), "None"),
        ("x", _numbers(start.x), _numbers(x)),
        ("y", _numbers(start.y), _numbers(y)),
        ("eta", exact(start.learning_rate), exact(base.learning_rate)),
    ]
    for index, (layer, default) in enumerate(layers, start=1):
        texts += _array_texts(f"W{index}", layer.W, default.W)
        if layer.b is not None and default.b is not None:
            texts += _array_texts(f"b{index}", layer.b, default.b)
    texts += [
        ("run", _run(state.history), "0"),
        ("at", str(state.history.position), str(state.history.current.end)),
        ("select", view.selected, usual.selected),
        ("color", view.color, usual.color),
        ("scale", view.scale, usual.scale),
        ("labels", "on" if view.labels else "off", "on"),
        ("digits", str(view.digits), str(usual.digits)),
        ("decimals", str(view.decimals), str(usual.decimals)),
        ("sign", view.sign, usual.sign),
        (HIDE, ".".join(view.hide), ""),
    ]
    return versioned({name: text for name, text, default in texts if text != default})


def _default_theta(base: Exercise, network: Network, initializer: str, seed: int | None) -> tuple[float, ...]:
    """Return the weights that a link without W and b stands for."""
    same = network.widths == base.network.widths and network.bias == base.network.bias
    if same and seed is None:
        return base.theta
    return random_theta(network, initializer, DEFAULT_SEED if seed is None else seed)


def _numbers(values: Sequence[float]) -> str:
    return "_".join(map(exact, values))


def _array_texts(name: str, array: Array, default: Array) -> list[tuple[str, str, str]]:
    """Return the array as one parameter, or its few changed numbers as one each, such as w1.2.1."""
    changed = np.argwhere(array != default)
    if 2 * len(changed) <= array.size:
        entries = []
        for where in changed:
            place = ".".join(str(index + 1) for index in where)
            entries.append((f"{name.lower()}.{place}", exact(array[tuple(where)]), ""))
        return entries
    rows = [array.tolist()] if array.ndim == 1 else array.tolist()
    return [(name, "~".join(map(_numbers, rows)), "")]


def _run(history: History) -> str:
    parts = [str(history.branches[0].end)]
    for branch in history.branches[1:]:
        changes = "".join(f"_{name}_{exact(value)}" for name, value in branch.changes)
        parts.append(f"{branch.at}-{branch.end}{changes}")
    return "~".join(parts)


def _read_start(reader: Reader, base: Exercise) -> tuple[Exercise, int | None, str]:
    widths = reader.read("net", _parse_widths, base.network.widths)
    layers = len(widths) - 1
    hidden = (base.network.activations[:-1] or ("sigmoid",))[-1]
    usual = (*base.network.activations[:-1], *(hidden,) * layers)[: layers - 1]
    activations = reader.read(
        "f",
        lambda text: _parse_activations(text, layers),
        (*usual, base.network.activations[-1]),
    )
    loss = reader.read("loss", choice("loss", LOSSES), base.network.loss)
    bias = reader.read("bias", choice("bias", BIASES), bias_mode(base))
    network = Network(widths, activations, loss, bias != "none")
    initializer = reader.read("init", choice("init", INITIALIZERS), DEFAULT_INITIALIZER)
    seed: int | None = reader.read("seed", lambda text: whole(text, "seed", 0, MAX_SEED), None)
    theta = np.array(_default_theta(base, network, initializer, seed))
    for index, layer in enumerate(network.layers(theta), start=1):
        layer.W[...] = reader.read(f"W{index}", _matrix_parser(f"W{index}", layer.W.shape), layer.W)
        if layer.b is not None:
            layer.b[...] = reader.read(f"b{index}", _vector_parser(f"b{index}", len(layer.b)), layer.b)
    for quantity in quantities(network):
        if quantity.kind in "wb":
            parse = partial(parse_number, field=quantity.id)
            theta[quantity.place] = reader.read(quantity.id, parse, theta[quantity.place])
    x = reader.read("x", _vector_parser("x", widths[0]), resize(base.x, widths[0]))
    y = reader.read(
        "y",
        _vector_parser("y", widths[-1], *target_bounds(loss)),
        fit_targets(resize(base.y, widths[-1]), loss),
    )
    eta = reader.read("eta", lambda text: parse_number(text, "eta", 0, above_low=True), base.learning_rate)
    start = Exercise(network, tuple(theta.tolist()), tuple(x), tuple(y), eta, bias != "fixed")
    return start, seed, initializer


def _read_history(reader: Reader, start: Exercise) -> History:
    history = reader.read("run", lambda text: _parse_run(text, start), History())
    last = history.current.end
    position = reader.read("at", lambda text: whole(text, "at", 0, last), last)
    return history.seek(position)


def _read_view(reader: Reader, network: Network) -> View:
    usual = View()
    return View(
        color=reader.read("color", _parse_color, usual.color),
        scale=reader.read("scale", choice("scale", SCALES), usual.scale),
        labels=reader.read("labels", choice("labels", ("on", "off")), "on") == "on",
        selected=reader.read("select", choice("select", selectable(network)), usual.selected),
        digits=reader.read("digits", lambda text: whole(text, "digits", *DIGITS), usual.digits),
        decimals=reader.read("decimals", lambda text: whole(text, "decimals", *DECIMALS), usual.decimals),
        sign=reader.read("sign", choice("sign", SIGNS), usual.sign),
        hide=reader.read(HIDE, several(HIDE, HIDEABLE), usual.hide),
    )


def _parse_color(text: str) -> str:
    return choice("color", COLORS)(_COLORS_BEFORE.get(text, text))


def selectable(network: Network) -> tuple[str, ...]:
    """Return the ids that can be selected: weights, biases, units (n0.1 is the first input) and none."""
    parameters = [quantity.id for quantity in quantities(network) if quantity.kind in "wb"]
    units = [f"n{layer}.{k + 1}" for layer, width in enumerate(network.widths) for k in range(width)]
    return (*parameters, *units, "none")


def _vector_parser(field: str, length: int, *bounds: float) -> Callable[[str], list[float]]:
    def parse(text: str) -> list[float]:
        parts = text.split("_")
        if len(parts) != length:
            raise ValueError(f"{field} got {count(len(parts), 'number')}; it takes {length}, separated by _.")
        return [
            parse_number(part, f"{field.rstrip(',')}, number {k + 1},", *bounds)
            for k, part in enumerate(parts)
        ]

    return parse


def _matrix_parser(field: str, shape: tuple[int, ...]) -> Callable[[str], list[list[float]]]:
    def parse(text: str) -> list[list[float]]:
        rows = text.split("~")
        if len(rows) != shape[0]:
            raise ValueError(f"{field} got {count(len(rows), 'row')}; it takes {shape[0]}, separated by ~.")
        return [_vector_parser(f"{field}, row {k + 1},", shape[1])(row) for k, row in enumerate(rows)]

    return parse


def _parse_widths(text: str) -> tuple[int, ...]:
    parts = text.split("-")
    most = MAX_HIDDEN_LAYERS + 2
    if not 2 <= len(parts) <= most:
        raise ValueError(
            f"net got {count(len(parts), 'layer')} in {quote(text)}; it takes 2 to {most}, such as 3-2-1."
        )
    return tuple(whole(part, f"net, layer {k + 1},", 1, MAX_UNITS) for k, part in enumerate(parts))


def _parse_activations(text: str, layers: int) -> tuple[str, ...]:
    names = text.split(".")
    if len(names) != layers:
        raise ValueError(
            f"f got {count(len(names), 'activation')} in {quote(text)}; this network takes {layers}."
        )
    for name in names:
        choice("f", ACTIVATIONS)(name)
    for name in names[:-1]:
        if ACTIVATIONS[name].couples_units:
            raise ValueError(f"f got {name} in a hidden layer; it is for the output layer only.")
    return tuple(names)


def _parse_run(text: str, start: Exercise) -> History:
    first, *others = text.split("~")
    if len(others) >= MAX_BRANCHES:
        raise ValueError(f"run got {len(others) + 1} branches; {MAX_BRANCHES} are allowed.")
    total = whole(first, "run", 0, MAX_STEPS)
    history = History().advance(total)
    known = {quantity.id: quantity for quantity in quantities(start.network)}
    for part in others:
        stretch, *pairs = part.split("_")
        ends = stretch.split("-")
        if len(ends) != 2 or not pairs or len(pairs) % 2:
            raise ValueError(f"run got the branch {quote(part)}; it takes one such as 40-90_w1.1.1_0.7.")
        at = whole(ends[0], "run, start of a branch,", 0, history.current.end)
        end = whole(ends[1], "run, end of a branch,", at, MAX_STEPS)
        total += end - at
        changes = []
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            if name not in known:
                raise ValueError(f"run got {quote(name)}; this network has no such number.")
            changes.append((name, parse_quantity(value, start, known[name])))
        history = history.seek(at).change(tuple(changes)).advance(end - at)
    if total > MAX_STEPS:
        raise ValueError(f"run got {total} steps in all; {MAX_STEPS} are allowed.")
    return history
