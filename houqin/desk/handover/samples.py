"""Whose work is handed over, of a cast of people."""

from __future__ import annotations

from typing import Any

from houqin.kernel.people.models import User


def technician(cast: Any) -> User:
    person: User = cast.wang
    return person


def never_happened(cast: Any) -> dict[str, Any]:
    return {"username": cast.wang.username, "pk": 1}
