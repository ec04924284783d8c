"""Which demands wait for whom at a moment; pages, figures and notices ask the same conditions."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from houqin.desk.demands.models.demand import Demand
from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import day_of

S = Demand.Status
RUNS_THE_DESK = frozenset({Role.COORDINATOR, Role.MANAGER})
RUNS_WORK = RUNS_THE_DESK | {Role.LEAD}
# The work is with the department: a returned demand waits for its requester, a done one for a signature.
WITH_US = frozenset({S.SUBMITTED, S.GRADED}) | Demand.IN_HAND


def due_today(at: datetime) -> Q:
    """With the department, and the nearest clock is due on the day of `at`, earlier that day too."""
    start, end = day_of(at)
    return Q(status__in=WITH_US, next_due_at__gte=start, next_due_at__lt=end)


def overdue(at: datetime) -> Q:
    """With the department, and the nearest clock is over."""
    return Q(status__in=WITH_US, next_due_at__lt=at)


def to_review() -> Q:
    """Not graded yet: submitted, or urgent and being done while the review still waits."""
    return Q(status__in=Demand.UNDER_REVIEW, graded_at=None)


def to_dispatch() -> Q:
    """Graded, and no work order is open."""
    return Q(status=S.GRADED)


def own_turn(user: User) -> Q:
    """What `user` asked for and now has to sign for or to complete."""
    return Q(requester=user, status__in=[S.DONE, S.RETURNED])


def for_desk(user: User, at: datetime) -> Q:
    """What waits for the post of `user` at the service desk: to review, to dispatch, overdue. What waits
    for them as its requester is not told twice."""
    desk = user.reach(RUNS_THE_DESK, place="place") & (to_review() | overdue(at))
    desk |= user.reach(RUNS_WORK, place="place") & to_dispatch()
    return desk & ~own_turn(user)
