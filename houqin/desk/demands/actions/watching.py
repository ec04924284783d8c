"""抄送: who is told of a demand beside those who asked for it and those who do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.demands.models import Demand, Watcher
from houqin.desk.demands.reports import may_be_told
from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now


@transaction.atomic
def copy_demand(
    actor: User, demand: Demand, *, people: Sequence[User] = (), dropped: Sequence[User] = ()
) -> None:
    """Let `people` read it and hear of it from now on, and `dropped` no longer. Raises Refused for somebody
    who may not be told, and when nothing would change."""
    at = now()
    Demand.FLOW.check("copy", actor, demand)
    for person in people:
        if not may_be_told(person):
            raise Refused(_("%(name)s 不参与业务，不能抄送。") % {"name": person})
    new = let_watch(demand, people, Watcher.Why.COPIED)
    gone = list(demand.watchers.filter(user__in=dropped).select_related("user"))
    if not new and not gone:
        raise Refused(_("抄送名单没有变化。"))
    demand.watchers.filter(pk__in=[entry.pk for entry in gone]).delete()
    if new:
        facts = {"to": _names(new), "people": [entry.pk for entry in new]}
        Demand.FLOW.take("copy", actor, demand, at=at, facts=facts)
    if gone:
        facts = {"to": _names([entry.user for entry in gone])}
        Demand.FLOW.take("copy", actor, demand, at=at, event="uncopied", facts=facts)


@transaction.atomic
def leave_demand(actor: User, demand: Demand) -> None:
    """Stop watching it."""
    Demand.FLOW.take("leave", actor, demand, facts={"to": actor.name})
    demand.watchers.filter(user__in=actor.faces).delete()


def let_watch(demand: Demand, people: Iterable[User], why: str) -> list[User]:
    """Write `people` down as watchers; those who are new to it. Who asked for it needs no copy, and who
    cannot sign in (the house, the guest) has no use for one."""
    known = set(demand.watchers.values_list("user_id", flat=True)) | {demand.requester_id}
    new = list(
        {
            colleague.pk: colleague
            for colleague in people
            if colleague.pk not in known and colleague.is_active
        }.values()
    )
    rows = [Watcher(demand=demand, user=person, why=why) for person in new]
    Watcher.objects.bulk_create(rows, ignore_conflicts=True)
    return new


def _names(people: Iterable[User]) -> str:
    return _("、").join(str(person) for person in people)
