"""What waits at the service desk: for those who run it, and for those who asked."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from houqin.desk.demands.columns import explained_at
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.desk.demands.models.standing import (
    RUNS_THE_DESK,
    RUNS_WORK,
    S,
    for_desk,
    overdue,
    own_turn,
    to_dispatch,
    to_review,
)
from houqin.kernel.addresses import address
from houqin.kernel.people.models import User
from houqin.ui.clocks import nearest
from houqin.ui.worklist import WORKLISTS, Task, Worklist


def own_demands(user: User, at: datetime) -> DemandQuerySet:
    """Demands that `user` asked for and has to sign for or to complete."""
    return _by_clock(Demand.objects.visible_to(user).filter(own_turn(user)))


def desk_demands(user: User, at: datetime) -> DemandQuerySet:
    """Demands to review, to dispatch and overdue, of those who run the work."""
    return _by_clock(_seen(user, RUNS_WORK).filter(for_desk(user, at)))


def _to_review(user: User, at: datetime) -> DemandQuerySet:
    return _reached(user, RUNS_THE_DESK).filter(to_review())


def _to_dispatch(user: User, at: datetime) -> DemandQuerySet:
    return _reached(user, RUNS_WORK).filter(to_dispatch())


def _overdue(user: User, at: datetime) -> DemandQuerySet:
    return _reached(user, RUNS_THE_DESK).filter(overdue(at))


def _seen(user: User, roles: Set[str]) -> DemandQuerySet:
    """What `user` sees, nothing without one of `roles`."""
    holds = user.role_codes() & roles
    return Demand.objects.visible_to(user) if holds else Demand.objects.none()


def _reached(user: User, roles: Set[str]) -> DemandQuerySet:
    """What `user` sees where one of `roles` is held."""
    return _seen(user, roles).filter(user.reach(roles, place="place"))


def _by_clock(rows: DemandQuerySet) -> DemandQuerySet:
    return rows.with_clocks().order_by(F("next_due_at").asc(nulls_last=True), "pk")


def _desk_task(demand: Demand, at: datetime) -> Task:
    if demand.graded_at is None and demand.status != S.RETURNED:
        verb, key = _now("初审"), "grade" if demand.status == S.SUBMITTED else "confirm"
    elif demand.status == S.GRADED:
        verb, key = _now("派工"), "dispatch"
    else:
        verb, key = _now("查看"), ""
    return _task(demand, at, verb, key)


def _own_task(demand: Demand, at: datetime) -> Task:
    verbs = {S.DONE: (_now("去验收"), "sign"), S.RETURNED: (_now("去补充"), "resubmit")}
    return _task(demand, at, *verbs[S(demand.status)])


def _task(demand: Demand, at: datetime, verb: str, key: str) -> Task:
    chip = nearest(demand, at)
    return Task(
        chip=chip,
        grade=demand.grade,
        title=demand.title,
        url=demand.get_absolute_url(),
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
        return address("demands:demand_verb", demand.number, verb)
    return demand.get_absolute_url()


for worklist in (
    Worklist(
        code="review",
        label=_("初审"),
        order=10,
        rows=_to_review,
        route="figures",
        query="view=review",
    ),
    Worklist(
        code="dispatch",
        label=_("派工"),
        order=20,
        rows=_to_dispatch,
        route="figures",
        query="view=dispatch",
    ),
    Worklist(
        code="overdue",
        label=_("超时"),
        order=30,
        rows=_overdue,
        route="figures",
        query="view=overdue",
    ),
    Worklist(code="desk", label="", order=35, rows=desk_demands, task=_desk_task),
    Worklist(
        code="own",
        label=_("我的"),
        order=90,
        rows=own_demands,
        task=_own_task,
        route="figures",
        query="view=own",
    ),
):
    WORKLISTS.register(worklist)
