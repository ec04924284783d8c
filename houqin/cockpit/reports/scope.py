"""What the figures of a page are about: whose, of which line, place and team, and from when to when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from houqin.cockpit.models import Moment, MomentQuerySet
from houqin.cockpit.moments import GONE, bring_up_to_date
from houqin.cockpit.reports.boards import BOARDS, roles_of
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import day_of
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Member

NOBODY = "none"  # the key of those that no team, or no person, has
PERIODS: dict[str, str | Promise] = {
    "week": _("本周"), "month": _("本月"), "weeks": _("近 12 周"), "year": _("本年"),
}  # fmt: skip
USUAL = "weeks"
SOURCES: dict[str, str | Promise] = {
    "own": _("本系统办理"),
    "import": _("导入的历史"),
    "all": _("全部"),
}
EARLIEST, LATEST = date(2000, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True)
class DateSpan:
    """[since, until), both midnights of the house; `at` is the present moment."""

    since: datetime
    until: datetime
    at: datetime

    @property
    def step(self) -> str:
        """How its course is drawn: by day, by week, or by month when it is longer than that shows well."""
        days = (self.until - self.since).days
        return "day" if days <= 14 else "week" if days <= 100 else "month"

    def steps(self) -> list[DateSpan]:
        """Its days, weeks (from Mondays on) or months, the first and the last as far as they lie in it."""
        steps, first = [], localtime(self.since).date()
        while (since := _midnight(first)) < self.until:
            first = _next_step(first, self.step)
            steps.append(DateSpan(since, min(_midnight(first), self.until), self.at))
        return steps

    def before(self) -> DateSpan:
        """The stretch of the same length right before it."""
        first = localtime(self.since).date() - (self.until - self.since)
        return DateSpan(_midnight(first), self.since, self.at)

    def parameters(self) -> dict[str, str]:
        """As an address says it; `until` is the first day that no longer counts."""
        return {
            "since": f"{localtime(self.since):%Y-%m-%d}",
            "until": f"{localtime(self.until):%Y-%m-%d}",
        }


def _next_step(day: date, step: str) -> date:
    """The first day after `day` on which another day, week or month begins."""
    if step == "day":
        return day + timedelta(days=1)
    if step == "week":
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def span_of(period: str, at: datetime) -> DateSpan:
    """The stretch that a key of PERIODS means at `at`: whole days, today among them."""
    today, tomorrow = day_of(at)
    monday = localtime(today).date() - timedelta(days=localtime(today).weekday())
    first = {
        "week": monday,
        "month": localtime(today).date().replace(day=1),
        "year": localtime(today).date().replace(month=1, day=1),
    }.get(period, monday - timedelta(weeks=11))
    return DateSpan(_midnight(first), tomorrow, at)


def span_asked(asked: QueryDict, at: datetime) -> DateSpan:
    """The stretch that `since` and `until` of an address mean; the usual one where they make no sense."""
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    if since is None or until is None or until <= since:
        return span_of(asked.get("period", USUAL), at)
    return DateSpan(_midnight(since), _midnight(until), at)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())


@dataclass(frozen=True)
class BoardScope:
    """Which demands count. Each field is "" for all; `place` is the path of a place, `team` and `person` a
    key or NOBODY, `source` a key of SOURCES, `board` the one whose posts say where."""

    line: str = ""
    place: str = ""
    team: str = ""
    person: str = ""
    source: str = "own"
    board: str = ""

    @classmethod
    def asked(cls, asked: QueryDict) -> BoardScope:
        names = ("line", "place", "team", "person")
        answers = {name: asked.get(name, "").replace("\0", "") for name in names}
        source, board = asked.get("source"), asked.get("board")
        return cls(
            **answers,
            source=source if source in SOURCES else "own",
            board=board if board in BOARDS else "",
        )

    def rows(self, user: User) -> DemandQuerySet:
        """The demands of this scope which lie where `user` holds such a post."""
        return self.narrow(Demand.objects.visible_to(user), user)

    def narrow(self, rows: DemandQuerySet, user: User) -> DemandQuerySet:
        """Those that were merged into another count there."""
        rows = rows.filter(user.reach(roles_of(self.board), place="place"))
        rows = of_source(rows.exclude(status=Demand.Status.MERGED), self.source)
        if self.line:
            rows = rows.filter(entry__category__line_code=self.line)
        if self.place:
            rows = rows.filter(place__path__startswith=self.place)
        rows = _of(rows, "team", self.team) if self.team else rows
        return _of(rows, "executor", self.person) if self.person else rows

    def moments(self, user: User) -> MomentQuerySet:
        """What happened to those demands, up to this very moment."""
        bring_up_to_date()
        rows = Moment.objects.visible_to(user)
        rows = rows.filter(user.reach(roles_of(self.board), place="place"))
        if self.source != "all":
            rows = rows.filter(imported=self.source == "import")
        if self.line:
            rows = rows.filter(entry__category__line_code=self.line)
        if self.place:
            rows = rows.filter(place__path__startswith=self.place)
        rows = rows.filter(is_of("team", self.team)) if self.team else rows
        return rows.filter(is_of("executor", self.person)) if self.person else rows

    def parameters(self) -> dict[str, str]:
        """As an address says it, without what goes without saying."""
        answers = asdict(self) | {"source": "" if self.source == "own" else self.source}
        return {key: value for key, value in answers.items() if value}


def doers() -> Any:
    """Whoever is in a team or has had an order, by name."""
    had = WorkOrder.objects.exclude(executor=None).order_by().values("executor")
    crews = Member.objects.values("user")
    return User.objects.filter(Q(pk__in=crews) | Q(pk__in=had)).order_by("name", "pk")


def of_source(rows: DemandQuerySet, source: str) -> DemandQuerySet:
    imported = Demand.Channel.IMPORT
    if source == "import":
        return rows.filter(channel=imported)
    return rows if source == "all" else rows.exclude(channel=imported)


def with_last(rows: Any, field: str) -> Any:
    """With `last_…`: the `field` (team, executor) of the order that has it or had it last; for a team also
    the one that had it in the system it was imported from. Every demand counts for one team and one person,
    so that the parts add up to the whole."""
    kind = ContentType.objects.get_for_model(Demand)
    orders = WorkOrder.objects.filter(subject_type=kind, subject_id=OuterRef("pk")).exclude(
        status__in=GONE
    )
    last: Any = Subquery(orders.order_by("-pk").values(field)[:1])
    if field == "team":
        last = Coalesce(last, F("former_team_id"), output_field=BigIntegerField())
    return rows.annotate(**{f"last_{field}": last})


def is_of(field: str, key: str) -> Q:
    """Those whose `field` has that key, or none for NOBODY; no rows for what is no key."""
    if key == NOBODY:
        return Q(**{field: None})
    return Q(**{field: int(key)}) if _is_key(key) else Q(pk__in=[])


def _is_key(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 10


def _of(rows: Any, field: str, key: str) -> Any:
    if key == NOBODY:
        return with_last(rows, field).filter(**{f"last_{field}": None})
    if not _is_key(key):
        return rows.none()
    kind = ContentType.objects.get_for_model(Demand)
    had = WorkOrder.objects.filter(subject_type=kind, **{field: int(key)}).values("subject_id")
    few = Q(pk__in=had)  # to look closer at
    if field == "team":
        few |= Q(former_team=int(key))
    return with_last(rows.filter(few), field).filter(**{f"last_{field}": int(key)})
