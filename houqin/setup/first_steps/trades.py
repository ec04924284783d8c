"""The trades that the catalogue asks for, by name: what a new house starts with."""

from __future__ import annotations

from typing import Final

from houqin.work.teams.models import Skill

# Those that the entries of our service lines ask for.
TRADES: Final = {
    "plumbing": "水暖", "electrical": "电工", "hvac": "暖通", "lift": "电梯", "carpentry": "木工",
    "weak_current": "弱电", "cleaning": "保洁", "greening": "绿化", "security": "安保", "fire": "消防",
}  # fmt: skip


def seed_trades() -> None:
    """Add the trades that are missing; those that are there keep their names."""
    for code, name in TRADES.items():
        Skill.objects.get_or_create(code=code, defaults={"name": name})
