"""Handing over all open work of somebody who leaves or goes away, at one stroke."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.dispatch.actions import pass_on_order
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.models import Role, User, the_house
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.servicedesk.handover.reports import OpenWork, open_work
from houqin.servicedesk.models import STAFF, Request, Supervision
from houqin.servicedesk.reports import may_be_told


@transaction.atomic
def hand_over(
    actor: User,
    person: User,
    *,
    orders: User | None = None,
    requests: User | None = None,
    supervisions: User | None = None,
    reason: str = "",
) -> int:
    """Give what `person` has in hand to one successor for each kind; how many things changed hands.

    One's own work anybody may hand over, that of others the desk. All of it or nothing. Raises NotAllowed,
    and Refused for a successor who cannot do it and when there is nothing to hand over.
    """
    if actor.pk != person.pk:
        require(actor, STAFF)
    for successor in filter(None, (orders, requests, supervisions)):
        _check(person, successor)
    if supervisions and Role.MANAGER not in supervisions.role_codes():
        raise Refused(_("%(name)s 不是后勤主管，不能接督办。") % {"name": supervisions})
    moved = _move(actor, open_work(actor, person), orders, requests, supervisions, reason)
    if not moved:
        raise Refused(_("没有可以交接的事，或者没有选接手的人。"))
    record(actor, "user.handed_over", person, at=now(), count=moved, reason=reason)
    return moved


def _check(person: User, successor: User) -> None:
    if successor.pk == person.pk:
        raise Refused(_("请选另一个人接手。"))
    if not may_be_told(successor):
        raise Refused(_("%(name)s 不参与业务，不能接手。") % {"name": successor})


def _move(
    actor: User,
    work: OpenWork,
    orders: User | None,
    requests: User | None,
    supervisions: User | None,
    reason: str,
) -> int:
    moved = 0
    for order in work.orders if orders else ():
        assert orders is not None
        pass_on_order(actor, order, executor=orders, reason=reason)
        moved += 1
    for request in work.requests if requests else ():
        assert requests is not None
        _pass_request(actor, request, requests, reason)
        moved += 1
    for supervision in work.supervisions if supervisions else ():
        assert supervisions is not None
        _pass_supervision(actor, supervision, supervisions, reason)
        moved += 1
    return moved


def _pass_request(actor: User, request: Request, to: User, reason: str) -> None:
    """Who signs for it from now on. The department that asked stays the same."""
    was = request.requester
    Request.FLOW.take("pass_on", the_house(), request, requester=to)
    request.watchers.filter(user=to).delete()
    record(actor, "request.passed_on", request, at=now(), reason=reason, **_between(was, to))


def _pass_supervision(actor: User, supervision: Supervision, to: User, reason: str) -> None:
    was = supervision.by
    Supervision.objects.open().filter(pk=supervision.pk).update(by=to)
    said = _between(was, to)
    record(actor, "request.supervision_passed_on", supervision.request, at=now(), reason=reason, **said)


def _between(was: User, to: User) -> dict[str, Any]:
    return {"to": str(to), "was": str(was), "people": [to.pk]}
