"""The fault language of the house: the codes that executors choose from."""

from __future__ import annotations

from houqin.work.orders.catalogue import FAULTS
from houqin.work.orders.models import FaultCode
from houqin.work.teams.models import Skill


def seed_fault_codes() -> None:
    """The codes that every house begins with, for the trades that it has; edited ones stay as they are."""
    skills = {skill.code: skill for skill in Skill.objects.all()}
    for (kind, trade), codes in FAULTS.items():
        if trade and trade not in skills:
            continue
        for code, name in codes.items():
            defaults = {"kind": kind, "name": name, "skill": skills.get(trade)}
            FaultCode.objects.get_or_create(code=code, defaults=defaults)
