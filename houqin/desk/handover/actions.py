"""Handing over all open work of somebody who leaves or goes away, at one stroke; and taking it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.desk.demands.models import STAFF
from houqin.desk.demands.reports import may_be_told
from houqin.desk.handover.reports import InHand, lately, open_work
from houqin.kernel.errors import Refused
from houqin.kernel.people.actions import require
from houqin.kernel.people.handover import HANDINGS, Handing
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.kernel.trail.models import Event


@transaction.atomic
def hand_over(
    actor: User,
    person: User,
    *,
    successors: Mapping[str, User],
    left: Mapping[str, Collection[int]] | None = None,
    reason: str = "",
) -> int:
    """Give what `person` has in hand to one successor for each kind, but for what is `left` (keys by kind);
    how many things changed hands.

    One's own work anybody may hand over, that of others the desk. All of it or nothing. Raises NotAllowed,
    and Refused for a successor who cannot do it and when there is nothing to hand over.
    """
    if actor.pk != person.pk:
        require(actor, STAFF)
    moved: list[tuple[str, int, int]] = []
    for part in open_work(actor, person).parts:
        if to := successors.get(part.kind.key):
            _check(person, to, part.kind)
            kept = (left or {}).get(part.kind.key, ())
            moved += _pass_on(actor, part, to, kept, reason)
    if not moved:
        raise Refused(_("没有可以交接的事，或者没有选接手的人。"))
    facts: dict[str, Any] = {"things": moved, "people": sorted({to for _key, _pk, to in moved})}
    record(actor, "user.handed_over", person, at=now(), count=len(moved), reason=reason, **facts)
    return len(moved)


def _check(person: User, successor: User, kind: Handing) -> None:
    if successor.pk == person.pk:
        raise Refused(_("请选另一个人接手。"))
    if not may_be_told(successor):
        raise Refused(_("%(name)s 不参与业务，不能接手。") % {"name": successor})
    if why := kind.unfit(successor):
        raise Refused(why)


def _pass_on(
    actor: User, part: InHand, to: User, kept: Collection[int], reason: str
) -> list[tuple[str, int, int]]:
    """All of `part` but what is `kept`; kind, key and new holder of each thing that moved."""
    moved = []
    for thing in part.things:
        if thing.pk not in kept:
            part.kind.pass_on(actor, thing, to=to, reason=reason)
            moved.append((part.kind.key, thing.pk, to.pk))
    return moved


@transaction.atomic
def take_back(actor: User, person: User, event: Event) -> int:
    """Give back to `person` what `event` handed over and the successor still has; how many things that were.

    Raises NotAllowed as `hand_over`, and Refused when that was done already or nothing is left of it.
    """
    if actor.pk != person.pk:
        require(actor, STAFF)
    if event not in lately(person):
        raise Refused(_("这次交接已经撤销过，或者太久了。"))
    if not may_be_told(person):
        raise Refused(_("%(name)s 不参与业务，不能接手。") % {"name": person})
    count = 0
    for key, pk, holder in event.facts["things"]:
        for thing in _still_there(actor, person, key, pk, holder):
            HANDINGS[key].pass_on(actor, thing, to=person, reason=_("撤销交接"))
            count += 1
    if not count:
        raise Refused(_("交出去的都已经办完或者又转给了别人，没有可以收回的。"))
    people = event.facts["people"]
    record(actor, "user.taken_back", person, at=now(), count=count, of=event.pk, people=people)
    return count


def _still_there(actor: User, person: User, key: str, pk: int, holder: int) -> list[Any]:
    """The thing, while the successor has it and `actor` may move it."""
    kind, successor = HANDINGS.get(key), User.objects.filter(pk=holder).first()
    if kind is None or successor is None:
        return []
    things = kind.of(successor).filter(pk=pk)
    return list(things if actor.pk == person.pk else things.filter(kind.reach(actor)))
