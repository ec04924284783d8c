"""What passes to a successor at the desk: demands, answers that a manager waits for, and standing in for
somebody who is away."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.models import STAFF, Demand, Supervision
from houqin.kernel.errors import Refused
from houqin.kernel.people.handover import Handing, hand
from houqin.kernel.people.models import Absence, Role, User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.ui.account.preferences import substitutes_for
from houqin.ui.formatting import moment


def _demands(person: User) -> QuerySet[Any]:
    return Demand.objects.open().filter(requester=person).select_related("place").order_by("pk")


def _pass_demand(actor: User, demand: Demand, *, to: User, reason: str) -> None:
    """Who signs for it from now on. The department that asked stays the same."""
    facts = _between(demand.requester, to) | {"reason": reason}
    Demand.FLOW.take("pass_on", the_house(), demand, named=actor, facts=facts, requester=to)
    demand.watchers.filter(user=to).delete()


def _supervisions(person: User) -> QuerySet[Any]:
    return (
        Supervision.objects.open().filter(by=person).select_related("demand", "by").order_by("pk")
    )


def _pass_supervision(actor: User, supervision: Supervision, *, to: User, reason: str) -> None:
    Supervision.objects.open().filter(pk=supervision.pk).update(by=to)
    facts = _between(supervision.by, to)
    record(
        actor, "demand.supervision_passed_on", supervision.demand, at=now(), reason=reason, **facts
    )


def _no_manager(to: User) -> str:
    fits = Role.MANAGER in to.role_codes()
    return "" if fits else _now("%(name)s 不是后勤主管，不能接督办。") % {"name": to}


def _substitutions(person: User) -> QuerySet[Any]:
    standing = Absence.objects.filter(substitute=person, ends_at__gt=now())
    return standing.select_related("user", "substitute").order_by("starts_at", "pk")


@transaction.atomic
def pass_on_substitution(actor: User, absence: Absence, *, to: User, reason: str = "") -> None:
    """`to` stands in instead. Raises Refused for somebody whom the one who is away could not have chosen: to
    stand in for somebody is to hold their roles."""
    away, was = absence.user, absence.substitute
    if not substitutes_for(away).filter(pk=to.pk).exists():
        facts = {"name": to, "away": away}
        raise Refused(_now("%(name)s 不能代理 %(away)s：要同一部门，或者担任同样的角色。") % facts)
    absence.substitute = to
    absence.save(update_fields=["substitute"])
    facts = _between(was, to) | {"people": [to.pk, away.pk]}
    record(actor, "user.substitute_changed", away, at=now(), reason=reason, **facts)


def _everywhere(actor: User) -> Q:
    """Who holds whose roles is for those who run the whole house."""
    return ~Q(pk__in=[]) if Role.MANAGER in actor.roles_at(None) else Q(pk__in=[])


def _standing_in(absence: Absence) -> tuple[str, str]:
    at = now()
    values = {
        "who": absence.user,
        "start": moment(absence.starts_at, at),
        "end": moment(absence.ends_at, at),
    }
    return "", _now("代理 %(who)s，%(start)s 至 %(end)s") % values


def _between(was: User, to: User) -> dict[str, Any]:
    return {"to": str(to), "was": str(was), "people": [to.pk]}


hand(
    Handing(
        "demands",
        _("发起的需求"),
        _("由谁代为跟进和验收需求"),
        _demands,
        lambda actor: actor.reach(STAFF, place="place"),
        _pass_demand,
        lambda demand: (demand.get_absolute_url(), f"{demand} {demand.title}"),
    )
)
hand(
    Handing(
        "supervisions",
        _("等答复的督办"),
        _("督办交给"),
        _supervisions,
        lambda actor: actor.reach({Role.MANAGER}, place="demand__place"),
        _pass_supervision,
        lambda supervision: (
            supervision.demand.get_absolute_url(),
            f"{supervision} {supervision.ask}",
        ),
        _no_manager,
    )
)
hand(
    Handing(
        "substitutions",
        _("代理"),
        _("代理交给"),
        _substitutions,
        _everywhere,
        pass_on_substitution,
        _standing_in,
    )
)
