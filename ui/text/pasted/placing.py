"""Which of the pasted arrays is what: by their names, or, where none has one, by order and shape."""

from collections.abc import Sequence
from typing import NamedTuple

from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.roles import Role, role_of
from ui.text.pasted.single_weights import joined_by_count, joined_by_ends


class PlacedWeights(NamedTuple):
    """A pasted W or b, the number of its layer as its name has it, and whether its rows are known.

    `is_turned` is True where the rows are the units of the next layer, as PyTorch has them, False where they
    are those of the layer before, None where that is open.
    """

    array: PastedArray
    layer: int | None
    is_turned: bool | None = None


class Placed(NamedTuple):
    """The pasted arrays by what they are; `unplaced` are those that are nothing of a network."""

    weights: tuple[PlacedWeights, ...] = ()
    biases: tuple[PlacedWeights, ...] = ()
    x: tuple[PastedArray, ...] = ()
    y: tuple[PastedArray, ...] = ()
    eta: PastedArray | None = None
    unplaced: tuple[PastedArray, ...] = ()


def place(arrays: Sequence[PastedArray]) -> Placed:
    """Return what each array is; where a name stands twice, the last one counts."""
    arrays = joined_by_ends(arrays)
    roles = [None if array.name is None else role_of(array.name) for array in arrays]
    named: dict[object, tuple[PastedArray, Role]] = {}
    unplaced = []
    for array, role in zip(arrays, roles, strict=True):
        if role is None or not _suits(array, role):
            if array.name is not None:
                unplaced.append(array)
            continue
        # Names of modules, such as 0.weight, say no number that counts all layers.
        is_module = role.layer is None and role.kind in ("W", "b")
        key: object = array.name if is_module else role[:3]
        named.pop(key, None)
        named[key] = array, _with_rows(array, role)
    nameless = [array for array in arrays if array.name is None]
    found = _counted(_by_name(list(named.values()), unplaced))
    if any(role is not None and role.kind == "W" for role in roles):
        return found._replace(unplaced=(*found.unplaced, *nameless))
    return _by_order(found, nameless)


def _counted(found: Placed) -> Placed:
    """Return what was placed with single weights w1, w2, … as the matrices that their count makes."""
    weights = [one.array for one in found.weights]
    layers = [one.layer for one in found.weights]
    if len(weights) < 2 or layers != list(range(1, len(weights) + 1)) or not (found.x and found.y):
        return found
    n_in, n_out = (sum(array.array.size for array in arrays) for arrays in (found.x, found.y))
    joined = joined_by_count(weights, [one.array for one in found.biases], n_in, n_out)
    if joined is None:
        return found
    W, b = (
        tuple(PlacedWeights(array, layer, array.is_turned) for layer, array in enumerate(arrays, start=1))
        for arrays in joined
    )
    return found._replace(weights=W, biases=b)


def _suits(array: PastedArray, role: Role) -> bool:
    """Return whether an array has a shape that its name can have."""
    if role.kind == "eta" or role.item is not None:
        return array.array.size == 1
    return len(array.shape) <= 2


def _with_rows(array: PastedArray, role: Role) -> Role:
    is_open = role.kind == "W" and role.is_turned is None
    return role._replace(is_turned=array.is_turned) if is_open else role


def _by_name(named: list[tuple[PastedArray, Role]], unplaced: list[PastedArray]) -> Placed:
    samples: dict[str, tuple[PastedArray, ...]] = {}
    for kind in ("x", "y"):
        whole = [array for array, role in named if role.kind == kind and role.item is None]
        items = sorted((role.item, array.start, array) for array, role in named
                       if role.kind == kind and role.item is not None)  # fmt: skip
        parts = [array for _, _, array in items]
        samples[kind] = tuple(whole[-1:] or parts)
        unplaced += [*whole[:-1], *(parts if whole else [])]
    etas = [array for array, role in named if role.kind == "eta"]
    return Placed(
        _layers(named, "W"), _layers(named, "b"), samples["x"], samples["y"], etas[-1] if etas else None,
        tuple(unplaced),
    )  # fmt: skip


def _layers(named: list[tuple[PastedArray, Role]], kind: str) -> tuple[PlacedWeights, ...]:
    """Return all W, or all b, in the order of their layers."""
    places = {"first": -1.0, "last": 1e6, None: 1e3}
    found = [
        (role.layer if isinstance(role.layer, int) else places[role.layer], order, array, role)
        for order, (array, role) in enumerate(named)
        if role.kind == kind
    ]
    return tuple(
        PlacedWeights(array, role.layer if isinstance(role.layer, int) else None, role.is_turned)
        for _, _, array, role in sorted(found, key=lambda one: one[:2])
    )


def _by_order(found: Placed, nameless: list[PastedArray]) -> Placed:
    """Return what arrays without names are: x, then W (and b) of every layer, then y and η."""
    matrices = [k for k, array in enumerate(nameless) if len(array.shape) == 2 and min(array.shape) > 0]
    weights: list[PlacedWeights] = []
    biases: list[PlacedWeights] = []
    x, y, eta = list(found.x), list(found.y), found.eta
    unplaced = list(found.unplaced)
    for index, array in enumerate(nameless):
        width = weights[-1].array.shape[-1] if weights else None
        is_bias = len(biases) == len(weights) - 1 and array.array.size in (width, *_rows(weights))
        ahead = any(k > index for k in matrices)
        scalars = [one for one in nameless[index:] if not one.shape]
        if len(array.shape) > 2:
            unplaced.append(array)
        elif len(array.shape) == 2 and not (not weights and not x and array.shape[0] == 1 and ahead):
            weights.append(PlacedWeights(array, None, array.is_turned))
        elif array.shape and weights and is_bias and (ahead or biases or width == 1):
            biases.append(PlacedWeights(array, len(weights)))
        elif array.shape and not weights and not x:
            x.append(array)
        elif array.shape and len(weights) == 1 and width not in (None, 1) and array.array.size == width:
            weights.append(PlacedWeights(array, None))
        elif not y and (array.shape or len(scalars) > 1 or eta is not None):
            y.append(array)
        elif not array.shape and eta is None:
            eta = array
        else:
            unplaced.append(array)
    return Placed(
        (*found.weights, *weights), (*found.biases, *biases), tuple(x), tuple(y), eta, tuple(unplaced)
    )


def _rows(weights: list[PlacedWeights]) -> tuple[int, ...]:
    return weights[-1].array.shape[:1] if weights else ()
