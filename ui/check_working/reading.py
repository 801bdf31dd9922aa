"""A pasted sheet of a learner's numbers: which number of the step each of its names stands for."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from core.exercise import Exercise
from core.typed_number import plain_number
from ui.check_working.given import is_given
from ui.check_working.names import NamedArray, known_name, names_of_arrays, names_of_numbers
from ui.check_working.remarks import without_remarks
from ui.check_working.unit_rows import unit_rows
from ui.text.answers import read_named
from ui.text.conventions import USUAL, Convention
from ui.text.numbers import count, exact, quote
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.reader import PastedText, read_pasted
from ui.text.pasted.tokens import tokenize

FIELD = "Your numbers"
# In a name of the screen the arrow is no assignment; a number that is nearly another one is given like it.
_SIGNS = str.maketrans("←≈", "→=")
# The full stop of a sentence, not the point of a number, which would be the same without it.
_FULL_STOP = re.compile(r"(?<=[\d\])])\.(?=[^\S\n]*$)", re.MULTILINE)
# What words about a number are made of, as tokens; all else computes.
_OF_WORDS = {"number", "name", "string", "open", "close", ",", ";", ".", "other"}
_AXES_OF_W = 2
# A number as it may be typed, with a decimal point; then also with a decimal comma.
_NUMBERS = tuple(
    re.compile(rf"(?:[+\-−–]\s*)?(?:{digits})(?:e[+-]?\d+)?", re.IGNORECASE)
    for digits in (r"\d+\.?\d*|\.\d+", r"\d+(?:,\d+)?|,\d+")
)


class SheetNumber(NamedTuple):
    """A number of a sheet: the id of its quantity, its digits, and its place in the text."""

    id: str
    text: str
    start: int
    end: int


class Sheet(NamedTuple):
    """What was read: the text, its numbers in order, and the names that stand for nothing to be checked.

    `changed` has the names of what the step begins with, where the network has other numbers for it.
    """

    text: str
    entries: tuple[SheetNumber, ...]
    passed_over: tuple[str, ...]
    changed: tuple[str, ...] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the digits of each number by the id of its quantity; of several the last."""
        return {entry.id: entry.text for entry in self.entries}

    @property
    def repeated(self) -> Mapping[str, tuple[str, ...]]:
        """Return the digits of the numbers that are given more than once, where they differ."""
        texts: dict[str, list[str]] = {}
        for entry in self.entries:
            texts.setdefault(entry.id, []).append(entry.text)
        return {name: tuple(given) for name, given in texts.items() if len(set(given)) > 1}


def repeated_sentence(label: str, texts: Sequence[str]) -> str:
    """Return the sentence for a number that a sheet gives more than once, by its label and its digits."""
    times = "twice" if len(texts) == 2 else f"{len(texts)} times"
    return f"{label} is given {times}, {', '.join(texts[:-1])} and {texts[-1]}: the last counts."


def read_sheet(text: str, exercise: Exercise, convention: Convention = USUAL) -> Sheet:
    """Return the numbers of a pasted text by quantity id.

    Names are those of the screen (δ h1), of links (delta1.1), or of arrays in code (delta1, error_term1,
    z1.grad, hidden_error_term), first of all in `convention`. Raises ValueError with a sentence for a text
    or a number that cannot be read, or an array that has another shape than the network's.
    """
    plain = "\n".join(text.splitlines())
    singles, arrays = dict(names_of_numbers(exercise)), dict(names_of_arrays(exercise, convention))
    known = {*singles, *arrays}
    of_units = unit_rows(_FULL_STOP.sub(" ", without_remarks(plain.translate(_SIGNS))), exercise, singles)
    reading = read_pasted(of_units.rest, FIELD)
    entries = [SheetNumber(*number) for number in of_units.numbers]
    others: list[PastedArray] = []
    taken: set[int] = set()
    for array in reading.arrays:
        name = known_name(array.name or "", known)
        if name in singles and (array.array.size == 1 or name not in arrays):
            ids = _ids(array, NamedArray((singles[name],), ()))
        elif name in arrays:
            ids = _ids(array, arrays[name])
        else:
            others.append(array)
            continue
        taken.add(array.start)
        entries += [
            SheetNumber(id_, *typed) for id_, typed in zip(ids, _typed(reading.text, array), strict=True)
        ]
    unread = [line for name, line in _unread(reading) if known_name(name, known) in known]
    if unread:
        has = (
            "has a percentage; write it as a number such as 0.24"
            if "%" in unread[0]
            else "has no number, or array of numbers, that can be read"
        )
        raise ValueError(f"{FIELD}: {quote(unread[0])} {has}.")
    if not entries:
        blank = _blank(plain, known)
        if blank:
            raise ValueError(f"{FIELD}: no number follows {blank}.")
        only = ", ".join(dict.fromkeys(_shown(reading, array) for array in others))
        raise ValueError(
            f"{FIELD} have no name of a number to be checked{f', only {only}' if only else ''}; "
            "names such as z1, a1, delta1, dW1 and step_W1 are read."
        )
    # In a1 = sigmoid(z1) = 0.56 the number has its name all the same.
    rest = [array for array in others if array.start not in taken]
    are_given = {_shown(reading, array): is_given(array, exercise) for array in rest}
    not_known = [*of_units.passed_over, *(name for name, found in are_given.items() if found is None)]
    sheet = Sheet(
        plain,
        tuple(sorted(entries, key=lambda entry: entry.start)),
        tuple(dict.fromkeys(not_known)),
        tuple(name for name, found in are_given.items() if found is False),
    )
    read_named(exercise, sheet.texts, convention)
    return sheet


