"""What stands beside a demand: who watches it, what was merged into it, what a manager wants to know."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from houqin.desk.demands.models import STAFF, Demand
from houqin.kernel.people.models import User
from houqin.shared.approvals.models import Approval


def beside(demand: Demand, user: User, roles: Set[str]) -> dict[str, Any]:
    """A part of the card's context; a constant number of queries."""
    supervisions = list(demand.supervisions.select_related("by").order_by("-pk")[:1])
    watchers = list(demand.watchers.select_related("user").order_by("user__name", "pk"))
    joined = demand.merged.select_related("requester").order_by("pk")
    asked = Approval.objects.of(demand).with_all().visible_to(user).order_by("-pk")
    return {
        "approval": asked.first() if demand.entry.needs_approval else None,
        "watchers": watchers,
        "joined": list(joined),
        "readable": set(joined.visible_to(user).values_list("pk", flat=True)),
        "supervision": supervisions[0] if supervisions and demand.supervised else None,
        "may_copy": bool(Demand.FLOW["copy"].by & roles),
        "reached_by_phone": bool(demand.caller and STAFF & roles),
        "watching": any(watcher.user_id in user.faces for watcher in watchers),
    }
