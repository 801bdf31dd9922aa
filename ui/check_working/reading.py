"""A pasted sheet of a learner's numbers: which number of the step each of its names stands for."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from core.derivation import shapes
from core.exercise import Exercise
from core.expressions import Symbol
from core.typed_number import plain_number
from ui.check_working.given import is_given
from ui.text.answers import ARRAYS, GROUPS, answerable, boxes_of, id_of, number_label
from ui.text.conventions import CONVENTIONS, USUAL, Convention
from ui.text.numbers import count, exact, quote
from ui.text.pasted.arrays import PastedArray
from ui.text.pasted.reader import PastedText, read_pasted

FIELD = "Your numbers"
_WORDS = {"δ": "delta", "Δ": "step ", "ŷ": "y hat", "∂": "d", "−": "minus ", "→": " ", "←": " "}
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# In a name of the screen the arrow is no assignment; a number that is nearly another one is given like it.
_SIGNS = str.maketrans("←≈", "→=")
# The full stop of a sentence, not the point of a number, which would be the same without it.
_FULL_STOP = re.compile(r"(?<=[\d\])])\.(?=[^\S\n]*$)", re.MULTILINE)
# What is said of a number behind it, in brackets or not: it has no operator, so that nothing is computed.
_REMARK = re.compile(
    r"([=:][\d\s.,;+\-−–()\[\]e]*(?<=[\d.\])]))"
    r"([,;]?[ \t]+(?:✓|\((?:\d+ )?[a-z]{2,}[^()=:*+/·×^\n]*\)"
    r"|(?:rounded|approx(?:imately)?|about|roughly|exact(?:ly)?|correct(?:ly)?|truncated|cut off|ok)"
    r"\b[^=:*+/·×^\n]*))"
    r"(?=[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
# A number as it may be typed, with a decimal point; then also with a decimal comma.
_NUMBERS = tuple(
    re.compile(rf"(?:[+\-−–]\s*)?(?:{digits})(?:e[+-]?\d+)?", re.IGNORECASE)
    for digits in (r"\d+\.?\d*|\.\d+", r"\d+(?:,\d+)?|,\d+")
)
# What courses call the arrays of a network with one hidden layer, where that is not their name in code here.
_COURSE_NAMES: Mapping[str, tuple[str, int, bool]] = {
    "hidden_layer_in": ("z", 1, False),
    "hidden_layer_input": ("z", 1, False),
    "hidden_layer_out": ("a", 1, False),
    "hidden_layer_output": ("a", 1, False),
    "output_layer_in": ("z", 2, False),
    "output_layer_input": ("z", 2, False),
    "output_layer_out": ("a", 2, False),
    "output_layer_output": ("a", 2, False),
    "hidden_error": ("da", 1, True),
    "hidden_layer_error": ("da", 1, True),
    "hidden_error_term": ("delta", 1, True),
    "output_error_term": ("delta", 2, True),
    "hidden_delta": ("delta", 1, False),
    "output_delta": ("delta", 2, False),
    "del_w_input_hidden": ("dW", 1, True),
    "del_w_hidden_output": ("dW", 2, True),
    "change_in_weights_for_input_layer_to_hidden_layer": ("step_W", 1, False),
    "change_in_weights_for_hidden_layer_to_output_layer": ("step_W", 2, False),
    "delta_w_i_h": ("step_W", 1, False),
    "delta_weights_input_hidden": ("step_W", 1, False),
    "delta_w_h_o": ("step_W", 2, False),
    "delta_weights_hidden_output": ("step_W", 2, False),
}
_HIDDEN_AND_OUTPUT = 2
_AXES_OF_W = 2
# What the loss is differentiated by in an array, as in dL/dW1.
_SLOPES_OF = {"da": "a", "delta": "z", "dW": "W", "db": "b"}
_NET_AND_OUT = {"z": "net", "a": "out"}


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


class _Named(NamedTuple):
    """The numbers of an array by their ids, in C order of the shape in which it stands."""

    ids: tuple[str, ...]
    shape: tuple[int, ...]


def read_sheet(text: str, exercise: Exercise, convention: Convention = USUAL) -> Sheet:
    """Return the numbers of a pasted text by quantity id.

    Names are those of the screen (δ h1), of links (delta1.1), or of arrays in code (delta1, error_term1,
    z1.grad, hidden_error_term), first of all in `convention`. Raises ValueError with a sentence for a text
    that cannot be read, or an array that has another shape than the network's.
    """
    plain = "\n".join(text.splitlines())
    reading = read_pasted(_FULL_STOP.sub(" ", _without_remarks(plain.translate(_SIGNS))), FIELD)
    singles, arrays = dict(_singles(exercise)), dict(_arrays(exercise, convention))
    known = {*singles, *arrays}
    entries: list[SheetNumber] = []
    others: list[PastedArray] = []
    taken: set[int] = set()
    for array in reading.arrays:
        name = _known_name(array.name or "", known)
        if name in singles and (array.array.size == 1 or name not in arrays):
            ids = _ids(array, _Named((singles[name],), ()))
        elif name in arrays:
            ids = _ids(array, arrays[name])
        else:
            others.append(array)
            continue
        taken.add(array.start)
        entries += [
            SheetNumber(id_, *typed) for id_, typed in zip(ids, _typed(reading.text, array), strict=True)
        ]
    unread = [line for name, line in _unread(reading) if _known_name(name, known) in known]
    if unread:
        raise ValueError(f"{FIELD}: {quote(unread[0])} has no number, or array of numbers, that can be read.")
    if not entries:
        only = ", ".join(dict.fromkeys(_shown(reading, array) for array in others))
        raise ValueError(
            f"{FIELD} have no name of a number to be checked{f', only {only}' if only else ''}; "
            "names such as z1, a1, delta1, dW1 and step_W1 are read."
        )
    # In a1 = sigmoid(z1) = 0.56 the number has its name all the same.
    rest = [array for array in others if array.start not in taken]
    are_given = {_shown(reading, array): is_given(array, exercise) for array in rest}
    return Sheet(
        plain,
        tuple(entries),
        tuple(name for name, found in are_given.items() if found is None),
        tuple(name for name, found in are_given.items() if found is False),
    )


def _without_remarks(text: str) -> str:
    """Return a text with blanks for what is said behind numbers, so that all else keeps its place."""
    return _REMARK.sub(lambda found: found[1] + " " * len(found[2]), text)


def _shown(reading: PastedText, array: PastedArray) -> str:
    return array.name or quote(reading.text[array.start : array.end])


def _unread(reading: PastedText) -> Iterator[tuple[str, str]]:
    """Yield what each line that was passed over though it gives something begins with, and the line.

    Where letters stand behind the name the line computes something.
    """
    for piece in reading.skipped:
        for line in reading.text[piece.start : piece.end].split("\n"):
            name, *values = re.split(r"[=:≈]", line, maxsplit=1)
            if values and not re.search("[A-Za-z]", values[0]):
                yield name, line


def _singles(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the names of single numbers, as the screen has them in any convention, and their ids."""
    for convention in CONVENTIONS.values():
        for group in GROUPS:
            for row in boxes_of(exercise, group, convention):
                for number in row:
                    yield _plain(number_label(number, convention)), number.id
    for number in answerable(exercise).values():
        yield _plain(number.id), number.id
        layer, of = number.symbol.layer, "o" if number.of.startswith("ŷ") else number.of[:1]
        if number.symbol.name in _NET_AND_OUT and layer:
            # As net_h1 and out_o1, the units of the last layer as o1, o2.
            unit = _plain(f"{of}{number.of[1:] or 1}")
            yield f"{_NET_AND_OUT[number.symbol.name]}_{unit}", number.id
        if number.symbol.name == "error":
            # The minus typed as a hyphen.
            yield _plain(f"y{number.of} - ŷ{number.of}"), number.id
    yield from (("e_total", "loss"), ("e", "loss"))


