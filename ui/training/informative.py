"""Which columns of a table a network could learn most from, where there are more than it has inputs for."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.arrays import Array
from ui.limits import MAX_FEATURES
from ui.training.importing.records import Value

# As many groups of equally many rows as numbers are put into.
_GROUPS = 8
# The groups that two columns are compared by; rarer ones are taken together.
_MAX_GROUPS = 64

_Codes = NDArray[np.int64]


def most_informative(
    columns: Mapping[str, Sequence[Value]], target: Sequence[Value], most: int = MAX_FEATURES
) -> tuple[str, ...]:
    """Return the names of the columns with the largest mutual information with the target, in their order.

    `columns` has the values of each by its name. One of texts counts as many inputs as it has different ones,
    and all columns together are `most` inputs at most.
    """
    goal = _codes(target)
    score, inputs = {}, {}
    for name, values in columns.items():
        score[name] = mutual_information(_codes(values), goal)
        different = set(values) - {None}
        inputs[name] = len(different) if any(isinstance(value, str) for value in different) else 1
    chosen: set[str] = set()
    left = most
    # Of equals, the first in the table.
    for name in sorted(score, key=score.__getitem__, reverse=True):
        if 0 < inputs[name] <= left:
            chosen.add(name)
            left -= inputs[name]
    return tuple(name for name in columns if name in chosen)


def mutual_information(x: _Codes, y: _Codes) -> float:
    """Return the mutual information of two columns of groups, less what chance alone gives, per row of x.

    I = Σ p(x, y) ln(p(x, y) / (p(x) p(y))) over the rows where both are filled, and the mean of it for
    independent columns is (k_x − 1)(k_y − 1) / 2N. x and y (N,) are numbers of groups from 0, −1 where a cell
    is missing; where there are very many groups, the rare ones count as one.
    """
    filled = (x >= 0) & (y >= 0)
    rows = int(filled.sum())
    if rows == 0:
        return 0.0
    x, y = _with_few_groups(x), _with_few_groups(y)
    table = np.zeros((x.max() + 1, y.max() + 1))
    np.add.at(table, (x[filled], y[filled]), 1 / rows)
    table = table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0, keepdims=True)
    some = table > 0
    found = float(np.sum(table[some] * np.log(table[some] / expected[some])))
    by_chance = (table.shape[0] - 1) * (table.shape[1] - 1) / (2 * rows)
    return (found - by_chance) * rows / len(x)


def _with_few_groups(codes: _Codes) -> _Codes:
    """Return the codes with the rare groups as one: a table of all groups of two columns has N² places."""
    sizes = np.bincount(codes[codes >= 0])
    if np.count_nonzero(sizes) <= _MAX_GROUPS:
        return codes
    # Of groups of a size, the first ones.
    common = np.argsort(-sizes, kind="stable")[: _MAX_GROUPS - 1]
    places = np.full(len(sizes) + 1, _MAX_GROUPS - 1)
    places[common] = np.arange(len(common))
    places[-1] = -1
    return places[codes]


def _codes(cells: Sequence[Value]) -> _Codes:
    """Return the number of each cell's group: one for each text or number, or of many numbers by size."""
    different = dict.fromkeys(cell for cell in cells if cell is not None)
    if len(different) > _GROUPS and not any(isinstance(cell, str) for cell in different):
        return _groups_of_numbers(np.array([np.nan if cell is None else cell for cell in cells], dtype=float))
    places: dict[Value, int] = {cell: place for place, cell in enumerate(different)}
    return np.array([places.get(cell, -1) for cell in cells])


def _groups_of_numbers(values: Array) -> _Codes:
    bounds = np.nanquantile(values, np.arange(1, _GROUPS) / _GROUPS)
    groups = np.searchsorted(np.unique(bounds), values, side="left")
    return np.where(np.isnan(values), -1, groups)
