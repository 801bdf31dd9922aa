"""The link of the One step page: the exercise, its history, and how it is shown.

A history is written as its branches, separated by ~: 100~40-90_w1.1.1_0.7 is 100 steps, then from step 40
to 90 with a weight changed. Many changes of one layer stand together: w1.x1ff_z… gives a bit for each entry
of W1, the first being the lowest, and the numbers as bytes.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import numpy as np

from core.exercise import quantities, quantities_by_id
from core.history import Branch, History
from ui.limits import MAX_BRANCHES, MAX_STEPS, MAX_UNITS
from ui.links.arrays import read_bytes, write_bytes
from ui.links.codec import Codec, Parameter, field
from ui.links.exercise import exercise_parts
from ui.links.query import HIDE, several, whole
from ui.links.view import view_parameters
from ui.one_step.state import HIDEABLE, OneStep
from ui.text.numbers import exact, parse_quantity, quote

_Change = tuple[str, float]
_MASK = ".x"
_LONGEST_MASK = 16


def _write_run(history: History) -> str:
    branches = (f"{branch.at}-{branch.end}{_write_changes(branch)}" for branch in history.branches[1:])
    return "~".join([str(history.branches[0].end), *branches])


def _write_changes(branch: Branch) -> str:
    written = ""
    for layer, stretch in groupby(branch.changes, key=lambda change: change[0].partition(".")[0]):
        changes = list(stretch)
        pairs = "".join(f"_{name}_{exact(value)}" for name, value in changes)
        written += min(pairs, _pack(layer, changes) or pairs, key=len)
    return written


def _pack(layer: str, changes: list[_Change]) -> str | None:
    """Return changes of entries of one W or b as one, or None where they are not in order."""
    bits = [_bit(name) for name, _ in changes]
    places = [bit for bit in bits if bit is not None]
    if places != bits or places != sorted(places):
        return None
    mask = sum(1 << place for place in places)
    return f"_{layer}{_MASK}{mask:x}_{write_bytes(np.array([value for _, value in changes]))}"


def _bit(name: str) -> int | None:
    """Return the place of an entry such as w1.2.3 in the largest matrix there can be, row after row."""
    letter, *place = name.replace(".", " ").split()
    if letter[0] not in "wb":
        return None
    *row, column = (int(index) - 1 for index in place)
    return (row[0] if row else 0) * MAX_UNITS + column


def _unpack(name: str, text: str, state: OneStep) -> list[_Change]:
    """Return the changes of `_pack`; raises ValueError naming what does not fit."""
    layer, _, mask = name.partition(_MASK)
    known = {_bit(quantity.id): quantity.id for quantity in quantities(state.start.network)
             if quantity.id.partition(".")[0] == layer}  # fmt: skip
    try:
        bits = int(mask[:_LONGEST_MASK], 16)
    except ValueError:
        bits = 0
    places = [place for place in range(bits.bit_length()) if bits >> place & 1]
    if not places or not set(places) <= set(known):
        raise ValueError(f"run got {quote(name)}; this network has no such numbers.")
    values = read_bytes(text, f"run, {layer},", len(places))
    return [(str(known[place]), value) for place, value in zip(places, values, strict=True)]


def _parse_run(text: str, state: OneStep) -> History:
    first, *others = text.split("~")
    if len(others) >= MAX_BRANCHES:
        raise ValueError(f"run got {len(others) + 1} branches; {MAX_BRANCHES} are allowed.")
    total = whole(first, "run", 0, MAX_STEPS)
    history = History().advance(total)
    for part in others:
        stretch, *pairs = part.split("_")
        ends = stretch.split("-")
        if len(ends) != 2 or not pairs or len(pairs) % 2:
            raise ValueError(f"run got the branch {quote(part)}; it takes one such as 40-90_w1.1.1_0.7.")
        at = whole(ends[0], "run, start of a branch,", 0, history.current.end)
        end = whole(ends[1], "run, end of a branch,", at, MAX_STEPS)
        total += end - at
        history = history.seek(at).change(_parse_changes(pairs, state)).advance(end - at)
    if total > MAX_STEPS:
        raise ValueError(f"run got {total} steps in all; {MAX_STEPS} are allowed.")
    return history


def _parse_changes(pairs: list[str], state: OneStep) -> tuple[_Change, ...]:
    known = quantities_by_id(state.start.network)
    changes: list[_Change] = []
    for name, text in zip(pairs[::2], pairs[1::2], strict=True):
        unpacked = _unpack(name, text, state) if _MASK in name else [(name, text)]
        for one, value in unpacked:
            if one not in known:
                raise ValueError(f"run got {quote(one)}; this network has no such number.")
            changes.append((one, parse_quantity(str(value), state.start, known[one])))
    return tuple(changes)


def _history() -> Iterator[Parameter[OneStep]]:
    yield Parameter(
        "run",
        lambda state: state.history.seek(state.history.current.end),
        lambda state, history: replace(state, history=history),
        _write_run,
        _parse_run,
        lambda state: state.history,
    )
    yield Parameter(
        "at",
        lambda state: state.history.position,
        lambda state, step: replace(state, history=state.history.seek(step)),
        str,
        lambda text, state: whole(text, "at", 0, state.history.current.end),
        lambda state: state.history.current.end,
    )


_USUAL = OneStep()
_HIDE = field(_USUAL, HIDE, "view.hide", ".".join, several(HIDE, HIDEABLE))
CODEC = Codec("one_step", _USUAL, (*exercise_parts(), *_history(), *view_parameters(_USUAL), _HIDE))
read = CODEC.read
write = CODEC.write
