"""What keeps the answers of an exercise behind a teacher's key: links of students have only its hash.

Whoever has a lock cannot find a key that opens it. The program is open, so that its numbers can be computed
by anybody who can compute.
"""

import hmac
import secrets

from ui.text.numbers import quote

_PURPOSE = b"answers of a Backprop Explorer exercise"
_LOCK_LENGTH = 20
_LONGEST_KEY = 40


def new_key() -> str:
    """Return a key that nobody can guess."""
    return secrets.token_urlsafe(12).replace("_", "-")


def lock_of(key: str) -> str:
    """Return the lock that a key opens: an HMAC-SHA256 under the key."""
    return hmac.new(key.encode(), _PURPOSE, "sha256").hexdigest()[:_LOCK_LENGTH]


def opens(key: str, lock: str) -> bool:
    """Return whether a key is the one of a lock."""
    return bool(key) and hmac.compare_digest(lock_of(key), lock)


def parse_lock(text: str) -> str:
    """Return a lock; raises ValueError for a text that is none."""
    if len(text) != _LOCK_LENGTH or not set(text) <= set("0123456789abcdef"):
        raise ValueError(f"lock got {quote(text)}; it takes {_LOCK_LENGTH} of the characters 0-9 and a-f.")
    return text


def parse_key(text: str, lock: str) -> str:
    """Return the key of a lock; raises ValueError for any other text, without repeating it."""
    if len(text) > _LONGEST_KEY or not opens(text, lock):
        raise ValueError("key got a text that does not open this exercise; its answers stay closed.")
    return text
