"""The results that the process keeps for all visitors, of all functions under one ceiling in bytes."""

import gc
from collections.abc import Callable, Hashable
from functools import wraps
from operator import attrgetter
from sys import getsizeof
from threading import Lock
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np
from cachetools import LRUCache
from cachetools.keys import hashkey

from ui.limits import MAX_REMEMBERED_BYTES

P = ParamSpec("P")
R = TypeVar("R")

# What an entry takes beside its key and its result: its places in the three tables of an LRUCache.
_ENTRY_BYTES = 400
# What a result refers to, but is there without it.
_NOT_OF_A_RESULT = (type, FunctionType, BuiltinFunctionType, ModuleType)


class _Entry(NamedTuple):
    result: Any
    bytes: int


class Memory:
    """The results of several functions in at most `ceiling` bytes; those used longest ago go first."""

    def __init__(self, ceiling: int) -> None:
        self._entries: LRUCache[Hashable, _Entry] = LRUCache(ceiling, attrgetter("bytes"))
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """The bytes that are taken now."""
        return int(self._entries.currsize)

    def remembered(self, function: Callable[P, R]) -> Callable[P, R]:
        """Make a function of hashable arguments remember its results, which nobody may change.

        A result that is larger than the ceiling is returned and forgotten.
        """

        @wraps(function)
        def recall(*args: P.args, **kwargs: P.kwargs) -> R:
            key = hashkey(function, *args, **kwargs)  # type: ignore[arg-type]
            found: R | None = self.find(key)
            if found is None:
                found = function(*args, **kwargs)
                self.keep(key, found)
            return found

        return recall

    def find(self, key: Hashable) -> Any:
        """Return the result that is kept under a key, None where there is none."""
        with self._lock:
            entry = self._entries.get(key)
        return None if entry is None else entry.result

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep a result, which nobody may change, unless it is larger than the ceiling."""
        entry = _Entry(result, _ENTRY_BYTES + weight((key, result)))
        with self._lock:
            if entry.bytes <= self._entries.maxsize:
                self._entries[key] = entry


def weight(value: object) -> int:
    """Return the bytes that a value takes with all that it refers to, each object once."""
    seen: set[int] = set()
    pending, total = [value], 0
    while pending:
        found = pending.pop()
        if id(found) in seen or isinstance(found, _NOT_OF_A_RESULT):
            continue
        seen.add(id(found))
        total += getsizeof(found)
        if isinstance(found, np.ndarray):
            # A view keeps all of the array that it shows a part of.
            pending.append(found.base)
        pending += gc.get_referents(found)
    return total


MEMORY = Memory(MAX_REMEMBERED_BYTES)
remembered = MEMORY.remembered
