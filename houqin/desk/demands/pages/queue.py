"""The queue of demands, and the archive: the same list with another view (R2.7: found again)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from houqin.desk.catalogue.lines import LINES
from houqin.desk.demands.models import STAFF, Demand, DemandQuerySet, Watcher
from houqin.desk.demands.pages.bulk import TOGETHER
from houqin.desk.demands.reports import COLUMNS, MORE_COLUMNS
from houqin.kernel.clock.models import Grade
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.http import PageRequest
from houqin.ui.lists import Filter, Listing, View

S = Demand.Status


def _due_today(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    at = now()
    return rows.open().filter(next_due_at__gte=at, next_due_at__lt=_midnight(at))


def _midnight(at: datetime) -> datetime:
    """The end of the day of `at`, where the house stands."""
    return localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _overdue(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.open().filter(next_due_at__lt=now())


def _pressed(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.open().filter(Q(supervised=True) | Q(urges__gt=0))


def _watched(rows: DemandQuerySet, user: User) -> DemandQuerySet:
    return rows.filter(pk__in=Watcher.objects.filter(user=user).values("demand"))


VIEWS = [
    View("open", _("全部未结"), lambda rows, user: rows.open(), "next_due_at"),
    View("review", _("待初审"), lambda rows, user: rows.to_review(), "next_due_at"),
    View("graded", _("待派工"), lambda rows, user: rows.filter(status=S.GRADED), "next_due_at"),
    View("today", _("今天到期"), _due_today, "next_due_at"),
    View("over", _("已超时"), _overdue, "next_due_at", hot=True),
    View("done", _("待验收"), lambda rows, user: rows.filter(status=S.DONE), "next_due_at"),
    View("pressed", _("催办督办"), _pressed, "next_due_at", hot=True),
    View("mine", _("我发起的"), lambda rows, user: rows.filter(requester=user), "-submitted_at"),
    View("watched", _("我关注的"), _watched, "-submitted_at"),
    View("archive", _("已归档"), lambda rows, user: rows.archived(), "-submitted_at"),
]


def _lines() -> Sequence[tuple[str, Any]]:
    return [(line.code, line.name) for line in LINES.values()]


def _campuses() -> Sequence[tuple[str, str]]:
    return [(str(place.pk), place.name) for place in Place.objects.filter(depth=1)]


def _at_campus(rows: DemandQuerySet, value: str) -> DemandQuerySet:
    campus = Place.objects.get(pk=value)
    return rows.filter(place__path__startswith=campus.path)


PERIODS = [("7", _("近 7 天")), ("30", _("近 30 天")), ("90", _("近 90 天")), ("366", _("近一年"))]


def _done_within(rows: DemandQuerySet, days: str) -> DemandQuerySet:
    return rows.filter(done_at__gte=now() - timedelta(days=int(days)))


FILTERS = [
    Filter("grade", _("分级"), lambda: Grade.choices, lambda rows, value: rows.filter(grade=value)),
    Filter(
        "line", _("条线"), _lines, lambda rows, value: rows.filter(entry__category__line_code=value)
    ),
    Filter("status", _("状态"), lambda: S.choices, lambda rows, value: rows.filter(status=value)),
    Filter("place", _("园区"), _campuses, _at_campus),
    Filter("done", _("完工"), lambda: PERIODS, _done_within),
]


def _extra(request: PageRequest) -> dict[str, Any]:
    """The moment that the chips are counted from, whether the rows are narrowed beyond their view, and
    whether this person may bring in a file."""
    return {
        "now": now(),
        "any_chosen": any(request.GET.get(one.key) for one in FILTERS),
        "may_import": bool(request.user.role_codes() & STAFF),
    }


QUEUE = Listing(
    model=Demand,
    template="demands/demands.html",
    row="demands/_row.html",
    title=_("需求队列"),
    columns=COLUMNS,
    more=MORE_COLUMNS,
    views=VIEWS,
    filters=FILTERS,
    search=["number", "title", "body", "place__full_name", "requester__name", "caller"],
    extra=_extra,
    bulk=TOGETHER,
    bulk_route="demands:bulk",
)