def _arrays(exercise: Exercise, usual: Convention) -> Iterator[tuple[str, _Named]]:
    """Yield the names of arrays in code, and what stands in them; of two with one name the last counts."""
    network = exercise.network
    last = len(network.widths) - 1
    shape_of = shapes(network)
    known = answerable(exercise)

    def named(symbol: Symbol, is_negated: bool, turns: bool = False) -> _Named:
        shape = shape_of(symbol)
        ids = [id_of(Symbol(symbol.name, symbol.layer, index), is_negated) for index in np.ndindex(shape)]
        array = np.array(ids, dtype=object).reshape(shape)
        array = array.T if turns else array
        return _Named(tuple(array.ravel().tolist()), array.shape)

    for name in ARRAYS:
        for layer in range(1, last + 1):
            found = named(Symbol(name, layer), is_negated=False)
            if found.ids[0] in known:
                yield _plain(f"{name}{layer}"), found
                if name in _SLOPES_OF:
                    yield from (
                        (_plain(f"{loss}/d{_SLOPES_OF[name]}{layer}"), found) for loss in ("dL", "dE")
                    )
    for convention in (*reversed([*CONVENTIONS.values()]), usual):
        for name in ARRAYS:
            for layer in range(1, last + 1):
                symbol = Symbol(name, layer)
                is_negated = convention.is_error_term and name in ("da", "delta", "dW", "db")
                found = named(symbol, is_negated, convention.orientation.turns(symbol))
                if found.ids[0] in known:
                    yield _plain(convention.code_name(symbol, last)), found
    yield "error", _Named(tuple(f"error{k + 1}" for k in range(network.widths[-1])), (1, network.widths[-1]))
    if last == _HIDDEN_AND_OUTPUT:
        for course_name, (name, layer, is_negated) in _COURSE_NAMES.items():
            yield course_name, named(Symbol(name, layer), is_negated)


def _ids(array: PastedArray, known: _Named) -> tuple[str, ...]:
    """Return the ids of an array's numbers in the order of the text; a matrix can stand turned."""
    shape, own = ([size for size in each if size > 1] for each in (array.shape, known.shape))
    if shape == own:
        return known.ids
    if shape == own[::-1]:
        turned = np.array(known.ids, dtype=object).reshape(known.shape).T
        return tuple(turned.ravel().tolist())
    if len(shape) < _AXES_OF_W and len(own) < _AXES_OF_W:
        given = count(array.array.size, "number")
        single = f", of which the first alone is {known.ids[0]}" if len(known.ids) > 1 else ""
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


def _known_name(name: str, known: Set[str]) -> str:
    """Return a name as it is known: z₁, z_1 and z_{1} are z1 where they are nothing else, and yhat is ŷ."""
    plain = _plain(name).replace("yhat", "y_hat")
    return plain if plain in known else re.sub(r"(?<=[a-z])_(?=\d)", "", plain)


def _plain(name: str) -> str:
    """Return a name as names are compared: δ h1 and delta_h1 alike."""
    for letter, word in _WORDS.items():
        name = name.replace(letter, word)
    return re.sub(r"[^a-z0-9.]+", "_", name.translate(_SUBSCRIPTS).lower()).strip("_.")
