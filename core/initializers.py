"""Ways to draw the initial weights of a network, as one table."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.arrays import Array
from core.network import Network


@dataclass(frozen=True, slots=True)
class Initializer:
    """A rule for initial weights: `draw(rng, n_in, n_out)` gives W of shape (n_in, n_out)."""

    name: str
    label: str
    draw: Callable[[np.random.Generator, int, int], Array]


def _draw_xavier(rng: np.random.Generator, n_in: int, n_out: int) -> Array:
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


INITIALIZERS: dict[str, Initializer] = {
    initializer.name: initializer
    for initializer in (
        Initializer("uniform", "Uniform ±0.5", lambda rng, i, o: rng.uniform(-0.5, 0.5, (i, o))),
        Initializer("normal", "Normal, σ = 1", lambda rng, i, o: rng.standard_normal((i, o))),
        Initializer("xavier", "Xavier (Glorot)", _draw_xavier),
        Initializer("he", "He", lambda rng, i, o: rng.standard_normal((i, o)) * np.sqrt(2 / i)),
        Initializer("zeros", "Zeros", lambda _rng, i, o: np.zeros((i, o))),
    )
}


def init_theta(network: Network, initializer: str, rng: np.random.Generator) -> Array:
    """Return θ of shape (P,) with weights drawn by the named initializer and biases 0.

    Sources: Glorot and Bengio (2010) for xavier, U(±√(6/(n_in + n_out))); He et al. (2015) for he,
    N(0, 2/n_in).
    """
    draw = INITIALIZERS[initializer].draw
    weights = [draw(rng, n_in, n_out) for n_in, n_out in network.shapes]
    biases = [np.zeros(n_out) for _, n_out in network.shapes] if network.bias else None
    return network.pack(weights, biases)
