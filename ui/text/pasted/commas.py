"""Whether a comma stands between two numbers, or in one."""

from collections.abc import Sequence

from ui.text.pasted.tokens import Token


def has_decimal_commas(tokens: Sequence[Token]) -> bool:
    """Return whether commas are surely decimal ones, as in 0,5 -0,6: numbers stand apart without commas."""
    if not _may_be_decimal(tokens):
        return False
    for place in range(1, len(tokens)):
        before, token = tokens[place - 1], tokens[place]
        if before.kind == "number" and (token.kind in ("number", "sign", "&")):
            return True
    return False


def with_decimal_commas(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens in which 0,5 is one number."""
    if not _may_be_decimal(tokens):
        return list(tokens)
    found: list[Token] = []
    for token in tokens:
        is_tight = len(found) > 1 and found[-1].end == token.start and found[-2].end == found[-1].start
        if (
            token.kind == "number"
            and is_tight
            and found[-1].kind == ","
            and found[-2].kind == "number"
            and "," not in found[-2].text
        ):
            whole = found[-2]
            found[-2:] = [Token("number", f"{whole.text},{token.text}", whole.start, token.end)]
        else:
            found.append(token)
    return found


def _may_be_decimal(tokens: Sequence[Token]) -> bool:
    """Return whether commas stand between digits only, and no number has a point."""
    numbers = [token.text for token in tokens if token.kind == "number"]
    if any("." in text for text in numbers):
        return False
    return any(token.kind == "," for token in tokens) and all(
        _is_between_digits(tokens, place) for place, token in enumerate(tokens) if token.kind == ","
    )


def _is_between_digits(tokens: Sequence[Token], place: int) -> bool:
    if not 0 < place < len(tokens) - 1:
        return False
    before, comma, after = tokens[place - 1 : place + 2]
    return before.kind == after.kind == "number" and before.end == comma.start and comma.end == after.start
