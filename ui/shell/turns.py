"""Take turns: of the work of all visitors one piece at a time is done, and who has had least comes first.

Python runs one thread at a time in any case. Where many want to run at once, the thread that sends has to
wait behind all of them, and it waits anew for every message. What takes long is done in pieces, each with a
turn of its own, so that a slider's move waits behind one piece and not behind all of them.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from threading import Event, Lock, get_ident, local
from typing import NamedTuple

from ui.shell.run_context import this_session

# Whoever has the turn for longer computes something that is in one piece, behind which nobody has to wait.
PATIENCE_SECONDS = 0.05
# How often somebody who waits with long work looks whether it is still wanted.
LOOK_SECONDS = 0.2
# What a visitor may have ahead of long work: all turns of a move together.
AHEAD_SECONDS = 0.1
_FEW = 64


class Claim(NamedTuple):
    """Somebody's place in a queue, by rank and then by number; `who` has had so many seconds before."""

    rank: float
    number: int
    had: float
    who: Hashable


class FairQueue:
    """Who comes next: whoever has had the least time so far, and among equals who came first.

    What somebody has had counts from the claim that was last met on (start-time fair queuing), so that nobody
    saves up time by staying away, and none waits forever: what all others have had grows. Pieces of `long`
    work stand behind those who have had up to 0.1 s more.
    """

    def __init__(self) -> None:
        self._waiting: list[Claim] = []
        self._had: dict[Hashable, float] = {}
        self._now = 0.0
        self._joined = 0
        self._many = _FEW

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    def join(self, who: Hashable, *, long: bool = False) -> Claim:
        """Return a claim of `who`, which waits from now on."""
        self._joined += 1
        had = max(self._now, self._had.get(who, 0.0))
        claim = Claim(had + long * AHEAD_SECONDS, self._joined, had, who)
        heappush(self._waiting, claim)
        return claim

    def leave(self, claim: Claim) -> None:
        """Let a claim wait no longer."""
        self._waiting.remove(claim)
        heapify(self._waiting)

    def pick(self) -> Claim:
        """Return the claim that comes next, and let it wait no longer."""
        claim = heappop(self._waiting)
        self._now = max(self._now, claim.had)
        return claim

    def charge(self, claim: Claim, seconds: float) -> None:
        """Count the seconds that a claim has had."""
        had = self._had[claim.who] = max(claim.had, self._had.get(claim.who, 0.0)) + seconds
        if not self._waiting:
            # None was kept waiting for it.
            self._now = max(self._now, had)
        if len(self._had) > self._many:
            # What is no more than anybody has is not worth keeping.
            self._had = {who: had for who, had in self._had.items() if had > self._now}
            self._many = 2 * len(self._had) + _FEW


class Turns:
    """The turns of all threads of a process: one at a time, for as long as no piece of work takes too long.

    `who` names whose turn it is where that is not given, `clock` gives seconds.
    """

    def __init__(
        self, who: Callable[[], Hashable] = get_ident, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._who, self._clock = who, clock
        self._lock = Lock()
        self._queue = FairQueue()
        self._met: dict[Claim, Event] = {}
        self._holder: Claim | None = None
        self._handed_over = 0
        self._own = local()

    @contextmanager
    def turn(self, who: Hashable = None, look: Callable[[], object] | None = None) -> Iterator[None]:
        """Wait for a turn and have it; or do without if a piece of somebody else's work lasts too long.

        A turn within one is part of it. With `look` the work is a piece of something long: it is called every
        now and then during the wait, and what it raises ends that.
        """
        if self._has_turn():
            yield
            return
        self._begin(self._who() if who is None else who, look)
        try:
            yield
        finally:
            self._end()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Give the turn back for as long as something is done that takes turns of its own, or waits."""
        if not self._has_turn():
            yield
            return
        claim = self._own.claim
        self._end()
        yield
        # Not where there was an error: the run comes to its end.
        self._begin(claim.who, None)

    def _has_turn(self) -> bool:
        return getattr(self._own, "claim", None) is not None

    def _begin(self, who: Hashable, look: Callable[[], object] | None) -> None:
        met = Event()
        with self._lock:
            claim = self._queue.join(who, long=look is not None)
            self._met[claim] = met
            seen = self._handed_over
            self._hand_over()
        try:
            while not met.wait(PATIENCE_SECONDS if look is None else LOOK_SECONDS):
                if look is not None:
                    look()
                with self._lock:
                    if not met.is_set() and seen == self._handed_over:
                        self._withdraw(claim)
                        break
                    seen = self._handed_over
        except BaseException:
            with self._lock:
                self._withdraw(claim)
            raise
        self._own.claim = claim
        self._own.begun = self._clock()

    def _end(self) -> None:
        claim: Claim | None = getattr(self._own, "claim", None)
        if claim is None:
            return
        self._own.claim = None
        with self._lock:
            self._queue.charge(claim, self._clock() - self._own.begun)
            if self._holder == claim:
                self._holder = None
                self._hand_over()

    def _withdraw(self, claim: Claim) -> None:
        if self._holder == claim:
            self._holder = None
        elif claim in self._met:
            del self._met[claim]
            self._queue.leave(claim)
        self._hand_over()

    def _hand_over(self) -> None:
        """Let the next one begin where nobody has the turn."""
        if self._holder is None and len(self._queue):
            self._holder = self._queue.pick()
            self._handed_over += 1
            self._met.pop(self._holder).set()


TURNS = Turns(this_session)
