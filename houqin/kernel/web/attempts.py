"""Failed sign-ins are counted for each account and address; who guesses on has to wait.

The count lives in the cache: with several web processes and no shared cache each of them counts for itself.
"""

from __future__ import annotations

import hashlib
from typing import Final

from django.core.cache import cache

MOST: Final = 10
WINDOW: Final = 600  # seconds, from the first failure on


def blocked(username: str, address: str) -> bool:
    """Whether this account may not be tried from this address for now, whatever the password."""
    return int(cache.get(_key(username, address), 0)) >= MOST


def count_failure(username: str, address: str) -> None:
    key = _key(username, address)
    cache.add(key, 0, WINDOW)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, WINDOW)


def forget(username: str, address: str) -> None:
    """Start the count anew: the right password was given."""
    cache.delete(_key(username, address))


def _key(username: str, address: str) -> str:
    said = f"{username.casefold()}\n{address}".encode()
    return f"signin:{hashlib.sha256(said).hexdigest()}"
