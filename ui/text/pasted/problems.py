"""What cannot be read in a pasted text, with its place."""

from ui.text.numbers import quote

# Characters that are shown to the left and to the right of the one that is pointed at.
_BEFORE, _AFTER = 40, 30


class PastedError(ValueError):
    """One sentence on what cannot be read, with its line and column from 1, and two lines that point at it.

    `pointer` has the line of the text around the place, and below it a caret.
    """

    def __init__(self, text: str, place: int, sentence: str) -> None:
        """Say of a place in a text, an index from 0, what is wrong there; `sentence` has no full stop."""
        self.line, self.column = line_and_column(text, place)
        super().__init__(f"Line {self.line}, column {self.column}: {sentence}.")
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        left = max(start, place - _BEFORE)
        shown = text[left : min(end, place + _AFTER)]
        # A tab, or what cannot be seen, would move the caret off its character.
        plain = "".join(character if character.isprintable() else " " for character in shown)
        self.pointer = f"{plain.rstrip()}\n{' ' * (place - left)}^"

    def named(self, field: str) -> str:
        """Return the sentence with the name of the field that the text was pasted into."""
        sentence = str(self)
        return f"{field}, {sentence[0].lower()}{sentence[1:]}"


class NotNumbersError(Exception):
    """A statement is code or prose, and no array: it is passed over."""


def line_and_column(text: str, place: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of an index into a text."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def got(text: str) -> str:
    """Return what a place has instead of a number, as the part of a sentence."""
    return f"{quote(text)} is no number"
