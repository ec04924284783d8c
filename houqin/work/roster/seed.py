"""What a house has before anybody has entered anything."""

from __future__ import annotations

from datetime import time

from houqin.work.roster.models import ShiftPattern

# The hours of the shifts that a house begins with; every one of them can be changed.
PATTERNS = (
    ("早", "早班", time(7, 0), time(15, 0), False),
    ("白", "白班", time(8, 0), time(17, 30), False),
    ("晚", "晚班", time(14, 30), time(22, 30), False),
    ("夜", "夜班", time(22, 30), time(7, 0), False),
    ("值", "值班", time(8, 0), time(8, 0), True),
)


def seed_patterns() -> None:
    """Enter the patterns of shifts that are not there yet; twice changes nothing."""
    for letter, name, starts, ends, on_call in PATTERNS:
        defaults = {"name": name, "starts": starts, "ends": ends, "on_call": on_call}
        ShiftPattern.objects.get_or_create(letter=letter, defaults=defaults)
