"""Work that changes hands as it stands, because whoever had it leaves or goes away."""

from __future__ import annotations

from django.db import transaction

from houqin.kernel.people.models import User, the_house
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Team


@transaction.atomic
def pass_on_order(actor: User, order: WorkOrder, *, executor: User, reason: str = "") -> None:
    """`executor` has it from now on, in the state that it is in: nothing is accepted anew, no clock moves.

    Whether `actor` may do that is the rule of the action that calls this one.
    """
    lost = order.executor
    theirs = Team.objects.filter(crew__user=executor)
    team = theirs.filter(pk=order.team_id or 0).first() or theirs.order_by("pk").first()
    WorkOrder.FLOW.take(
        "pass_on",
        the_house(),
        order,
        named=actor,
        facts={
            "reason": reason,
            "to": str(executor),
            "was": str(lost or ""),
            "lost": lost.pk if lost else None,
        },
        executor=executor,
        team=team,
    )
