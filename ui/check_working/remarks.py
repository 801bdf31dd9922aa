"""What stands behind a number, such as rounded or (by hand): it is no part of the number."""

from collections.abc import Sequence

from ui.text.pasted.tokens import Token, tokenize

_WORDS = {
    *("rounded", "truncated", "cut", "estimated", "approx", "approximately", "about", "roughly", "circa"),
    *("ca", "exact", "exactly", "correct", "correctly", "right", "ok", "okay", "checked", "done", "by", "or"),
}
# Of these the first alone is no remark: something else can stand behind it.
_PAIRS = {"cut": "off", "by": "hand", "or": "so"}
_SIGNS = {"✓", "✔", "✅"}
_SPOKEN = {"name", "number", ".", ",", "sign"}
_SEPARATORS = "|\t&"


def without_remarks(text: str) -> str:
    """Return a text with blanks for the remarks behind numbers, so that all else keeps its place.

    A remark has no operator, so that nothing is computed. It stands behind a number that has a name or a
    place in a table, up to the next value or the end of the line.
    """
    plain = list(text)
    start = 0
    for line in text.split("\n"):
        tokens = tokenize(line)
        for first, last in _remarks(line, tokens):
            for place in range(start + first, start + last):
                plain[place] = " "
        start += len(line) + 1
    return "".join(plain)


def _remarks(line: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    is_given = any(separator in line for separator in _SEPARATORS)
    place = 0
    while place < len(tokens):
        token = tokens[place]
        is_given = is_given or token.kind in ("equals", ":")
        is_value = token.kind in ("number", "close")
        end = _end(line, tokens, place + 1) if is_value and (is_given or "." in token.text) else None
        if end is not None:
            found.append((token.end, tokens[end - 1].end))
            place = end
        else:
            place += 1
    return found


def _end(line: str, tokens: Sequence[Token], place: int) -> int | None:
    """Return the place behind a remark that begins at a place, None where none does."""
    before = tokens[place - 1]
    if place < len(tokens) and tokens[place].kind in (",", ";"):
        place += 1
    if place >= len(tokens) or tokens[place].start == before.end:
        return None
    if tokens[place].text in _SIGNS:
        end: int | None = place + 1
    elif tokens[place].text == "(":
        end = _end_of_brackets(tokens, place)
    else:
        end = _end_of_words(line, tokens, place)
    return end if end is not None and _may_end(line, tokens, end) else None


def _end_of_brackets(tokens: Sequence[Token], place: int) -> int | None:
    """Return the place behind brackets that begin with a word, or a count and a word, as in (3 digits)."""
    word = place + 1 + (place + 2 < len(tokens) and tokens[place + 1].kind == "number")
    if word >= len(tokens) or not (tokens[word].text.isalpha() and len(tokens[word].text) > 1):
        return None
    place += 1
    while place < len(tokens) and tokens[place].kind in _SPOKEN:
        place += 1
    return place + 1 if place < len(tokens) and tokens[place].text == ")" else None


def _end_of_words(line: str, tokens: Sequence[Token], place: int) -> int | None:
    """Return the place behind words of which the first is known, as in rounded to 4 digits."""
    if not _is_word(tokens, place):
        return None
    end = place
    while (
        end < len(tokens) and tokens[end].kind in ("name", "number", ".") and not _is_apart(line, tokens, end)
    ):
        end += 1
    if end < len(tokens) and tokens[end].kind in ("equals", ":"):
        # The name of the next number is among the words.
        end = place
        while _is_word(tokens, end):
            end += 2 if tokens[end].text.lower() in _PAIRS else 1
        if end < len(tokens) and tokens[end].kind == ".":
            end += 1
    return end


def _is_word(tokens: Sequence[Token], place: int) -> bool:
    if place >= len(tokens) or tokens[place].kind != "name":
        return False
    word = tokens[place].text.lower()
    second = _PAIRS.get(word)
    has_second = place + 1 < len(tokens) and tokens[place + 1].text.lower() == second
    return word in _WORDS and (second is None or has_second)


def _is_apart(line: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether a token stands in another cell than the one before it."""
    between = line[tokens[place - 1].end : tokens[place].start]
    return any(separator in between for separator in _SEPARATORS)


def _may_end(line: str, tokens: Sequence[Token], place: int) -> bool:
    """Return whether nothing that computes stands at a place: the end, the next cell or the next name."""
    if place >= len(tokens) or _is_apart(line, tokens, place):
        return True
    return tokens[place].kind in (",", ";", "&", "name", "close", "number")
