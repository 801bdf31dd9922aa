"""A network with its numbers: all that one step of backprop on one sample needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np

from core.arrays import Array
from core.network import Network
from core.step import Step, take_step

Kind = Literal["x", "w", "b", "y", "eta"]


class Quantity(NamedTuple):
    """One number of an exercise that a person can change.

    `id` names it in links and messages, `label` on the screen; `place` is its index in θ for a weight
    or bias, in x or y for an input or target. `layer` counts from 1, `row` and `column` from 0.
    """

    id: str
    label: str
    kind: Kind
    layer: int
    row: int
    column: int
    place: int


@dataclass(frozen=True, slots=True)
class Exercise:
    """A network, its parameters θ, one sample (x, y) and the learning rate η.

    `train_biases` is False when the biases take part but are held fixed. Raises ValueError for a wrong
    count of numbers, one that is not finite, or a learning rate that is not above 0.
    """

    network: Network
    theta: tuple[float, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    learning_rate: float
    train_biases: bool = True

    def __post_init__(self) -> None:
        lengths = {
            "theta": (len(self.theta), self.network.n_parameters),
            "x": (len(self.x), self.network.widths[0]),
            "y": (len(self.y), self.network.widths[-1]),
        }
        for name, (got, expected) in lengths.items():
            if got != expected:
                raise ValueError(f"{name} must hold {expected} numbers, got {got}")
        for name in (*lengths, "learning_rate"):
            if not np.all(np.isfinite(getattr(self, name))):
                raise ValueError(f"{name} must be finite, got {getattr(self, name)}")
        if self.learning_rate <= 0:
            raise ValueError(f"learning_rate must be greater than 0, got {self.learning_rate}")

    @property
    def theta_array(self) -> Array:
        """Return θ as an array of shape (P,)."""
        return np.array(self.theta)

    @property
    def x_array(self) -> Array:
        """Return x as one sample of shape (1, n_in)."""
        return np.array([self.x])

    @property
    def y_array(self) -> Array:
        """Return y as one target of shape (1, n_out)."""
        return np.array([self.y])

    @property
    def trained(self) -> Array:
        """Return (P,) booleans: which parameters a step changes."""
        return np.array(
            [q.kind == "w" or self.train_biases for q in quantities(self.network) if q.kind in "wb"]
        )

    def value(self, quantity: Quantity) -> float:
        """Return the number that `quantity` stands for."""
        if quantity.kind == "eta":
            return self.learning_rate
        return {"x": self.x, "y": self.y, "w": self.theta, "b": self.theta}[quantity.kind][quantity.place]

    def with_values(self, values: Iterable[tuple[str, float]]) -> "Exercise":
        """Return the exercise with the numbers named by quantity id replaced."""
        known = quantities_by_id(self.network)
        numbers = {"theta": list(self.theta), "x": list(self.x), "y": list(self.y)}
        learning_rate = self.learning_rate
        for name, value in values:
            quantity = known[name]
            if quantity.kind == "eta":
                learning_rate = value
            else:
                field = quantity.kind if quantity.kind in ("x", "y") else "theta"
                numbers[field][quantity.place] = value
        theta, x, y = (tuple(numbers[field]) for field in ("theta", "x", "y"))
        return replace(self, theta=theta, x=x, y=y, learning_rate=learning_rate)

    def step(self) -> Step:
        """Compute one step of this exercise; arrays have no leading axes and N = 1."""
        return take_step(
            self.network,
            self.theta_array,
            self.x_array,
            self.y_array,
            self.learning_rate,
            self.trained,
        )


def unit_label(network: Network, layer: int, unit: int) -> str:
    """Return the name of a unit: x1, h1 (h1,2 with several hidden layers) or ŷ.

    `layer` counts from 0 for the inputs, `unit` from 0.
    """
    number = unit + 1
    if layer == 0:
        return f"x{number}"
    if layer == len(network.widths) - 1:
        return f"ŷ{number}" if network.widths[-1] > 1 else "ŷ"
    return f"h{layer},{number}" if len(network.widths) > 3 else f"h{number}"


# Of the largest network 0.2 MB.
@lru_cache(maxsize=64)
def quantities(network: Network) -> tuple[Quantity, ...]:
    """Return every number of an exercise: inputs, then weights and biases as θ packs them, y and η."""
    found = [Quantity(f"x{i + 1}", f"x{i + 1}", "x", 0, i, 0, i) for i in range(network.widths[0])]
    index = 0
    for layer, (n_in, n_out) in enumerate(network.shapes, start=1):
        for row in range(n_in):
            for column in range(n_out):
                ends = unit_label(network, layer - 1, row), unit_label(network, layer, column)
                name = f"w{layer}.{row + 1}.{column + 1}"
                found.append(Quantity(name, "→".join(ends), "w", layer, row, column, index))
                index += 1
        for column in range(n_out if network.bias else 0):
            label = f"b→{unit_label(network, layer, column)}"
            found.append(Quantity(f"b{layer}.{column + 1}", label, "b", layer, 0, column, index))
            index += 1
    outputs = network.widths[-1]
    last = len(network.widths) - 1
    for k in range(outputs):
        found.append(Quantity(f"y{k + 1}", f"y{k + 1}" if outputs > 1 else "y", "y", last, k, 0, k))
    found.append(Quantity("eta", "η", "eta", 0, 0, 0, 0))
    return tuple(found)


@lru_cache(maxsize=64)
def quantities_by_id(network: Network) -> Mapping[str, Quantity]:
    """Return every number of an exercise by the id that links and messages have for it."""
    return {quantity.id: quantity for quantity in quantities(network)}
