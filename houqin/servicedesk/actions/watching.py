"""抄送: who is told of a request beside those who asked for it and those who do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.servicedesk.models import Request, Watcher
from houqin.servicedesk.reports import may_be_told


@transaction.atomic
def copy_request(
    actor: User, request: Request, *, people: Sequence[User] = (), dropped: Sequence[User] = ()
) -> None:
    """Let `people` read it and hear of it from now on, and `dropped` no longer. Raises Refused for somebody
    who may not be told, and when nothing would change."""
    at = now()
    Request.FLOW.check("copy", actor, request)
    for person in people:
        if not may_be_told(person):
            raise Refused(_("%(name)s 不参与业务，不能抄送。") % {"name": person})
    new = let_watch(request, people, Watcher.Why.COPIED)
    gone = list(request.watchers.filter(user__in=dropped).select_related("user"))
    if not new and not gone:
        raise Refused(_("抄送名单没有变化。"))
    request.watchers.filter(pk__in=[one.pk for one in gone]).delete()
    if new:
        record(actor, "request.copied", request, at=at, to=_names(new), people=[one.pk for one in new])
    if gone:
        record(actor, "request.uncopied", request, at=at, to=_names([one.user for one in gone]))


@transaction.atomic
def leave_request(actor: User, request: Request) -> None:
    """Stop watching it."""
    at = now()
    Request.FLOW.check("leave", actor, request)
    request.watchers.filter(user__in=actor.faces).delete()
    record(actor, "request.uncopied", request, at=at, to=actor.name)


def let_watch(request: Request, people: Iterable[User], why: str) -> list[User]:
    """Write `people` down as watchers; those who are new to it. Who asked for it needs no copy, and who
    cannot sign in (the house, the guest) has no use for one."""
    known = set(request.watchers.values_list("user_id", flat=True)) | {request.requester_id}
    new = list({one.pk: one for one in people if one.pk not in known and one.is_active}.values())
    rows = [Watcher(request=request, user=person, why=why) for person in new]
    Watcher.objects.bulk_create(rows, ignore_conflicts=True)
    return new


def _names(people: Iterable[User]) -> str:
    return _("、").join(str(person) for person in people)
