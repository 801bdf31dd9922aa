"""Take turns: of the work of all visitors one piece at a time is done, and who has had least comes first.

Python runs one thread at a time in any case. Where many want to run at once, the thread that sends has to
wait behind all of them, and it waits anew for every message. What takes long is done in pieces, each with a
turn of its own, so that a slider's move waits behind one piece and not behind all of them.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, get_ident, local

from ui.shell.fair_queue import PAUSE_SECONDS, Claim, FairQueue
from ui.shell.run_context import this_session

# Whoever has the turn for longer computes something that is in one piece, behind which nobody has to wait.
PATIENCE_SECONDS = 0.05
# A piece of long work comes to its end soon, however slow the machine; long work itself has time.
PATIENCE_FOR_A_PIECE_SECONDS = 0.3
PATIENCE_OF_LONG_WORK_SECONDS = 3.0
# How often whoever waits with long work checks whether it is still wanted.
CHECK_SECONDS = 0.2


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
        self._wakes: dict[Claim, Event] = {}
        self._holder: Claim | None = None
        self._held_from = 0.0
        self._own = local()

    @contextmanager
    def turn(
        self, who: Hashable = None, check: Callable[[], object] | None = None, *, is_last: bool = False
    ) -> Iterator[None]:
        """Wait for a turn and have it; or do without if a piece of somebody else's work lasts too long.

        A turn within one is part of it. With `check` the work is a piece of something long: it is called now
        and then during the wait, and what it raises ends that. Behind the turn that `is_last` of a run, long
        work begins at once.
        """
        if self._has_turn():
            yield
            return
        self._begin(self._who() if who is None else who, check)
        try:
            yield
        finally:
            self._end(is_last=is_last)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Give the turn back for as long as something is done that takes turns of its own, or waits."""
        if not self._has_turn():
            yield
            return
        claim = self._own.claim
        self._end(is_last=True)
        yield
        # Not where there was an error: the run comes to its end.
        self._begin(claim.who, None)

    def _has_turn(self) -> bool:
        return getattr(self._own, "claim", None) is not None

    def _begin(self, who: Hashable, check: Callable[[], object] | None) -> None:
        wake = Event()
        with self._lock:
            claim = self._queue.join(who, self._clock(), long=check is not None)
            self._wakes[claim] = wake
            self._hand_over()
        try:
            self._wait(claim, wake, check)
        except BaseException:
            with self._lock:
                self._withdraw(claim)
            raise
        self._own.claim = claim
        self._own.begun = self._clock()

    def _wait(self, claim: Claim, wake: Event, check: Callable[[], object] | None) -> None:
        """Wait until the claim is served, or is withdrawn because nothing goes on."""
        usual = PATIENCE_SECONDS if check is None else CHECK_SECONDS
        while True:
            with self._lock:
                if self._holder == claim:
                    return
                comes_next = self._holder is None and self._queue.first_long() == claim
            wake.wait(PAUSE_SECONDS if comes_next else usual)
            wake.clear()
            if check is not None:
                check()
            with self._lock:
                self._hand_over(claim)
                if self._holder != claim and self._takes_too_long(claim):
                    self._withdraw(claim)
                    return

    def _takes_too_long(self, claim: Claim) -> bool:
        """Return whether whoever has the turn keeps it for longer than a claim waits."""
        if self._holder is None:
            return False
        patience = PATIENCE_FOR_A_PIECE_SECONDS if self._holder.long else PATIENCE_SECONDS
        return self._clock() - self._held_from >= (PATIENCE_OF_LONG_WORK_SECONDS if claim.long else patience)

    def _end(self, *, is_last: bool) -> None:
        claim: Claim | None = getattr(self._own, "claim", None)
        if claim is None:
            return
        self._own.claim = None
        with self._lock:
            now = self._clock()
            self._queue.end(claim, now, now - self._own.begun, is_last=is_last)
            if self._holder == claim:
                self._holder = None
            self._hand_over()

    def _withdraw(self, claim: Claim) -> None:
        if self._holder == claim:
            self._holder = None
        elif claim in self._wakes:
            del self._wakes[claim]
            self._queue.leave(claim)
        self._hand_over()

    def _hand_over(self, checking: Claim | None = None) -> None:
        """Let the next one begin where nobody has the turn; long work that may not yet checks again soon.

        `checking` is a claim that does so already.
        """
        if self._holder is not None:
            return
        claim = self._queue.pick(self._clock())
        if claim is not None:
            self._holder = claim
            self._held_from = self._clock()
            self._wakes.pop(claim).set()
            return
        first = self._queue.first_long()
        if first not in (None, checking):
            self._wakes[first].set()


TURNS = Turns(this_session)
