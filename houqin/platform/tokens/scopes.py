"""What a token may be good for. Each area of the API is named by the app that answers there."""

from __future__ import annotations

from houqin.kernel.registry import Registered, Registry, Text


class Scope(Registered):
    """One scope, such as `demands:read`."""

    @property
    def area(self) -> str:
        return self.code.partition(":")[0]


SCOPES: Registry[Scope] = Registry("scopes of tokens")
# Areas that open what leaves the house: only for those who run it, whatever they may see.
OUTGOING: set[str] = set()


def register_area(
    area: str, order: int, *, read: Text, write: Text = "", outgoing: bool = False
) -> None:
    """Add `area:read` and, where something can be done there, `area:write`, from `access.py`."""
    SCOPES.register(Scope(f"{area}:read", read, order))
    if write:
        SCOPES.register(Scope(f"{area}:write", write, order + 1))
    if outgoing:
        OUTGOING.add(area)
