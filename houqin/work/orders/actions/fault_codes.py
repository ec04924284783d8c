"""The fault language of the house: the codes that executors choose from."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.work.orders.catalogue import FAULTS
from houqin.work.orders.models import RUNS_WORK, FaultCode
from houqin.work.teams.models import Skill


@transaction.atomic
def add_fault_code(
    actor: User, *, kind: str, code: str, name: str, skill: Skill | None
) -> FaultCode:
    """A new code for one trade, or for every trade where `skill` is None."""
    require(actor, RUNS_WORK)
    fault = FaultCode.objects.create(kind=kind, code=code, name=name, skill=skill)
    record(actor, "fault.added", fault, at=now(), code=code, fault=name)
    return fault


@transaction.atomic
def change_fault_code(actor: User, fault: FaultCode, *, name: str, active: bool) -> None:
    """Another name for a code, or taking it out of use; what was written with it keeps it."""
    require(actor, RUNS_WORK)
    fault.name, fault.active = name, active
    fault.save(update_fields=["name", "active"])
    record(actor, "fault.changed", fault, at=now(), code=fault.code, fault=name, active=active)


@transaction.atomic
def remove_fault_code(actor: User, fault: FaultCode) -> None:
    """Take away a code that nobody has written with yet. Raises Refused for another one."""
    require(actor, RUNS_WORK)
    try:
        fault.delete()
    except ProtectedError as error:
        raise Refused(_("“%(name)s”已经用过，不能撤回。") % {"name": fault}) from error


def seed_fault_codes() -> None:
    """The codes that every house begins with, for the trades that it has; edited ones stay as they are."""
    skills = {skill.code: skill for skill in Skill.objects.all()}
    for (kind, trade), codes in FAULTS.items():
        if trade and trade not in skills:
            continue
        for code, name in codes.items():
            given = {"kind": kind, "name": name, "skill": skills.get(trade)}
            FaultCode.objects.get_or_create(code=code, defaults=given)
