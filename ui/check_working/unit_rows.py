"""The parts of a sheet that name a unit once for several numbers: its line, the lines below it, its row."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from core.exercise import Exercise
from ui.check_working.names import known_name, plain_name
from ui.check_working.unit_names import UnitNames, unit_names
from ui.check_working.unit_tables import Line, read_table
from ui.check_working.values import RowNumber, read_value
from ui.text.numbers import quote
from ui.text.pasted.problems import PastedError
from ui.text.pasted.tokens import Token, tokenize

_COMMENTS = ("//", "%")
_LISTS = ("*", "**", "•", "-", "–", "—")
_OF_LABEL = {"name", "number", "sign", ",", ".", "/", "other"}
_MARKS = ("equals", ":")


class UnitRows(NamedTuple):
    """What was read: numbers with their ids, names that stand for nothing, and the text without the lines.

    Each number is its id, its digits, and its place in the text; `rest` has blanks in place of what was read.
    """

    numbers: tuple[tuple[str, str, int, int], ...]
    passed_over: tuple[str, ...]
    rest: str


def unit_rows(text: str, exercise: Exercise, singles: Mapping[str, str]) -> UnitRows:
    """Return the numbers in tables, and in lines such as "h1: z = 0.24, a = 0.56".

    A line with the name of a unit alone is for the lines of letters below it. `singles` are the ids of
    numbers by their full names, of which a line may have several. Raises PastedError with one sentence for
    what is no number.
    """
    names = unit_names(exercise)
    lines = _lines_of(text)
    numbers: list[RowNumber] = []
    read: list[Line] = []
    heading: Line | None = None
    place = 0
    while place < len(lines):
        line = lines[place]
        table = read_table(text, lines, place, names)
        found = table.numbers if table else _line(text, line, names, singles, heading)
        taken = lines[place : place + table.length] if table else [line]
        place += len(taken)
        if found is not None:
            numbers += found
            read += [heading, *taken] if heading else taken
        elif line.text.strip():
            heading = line if names.has_unit(_heading(line)) else None
        if table:
            heading = None
    rest = list(text)
    for start, part in read:
        rest[start : start + len(part)] = " " * len(part)
    return UnitRows(
        tuple((number.id, number.text, number.start, number.end) for number in numbers if number.id),
        tuple(dict.fromkeys(number.name for number in numbers if not number.id)),
        "".join(rest),
    )


def _lines_of(text: str) -> list[Line]:
    found, start = [], 0
    for part in text.split("\n"):
        found.append(Line(start, part))
        start += len(part) + 1
    return found


def _heading(line: Line) -> str:
    return line.text.strip(" \t:*#-")


def _line(
    text: str, line: Line, names: UnitNames, singles: Mapping[str, str], heading: Line | None
) -> list[RowNumber] | None:
    """Return the numbers of a line; None for one that is read as the rest of a sheet is."""
    tokens = _tokens_of(line)
    if not any(token.kind in _MARKS for token in tokens):
        return None
    unit, tokens = _unit_before(text, tokens, names)
    if not tokens:
        return None
    if unit is None and heading is not None:
        unit = _heading(heading)
        has_own_unit = False
    else:
        has_own_unit = unit is not None

    def id_of(label: str) -> str | None:
        found = names.id_of(label, unit) if unit is not None else None
        return found or singles.get(known_name(label, singles.keys()))

    pieces = _pieces(tokens)
    pairs: list[tuple[str, Sequence[Token]]] = []
    has_several = False
    for piece in pieces:
        found = _pairs(text, piece, id_of)
        if found is None:
            if not has_own_unit:
                return None
            raise PastedError(text, piece[0].start, f"{quote(_written(text, piece))} has no name and number")
        has_several = has_several or len(found) > 1
        pairs += found
    if not has_own_unit:
        is_of_heading = unit is not None and all(names.id_of(label, unit) for label, _ in pairs)
        if not is_of_heading and not (has_several and all(id_of(label) for label, _ in pairs)):
            return None
    numbers = []
    for label, value in pairs:
        if not value:
            raise PastedError(text, line.start, f"{quote(line.text)}: no number follows {label}")
        if _computes(value):
            continue
        id_ = id_of(label)
        name = f"{label} {unit}" if unit and (id_ is None or names.id_of(label, unit)) else label
        numbers.append(read_value(text, value[0].start, value[-1].end, name, id_))
    return numbers


def _tokens_of(line: Line) -> list[Token]:
    """Return the tokens of a line at their places in the text, without a comment and the sign of a list."""
    found: list[Token] = []
    for token in tokenize(line.text):
        is_percentage = token.text == "%" and found and found[-1].kind == "number"
        if token.text in _COMMENTS and not is_percentage:
            break
        if found or token.text not in _LISTS or line.text[token.end : token.end + 1].strip():
            found.append(token._replace(start=token.start + line.start, end=token.end + line.start))
    return [token for token in found if token.text != "**"]


def _unit_before(text: str, tokens: list[Token], names: UnitNames) -> tuple[str | None, list[Token]]:
    """Return the unit that a line begins with, as in "h1: z = …" and "h1 z = …", and the tokens after it."""
    mark = next(place for place, token in enumerate(tokens) if token.kind in _MARKS)
    if mark and tokens[mark].kind == ":" and names.has_unit(_written(text, tokens[:mark])):
        return _written(text, tokens[:mark]), tokens[mark + 1 :]
    for place in range(1, mark):
        unit, letter = _written(text, tokens[:place]), _written(text, tokens[place:mark])
        if (
            names.has_unit(unit)
            and names.letters.keys() >= {plain_name(letter)}
            and names.id_of(letter, unit)
        ):
            return unit, tokens[place:]
    return None, tokens


def _written(text: str, tokens: Sequence[Token]) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return what stands between commas and semicolons that are no decimal ones and in no brackets."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == ";" or (token.kind == "," and depth == 0 and not _is_decimal(tokens, place)):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return [piece for piece in pieces if piece]


def _is_decimal(tokens: Sequence[Token], place: int) -> bool:
    if not 0 < place < len(tokens) - 1:
        return False
    before, comma, after = tokens[place - 1 : place + 2]
    are_tight = before.end == comma.start and comma.end == after.start
    return are_tight and before.kind in ("number", "name") and after.kind == "number"


def _pairs(
    text: str, piece: Sequence[Token], id_of: Callable[[str], str | None]
) -> list[tuple[str, Sequence[Token]]] | None:
    """Return names with the tokens of their values: one, whose value may stand behind others, or several."""
    parts: list[list[Token]] = [[]]
    for token in piece:
        if token.kind in _MARKS:
            parts.append([])
        else:
            parts[-1].append(token)
    label = parts[0]
    if len(parts) == 1 or not label or not all(token.kind in _OF_LABEL for token in label):
        return None
    found: list[tuple[str, Sequence[Token]]] = []
    for part in parts[1:-1]:
        end = _end_of_number(part)
        value, following = part[:end], part[end:]
        if not value or not following or id_of(_written(text, following)) is None:
            return [(_written(text, parts[0]), parts[-1])]
        found.append((_written(text, label), value))
        label = following
    return [*found, (_written(text, label), parts[-1])]


def _end_of_number(tokens: Sequence[Token]) -> int:
    """Return how many tokens the number takes that stands first, 0 where none does."""
    place = 0
    while place < len(tokens) and tokens[place].kind == "sign":
        place += 1
    if place >= len(tokens) or tokens[place].kind != "number":
        return 0
    is_fraction = (
        place + 2 < len(tokens) and tokens[place + 1].kind == "/" and tokens[place + 2].kind == "number"
    )
    return place + 3 if is_fraction or _is_decimal(tokens, place + 1) else place + 1


def _computes(value: Sequence[Token]) -> bool:
    """Return whether a value is computed, of other numbers or by a function."""
    end = _end_of_number(value)
    if end == len(value):
        return False
    return any(
        (token.kind in ("operator", "command") and token.text != "%")
        or (place >= max(end, 1) and token.kind in ("sign", "/"))
        or (
            place
            and token.kind == "open"
            and value[place - 1].kind == "name"
            and value[place - 1].end == token.start
        )
        for place, token in enumerate(value)
    )
