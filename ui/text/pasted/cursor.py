"""A place in the tokens of a value."""

from ui.text.pasted.problems import PastedError, got
from ui.text.pasted.tokens import Token


class Cursor:
    """The tokens of a value and the place up to which they are read; `depth` counts the open brackets."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens, self.place, self.depth = text, tokens, 0, 0

    def peek(self, ahead: int = 0) -> Token | None:
        """Return the token so many places ahead, None behind the last."""
        place = self.place + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def is_next(self, kind: str, ahead: int = 0) -> bool:
        """Return whether a token of a kind stands so many places ahead."""
        token = self.peek(ahead)
        return token is not None and token.kind == kind

    def fail(self, token: Token, sentence: str) -> PastedError:
        """Return the error that points at a token."""
        return PastedError(self.text, token.start, sentence)

    def no_number(self) -> PastedError:
        """Return the error that points at the word around the place, up to the spaces on its two sides."""
        start, end = self.place, self.place
        while start and self.tokens[start - 1].end == self.tokens[start].start and not self.ends(start - 1):
            start -= 1
        while not self.ends(end + 1) and self.tokens[end + 1].start == self.tokens[end].end:
            end += 1
        first = self.tokens[start]
        return self.fail(first, got(self.text[first.start : self.tokens[end].end]))

    def ends(self, place: int) -> bool:
        """Return whether no word goes on at a place."""
        kinds = ("open", "close", ",", ";", "newline", "row", "&", "equals")
        return place >= len(self.tokens) or self.tokens[place].kind in kinds

    def skip_brackets(self) -> None:
        """Pass over brackets with all that is in them."""
        depth = 0
        while True:
            token = self.tokens[self.place]
            depth += (token.kind == "open") - (token.kind == "close")
            self.place += 1
            if depth == 0:
                return

    def next_value(self) -> Token | None:
        """Return the next token that is no end of a line."""
        while self.is_next("newline"):
            self.place += 1
        return self.peek()
