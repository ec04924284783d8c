"""Giving work: to a team or a person, to somebody else, or to nobody any more."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from houqin.dispatch.models import Skill, Team, WorkOrder
from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record

UNARRIVED = {"arrived_at": None, "arrived_by_code": False}  # somebody else has to come anew


@transaction.atomic
def offer_order(actor: User, subject: models.Model, *, title: str, place: Place, **given: Any) -> WorkOrder:
    """Give work to a person or a team (`executor`, `team`), for `skill`, with a `reason` to remember.

    Who may do that is the rule of the subject, whose action calls this one. Raises Refused when nobody is
    named. A person without a `team` does it for the first team they are in, if any.
    """
    at = given.pop("at", None) or now()
    reason = given.pop("reason", "")
    team, executor = _takers(given.pop("team", None), given.pop("executor", None))
    order = WorkOrder(number=next_number("GD", at), title=title, place=place, offered_at=at, **given)
    order.team, order.executor = team, executor
    order.subject_type = ContentType.objects.get_for_model(subject)
    order.subject_id = subject.pk
    order.save(force_insert=True)
    record(actor, "order.offered", order, at=at, to=str(executor or team), reason=reason)
    return order


@transaction.atomic
def reassign_order(
    actor: User, order: WorkOrder, *, executor: User | None = None, team: Team | None = None, reason: str
) -> None:
    """Give an order that has not been finished to somebody else; they have to accept it anew."""
    at = now()
    lost = order.executor_id
    team, executor = _takers(team, executor)
    WorkOrder.FLOW.take("reassign", actor, order, executor=executor, team=team, hold_stops=False, **UNARRIVED)
    record(actor, "order.reassigned", order, at=at, to=str(executor or team), reason=reason, lost=lost)


@transaction.atomic
def cancel_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    at = now()
    WorkOrder.FLOW.take("cancel", actor, order)
    record(actor, "order.cancelled", order, at=at, reason=reason)


def _takers(team: Team | None, executor: User | None) -> tuple[Team | None, User | None]:
    if executor is None and team is None:
        raise Refused(_("请选择派给哪个班组或哪个人。"))
    if executor is not None and team is None:
        team = Team.objects.filter(crew__user=executor).order_by("pk").first()
    return team, executor


def skill_of(code: str) -> Skill | None:
    """The skill that a catalogue entry asks for, if it asks for one."""
    return Skill.objects.filter(code=code).first() if code else None
