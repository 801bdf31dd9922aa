"""Who comes next where many wait: a queue that is fair by the time that each has had."""

from collections.abc import Hashable
from heapq import heapify, heappop, heappush
from typing import NamedTuple

# A move of a slider takes several turns. Between them, which take less than this, no long work goes on.
PAUSE_SECONDS = 0.015
# But at least as often as this, whatever moves.
WAIT_SECONDS = 0.3
_FEW = 64


class Claim(NamedTuple):
    """Somebody's place in a line: `who` has had so many seconds before; `number` counts who came first.

    `long` is whether it is for a piece of long work.
    """

    had: float
    number: int
    who: Hashable
    long: bool


class FairQueue:
    """Who comes next: whoever has had the least time so far, and among equals who came first.

    What somebody has had counts from the claim that was last served on (start-time fair queuing), so that
    nobody saves up time by staying away. Pieces of long work stand in a line of their own. One of them is
    served once nothing else has gone on for a moment, or where none of them has been served for long.
    """

    def __init__(self) -> None:
        self._lines: dict[bool, list[Claim]] = {False: [], True: []}
        self._had: dict[Hashable, float] = {}
        self._now = 0.0
        self._joined = 0
        self._many = _FEW
        self._quiet_from = 0.0
        self._no_long_since = 0.0

    def join(self, who: Hashable, now: float, *, long: bool = False) -> Claim:
        """Return a claim of `who`, which waits from `now` on."""
        self._joined += 1
        if long and not self._lines[True]:
            self._no_long_since = now
        claim = Claim(max(self._now, self._had.get(who, 0.0)), self._joined, who, long)
        heappush(self._lines[long], claim)
        return claim

    def leave(self, claim: Claim) -> None:
        """Let a claim wait no longer."""
        self._lines[claim.long].remove(claim)
        heapify(self._lines[claim.long])

    def first_long(self) -> Claim | None:
        """Return the piece of long work that comes next."""
        line = self._lines[True]
        return line[0] if line else None

    def pick(self, now: float) -> Claim | None:
        """Return the claim that is served, which waits no longer; None where none is yet."""
        line = self._lines[self._is_time_for_long(now)]
        if not line:
            return None
        claim = heappop(line)
        self._now = max(self._now, claim.had)
        return claim

    def _is_time_for_long(self, now: float) -> bool:
        is_quiet = not self._lines[False] and now >= self._quiet_from
        return bool(self._lines[True]) and (is_quiet or now - self._no_long_since >= WAIT_SECONDS)

    def end(self, claim: Claim, now: float, seconds: float, *, is_last: bool = False) -> None:
        """Count the seconds that a claim has had until `now`; the last of a run leaves no pause behind it."""
        had = self._had[claim.who] = max(claim.had, self._had.get(claim.who, 0.0)) + seconds
        if claim.long:
            self._no_long_since = now
        elif not is_last:
            self._quiet_from = now + PAUSE_SECONDS
        if not any(self._lines.values()):
            # None was kept waiting for it.
            self._now = max(self._now, had)
        if len(self._had) > self._many:
            # What is no more than anybody has is not worth keeping.
            self._had = {who: had for who, had in self._had.items() if had > self._now}
            self._many = 2 * len(self._had) + _FEW
