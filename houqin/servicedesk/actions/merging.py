"""One problem, reported twice: the second report is merged into the first, and its requester follows that."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.clock.actions import cancel_clocks
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.servicedesk.actions.watching import let_watch
from houqin.servicedesk.models import STAFF, Request, Watcher


@transaction.atomic
def merge_request(actor: User, request: Request, *, into: Request) -> None:
    """End `request` without a result: from now on its requester and its watchers watch `into`.

    Raises Refused when `into` is the same one or has ended, NotAllowed where the actor does not review.
    """
    at = now()
    Request.FLOW.check("merge", actor, request)
    kept = _locked(request, into)
    require(actor, STAFF, kept.place)
    Request.FLOW.take("merge", actor, request, merged_into=kept)
    cancel_clocks(request, at=at)
    followers = [request.requester, *(one.user for one in request.watchers.select_related("user"))]
    let_watch(kept, followers, Watcher.Why.MERGED)
    record(actor, "request.merged", request, at=at, into=kept.number, into_title=kept.title)
    record(actor, "request.joined", kept, at=at, number=request.number, who=request.asker)


def _locked(request: Request, into: Request) -> Request:
    """`into` as it is now, held together with `request` until the end: of two that are merged into each
    other at one moment, and of a merging and an ending, one comes first and the other one sees it."""
    if request.pk == into.pk:
        raise Refused(_("不能并入自己，请选另一件。"))
    both = Request.objects.select_for_update(of=("self",)).filter(pk__in=[request.pk, into.pk])
    kept = {one.pk: one for one in both.order_by("pk")}[into.pk]
    if kept.status not in Request.OPEN:
        said = {"thing": kept, "state": kept.get_status_display()}
        raise Refused(_("%(thing)s 已经是“%(state)s”，不能再并入；请选一件还没办结的。") % said)
    return kept
