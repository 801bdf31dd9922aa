"""Weights that are pasted one number at a time, as matrices: w_x1_h1 by its ends, w1, w2, … by counting."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from ui.text.pasted.arrays import PastedArray

# Layer and number of a unit, both from 1 for hidden ones; layer 0 for inputs, -1 for outputs.
_Unit = tuple[int, int]
_UNIT = r"(x\d{1,2}|h\d{1,2}(?:_\d{1,2})?|(?:y_hat|y|o)\d{0,2})"
_WEIGHT = re.compile(rf"w_?{_UNIT}_?(?:to_)?{_UNIT}")
_BIAS = re.compile(rf"b_?{_UNIT}")


def joined_by_ends(arrays: Sequence[PastedArray]) -> list[PastedArray]:
    """Return the arrays with numbers such as w_x1_h1 and b_h1 in place of which stand W1, b1, ….

    They stay as they are where any of a layer is missing.
    """
    weights: dict[tuple[_Unit, _Unit], PastedArray] = {}
    biases: dict[_Unit, PastedArray] = {}
    for array in arrays:
        name = (array.name or "").lower()
        ends, end = _WEIGHT.fullmatch(name), _BIAS.fullmatch(name)
        if array.array.size == 1 and ends:
            weights[_unit(ends.group(1)), _unit(ends.group(2))] = array
        elif array.array.size == 1 and end:
            biases[_unit(end.group(1))] = array
    joined = _by_layers(weights, biases) if weights else None
    if joined is None:
        return list(arrays)
    single = {id(array) for array in (*weights.values(), *biases.values())}
    others = [array for array in arrays if id(array) not in single]
    return sorted([*others, *joined], key=lambda array: array.start)


def _unit(name: str) -> _Unit:
    letter, *numbers = re.findall(r"[a-z]|\d+", name.replace("y_hat", "y"))
    first = int(numbers[0]) if numbers else 1
    if letter == "x":
        return 0, first
    if letter == "h":
        return (first, int(numbers[1])) if len(numbers) > 1 else (1, first)
    return -1, first


def _by_layers(
    weights: Mapping[tuple[_Unit, _Unit], PastedArray], biases: Mapping[_Unit, PastedArray]
) -> list[PastedArray] | None:
    """Return W1, b1, W2, … of single numbers, None where they are not those of all units of each layer."""
    units = {unit for ends in weights for unit in ends}
    layers = [*sorted({layer for layer, _ in units} - {-1}), -1]
    found = []
    for place, (before, layer) in enumerate(pairwise(layers), start=1):
        rows, columns = (sorted(unit for unit in units if unit[0] == one) for one in (before, layer))
        if not columns or not all((row, column) in weights for row in rows for column in columns):
            return None
        parts = [[weights[row, column] for column in columns] for row in rows]
        found.append(_matrix(f"W{place}", parts)._replace(is_turned=False))
        of_layer = [biases[unit] for unit in columns if unit in biases]
        if len(of_layer) == len(columns):
            found.append(_vector(f"b{place}", of_layer))
        elif of_layer:
            return None
    used = sum(array.array.size for array in found)
    return found if used == len(weights) + len(biases) and layers[0] == 0 else None


def joined_by_count(
    weights: Sequence[PastedArray], biases: Sequence[PastedArray], n_in: int, n_out: int
) -> tuple[list[PastedArray], list[PastedArray]] | None:
    """Return W and b of each layer of w1, w2, …, counted unit by unit: those into h1 first.

    So many weights are of one layer, or of two with the hidden units that make up their number. Biases are
    one for each layer, or one for each unit. None where the counts do not fit.
    """
    count = len(weights)
    if n_in == n_out == 1 or any(array.array.size != 1 for array in (*weights, *biases)):
        return None
    if count == n_in * n_out and len(biases) in (0, 1, n_out):
        return [_rows("W1", weights, n_in)], [_vector("b1", biases)] if biases else []
    hidden, rest = divmod(count, n_in + n_out)
    if rest or not hidden or len(biases) not in (0, 2, hidden + n_out):
        return None
    into = hidden * n_in
    found = [_rows("W1", weights[:into], n_in), _rows("W2", weights[into:], hidden)]
    if not biases:
        return found, []
    split = hidden if len(biases) == hidden + n_out else 1
    return found, [_vector("b1", biases[:split]), _vector("b2", biases[split:])]


def _rows(name: str, numbers: Sequence[PastedArray], length: int) -> PastedArray:
    rows = [numbers[start : start + length] for start in range(0, len(numbers), length)]
    return _matrix(name, rows)._replace(is_turned=True)


def _matrix(name: str, parts: Sequence[Sequence[PastedArray]]) -> PastedArray:
    rows = tuple(_vector(name, row).values for row in parts)
    starts = [array.start for row in parts for array in row]
    ends = [array.end for row in parts for array in row]
    return PastedArray(name, rows, (len(parts), len(parts[0])), min(starts), max(ends))


def _vector(name: str, numbers: Sequence[PastedArray]) -> PastedArray:
    values = tuple(float(number.array.reshape(-1)[0]) for number in numbers)
    return PastedArray(name, values, (len(values),), numbers[0].start, numbers[-1].end)
