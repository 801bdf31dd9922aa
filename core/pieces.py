"""Long computations in pieces: generators that yield after each piece, and return what they have computed."""

from collections.abc import Generator
from threading import Lock
from typing import Any, TypeVar

# As many numbers as stay in the processor's cache, and are computed in a moment.
BLOCK_NUMBERS = 100_000

Result = TypeVar("Result")
Pieces = Generator[Any, None, Result]


def finish(pieces: Pieces[Result]) -> Result:
    """Do all pieces at once and return the result."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            result: Result = end.value
            return result


class Resumable(Generator[Any, None, Result]):
    """Pieces that can be gone on with wherever they were left, one thread at a time; the result stays."""

    def __init__(self, pieces: Pieces[Result]) -> None:
        self._pieces = pieces
        self._lock = Lock()
        self._result: tuple[Result] | None = None

    def send(self, _value: None) -> Any:
        """Do the next piece; at the end raise StopIteration with the result, each time."""
        with self._lock:
            if self._result is not None:
                raise StopIteration(self._result[0])
            try:
                return next(self._pieces)
            except StopIteration as end:
                self._result = (end.value,)
                raise

    def throw(self, *error: Any) -> Any:
        """Raise an error where the pieces were left."""
        return self._pieces.throw(*error)
