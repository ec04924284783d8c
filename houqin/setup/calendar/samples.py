"""The schedule of a cast, and one day of it."""

from __future__ import annotations

from typing import Any

from houqin.kernel.worktime.models import Schedule


def schedule(cast: Any) -> dict[str, int]:
    return {"schedule": Schedule.objects.get().pk}


def year(cast: Any) -> dict[str, int]:
    return schedule(cast) | {"year": 2026}


def day(cast: Any) -> dict[str, int]:
    return year(cast) | {"month": 11, "day": 23}


def place(cast: Any) -> dict[str, int]:
    return schedule(cast) | {"place": cast.near.pk}
