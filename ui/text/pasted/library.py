"""What libraries write around numbers: functions with their options, and printed variables."""

from collections.abc import Callable

from ui.text.numbers import quote
from ui.text.pasted.cursor import Cursor
from ui.text.pasted.nodes import Group, Named, Node
from ui.text.pasted.problems import NotNumbersError, PastedError
from ui.text.pasted.statements import unquoted
from ui.text.pasted.tokens import Token

MAKES = {
    *("array", "asarray", "matrix", "mat", "tensor", "as_tensor", "Tensor", "FloatTensor", "DoubleTensor"),
    *("Parameter", "Variable", "constant", "from_numpy", "Matrix", "Vector", "Value", "Scalar", "list"),
    *("tuple", "float", "int", "float_", "float16", "float32", "float64", "int32", "int64", "double"),
    *("single", "c", "OrderedDict", "dict", "EagerTensor", "DeviceArray", "Array"),
}
# Options that leave the numbers as they are, those that hold them, and the name of a variable.
_OPTIONS = {
    *("dtype", "requires_grad", "grad_fn", "device", "copy", "name", "trainable", "shape", "layout", "label"),
    *("is_leaf", "weak_type", "sharding", "constraint", "size"),
}
_HOLDS = {"numpy", "value", "data", "object"}
Read = Callable[[Cursor, Token], Node]


def made_by_call(cursor: Cursor, token: Token, read: Read) -> Node:
    """Return what a function of a library makes of its first value."""
    opening = cursor.tokens[cursor.place + 1]
    cursor.place += 2
    values: list[Node] = []
    name = ""
    while not cursor.is_next("close"):
        current = cursor.tokens[cursor.place]
        if current.kind in (",", "newline"):
            cursor.place += 1
        elif current.kind == "name" and cursor.is_next("equals", 1):
            _option(cursor, current, values, read)
        elif values and current.kind in ("string", "name"):
            name = unquoted(current.text) if current.kind == "string" else name
            _skip_option(cursor)
        else:
            values.append(read(cursor, current))
    end = cursor.tokens[cursor.place].end
    cursor.place += 1
    return _made(cursor, token, opening, values, end)


def _made(cursor: Cursor, token: Token, opening: Token, values: list[Node], end: int) -> Node:
    if not values:
        raise NotNumbersError
    function = token.text.split(".")[-1]
    if function == "c" or function == "dict":
        return Group(values, token.start, end, is_array=function == "c")
    if len(values) > 1:
        second = values[1]
        start = second.start if not isinstance(second, Named) else opening.start
        raise PastedError(cursor.text, start, f"{quote(token.text)} takes one value")
    value = values[0]
    if isinstance(value, Group) and function not in ("list", "tuple", "OrderedDict"):
        value.is_array = True
    return value


def _option(cursor: Cursor, token: Token, values: list[Node], read: Read) -> None:
    cursor.place += 2
    if token.text in _HOLDS:
        value = cursor.next_value()
        if value is None or value.kind == "close":
            raise NotNumbersError
        values.append(read(cursor, value))
    elif token.text in _OPTIONS:
        _skip_option(cursor)
    elif values:
        raise cursor.fail(token, f"the option {quote(token.text)} is not read")
    else:
        raise NotNumbersError


def _skip_option(cursor: Cursor) -> None:
    """Pass over what an option is set to."""
    while not (cursor.is_next(",") or cursor.is_next("close")):
        if cursor.is_next("open"):
            cursor.skip_brackets()
        else:
            cursor.place += 1
            if cursor.is_next("name") and cursor.is_next("equals", 1):
                return


def printed_variable(cursor: Cursor, token: Token, read: Read) -> Node:
    """Return the variable that Keras prints as <tf.Variable 'dense/kernel:0' … numpy=…>."""
    cursor.place += 1
    name, values = "", list[Node]()
    while not cursor.is_next("close"):
        current = cursor.tokens[cursor.place]
        following = cursor.peek(1)
        if current.kind == "string" and not name:
            name = unquoted(current.text)
            cursor.place += 1
        elif current.kind == "name" and following is not None and following.kind == "equals":
            if current.text == "path" and cursor.is_next("name", 2):
                name = cursor.tokens[cursor.place + 2].text
            if current.text in _HOLDS:
                _option(cursor, current, values, read)
            else:
                cursor.place += 2
                _skip_option(cursor)
        elif current.kind == "open":
            cursor.skip_brackets()
        else:
            cursor.place += 1
    end = cursor.tokens[cursor.place].end
    cursor.place += 1
    if not values:
        raise NotNumbersError
    value = values[0]
    if isinstance(value, Group):
        value.start, value.end = token.start, end
    return Named(name, value) if name else value
