"""What many visitors need at once is computed once, in pieces, and nobody depends on who computes it.

All that need the same thing share a flight: one of them at a time does pieces of it, each in a turn, and the
others take what comes out. Whoever leaves hands over to another, which goes on with the next piece.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from core.pieces import Pieces
from ui.memory import Memory
from ui.shell.turns import LOOK_SECONDS, Turns

Value = TypeVar("Value")
Look = Callable[[Any], object]


class _Flight(Generic[Value]):
    """A computation under way: `pieces` belong to whoever has the lock, `progress` is what the last gave."""

    def __init__(self, pieces: Pieces[Value]) -> None:
        self.pieces = pieces
        # Not the flight itself: those who take turns keep it for longer than its value is to stay.
        self.who = object()
        self.lock = Lock()
        self.passengers = 0
        self.progress: Any = None
        self.has_landed = False
        self.value: Value | None = None
        self.error: Exception | None = None

    def advance(self) -> None:
        """Do the next piece."""
        try:
            self.progress = next(self.pieces)
        except StopIteration as end:
            self.value, self.has_landed = end.value, True
        except Exception as error:
            self.error, self.has_landed = error, True


class Flights(Generic[Value]):
    """Computations that are shared by key; what they have come to is kept in `memory`.

    Pieces take turns of `turns`, one visitor's and many visitors' alike.
    """

    def __init__(self, turns: Turns, memory: Memory) -> None:
        self._turns, self._memory = turns, memory
        self._lock = Lock()
        self._under_way: dict[Hashable, _Flight[Value]] = {}

    def result(self, key: Hashable, start: Callable[[], Pieces[Value]], look: Look) -> Value:
        """Return what the pieces of `start` come to, computed once for all that have the same key.

        A `key` of None is shared with nobody, and nothing of it is kept. What takes one piece is done in the
        turn of the caller. `look` gets what the last piece gave, before every other piece and a few times a
        second; what it raises ends only the caller's part. Raises what a piece raises.
        """
        with self._lock:
            landed: Value | None = None if key is None else self._memory.find(key)
            if landed is not None:
                return landed
            flight = self._under_way.get(key) or _Flight(start())
            flight.passengers += 1
            if key is not None:
                self._under_way[key] = flight
        try:
            if not self._is_done_at_once(flight):
                with self._turns.apart():
                    self._ride(flight, look)
        finally:
            self._get_off(key, flight)
        if flight.error is not None:
            raise flight.error
        return flight.value  # type: ignore[return-value]

    def _is_done_at_once(self, flight: _Flight[Value]) -> bool:
        if not flight.lock.acquire(blocking=False):
            return False
        try:
            if not flight.has_landed:
                with self._turns.turn(is_last=True):
                    flight.advance()
            return flight.has_landed
        finally:
            flight.lock.release()

    def _ride(self, flight: _Flight[Value], look: Look) -> None:
        while not flight.lock.acquire(timeout=LOOK_SECONDS):
            look(flight.progress)
        try:
            while not flight.has_landed:
                look(flight.progress)
                with self._turns.turn(flight.who, lambda: look(flight.progress)):
                    flight.advance()
        finally:
            flight.lock.release()

    def _get_off(self, key: Hashable, flight: _Flight[Value]) -> None:
        with self._lock:
            flight.passengers -= 1
            if flight.value is not None and self._under_way.get(key) is flight:
                self._memory.keep(key, flight.value)
            if (flight.has_landed or not flight.passengers) and self._under_way.get(key) is flight:
                del self._under_way[key]
