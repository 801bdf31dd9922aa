"""The part of a link that all pages with one network and one sample share: net, f, loss, bias, W, b, x, y, η.

Any page that has these parameters can hand its network to any other.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

import numpy as np

from core.activations import ACTIVATIONS
from core.arrays import Array
from core.assignment import Assignment
from core.examples import DEFAULT_EXAMPLE, EXAMPLES
from core.exercise import Exercise, quantities
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.network import Network, widths_text
from ui.limits import MAX_HIDDEN_LAYERS, MAX_SEED, MAX_UNITS
from ui.links.arrays import parse_matrix, parse_vector, write_array, write_numbers
from ui.links.codec import Codec, Parameter, Part, field
from ui.links.fitting import (
    BIASES,
    DEFAULT_INITIALIZER,
    DEFAULT_SEED,
    bias_mode,
    fit_targets,
    random_theta,
    resize,
)
from ui.links.query import HIDE, choice, whole
from ui.text.numbers import count, exact, parse_number, quote, target_bounds


@dataclass(frozen=True, slots=True)
class _HandedOver:
    example: str = DEFAULT_EXAMPLE.name
    start: Exercise = DEFAULT_EXAMPLE.exercise
    seed: int | None = None
    initializer: str = DEFAULT_INITIALIZER
    hide: tuple[str, ...] = ()


def hand_over(exercise: Exercise, hide: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the query of the One step page that shows an exercise, without what is to be hidden there.

    A worked example goes by its name.
    """
    usual = _HandedOver()
    names = (name for name, example in EXAMPLES.items() if example.exercise == exercise)
    name = next(names, usual.example)
    hidden = field(usual, HIDE, "hide", ".".join, str)
    codec = Codec("one_step", usual, (*exercise_parts(), hidden))
    return codec.write(replace(usual, example=name, start=exercise, hide=hide))


def exercise_parts() -> tuple[Part[Any], ...]:
    """Return the parameters of a state with an exercise, in the order in which they depend on one another."""
    return (
        Parameter(
            "example",
            lambda state: state.example,
            lambda state, name: replace(state, example=name, start=EXAMPLES[name].exercise),
            str,
            lambda text, _state: choice("example", EXAMPLES)(text),
            lambda state: state.example,
        ),
        *network_parts(attrgetter("start"), _stand),
        Parameter(
            "init",
            lambda state: state.initializer,
            lambda state, name: _stand(replace(state, initializer=name)),
            str,
            lambda text, _state: choice("init", INITIALIZERS)(text),
            lambda state: state.initializer,
        ),
        Parameter(
            "seed",
            lambda state: state.seed,
            lambda state, seed: _stand(replace(state, seed=seed)),
            str,
            lambda text, _state: whole(text, "seed", 0, MAX_SEED),
            lambda state: state.seed,
        ),
        *number_parts(),
    )


def network_parts(
    described: Callable[[Any], Exercise | Assignment], describe: Callable[..., Any]
) -> tuple[Part[Any], ...]:
    """Return the parameters of a state's network, net, f, loss and bias.

    `described(state)` is what has the network. `describe` returns a state on another one, with any of widths,
    activations, loss and bias by their names.
    """

    def network(state: Any) -> Network:
        return described(state).network

    def part(
        name: str,
        changed: str,
        get: Callable[[Any], Any],
        write: Callable[[Any], str],
        parse: Callable[[str, Any], Any],
    ) -> Parameter[Any]:
        return Parameter(
            name, get, lambda state, value: describe(state, **{changed: value}), write, parse, get
        )

    return (
        part(
            "net",
            "widths",
            lambda state: network(state).widths,
            widths_text,
            lambda text, _state: parse_widths(text),
        ),
        part(
            "f",
            "activations",
            lambda state: network(state).activations,
            ".".join,
            lambda text, state: parse_activations(text, len(network(state).activations)),
        ),
        part(
            "loss",
            "loss",
            lambda state: network(state).loss,
            str,
            lambda text, _state: choice("loss", LOSSES)(text),
        ),
        part(
            "bias",
            "bias",
            lambda state: bias_mode(described(state)),
            str,
            lambda text, _state: choice("bias", BIASES)(text),
        ),
    )


def number_parts() -> tuple[Part[Any], ...]:
    """Return the parameters of a state's numbers alone, x, y, η, W and b of whatever network it has."""
    return (
        _tuple("x", "x", lambda _state: ()),
        _tuple("y", "y", lambda state: target_bounds(state.start.network.loss)),
        Parameter(
            "eta",
            lambda state: state.start.learning_rate,
            lambda state, eta: replace(state, start=replace(state.start, learning_rate=eta)),
            exact,
            lambda text, _state: parse_number(text, "eta", 0, above_low=True),
            lambda state: state.start.learning_rate,
        ),
        _layers,
        _entries,
    )


