"""The standard that is in force for a cast."""

from __future__ import annotations

from typing import Any

from houqin.kernel.clock.models import Standard


def in_force(cast: Any) -> Standard:
    return Standard.objects.get()
