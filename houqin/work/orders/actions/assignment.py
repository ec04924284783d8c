"""Giving work: to a team or a person, to somebody else, or to nobody any more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Skill, Team

S = WorkOrder.Status
ANEW = {
    "hold_stops": False,
    "arrived_at": None,
    "arrived_by_code": False,
}  # whoever takes it over begins anew


@transaction.atomic
def offer_order(
    actor: User, subject: models.Model, *, title: str, place: Place, **given: Any
) -> WorkOrder:
    """Give work to a person or a team (`executor`, `team`), for `skill`, with a `reason` to remember.

    Who may do that is the rule of the subject, whose action calls this one. Raises Refused when nobody is
    named. A person without a `team` does it for the first team they are in, if any. With `after`, an order
    of the same subject, it waits until that one is done.
    """
    at = given.pop("at", None) or now()
    reason = given.pop("reason", "")
    team, executor = _takers(given.pop("team", None), given.pop("executor", None))
    order = WorkOrder(
        number=next_number("GD", at), title=title, place=place, offered_at=at, **given
    )
    order.team, order.executor = team, executor
    order.subject_type = ContentType.objects.get_for_model(subject)
    order.subject_id = subject.pk
    waits = order.after is not None and order.after.status in WorkOrder.OPEN
    order.status = S.WAITING if waits else S.OFFERED
    order.save(force_insert=True)
    told = {"to": str(executor or team), "reason": reason}
    if waits:
        record(actor, "order.queued", order, at=at, after=str(order.after), **told)
    else:
        record(actor, "order.offered", order, at=at, **told)
    return order


@transaction.atomic
def reassign_order(
    actor: User,
    order: WorkOrder,
    *,
    executor: User | None = None,
    team: Team | None = None,
    reason: str,
) -> None:
    """Give an order that has not been finished to somebody else; they have to accept it anew."""
    _reassign(actor, order, team, executor, reason, now())


def _reassign(
    actor: User,
    order: WorkOrder,
    team: Team | None,
    executor: User | None,
    reason: str,
    at: datetime,
    **plan: Any,
) -> None:
    lost = order.executor_id
    team, executor = _takers(team, executor)
    WorkOrder.FLOW.take("reassign", actor, order, executor=executor, team=team, **ANEW, **plan)
    record(
        actor, "order.reassigned", order, at=at, to=str(executor or team), reason=reason, lost=lost
    )


@transaction.atomic
def hand_over_order(actor: User, order: WorkOrder, *, executor: User, reason: str = "") -> None:
    """The executor passes the order on to a colleague of a team they share, who has to accept it anew.

    Raises Refused for anybody else: what leaves the team goes through the dispatcher.
    """
    at = now()
    shared = Team.objects.filter(crew__user=order.executor_id).filter(crew__user=executor)
    team = shared.filter(pk=order.team_id or 0).first() or shared.order_by("pk").first()
    if team is None or executor.pk == order.executor_id:
        raise Refused(_("只能转给同班组的同事；要派给别的班组，请退回派工。"))
    WorkOrder.FLOW.take("hand_over", actor, order, executor=executor, team=team, **ANEW)
    record(actor, "order.handed_over", order, at=at, to=str(executor), reason=reason)


@transaction.atomic
def ask_help(actor: User, order: WorkOrder, *, need: str) -> None:
    """Tell the lead that one pair of hands is not enough; `need` says what for."""
    at = now()
    WorkOrder.FLOW.take("ask_help", actor, order, help_wanted=need)
    record(actor, "order.help_wanted", order, at=at, need=need)


@transaction.atomic
def send_help(
    actor: User, order: WorkOrder, *, executor: User | None = None, team: Team | None = None
) -> WorkOrder:
    """Give somebody a helping order beside `order`; it has its own labour and result and holds nothing up."""
    at = now()
    if executor is not None and executor.pk == order.executor_id:
        raise Refused(_("这件就是他在做，请选另一个人去帮忙。"))
    need = order.help_wanted
    WorkOrder.FLOW.take("send_help", actor, order, help_wanted="")
    title = _("协助：%(title)s") % {"title": order.title}
    assert order.subject is not None
    helper = offer_order(
        actor,
        order.subject,
        title=title[:120],
        place=order.place,
        at=at,
        round=order.round,
        skill=order.skill,
        help_of=order,
        team=team,
        executor=executor,
        reason=need,
    )
    record(actor, "order.help_sent", order, at=at, to=str(executor or team), helper=helper.number)
    return helper


@transaction.atomic
def plan_order(
    actor: User,
    order: WorkOrder,
    *,
    planned_from: datetime | None,
    planned_to: datetime | None,
    **taker: Any,
) -> None:
    """Say when it shall be done; with another `executor` or `team` it is reassigned at the same time."""
    at = now()
    plan = {"planned_from": planned_from, "planned_to": planned_to}
    if taker.get("executor") not in (None, order.executor):
        _reassign(actor, order, taker.get("team"), taker["executor"], _("按排程改派"), at, **plan)
        return
    WorkOrder.FLOW.take("plan", actor, order, **plan)
    record(actor, "order.planned", order, at=at, starts=_iso(planned_from), ends=_iso(planned_to))


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


@transaction.atomic
def release_order(actor: User, order: WorkOrder) -> None:
    """Its turn has come, or somebody lets it go ahead of the one before."""
    at = now()
    WorkOrder.FLOW.take("release", actor, order, offered_at=at)
    record(actor, "order.released", order, at=at, to=str(order.executor or order.team))


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