def _stand(
    state: Any,
    *,
    widths: tuple[int, ...] | None = None,
    activations: tuple[str, ...] | None = None,
    loss: str | None = None,
    bias: str | None = None,
) -> Any:
    """Return the state on another description of the network, with the numbers that a link leaves out."""
    base, start = EXAMPLES[state.example].exercise, state.start
    old = start.network
    if activations is None:
        same = widths is None or widths == old.widths
        activations = old.activations if same else usual_activations(base.network, len(widths or ()) - 1)
    widths = widths or old.widths
    mode = bias or bias_mode(start)
    network = Network(widths, activations, loss or old.loss, mode != "none")
    exercise = Exercise(
        network,
        usual_theta(base, network, state.initializer, state.seed),
        resize(base.x, widths[0]),
        fit_targets(resize(base.y, widths[-1]), network.loss),
        start.learning_rate,
        mode != "fixed",
    )
    return replace(state, start=exercise)


def usual_activations(base: Network, layers: int) -> tuple[str, ...]:
    """Return the activations of a network of so many layers whose link names none."""
    hidden = (base.activations[:-1] or ("sigmoid",))[-1]
    return (*(*base.activations[:-1], *(hidden,) * layers)[: layers - 1], base.activations[-1])


def usual_theta(base: Exercise, network: Network, initializer: str, seed: int | None) -> tuple[float, ...]:
    """Return θ of a network whose link has no W and b."""
    same = network.widths == base.network.widths and network.bias == base.network.bias
    if same and seed is None:
        return base.theta
    return random_theta(network, initializer, DEFAULT_SEED if seed is None else seed)


def _tuple(name: str, attribute: str, bounds: Callable[[Any], Sequence[float]]) -> Parameter[Any]:
    def get(state: Any) -> tuple[float, ...]:
        values: tuple[float, ...] = getattr(state.start, attribute)
        return values

    return Parameter(
        name,
        get,
        lambda state, values: replace(state, start=replace(state.start, **{attribute: tuple(values)})),
        write_numbers,
        lambda text, state: tuple(parse_vector(text, name, len(get(state)), *bounds(state))),
        get,
    )


def _layers(state: Any) -> Iterator[Parameter[Any]]:
    """Yield W1, b1, W2, …; where at most half of the numbers differ from the default, `_entries` has them."""
    for index, layer in enumerate(state.start.network.layers(state.start.theta_array)):
        yield _array(index, "W", layer.W)
        if layer.b is not None:
            yield _array(index, "b", layer.b)


def _array(index: int, letter: str, usual: Array) -> Parameter[Any]:
    name = f"{letter}{index + 1}"

    def get(state: Any) -> Array:
        layer = state.start.network.layers(state.start.theta_array)[index]
        array: Array = getattr(layer, letter)
        return array

    def put(state: Any, values: Any) -> Any:
        theta = state.start.theta_array
        getattr(state.start.network.layers(theta)[index], letter)[...] = values
        return replace(state, start=replace(state.start, theta=tuple(theta.tolist())))

    def parse(text: str, _state: Any) -> Any:
        if letter == "b":
            return parse_vector(text, name, len(usual))
        return parse_matrix(text, name, (usual.shape[0], usual.shape[1]))

    return Parameter(
        name,
        get,
        put,
        write_array,
        parse,
        get,
        lambda values, default: bool(2 * np.sum(values != default) <= values.size),
    )


def _entries(state: Any) -> Iterator[Parameter[Any]]:
    """Yield w1.1.1, w1.1.2, …, b1.1, …: single numbers on top of the arrays."""
    for quantity in quantities(state.start.network):
        if quantity.kind in "wb":
            place = quantity.place

            def get(state: Any, place: int = place) -> float:
                return float(state.start.theta[place])

            def put(state: Any, value: float, place: int = place) -> Any:
                theta = (*state.start.theta[:place], value, *state.start.theta[place + 1 :])
                return replace(state, start=replace(state.start, theta=theta))

            def parse(text: str, _state: Any, name: str = quantity.id) -> float:
                return parse_number(text, name)

            yield Parameter(quantity.id, get, put, exact, parse, get)


def parse_widths(text: str) -> tuple[int, ...]:
    """Return the widths that "3-2-1" stands for; raises ValueError naming what came."""
    parts = text.split("-")
    most = MAX_HIDDEN_LAYERS + 2
    if not 2 <= len(parts) <= most:
        raise ValueError(
            f"net got {count(len(parts), 'layer')} in {quote(text)}; it takes 2 to {most}, such as 3-2-1."
        )
    return tuple(whole(part, f"net, layer {k + 1},", 1, MAX_UNITS) for k, part in enumerate(parts))


def parse_activations(text: str, layers: int) -> tuple[str, ...]:
    """Return the activations that "tanh.sigmoid" stands for; raises ValueError naming what came."""
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
