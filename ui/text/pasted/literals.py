"""Values as they are written: numbers, brackets in brackets, names and what is done to them."""

from ui.text.numbers import parse_number, quote
from ui.text.pasted.cursor import Cursor
from ui.text.pasted.library import MAKES, made_by_call, printed_variable
from ui.text.pasted.nodes import Group, Named, Node, PastedNumber
from ui.text.pasted.problems import NotNumbersError, PastedError, got
from ui.text.pasted.rows import Rows, joined_rows
from ui.text.pasted.statements import unquoted
from ui.text.pasted.tokens import MINUS_SIGNS, Token

# What can follow a value and leaves its numbers as they are.
_KEEPS = {
    *("astype", "to", "detach", "numpy", "cpu", "cuda", "clone", "copy", "double", "float", "tolist", "data"),
    *("requires_grad_", "values", "item"),
}
_TURNS = {"T", "t", "transpose", "mT"}
_CODE_WORDS = {"for", "in", "if", "lambda", "else", "is", "not", "and", "or", "range"}
_NO_NUMBERS = {
    "nan",
    "inf",
    "infinity",
    "none",
    "null",
    "true",
    "false",
    "np.nan",
    "np.inf",
    "math.inf",
    "na",
}
_DEEPEST = 12


def parse_value(text: str, tokens: list[Token]) -> Node:
    """Return what the tokens of a value are.

    Raises NotNumbersError for code and prose, and PastedError for numbers that cannot be read.
    """
    if not any(token.kind == "number" for token in tokens):
        raise NotNumbersError
    return _whole(Cursor(text, tokens))


def _whole(cursor: Cursor) -> Node:
    """Return all tokens as one value: a row of numbers where they stand in no bracket."""
    first, last = cursor.tokens[0], cursor.tokens[-1]
    group = _items(cursor, first, None)
    node = group.items[0] if len(group.items) == 1 else group
    if not group.items:
        raise NotNumbersError
    if (
        any(token.kind == "," for token in cursor.tokens)
        and isinstance(node, PastedNumber)
        and last.kind == ","
    ):
        return group
    return node


def _items(cursor: Cursor, opening: Token, closing: Token | None) -> Group:
    """Return what stands up to the closing bracket, or up to the end where there is none."""
    cursor.depth += 1
    if cursor.depth > _DEEPEST:
        raise cursor.fail(opening, f"brackets stand more than {_DEEPEST} deep")
    row = Rows()
    while True:
        token = cursor.peek()
        if token is None or (token.kind == "close" and closing is None):
            break
        if token.kind == "close":
            break
        _take(cursor, token, row)
    cursor.depth -= 1
    end = cursor.tokens[min(cursor.place, len(cursor.tokens) - 1)].end
    return Group(joined_rows(row, cursor.text, opening, end), opening.start, end)


def _take(cursor: Cursor, token: Token, row: Rows) -> None:
    """Take one value, or what stands between two."""
    if token.kind in (",", ";", "row", "newline", "&"):
        cursor.place += 1
        _separate(cursor, token, row)
        return
    before = cursor.tokens[cursor.place - 1] if cursor.place else None
    is_tight = before is not None and before.end == token.start and before.kind in ("number", "name")
    if is_tight and token.kind in ("number", "name", "sign", "string"):
        if token.kind == "sign" or _is_prose(cursor, token):
            raise NotNumbersError
        raise cursor.no_number()
    if token.kind == "sign" and before is not None and before.kind in ("number", "close"):
        following = cursor.peek(1)
        if following is None or following.start > token.end:
            raise NotNumbersError
    node = _element(cursor, token)
    row.rows[-1].append(node)
    row.after_comma = False


def _separate(cursor: Cursor, token: Token, row: Rows) -> None:
    if token.kind == "newline":
        row.breaks.append((len(row.rows) - 1, len(row.rows[-1])))
    elif token.kind in (";", "row"):
        row.rows.append([])
        row.after_comma = True
    else:
        if row.after_comma and token.kind == ",":
            raise cursor.fail(token, f"before {quote(token.text)} a number is missing")
        row.after_comma = True
        row.commas = True


def _element(cursor: Cursor, token: Token) -> Node:
    """Return the value that begins with a token."""
    if token.kind in ("number", "sign"):
        return _after(cursor, _number(cursor, token))
    if token.kind == "open":
        return _after(
            cursor, printed_variable(cursor, token, _element) if token.text == "<" else _group(cursor, token)
        )
    if token.kind == "string":
        return _named(cursor, token, unquoted(token.text))
    if token.kind == "name":
        return _word(cursor, token)
    if token.kind == "ellipsis":
        raise cursor.fail(token, f"{quote(token.text)} stands for numbers that are left out")
    if token.kind in ("operator", ":", "/", "command", "equals", ".", "transpose"):
        raise NotNumbersError
    raise cursor.fail(token, got(token.text))


