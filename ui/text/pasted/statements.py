"""Tokens as statements: what stands on a line, or on several where brackets are open."""

from bisect import bisect_left
from itertools import dropwhile
from typing import NamedTuple

from ui.text.numbers import quote
from ui.text.pasted.problems import PastedError, line_and_column
from ui.text.pasted.tokens import Token

# Words that begin a line of code.
_CODE_WORDS = {
    *("import", "from", "def", "class", "return", "print", "for", "while", "if", "elif", "else", "with"),
    *("assert", "raise", "try", "except", "finally", "lambda", "del", "global", "pass", "break", "continue"),
    *("function", "end", "disp", "fprintf", "printf"),
}
# Those whose indented lines compute what is not given.
_BODIES = {"def", "class", "for", "while"}
# Names of one value.
_MOST_NAMES = 9
# What a name is made of, as z h1, z_{h1} and W1[0, 0] are, and the most tokens of one.
_OF_A_NAME = {"name", "string", "number", "command", "open", "close", ",", "."}
_LONGEST_NAME = 20
# What can stand before the = of an assignment in other languages.
_DECLARES = {"const", "let", "var", "auto", "double", "float", "self"}


class Statement(NamedTuple):
    """One statement: its `name` as it is written, or None, and the tokens of its value.

    Without tokens it is a heading; without name and tokens a blank line.
    """

    name: str | None
    tokens: list[Token]
    start: int
    end: int
    is_code: bool = False


def split_statements(text: str, tokens: list[Token]) -> list[Statement]:
    """Return the statements of a text; raises PastedError where a bracket is not closed, or by another."""
    found: list[Statement] = []
    body: int | None = None
    for piece, end in _pieces(text, tokens):
        if not piece:
            found.append(Statement(None, [], end, end))
            continue
        indent = piece[0].start - text.rfind("\n", 0, piece[0].start)
        if body is not None and indent > body:
            found.append(Statement(None, [], piece[0].start, piece[-1].end, is_code=True))
            continue
        body = None
        if piece[0].text in _CODE_WORDS and piece[0].kind == "name" and not _is_named(piece):
            if piece[0].text in _BODIES:
                body = indent
            found.append(Statement(None, [], piece[0].start, piece[-1].end, is_code=True))
            continue
        found += _assignments(text, piece)
    return found


def _is_named(piece: list[Token]) -> bool:
    return len(piece) > 1 and piece[1].kind == "equals"


def _pieces(text: str, tokens: list[Token]) -> list[tuple[list[Token], int]]:
    """Return the tokens of each statement, and where it ends; none for a blank line."""
    pieces: list[tuple[list[Token], int]] = []
    stack: list[Token] = []
    current: list[Token] = []
    comment = False
    is_fresh = True
    for place, token in enumerate(tokens):
        if token.kind == "newline":
            comment = False
        elif comment:
            continue
        if not stack and token.text in ("%", "//") and not _is_percentage(text, current, token):
            comment = True
            continue
        if not stack and token.kind in ("newline", ";", "row"):
            if token.kind == "newline" and _goes_on(current) and not _gives(tokens, place):
                continue
            if current or (is_fresh and token.kind == "newline"):
                pieces.append((current, token.start))
            is_fresh = token.kind == "newline"
            current = []
            continue
        if token.kind == "open":
            stack.append(token)
        elif token.kind == "close":
            if not stack:
                token = token._replace(kind="other")
            elif token.closes(stack[-1]):
                stack.pop()
            elif token.text == ">":
                token = token._replace(kind="operator")
            else:
                opened = line_and_column(text, stack[-1].start)
                raise PastedError(
                    text,
                    token.start,
                    f"{quote(token.text)} does not close the {quote(stack[-1].text)} "
                    f"of line {opened[0]}, column {opened[1]}",
                )
        current.append(token)
    if stack:
        raise PastedError(text, stack[-1].start, f"{quote(stack[-1].text)} is not closed")
    if current:
        pieces.append((current, current[-1].end))
    return pieces


