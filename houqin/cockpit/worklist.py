"""What waits for one person, from everywhere, by clock. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from houqin.cockpit.reports import RUNS_THE_DESK, RUNS_WORK, S, overdue, to_dispatch, to_review
from houqin.desk.demands.columns import explained_at
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.kernel.people.models import User
from houqin.shared.approvals.models import Approval, ApprovalQuerySet
from houqin.ui.clocks import Chip, nearest
from houqin.work.orders.models import WorkOrder
from houqin.work.orders.reports import order_chip

SHOWN = 8


@dataclass(frozen=True)
class Task:
    """One row of the personal queue: exactly one verb, and where it is done."""

    chip: Chip | None
    grade: str
    title: str
    url: str
    meta: str
    verb: str
    verb_url: str
    due_at: datetime | None
    mine: bool = True  # the verb is this person's to do, not only to look after
    in_dialog: bool = False
    explain_url: str = ""


@dataclass(frozen=True)
class Part:
    """A part of what waits, with the list that holds all of it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Waiting:
    tasks: list[Task]
    parts: list[Part]
    total: int


def waiting_for(user: User, at: datetime) -> Waiting:
    """The nearest SHOWN tasks of `user` and how many there are; a constant number of queries."""
    approvals = list(_to_approve(user).select_related("owner").order_by("asked_at", "pk")[:SHOWN])
    tasks = [*_desk_tasks(user, at), *_order_tasks(user, at), *_own_tasks(user, at)]
    tasks += [_approval_task(approval) for approval in approvals]
    late = datetime.max.replace(tzinfo=at.tzinfo)
    tasks.sort(key=lambda task: task.due_at or late)
    parts, total = _parts(user, at)
    return Waiting(tasks[:SHOWN], parts, total)


def for_desk(user: User, at: datetime) -> Q:
    """What waits for the post of `user` at the service desk: to review, to dispatch, overdue. What waits
    for them as its requester is not told twice."""
    desk = user.reach(RUNS_THE_DESK, place="place") & (to_review() | overdue(at))
    desk |= user.reach(RUNS_WORK, place="place") & to_dispatch()
    return desk & ~own_turn(user)


def own_turn(user: User) -> Q:
    """What `user` asked for and now has to sign for or to complete."""
    return Q(requester=user, status__in=[S.DONE, S.RETURNED])


def _by_clock(rows: DemandQuerySet) -> list[Demand]:
    return list(rows.with_all().order_by(F("next_due_at").asc(nulls_last=True), "pk")[:SHOWN])


def _desk_tasks(user: User, at: datetime) -> list[Task]:
    if not user.role_codes() & RUNS_WORK:
        return []
    rows = _by_clock(Demand.objects.visible_to(user).filter(for_desk(user, at)))
    return [_desk_task(demand, at) for demand in rows]


def _desk_task(demand: Demand, at: datetime) -> Task:
    if demand.graded_at is None and demand.status != S.RETURNED:
        verb, key = _("初审"), "grade" if demand.status == S.SUBMITTED else "confirm"
    elif demand.status == S.GRADED:
        verb, key = _("派工"), "dispatch"
    else:
        verb, key = _("查看"), ""
    return _demand_task(demand, at, verb, key)


def _own_tasks(user: User, at: datetime) -> list[Task]:
    rows = _by_clock(Demand.objects.visible_to(user).filter(own_turn(user)))
    verbs = {S.DONE: (_("去验收"), "sign"), S.RETURNED: (_("去补充"), "resubmit")}
    return [_demand_task(demand, at, *verbs[S(demand.status)]) for demand in rows]


def _demand_task(demand: Demand, at: datetime, verb: str, key: str) -> Task:
    url = demand.get_absolute_url()
    chip = nearest(demand, at)
    return Task(
        chip=chip,
        grade=demand.grade,
        title=demand.title,
        url=url,
        meta=" · ".join([demand.number, demand.place.short_name, str(demand.get_status_display())]),
        verb=verb,
        verb_url=_where(demand, key),
        due_at=demand.next_due_at,
        mine=bool(key),
        in_dialog=key == "dispatch",
        explain_url=explained_at(demand, chip),
    )


def _where(demand: Demand, verb: str) -> str:
    """Where `verb` is done: a review needs the facts of the review desk beside it."""
    if verb in ("grade", "confirm"):
        return f"{reverse('demands:review')}?{urlencode({'number': demand.number})}"
    if verb:
        return reverse("demands:demand_verb", args=[demand.number, verb])
    return demand.get_absolute_url()


def _to_approve(user: User) -> ApprovalQuerySet:
    return Approval.objects.visible_to(user).waiting_for(user)


def _approval_task(approval: Approval) -> Task:
    url = approval.get_absolute_url()
    meta = " · ".join([approval.number, approval.kind_label, str(approval.owner)])
    return Task(None, "", approval.title, url, meta, _("审批"), url, None)


def _order_tasks(user: User, at: datetime) -> list[Task]:
    rows = WorkOrder.objects.mine(user).open().by_clock().with_all()[:SHOWN]
    return [_order_task(order, at) for order in rows]


def _order_task(order: WorkOrder, at: datetime) -> Task:
    words = {"offered": _("接单"), "accepted": _("去现场"), "working": _("继续"), "held": _("恢复")}
    return Task(
        chip=order_chip(order, at),
        grade=getattr(order.subject, "grade", ""),
        title=order.title,
        url=order.get_absolute_url(),
        meta=" · ".join([order.number, order.place.short_name, str(order.get_status_display())]),
        verb=words[order.status],
        verb_url=order.get_absolute_url(),
        due_at=order.due_at,  # type: ignore[attr-defined]  # by_clock
    )


def _parts(user: User, at: datetime) -> tuple[list[Part], int]:
    seen = Demand.objects.visible_to(user)
    desk = user.reach(RUNS_THE_DESK, place="place")
    found = seen.aggregate(
        desk=Count("pk", filter=for_desk(user, at)),
        review=Count("pk", filter=desk & to_review()),
        dispatch=Count("pk", filter=user.reach(RUNS_WORK, place="place") & to_dispatch()),
        overdue=Count("pk", filter=desk & overdue(at)),
        own=Count("pk", filter=own_turn(user)),
    )
    orders = WorkOrder.objects.mine(user).open().count()
    approvals = _to_approve(user).count()
    rows = reverse("figures") + "?view="
    parts = [
        Part(_("初审"), found["review"], f"{rows}review"),
        Part(_("派工"), found["dispatch"], f"{rows}dispatch"),
        Part(_("超时"), found["overdue"], f"{rows}overdue"),
        Part(_("工单"), orders, reverse("orders:mine")),
        Part(_("审批"), approvals, reverse("approvals:approvals")),
        Part(_("我的"), found["own"], reverse("figures") + "?view=own"),
    ]
    total = found["desk"] + orders + approvals + found["own"]
    return [part for part in parts if part.count], total
