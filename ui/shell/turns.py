"""Take turns: of the runs of all visitors one at a time does its work.

Python runs one thread at a time in any case. Where many want to run at once, the thread that sends has to
wait behind all of them, and it waits anew for every message.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

# Whoever has the turn for longer computes something long, behind which nobody else has to wait.
PATIENCE_SECONDS = 0.05


class Turns:
    """Who may go on: one at a time, for as long as nobody takes too long."""

    def __init__(self) -> None:
        # A part of a page takes a turn of its own, also where all of the page runs in one.
        self._lock = RLock()
        self._begun = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and have it; or do without if one turn of another lasts too long."""
        has_turn = self._wait()
        try:
            yield
        finally:
            if has_turn:
                self._lock.release()

    def _wait(self) -> bool:
        begun = -1
        while begun != self._begun:
            begun = self._begun
            if self._lock.acquire(timeout=PATIENCE_SECONDS):
                self._begun += 1
                return True
        return False


TURNS = Turns()
