"""Pasted numbers as an exercise of One step: network, weights, biases, sample and η in one go."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from core.activations import ACTIVATIONS
from core.exercise import Exercise
from core.network import Network
from ui.limits import MAX_HIDDEN_LAYERS, MAX_UNITS
from ui.links.fitting import fit_targets, resize
from ui.one_step.pasted_words import called, describe_what, pasted_notes, shape_of
from ui.text.numbers import exact_on_screen, parse_number, target_bounds
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.orientation import Oriented, orientations
from ui.text.pasted.placing import Placed, PlacedWeights, place
from ui.text.pasted.reader import PastedText, read_pasted

FIELD = "The pasted text"
_TAKES = "it takes weights such as W1 = [[0.5, -0.6], [0.1, -0.2]], inputs x, a target or a learning rate"


class PastedWay(NamedTuple):
    """One way to read pasted numbers: the exercise, and which W were turned, by their layers from 1."""

    exercise: Exercise
    turned: tuple[int, ...]


class PastedExercise(NamedTuple):
    """What a paste sets.

    There are two or more `ways` where the shapes leave open how W of the layers `open_layers` stand, the
    likeliest first. `what` names all that is set; `notes` are sentences on what is not as it was pasted.
    """

    ways: tuple[PastedWay, ...]
    open_layers: tuple[int, ...]
    what: str
    notes: tuple[str, ...]


class _Samples(NamedTuple):
    x: tuple[float, ...] | None
    y: tuple[float, ...] | None
    notes: tuple[str, ...]


def read_exercise(text: str, present: Exercise) -> PastedExercise:
    """Return what a paste makes of the exercise on the page.

    Weights of all layers make a network of their shapes, with biases where there are any; without weights,
    or with those of some layers by their names, the network stays. Raises ValueError with one sentence for
    what cannot be read or does not fit, PastedError where it has a place.
    """
    first: ValueError | None = None
    for decimal_commas in (False, True):
        try:
            return _exercise(read_pasted(text, FIELD, decimal_commas=decimal_commas), present)
        except ValueError as error:
            first = first or error
    assert first is not None  # noqa: S101
    raise first


def _exercise(reading: PastedText, present: Exercise) -> PastedExercise:
    placed = place(reading.arrays)
    samples = _samples(placed)
    eta = _learning_rate(placed.eta)
    if not (placed.weights or placed.biases or samples.x or samples.y or placed.eta):
        raise ValueError(f"{FIELD} has no numbers of a network; {_TAKES}.")
    some = _of_some_layers(placed, samples, present)
    if some is not None:
        ways, what = some, describe_what(placed, None)
    else:
        activation = _defined_activation(reading)
        ways = _of_all_layers(placed, samples, present, activation)
        what = describe_what(placed, ways[0].exercise.network)
    ways = [
        way._replace(exercise=replace(way.exercise, learning_rate=eta or present.learning_rate))
        for way in ways
    ]
    layers = sorted({layer for way in ways for layer in way.turned})
    open_layers = [layer for layer in layers if not all(layer in way.turned for way in ways)]
    return PastedExercise(
        tuple(ways),
        tuple(open_layers),
        what,
        (*samples.notes, *pasted_notes(reading, placed, ways[0].exercise.network)),
    )


def _samples(placed: Placed) -> _Samples:
    """Return one sample: of several the first one."""
    x, n_samples = _first_sample(placed.x, None)
    y, _ = _first_sample(placed.y, n_samples)
    notes = () if n_samples is None else (f"x has {n_samples} samples; the first is set.",)
    return _Samples(x, y, notes)


def _first_sample(
    arrays: Sequence[PastedArray], n_samples: int | None
) -> tuple[tuple[float, ...] | None, int | None]:
    if not arrays:
        return None, n_samples
    values = arrays[0].array
    if len(arrays) > 1:
        return tuple(float(array.array.reshape(-1)[0]) for array in arrays), n_samples
    if values.ndim == 2 and min(values.shape) > 1:
        return tuple(values[0].tolist()), len(values)
    if n_samples is not None and len(values.reshape(-1)) == n_samples:
        return (float(values.reshape(-1)[0]),), n_samples
    return tuple(values.reshape(-1).tolist()), None


def _learning_rate(array: PastedArray | None) -> float | None:
    if array is None:
        return None
    return parse_number(repr(float(array.array.reshape(-1)[0])), "Learning rate η", 0, above_low=True)


def _of_some_layers(placed: Placed, samples: _Samples, present: Exercise) -> list[PastedWay] | None:
    """Return the present network with what was pasted in it, or None where the paste makes another one."""
    network = present.network
    last = len(network.shapes)
    layers = [one.layer for one in placed.weights]
    numbered = [layer for layer in layers if layer is not None and 1 <= layer <= last]
    if placed.weights and (len(numbered) < len(layers) or len(layers) == last):
        return None
    fit = all(
        orientations([one], [None], *network.shapes[layer - 1])
        for one, layer in zip(placed.weights, numbered, strict=True)
    )
    # A whole sample goes with the weights of all layers.
    is_whole = not fit or bool(samples.x and samples.y)
    if placed.weights and is_whole and numbered == list(range(1, len(numbered) + 1)):
        return None
    _check_length("x", samples.x, network.widths[0], "input")
    _check_length("y", samples.y, network.widths[-1], "output")
    found = []
    for oriented in _turns(placed.weights, numbered, network):
        theta = present.theta_array
        views = network.layers(theta)
        for layer, W in zip(numbered, oriented.weights, strict=True):
            views[layer - 1].W[...] = W
        for layer, values in _biases(placed.biases, [view.W.shape[1] for view in views], 1).items():
            b = views[layer].b
            if b is None:
                raise ValueError(f"b{layer + 1} was pasted; this network has no biases, and no W was pasted.")
            b[...] = values
        turned = tuple(layer for layer, is_turned in zip(numbered, oriented.turned, strict=True) if is_turned)
        found.append(PastedWay(_with_sample(replace(present, theta=tuple(theta.tolist())), samples), turned))
    return found


def _turns(weights: Sequence[PlacedWeights], layers: Sequence[int], network: Network) -> list[Oriented]:
    """Return the ways in which single matrices fit the layers that they are of."""
    found = [Oriented((), ())]
    for one, layer in zip(weights, layers, strict=True):
        n_in, n_out = network.shapes[layer - 1]
        fits = orientations([one], [None], n_in, n_out)
        if not fits:
            raise ValueError(
                f"W{layer} has the shape {shape_of(one.array)}; in this network it takes ({n_in}, {n_out})."
            )
        found = [
            Oriented((*before.weights, *fit.weights), (*before.turned, *fit.turned))
            for before in found
            for fit in fits
        ]
    alike = [one for one in found if len(set(one.turned)) < 2]
    return alike or found


def _of_all_layers(
    placed: Placed, samples: _Samples, present: Exercise, activation: str | None
) -> list[PastedWay]:
    """Return the networks that the pasted weights can be of."""
    most = MAX_HIDDEN_LAYERS + 1
    if len(placed.weights) > most:
        raise ValueError(
            f"{len(placed.weights)} weight matrices were pasted; 1 to {most} are allowed, one for each layer."
        )
    lengths = _bias_lengths(placed)
    n_in, n_out = (None if values is None else len(values) for values in (samples.x, samples.y))
    found = orientations(placed.weights, lengths, n_in, n_out)
    if not found:
        arrays = [*placed.x, *(one.array for one in (*placed.weights, *placed.biases)), *placed.y]
        listed = ", ".join(f"{called(array)} {shape_of(array)}" for array in arrays)
        raise ValueError(f"The shapes do not fit one another as layers of a network: {listed}.")
    return [_network_way(oriented, placed, samples, present, activation) for oriented in found]


def _network_way(
    oriented: Oriented, placed: Placed, samples: _Samples, present: Exercise, activation: str | None
) -> PastedWay:
    weights = oriented.weights
    widths = (len(weights[0]), *(W.shape[1] for W in weights))
    for layer, units in enumerate(widths):
        if units > MAX_UNITS:
            raise ValueError(f"Layer {layer} would have {units} units; 1 to {MAX_UNITS} are allowed.")
    old = present.network
    *hidden, output = old.activations
    hidden = hidden or ["sigmoid"]
    names = (*(hidden + hidden[-1:] * len(weights))[: len(weights) - 1], output)
    if activation:
        names = (activation,) * len(weights)
    network = Network(widths, names, old.loss, bool(placed.biases))
    theta = network.pack(list(weights), _bias_arrays(placed, widths) if network.bias else None)
    exercise = Exercise(
        network,
        tuple(theta.tolist()),
        resize(present.x, widths[0]),
        fit_targets(resize(present.y, widths[-1]), network.loss),
        present.learning_rate,
        present.train_biases or not (network.bias and old.bias),
    )
    turned = tuple(layer for layer, is_turned in enumerate(oriented.turned, start=1) if is_turned)
    return PastedWay(_with_sample(exercise, samples), turned)


def _with_sample(exercise: Exercise, samples: _Samples) -> Exercise:
    low, high = target_bounds(exercise.network.loss)
    for number, value in enumerate(samples.y or (), start=1):
        if not low <= value <= high:
            lowest, highest = exact_on_screen(low), exact_on_screen(high)
            got = exact_on_screen(value)
            raise ValueError(
                f"Target {number} got {got}; this loss takes targets from {lowest} to {highest}."
            )
    return replace(exercise, x=samples.x or exercise.x, y=samples.y or exercise.y)


def _check_length(name: str, values: Sequence[float] | None, length: int, what: str) -> None:
    if values is not None and len(values) != length:
        plural = "" if length == 1 else "s"
        raise ValueError(
            f"{name} has {len(values)} numbers; this network has {length} {what}{plural}, and no weights of "
            "another one were pasted."
        )


def _bias_lengths(placed: Placed) -> list[int | None]:
    lengths: list[int | None] = [None] * len(placed.weights)
    for layer, array in _bias_places(placed.biases, len(lengths), _first_number(placed)).items():
        lengths[layer] = array.array.size
    return lengths


def _bias_arrays(placed: Placed, widths: Sequence[int]) -> list[list[float]]:
    found = _biases(placed.biases, widths[1:], _first_number(placed))
    return [found.get(layer, [0.0] * units) for layer, units in enumerate(widths[1:])]


def _first_number(placed: Placed) -> int:
    """Return the number that the first layer has in the names: 1, or 0 where they count from there."""
    numbers = [one.layer for one in (*placed.weights, *placed.biases) if one.layer is not None]
    return min(numbers, default=1) if 0 in numbers else 1


def _biases(biases: Sequence[PlacedWeights], units: Sequence[int], first: int) -> dict[int, list[float]]:
    """Return the numbers of each b by its layer from 0; one number is that of all units of its layer."""
    found = {}
    for layer, array in _bias_places(biases, len(units), first).items():
        values: list[float] = array.array.reshape(-1).tolist()
        values = values * units[layer] if len(values) == 1 else values
        if len(values) != units[layer]:
            raise ValueError(f"b{layer + 1} has {len(values)} numbers; its layer has {units[layer]} units.")
        found[layer] = values
    return found


def _bias_places(biases: Sequence[PlacedWeights], n_layers: int, first: int) -> dict[int, PastedArray]:
    """Return each b by its layer from 0: in order where there is one for each layer, else by its number."""
    if len(biases) == n_layers:
        return {layer: one.array for layer, one in enumerate(biases)}
    found = {}
    for one in biases:
        layer = None if one.layer is None else one.layer - first
        if layer is None or not 0 <= layer < n_layers:
            raise ValueError(
                f"{called(one.array)} is of no layer: {n_layers} were pasted or are in the network."
            )
        found[layer] = one.array
    return found


def _defined_activation(reading: PastedText) -> str | None:
    """Return the one activation that pasted code defines as a function, None where it is none or several."""
    code = "\n".join(reading.text[piece.start : piece.end] for piece in reading.skipped).lower()
    names = [name for name, activation in ACTIVATIONS.items() if not activation.couples_units]
    defined = [name for name in names if re.search(rf"\bdef {name}\b", code)]
    return defined[0] if len(defined) == 1 else None
