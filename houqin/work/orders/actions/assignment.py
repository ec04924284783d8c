"""Giving work: to a team or a person, to somebody else, or to nobody any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Skill, Team

ANEW: dict[str, Any] = {
    "hold_stops": False,
    "arrived_at": None,
    "arrived_by_code": False,
}  # whoever takes it over begins anew


@dataclass(frozen=True)
class Job:
    """What is to be done, in the fields of the order that keep it."""

    title: str
    place: Place
    round: int = 1
    skill: Skill | None = None
    photos_needed: bool = False
    met_signs: bool = False
    steps: Sequence[str] = ()
    rework_of: WorkOrder | None = None
    help_of: WorkOrder | None = None


@dataclass(frozen=True)
class Assignment:
    """Who does it, a person or a team, why they, and when: by the plan, or once `after` is done."""

    executor: User | None = None
    team: Team | None = None
    reason: str = ""
    after: WorkOrder | None = None
    planned_from: datetime | None = None
    planned_to: datetime | None = None

    def takers(self) -> tuple[Team | None, User | None]:
        """A person without a team does it for the first team they are in; Refused when nobody is named."""
        if self.executor is None and self.team is None:
            raise Refused(_("请选择派给哪个班组或哪个人。"))
        if self.executor is not None and self.team is None:
            return Team.objects.filter(crew__user=self.executor).order_by(
                "pk"
            ).first(), self.executor
        return self.team, self.executor


@transaction.atomic
def offer_order(
    actor: User, subject: models.Model, job: Job, to: Assignment, *, at: datetime
) -> WorkOrder:
    """Give the job to whom the assignment names; with `after`, an order of the same subject, it waits.

    Who may do that is the rule of the subject, whose action calls this one. Raises Refused when nobody is
    named.
    """
    team, executor = to.takers()
    order = WorkOrder(
        number=next_number("GD", at),
        subject=subject,
        team=team,
        executor=executor,
        after=to.after,
        planned_from=to.planned_from,
        planned_to=to.planned_to,
        offered_at=at,
        **vars(job),
    )
    facts = {"to": str(executor or team), "reason": to.reason}
    if to.after is not None and to.after.status in WorkOrder.OPEN:
        WorkOrder.FLOW.begin("queue", actor, order, at=at, facts=facts | {"after": str(to.after)})
    else:
        WorkOrder.FLOW.begin("offer", actor, order, at=at, facts=facts)
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
    _reassign(actor, order, Assignment(executor, team, reason), {})


def _reassign(actor: User, order: WorkOrder, to: Assignment, plan: dict[str, Any]) -> None:
    team, executor = to.takers()
    facts = {"to": str(executor or team), "reason": to.reason, "lost": order.executor_id}
    WorkOrder.FLOW.take(
        "reassign", actor, order, facts=facts, executor=executor, team=team, **ANEW, **plan
    )


@transaction.atomic
def hand_over_order(actor: User, order: WorkOrder, *, executor: User, reason: str = "") -> None:
    """The executor passes the order on to a colleague of a team they share, who has to accept it anew.

    Raises Refused for anybody else: what leaves the team goes through the dispatcher.
    """
    shared = Team.objects.filter(crew__user=order.executor_id).filter(crew__user=executor)
    team = shared.filter(pk=order.team_id or 0).first() or shared.order_by("pk").first()
    if team is None or executor.pk == order.executor_id:
        raise Refused(_("只能转给同班组的同事；要派给别的班组，请退回派工。"))
    facts = {"to": str(executor), "reason": reason}
    WorkOrder.FLOW.take(
        "hand_over", actor, order, facts=facts, executor=executor, team=team, **ANEW
    )


@transaction.atomic
def ask_help(actor: User, order: WorkOrder, *, need: str) -> None:
    """Tell the lead that one pair of hands is not enough; `need` says what for."""
    WorkOrder.FLOW.take("ask_help", actor, order, facts={"need": need}, help_wanted=need)


@transaction.atomic
def send_help(
    actor: User, order: WorkOrder, *, executor: User | None = None, team: Team | None = None
) -> WorkOrder:
    """Give somebody a helping order beside `order`; it has its own labour and result and holds nothing up."""
    at = now()
    if executor is not None and executor.pk == order.executor_id:
        raise Refused(_("这件就是他在做，请选另一个人去帮忙。"))
    WorkOrder.FLOW.check("send_help", actor, order)
    # The order before its subject, which the helper's offer locks, as everybody who works on it does.
    WorkOrder.objects.select_for_update().get(pk=order.pk)
    title = _("协助：%(title)s") % {"title": order.title}
    job = Job(title[:120], order.place, order.round, order.skill, help_of=order)
    assert order.subject is not None
    helper = offer_order(
        actor, order.subject, job, Assignment(executor, team, order.help_wanted), at=at
    )
    facts = {"to": str(executor or team), "helper": helper.number}
    WorkOrder.FLOW.take("send_help", actor, order, at=at, facts=facts, help_wanted="")
    return helper


@transaction.atomic
def plan_order(
    actor: User,
    order: WorkOrder,
    *,
    planned_from: datetime | None,
    planned_to: datetime | None,
    executor: User | None = None,
    team: Team | None = None,
) -> None:
    """Say when it shall be done; with another `executor` it is reassigned at the same time."""
    plan: dict[str, Any] = {"planned_from": planned_from, "planned_to": planned_to}
    if executor not in (None, order.executor):
        _reassign(actor, order, Assignment(executor, team, _("按排程改派")), plan)
        return
    facts = {"starts": _iso(planned_from), "ends": _iso(planned_to)}
    WorkOrder.FLOW.take("plan", actor, order, facts=facts, **plan)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


@transaction.atomic
def release_order(actor: User, order: WorkOrder) -> None:
    """Its turn has come, or somebody lets it go ahead of the one before."""
    at = now()
    facts = {"to": str(order.executor or order.team)}
    WorkOrder.FLOW.take("release", actor, order, at=at, facts=facts, offered_at=at)


@transaction.atomic
def cancel_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    WorkOrder.FLOW.take("cancel", actor, order, facts={"reason": reason})


def skill_of(code: str) -> Skill | None:
    """The skill that a catalogue entry asks for, if it asks for one."""
    return Skill.objects.filter(code=code).first() if code else None
