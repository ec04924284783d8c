"""What waits at the service desk: for those who run it, and for those who asked."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _

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
from houqin.kernel.people.models import User
from houqin.ui.clocks import nearest
from houqin.ui.worklist import SHOWN, Part, Task, Waiting, provide


def waiting_demands(user: User, at: datetime) -> Waiting:
    """Demands to review, to dispatch, overdue, to sign for and to complete."""
    seen = Demand.objects.visible_to(user)
    counts, tasks = _counts(seen, user, at), []
    if counts["own"]:
        tasks += [_own_task(demand, at) for demand in _by_clock(seen.filter(own_turn(user)))]
    if counts["desk"] and user.role_codes() & RUNS_WORK:
        tasks += [_desk_task(row, at) for row in _by_clock(seen.filter(for_desk(user, at)))]
    return Waiting(tasks, _parts(counts), counts["desk"] + counts["own"])


def _counts(seen: DemandQuerySet, user: User, at: datetime) -> dict[str, int]:
    """How many of the demands that `user` sees wait for what, in one query."""
    desk = user.reach(RUNS_THE_DESK, place="place")
    return seen.aggregate(
        desk=Count("pk", filter=for_desk(user, at)),
        review=Count("pk", filter=desk & to_review()),
        dispatch=Count("pk", filter=user.reach(RUNS_WORK, place="place") & to_dispatch()),
        overdue=Count("pk", filter=desk & overdue(at)),
        own=Count("pk", filter=own_turn(user)),
    )


def _parts(counts: dict[str, int]) -> list[Part]:
    rows = reverse("figures") + "?view="
    return [
        Part(_("初审"), counts["review"], f"{rows}review", 10),
        Part(_("派工"), counts["dispatch"], f"{rows}dispatch", 20),
        Part(_("超时"), counts["overdue"], f"{rows}overdue", 30),
        Part(_("我的"), counts["own"], f"{rows}own", 90),
    ]


def _by_clock(rows: DemandQuerySet) -> list[Demand]:
    return list(rows.with_all().order_by(F("next_due_at").asc(nulls_last=True), "pk")[:SHOWN])


def _desk_task(demand: Demand, at: datetime) -> Task:
    if demand.graded_at is None and demand.status != S.RETURNED:
        verb, key = _("初审"), "grade" if demand.status == S.SUBMITTED else "confirm"
    elif demand.status == S.GRADED:
        verb, key = _("派工"), "dispatch"
    else:
        verb, key = _("查看"), ""
    return _task(demand, at, verb, key)


def _own_task(demand: Demand, at: datetime) -> Task:
    verbs = {S.DONE: (_("去验收"), "sign"), S.RETURNED: (_("去补充"), "resubmit")}
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
        return reverse("demands:demand_verb", args=[demand.number, verb])
    return demand.get_absolute_url()


provide("demands", waiting_demands)
