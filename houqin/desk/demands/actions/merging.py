"""One problem, reported twice: the second report is merged into the first, and its requester follows that."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.demands.actions.watching import let_watch
from houqin.desk.demands.models import STAFF, Demand, Watcher
from houqin.kernel.clock.actions import cancel_clocks
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record


@transaction.atomic
def merge_demand(actor: User, demand: Demand, *, into: Demand) -> None:
    """End `demand` without a result: from now on its requester and its watchers watch `into`.

    Raises Refused when `into` is the same one or has ended, NotAllowed where the actor does not review.
    """
    at = now()
    Demand.FLOW.check("merge", actor, demand)
    kept = _locked(demand, into)
    require(actor, STAFF, kept.place)
    facts = {"into": kept.number, "into_title": kept.title}
    Demand.FLOW.take("merge", actor, demand, at=at, facts=facts, merged_into=kept)
    cancel_clocks(demand, at=at)
    followers = [
        demand.requester,
        *(watcher.user for watcher in demand.watchers.select_related("user")),
    ]
    let_watch(kept, followers, Watcher.Why.MERGED)
    record(actor, "demand.joined", kept, at=at, number=demand.number, who=demand.asker)


def _locked(demand: Demand, into: Demand) -> Demand:
    """`into` as it is now, held together with `demand` until the end: of two that are merged into each
    other at one moment, and of a merging and an ending, one comes first and the other one sees it."""
    if demand.pk == into.pk:
        raise Refused(_("不能并入自己，请选另一件。"))
    both = Demand.objects.select_for_update(of=("self",)).filter(pk__in=[demand.pk, into.pk])
    kept = {row.pk: row for row in both.order_by("pk")}[into.pk]
    if kept.status not in Demand.OPEN:
        values = {"thing": kept, "state": kept.get_status_display()}
        raise Refused(_("%(thing)s 已经是“%(state)s”，不能再并入；请选一件还没办结的。") % values)
    return kept
