"""What many visitors need at once is computed once, in pieces, and whoever leaves ends it for nobody else.

This is known as "single flight": all that need the same result share one computation. One of them at a time
does pieces of it, each in a turn, and the others wait for the result. Where that one leaves, another goes on
with the next piece.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from core.pieces import Pieces
from ui.memory import Memory
from ui.shell.turns import CHECK_SECONDS, Turns

Value = TypeVar("Value")
Check = Callable[[Any], object]


class _Computation(Generic[Value]):
    """A computation under way: `pieces` belong to whoever has the lock, `progress` is what the last gave."""

    def __init__(self, pieces: Pieces[Value]) -> None:
        self.pieces = pieces
        # Not the computation itself: the queue of turns keeps it for longer than its value is to stay.
        self.who = object()
        self.lock = Lock()
        self.callers = 0
        self.progress: Any = None
        self.is_done = False
        self.value: Value | None = None
        self.error: Exception | None = None

    def advance(self) -> None:
        """Do the next piece."""
        try:
            self.progress = next(self.pieces)
        except StopIteration as end:
            self.value, self.is_done = end.value, True
        except Exception as error:
            self.error, self.is_done = error, True


class SharedComputations(Generic[Value]):
    """Computations that are shared by key; their results are kept in `memory`.

    Pieces take turns of `turns`, one visitor's and many visitors' alike.
    """

    def __init__(self, turns: Turns, memory: Memory) -> None:
        self._turns, self._memory = turns, memory
        self._lock = Lock()
        self._under_way: dict[Hashable, _Computation[Value]] = {}

    def result(self, key: Hashable, start: Callable[[], Pieces[Value]], check: Check) -> Value:
        """Return the result of the pieces of `start`, computed once for all that have the same key.

        A `key` of None is shared with nobody, and nothing of it is kept. What takes one piece is done in the
        turn of the caller. `check` gets what the last piece gave, before every other piece and a few times a
        second; what it raises ends only the caller's part. Raises what a piece raises.
        """
        with self._lock:
            kept: Value | None = None if key is None else self._memory.find(key)
            if kept is not None:
                return kept
            computation = self._under_way.get(key) or _Computation(start())
            computation.callers += 1
            if key is not None:
                self._under_way[key] = computation
        try:
            if not self._is_done_at_once(computation):
                with self._turns.apart():
                    self._finish(computation, check)
        finally:
            self._leave(key, computation)
        if computation.error is not None:
            raise computation.error
        return computation.value  # type: ignore[return-value]

    def _is_done_at_once(self, computation: _Computation[Value]) -> bool:
        if not computation.lock.acquire(blocking=False):
            return False
        try:
            if not computation.is_done:
                with self._turns.turn(is_last=True):
                    computation.advance()
            return computation.is_done
        finally:
            computation.lock.release()

    def _finish(self, computation: _Computation[Value], check: Check) -> None:
        while not computation.lock.acquire(timeout=CHECK_SECONDS):
            check(computation.progress)
        try:
            while not computation.is_done:
                check(computation.progress)
                with self._turns.turn(computation.who, lambda: check(computation.progress)):
                    computation.advance()
        finally:
            computation.lock.release()

    def _leave(self, key: Hashable, computation: _Computation[Value]) -> None:
        with self._lock:
            computation.callers -= 1
            if self._under_way.get(key) is not computation:
                return
            if computation.value is not None:
                self._memory.keep(key, computation.value)
            if computation.is_done or not computation.callers:
                del self._under_way[key]
