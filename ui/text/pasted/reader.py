"""Pasted text as named arrays."""

from dataclasses import dataclass, field
from typing import NamedTuple

from ui.limits import MAX_TEXT
from ui.text.numbers import count, quote
from ui.text.pasted.arrays import PastedArray, arrays_of
from ui.text.pasted.commas import has_decimal_commas, with_decimal_commas
from ui.text.pasted.literals import parse_value
from ui.text.pasted.nodes import Group, Node, end_of, length, start_of
from ui.text.pasted.problems import NotNumbersError, PastedError, line_and_column
from ui.text.pasted.roles import has_shape, role_of
from ui.text.pasted.statements import Statement, split_statements
from ui.text.pasted.tokens import Token, tokenize


class Skipped(NamedTuple):
    """A piece of a paste that was passed over as code or prose, its place, and the name it gives a value."""

    start: int
    end: int
    name: str | None = None


class PastedText(NamedTuple):
    """What a paste has: its text with plain ends of lines, its arrays in order, and what was passed over."""

    text: str
    arrays: tuple[PastedArray, ...]
    skipped: tuple[Skipped, ...]


def read_pasted(text: str, field: str = "The pasted text", *, decimal_commas: bool = False) -> PastedText:
    """Return the arrays of a pasted text, in order, each with its name if it has one.

    Read by tokens: nothing of it is evaluated. Lists, tuples, what NumPy, PyTorch, Keras and MATLAB print,
    LaTeX, and lines of a table are read; code and prose are passed over. `decimal_commas` takes a comma
    between two digits for a decimal one; without, only where it can be nothing else. Raises ValueError
    with one sentence: PastedError, with the place, for numbers that cannot be read.
    """
    if len(text) > MAX_TEXT:
        raise ValueError(f"{field} got {len(text):,} characters; {MAX_TEXT:,} are allowed.")
    plain = "\n".join(text.splitlines())
    statements = split_statements(plain, tokenize(plain))
    if not decimal_commas:
        decimal_commas = any(
            has_decimal_commas(statement.tokens)
            or (statement.name is not None and _is_one_decimal(statement.tokens))
            for statement in statements
        )
    return _Reader(plain, decimal_commas).read(statements)


@dataclass(slots=True)
class _Block:
    """Rows of numbers on lines that follow one another."""

    name: str | None
    rows: list[Node] = field(default_factory=list)


class _Reader:
    def __init__(self, text: str, decimal_commas: bool) -> None:
        self.text, self.decimal_commas = text, decimal_commas
        self.arrays: list[PastedArray] = []
        self.skipped: list[Skipped] = []
        self.heading: str | None = None
        # The columns of the line above, where it has nothing but words.
        self.columns = 0
        self.block: _Block | None = None

    def read(self, statements: list[Statement]) -> PastedText:
        for statement in statements:
            self.take(statement)
        self.close_block()
        return PastedText(self.text, tuple(self.arrays), tuple(self.skipped))

    def take(self, statement: Statement) -> None:
        if statement.is_code:
            self.skip(statement)
        elif statement.tokens:
            try:
                self.refuse_shape(statement)
                self.take_value(statement)
            except NotNumbersError:
                self.take_words(statement)
        elif statement.name is None:
            self.close_block()
        else:
            self.close_block()
            self.heading = statement.name

    def refuse_shape(self, statement: Statement) -> None:
        """Take the numbers of a heading such as W1 (3, 2) for none: they are the shape."""
        written = self.text[statement.start : statement.end]
        if statement.name is None and statement.tokens[0].kind == "name" and has_shape(written):
            raise NotNumbersError

    def skip(self, statement: Statement) -> None:
        self.close_block()
        self.heading = None
        self.skipped.append(Skipped(statement.start, statement.end, statement.name))

    def take_words(self, statement: Statement) -> None:
        """Take a line without numbers: a heading, the names of columns, or what is passed over."""
        tokens = statement.tokens
        are_words = statement.name is None and all(token.kind in ("name", "string") for token in tokens)
        written = self.text[statement.start : statement.end]
        if statement.name is None and role_of(written) is not None:
            self.close_block()
            self.heading = written
            return
        self.skip(statement)
        if are_words:
            self.columns = len(tokens)

    def take_value(self, statement: Statement) -> None:
        name, tokens = statement.name, statement.tokens
        if self.decimal_commas:
            tokens = with_decimal_commas(tokens)
        if name is None:
            name, tokens = self.label(tokens)
        node = parse_value(self.text, tokens)
        if any(token.kind in ("open", "ellipsis") for token in tokens):
            self.close_block()
            self.arrays += arrays_of(self.text, name or self.heading, node)
            self.heading = None
        else:
            self.take_row(name, node)

    def label(self, tokens: list[Token]) -> tuple[str | None, list[Token]]:
        """Return the name that a line begins with, as in "eta 0.5", and the tokens after it."""
        first, rest = tokens[0], tokens[1:]
        if (
            first.kind not in ("name", "string")
            or not rest
            or rest[0].kind in ("operator", "equals", ".", ":")
        ):
            return None, tokens
        numbers = sum(token.kind == "number" for token in rest)
        are_numbers = all(token.kind in ("number", "sign", ",", "&") for token in rest)
        if self.columns and are_numbers and self.columns in (numbers, numbers + 1):
            return None, rest
        if rest[0].start == first.end or role_of(first.text.strip("\"'")) is None:
            return None, tokens
        return first.text.strip("\"'"), rest

    def take_row(self, name: str | None, node: Node) -> None:
        """Take a line of numbers that stand in no bracket: a row of the block of such lines."""
        if name is not None:
            self.close_block()
        if self.block is None:
            self.block = _Block(name or self.heading)
            self.heading = None
        rows = self.block.rows
        if rows and length(rows[0]) != length(node):
            line = line_and_column(self.text, start_of(rows[0]))[0]
            raise PastedError(
                self.text,
                start_of(node),
                f"this row has {count(length(node), 'number')}, the first of its matrix, in line {line}, "
                f"has {length(rows[0])}; a blank line or a name stands between two arrays",
            )
        rows.append(node)

    def close_block(self) -> None:
        self.columns = 0
        if self.block is None:
            return
        rows, name = self.block.rows, self.block.name
        self.block = None
        node = rows[0]
        if len(rows) > 1:
            grouped = [
                row if isinstance(row, Group) else Group([row], start_of(row), end_of(row)) for row in rows
            ]
            node = Group(list(grouped), start_of(rows[0]), end_of(rows[-1]))
        self.arrays += arrays_of(self.text, name, node)


def _is_one_decimal(tokens: list[Token]) -> bool:
    """Return whether a value is 0,5 alone, which has a name and no brackets."""
    kinds = [token.kind for token in tokens if token.kind != "sign"]
    return kinds == ["number", ",", "number"]


def describe_skipped(reading: PastedText) -> str:
    """Return a sentence that names the first line that was passed over, "" where none was."""
    if not reading.skipped:
        return ""
    return f"Passed over as code or prose: {_where(reading, reading.skipped[0])}."


def describe_not_set(reading: PastedText) -> str:
    """Return a sentence that names the first line of code for what is not among the numbers, "" for none."""
    given = {role_of(array.name) for array in reading.arrays if array.name}
    for piece in reading.skipped:
        role = role_of(piece.name) if piece.name else None
        if role is not None and role not in given:
            return f"Passed over as code: {_where(reading, piece)}; its numbers are not set."
    return ""


def _where(reading: PastedText, piece: Skipped) -> str:
    line = line_and_column(reading.text, piece.start)[0]
    return f"{quote(reading.text[piece.start : piece.end])} in line {line}"
