"""What a rule does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from houqin.desk.demands.actions import dispatch_demand
from houqin.desk.demands.models import Demand
from houqin.desk.demands.reports import proposals_for
from houqin.desk.rules.models import DispatchRule
from houqin.kernel.people.models import Role, the_house, with_substitutes
from houqin.work.roster.models import duty_officers

EDITS = {Role.MANAGER}  # everywhere: a rule may hold for every place
Gives = DispatchRule.Gives


@transaction.atomic
def apply_rules(demand: Demand, at: datetime) -> DispatchRule | None:
    """Give the demand out by the first rule that fits it and finds somebody; which one that was.

    The house does it, and the order's first event says by which rule.
    """
    for rule in fitting(demand):
        taker = _taker(rule, demand, at)
        if taker:
            reason = _("按规则“%(rule)s”自动派工") % {"rule": rule}
            dispatch_demand(the_house(), demand, reason=reason, **taker)
            return rule
    return None


def fitting(demand: Demand) -> list[DispatchRule]:
    """The active rules that hold for the demand, in their order."""
    fits = Q(line__in=["", demand.entry.category.line_code], grade__in=["", demand.grade])
    fits &= Q(entry=None) | Q(entry=demand.entry_id)
    fits &= Q(place=None) | Q(place__path__in=demand.place.ancestor_paths())
    return list(DispatchRule.objects.filter(fits, active=True).select_related("team"))


def _taker(rule: DispatchRule, demand: Demand, at: datetime) -> dict[str, Any]:
    """Who gets it by `rule`, as arguments of `dispatch_demand`; nothing where nobody is there."""
    if rule.gives == Gives.TEAM:
        return {"team": rule.team} if rule.team and rule.team.active else {}
    if rule.gives == Gives.BEST:
        best = next((proposal for proposal in proposals_for(demand, at) if proposal.fits), None)
        return {"executor": best.user, "team": best.member.team} if best else {}
    officers = with_substitutes(duty_officers(demand.place, at), at)
    return {"executor": officers[0]} if officers else {}
