"""How the pasted weights stand: rows for the units before, or for those of the next layer."""

from collections.abc import Sequence
from typing import NamedTuple

from core.arrays import Array
from ui.text.pasted.placing import PlacedWeights


class Oriented(NamedTuple):
    """Weights as W of shape (n_in, n_out), one a layer, and which of them were turned for it."""

    weights: tuple[Array, ...]
    turned: tuple[bool, ...]


def orientations(
    weights: Sequence[PlacedWeights], biases: Sequence[int | None], n_in: int | None, n_out: int | None
) -> list[Oriented]:
    """Return every way in which the shapes of the layers fit one another, the likeliest first.

    `biases` has the length of b for each layer, None where there is none; `n_in` and `n_out` are those of
    the sample, None where they are open. A b of one number fits any layer. Ways that give the same numbers
    are one.
    """
    found = [Oriented((), ())]
    for place, one in enumerate(weights):
        is_last = place == len(weights) - 1
        length = biases[place]
        found = [
            Oriented((*before.weights, W), (*before.turned, is_turned))
            for before in found
            for W, is_turned in _both(one)
            if W.shape[0] == (before.weights[-1].shape[1] if before.weights else n_in or W.shape[0])
            and (length in (None, 1) or W.shape[1] == length)
            and (not is_last or W.shape[1] == (n_out or W.shape[1]))
        ]
    return _likeliest_first(_distinct(found))


def _both(one: PlacedWeights) -> list[tuple[Array, bool]]:
    """Return a pasted W as it stands and turned, or what its name leaves of the two."""
    values = one.array.array
    as_written = values if values.ndim == 2 else values.reshape(-1, 1)
    if values.ndim == 2 and one.is_turned is not None:
        return [(as_written.T, True)] if one.is_turned else [(as_written, False)]
    return [(as_written, False), (as_written.T, True)]


def _distinct(found: list[Oriented]) -> list[Oriented]:
    kept: dict[object, Oriented] = {}
    for one in found:
        kept.setdefault(tuple((W.shape, W.tobytes()) for W in one.weights), one)
    return list(kept.values())


def _likeliest_first(found: list[Oriented]) -> list[Oriented]:
    """Return first the ways in which all stand alike; of matrices that are open no others, if there are."""
    if len(found) < 2:
        return found
    layers = range(len(found[0].turned))
    free = [layer for layer in layers if len({one.turned[layer] for one in found}) > 1]
    alike = [one for one in found if len({one.turned[layer] for layer in free}) == 1] or found

    def unlike(one: Oriented) -> tuple[int, int]:
        matrices = [turned for turned, W in zip(one.turned, one.weights, strict=True) if min(W.shape) > 1]
        return min(sum(matrices), len(matrices) - sum(matrices)), sum(one.turned)

    return sorted(alike, key=unlike)
