"""What happens too often is counted; who goes on has to wait.

The counts live in the cache: with several web processes and no shared cache each of them counts for itself.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True)
class Attempts:
    """At most `most` of one kind within `window` seconds of the first, counted apart for each `who`: any
    strings, of which only a hash is kept."""

    kind: str
    most: int
    window: int

    def exhausted(self, *who: str) -> bool:
        return int(cache.get(self._key(who), 0)) >= self.most

    def count(self, *who: str) -> None:
        key = self._key(who)
        cache.add(key, 0, self.window)
        try:
            cache.incr(key)
        except ValueError:  # it ran out between the two lines
            cache.set(key, 1, self.window)

    def forget(self, *who: str) -> None:
        """Start the count anew."""
        cache.delete(self._key(who))

    def _key(self, who: tuple[str, ...]) -> str:
        said = "\n".join(one.casefold() for one in who).encode()
        return f"{self.kind}:{hashlib.sha256(said).hexdigest()}"
