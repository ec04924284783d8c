"""Who is asked: which chain fits a matter, and the people of each of its steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from houqin.kernel.people.models import Absence, Department, Role, RoleGrant, User, holders
from houqin.shared.approvals.kinds import KINDS, PERSON, ROLE, Matter, StepRule
from houqin.shared.approvals.models import Chain


def chain_for(matter: Matter) -> Chain | None:
    """The first active chain that fits; None where none does."""
    amount = matter.amount_fen or 0
    fits = Q(kind=matter.kind, active=True, min_fen__lte=amount, category__in=["", matter.category])
    fits &= Q(below_fen=None) | Q(below_fen__gt=amount)
    fits &= Q(place=None) | Q(place__path__in=matter.place.ancestor_paths() if matter.place else [])
    above = [department.pk for department in _upwards(matter.owner.department)]
    return Chain.objects.filter(fits, Q(department=None) | Q(department__in=above)).first()


def rules_for(matter: Matter, chain: Chain | None) -> list[StepRule]:
    """The steps that this case takes: those of the chain, or the usual ones of its kind."""
    rules = chain.rules if chain else KINDS[matter.kind].usual
    return [rule for rule in rules if rule.from_fen <= (matter.amount_fen or 0)]


def people_for(rule: StepRule, matter: Matter, at: datetime) -> list[User]:
    """Who is asked at a step. Nobody is asked about their own, nor who stands in for an approver then:
    where nobody is left the superior of the owner is asked, and where there is none nobody."""
    if rule.who == ROLE:
        asked = _free(holders({rule.role}, matter.place), matter, at)
    elif rule.who == PERSON:
        asked = _free(User.objects.filter(pk=rule.person, is_active=True), matter, at)
    else:
        asked = []
    return asked or _superiors(matter, at)


def _superiors(matter: Matter, at: datetime) -> list[User]:
    """The heads of the owner's department, or of the nearest one above it that has another head."""
    for department in _upwards(matter.owner.department):
        grants = RoleGrant.objects.in_force(at).filter(role=Role.HEAD, department=department)
        heads = User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("pk")
        if free := _free(heads, matter, at):
            return free
    return []


def _upwards(department: Department | None) -> list[Department]:
    return (
        [department, *reversed(Department.objects.get_ancestors(department))] if department else []
    )


def _free(people: Iterable[User], matter: Matter, at: datetime) -> list[User]:
    """Those of `people` who neither own it nor are stood in for by who does."""
    away = Absence.objects.filter(substitute__in=matter.own, starts_at__lte=at, ends_at__gt=at)
    barred = matter.own | set(away.values_list("user_id", flat=True))
    return [person for person in people if person.pk not in barred]