def _blank(text: str, known: Set[str]) -> str | None:
    """Return the first name of a number to be checked that stands alone on its line, as in z h1 = ."""
    names = (line.rstrip(" \t=:≈").strip() for line in text.translate(_SIGNS).split("\n"))
    return next((name for name in names if known_name(name, known) in known), None)


def _shown(reading: PastedText, array: PastedArray) -> str:
    return array.name or quote(reading.text[array.start : array.end])


def _unread(reading: PastedText) -> Iterator[tuple[str, str]]:
    """Yield what each line that was passed over though it gives something begins with, and the line.

    Where letters stand behind the name the line computes something, if they are no words about a number.
    """
    for piece in reading.skipped:
        for line in reading.text[piece.start : piece.end].split("\n"):
            name, *values = re.split(r"[=:≈]", line, maxsplit=1)
            if values and (not re.search("[A-Za-z]", values[0]) or _is_number_with_words(values[0])):
                yield name, line


def _is_number_with_words(value: str) -> bool:
    """Return whether a value is a number among words, which compute nothing."""
    tokens = tokenize(value.strip())
    kinds = [token.kind for token in tokens]
    while kinds and kinds[0] == "sign":
        kinds.pop(0)
    calls = any(
        before.kind == "name" and after.kind == "open" and before.end == after.start
        for before, after in pairwise(tokens)
    )
    return {"number", "name"} <= {*kinds} <= _OF_WORDS and not calls


def _ids(array: PastedArray, known: NamedArray) -> tuple[str, ...]:
    """Return the ids of an array's numbers in the order of the text; a matrix can stand turned."""
    shape, own = ([size for size in each if size > 1] for each in (array.shape, known.shape))
    if shape == own:
        return known.ids
    if shape == own[::-1]:
        turned = np.array(known.ids, dtype=object).reshape(known.shape).T
        return tuple(turned.ravel().tolist())
    if len(shape) < _AXES_OF_W and len(own) < _AXES_OF_W:
        given = count(array.array.size, "number")
        single = f": write {known.ids[0]} for the first alone" if len(known.ids) > 1 else ""
        raise ValueError(
            f"{FIELD}: {array.name} has {given}; in this network it has {len(known.ids)}{single}."
        )
    got, takes = (" × ".join(map(str, each)) or "1" for each in (array.shape, known.shape))
    raise ValueError(f"{FIELD}: {array.name} has the shape {got}; in this network it has {takes}.")


def _typed(text: str, array: PastedArray) -> list[tuple[str, int, int]]:
    """Return each number of an array as it was typed, as its digits count, with its place in the text.

    Where that is unclear it is the number exactly, and the place that of the whole array.
    """
    values = array.array.ravel().tolist()
    for number in _NUMBERS:
        written = [*number.finditer(text, array.start, array.end)]
        typed = [re.sub(r"\s", "", plain_number(each[0])).replace(",", ".") for each in written]
        if len(typed) == len(values) and list(map(float, typed)) == values:
            return [(digits, each.start(), each.end()) for digits, each in zip(typed, written, strict=True)]
    return [(exact(value), array.start, array.end) for value in values]