def _number(cursor: Cursor, token: Token) -> PastedNumber:
    """Return a number with its sign, or a fraction such as 1/3."""
    start, negative = token.start, False
    while token.kind == "sign":
        negative ^= token.text in MINUS_SIGNS
        cursor.place += 1
        following = cursor.peek()
        if following is None or following.kind not in ("number", "sign"):
            raise (
                NotNumbersError if cursor.place < len(cursor.tokens) else cursor.fail(token, got(token.text))
            )
        token = following
    cursor.place += 1
    written, end = token.text.replace("{,}", "."), token.end
    if cursor.is_next("/") and cursor.is_next("number", 1):
        divisor = cursor.tokens[cursor.place + 1]
        written, end = f"{written}/{divisor.text}", divisor.end
        cursor.place += 2
    for sign in MINUS_SIGNS[1:]:
        written = written.replace(sign, "-")
    try:
        value = parse_number(written.replace("_", ""), "the number")
    except ValueError as error:
        raise PastedError(cursor.text, start, str(error).rstrip(".")) from None
    return PastedNumber(-value if negative else value, start, end)


def _group(cursor: Cursor, token: Token) -> Node:
    """Return what stands in brackets."""
    cursor.place += 1
    found = _items(cursor, token, token)
    closing = cursor.tokens[cursor.place]
    cursor.place += 1
    found.end = closing.end
    if not found.items:
        raise cursor.fail(token, "the brackets are empty")
    is_tuple = any(part.kind == "," for part in cursor.tokens[cursor.place - 2 : cursor.place - 1])
    if token.text == "(" and len(found.items) == 1 and not is_tuple:
        return found.items[0]
    return found


def _after(cursor: Cursor, node: Node) -> Node:
    """Return a value with what is done to it: .T, .reshape(…), .astype(…)."""
    while True:
        if cursor.is_next("transpose"):
            cursor.place += 1
            node = _turned(cursor, node)
        elif cursor.is_next(".") and cursor.is_next("name", 1):
            name = cursor.tokens[cursor.place + 1].text
            cursor.place += 2
            steps = name.split(".")
            if not all(step in _KEEPS | _TURNS for step in steps):
                raise NotNumbersError
            for step in steps:
                node = _turned(cursor, node) if step in _TURNS else node
            if cursor.is_next("open"):
                cursor.skip_brackets()
        elif cursor.is_next("operator") or cursor.is_next("/"):
            _factor(cursor)
            raise NotNumbersError
        else:
            return node


def _factor(cursor: Cursor) -> None:
    """Refuse the factor that MATLAB prints before a matrix, without which its numbers are others."""
    last = cursor.tokens[-1]
    if cursor.place == len(cursor.tokens) - 1 and last.text == "*":
        raise cursor.fail(last, "a factor before a matrix is not read; write every number in full")


def _turned(cursor: Cursor, node: Node) -> Node:
    if not isinstance(node, Group):
        return node
    node.is_turned = not node.is_turned
    return node


def _named(cursor: Cursor, token: Token, name: str) -> Node:
    """Return the value that follows its name: "W1": … and ("W1", …)."""
    if not (cursor.is_next(":", 1) or cursor.is_next(",", 1)):
        raise NotNumbersError
    cursor.place += 2
    following = cursor.next_value()
    if following is None or following.kind == "close":
        raise NotNumbersError
    return Named(name, _element(cursor, following))


def _word(cursor: Cursor, token: Token) -> Node:
    """Return what a word begins: array(…), Parameter containing: …, or a name with its value."""
    following = cursor.peek(1)
    if token.text == "Parameter" and following is not None and following.text == "containing":
        cursor.place += 3
        value = cursor.next_value()
        if value is None:
            raise NotNumbersError
        node = _element(cursor, value)
        if isinstance(node, Group):
            node.is_torch = True
        return node
    if following is not None and following.text == "(" and following.start == token.end:
        if token.text.split(".")[-1] not in MAKES:
            raise NotNumbersError
        return _after(cursor, made_by_call(cursor, token, _element))
    if following is not None and following.kind in (":", "equals"):
        return _named_by(cursor, token)
    if token.text.lower() in _NO_NUMBERS:
        raise cursor.fail(token, got(token.text))
    is_code = following is not None and (
        following.kind in ("operator", ".", "/", "transpose", "sign")
        or (following.kind == "open" and following.text != "<")
    )
    is_attribute = "." in token.text and not token.text.rpartition(".")[2][0].isdigit()
    if is_code or is_attribute or _is_prose(cursor, token):
        raise NotNumbersError
    raise cursor.no_number()


def _named_by(cursor: Cursor, token: Token) -> Node:
    cursor.place += 2
    value = cursor.next_value()
    if value is None or value.kind == "close":
        raise NotNumbersError
    return Named(token.text, _element(cursor, value))


def _is_prose(cursor: Cursor, token: Token) -> bool:
    """Return whether a word is one of a sentence, or of code, and no number with a slip in it."""
    if any(one.text in _CODE_WORDS for one in cursor.tokens):
        return True
    numbers = sum(one.kind == "number" for one in cursor.tokens)
    words = [one for one in cursor.tokens if one.kind == "name"]
    in_brackets = cursor.depth > 1
    if not numbers:
        return True
    return not in_brackets and (len(words) > 1 or (numbers < 2 and len(token.text) > 1))
