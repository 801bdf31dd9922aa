"""Long computations in pieces: generators that yield after each piece, and return what they have computed."""

from collections.abc import Generator
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