def _is_percentage(text: str, current: list[Token], token: Token) -> bool:
    """Return whether a sign makes a percentage of a number before it, and begins no comment of MATLAB."""
    if token.text != "%" or not current or current[-1].kind != "number":
        return False
    is_tight = current[-1].end == token.start
    following = text[token.end : token.end + 1]
    end = text.find("\n", token.end)
    rest = text[token.end : end if end >= 0 else None].strip()
    return not rest or (is_tight and not following.isalnum())


def _goes_on(current: list[Token]) -> bool:
    """Return whether a statement goes on after the end of a line: after = and "Parameter containing:"."""
    if not current:
        return False
    return current[-1].kind == "equals" or [token.text for token in current[-3:]] == [
        "Parameter",
        "containing",
        ":",
    ]


def _gives(tokens: list[Token], place: int) -> bool:
    """Return whether the line behind the end of a line gives a value to a name of its own, as in b = 2.

    What stands before it without a value, as a = in a form to be filled in, has none then.
    """
    for token in dropwhile(lambda token: token.kind == "newline", tokens[place : place + _LONGEST_NAME]):
        if token.kind == "equals":
            return True
        if token.kind not in _OF_A_NAME or token.text == "(":
            return False
    return False


def _assignments(text: str, piece: list[Token]) -> list[Statement]:
    """Return the assignments of one piece: x = 1, y = 2 are two."""
    marks = _top_level(piece, "equals")
    if not marks:
        return [_with_colon(text, piece)]
    found = []
    start = 0
    commas = [-1, *_top_level(piece, ",")]
    for mark, following in zip(marks, [*marks[1:], len(piece)], strict=True):
        comma = commas[bisect_left(commas, following) - 1]
        left, right = piece[start:mark], piece[mark + 1 : following]
        start = mark + 1
        if following < len(piece) and comma > mark:
            right, start = piece[mark + 1 : comma], comma + 1
        elif following < len(piece):
            # Without a comma between them, a = b = 1 gives two names to one value.
            right = piece[marks[-1] + 1 :] if len(marks) < _MOST_NAMES else []
        if not left:
            raise PastedError(text, piece[mark].start, f"before {quote(piece[mark].text)} stands no name")
        found.append(Statement(_written(text, left), right, left[0].start, (right or [piece[mark]])[-1].end))
    return found


def _with_colon(text: str, piece: list[Token]) -> Statement:
    start, end = piece[0].start, piece[-1].end
    for place in _top_level(piece, ":"):
        is_torch = [token.text for token in piece[max(place - 2, 0) : place]] == ["Parameter", "containing"]
        if place and not is_torch:
            left, right = piece[:place], piece[place + 1 :]
            if any(token.kind == "operator" for token in left):
                break
            return Statement(_written(text, left), right, start, end)
    return Statement(None, piece, start, end)


def _top_level(piece: list[Token], kind: str) -> list[int]:
    """Return the places of a kind of token outside of all brackets."""
    depth, found = 0, []
    for place, token in enumerate(piece):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.kind == kind:
            found.append(place)
    return found


def _written(text: str, left: list[Token]) -> str:
    """Return a name as it is written; of parameters["W1"] what is in the quotation marks."""
    if left[0].text in _DECLARES and len(left) > 1:
        left = left[1:]
    if len(left) > 2 and left[-1].text == "]" and left[-2].kind == "string":
        return unquoted(left[-2].text)
    if len(left) == 1 and left[0].kind == "string":
        return unquoted(left[0].text)
    # An annotation of its type is no part of a name.
    colons = _top_level(left, ":")
    if colons:
        left = left[: colons[0]] or left
    return text[left[0].start : left[-1].end]


def unquoted(text: str) -> str:
    """Return what a string has between its quotation marks."""
    return text.strip("\"'")
