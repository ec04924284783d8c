"""What is more than a count: means, courses over time, comparisons. Each is one query, whatever the number of
rows, and says which figure counts the rows that it is a mean of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.functions import Substr, TruncDay, TruncHour, TruncMonth, TruncWeek
from django.utils.timezone import localtime

from houqin.cockpit.reports.desk import JUDGED
from houqin.cockpit.reports.figures import BREACHED, FIGURES
from houqin.cockpit.reports.scope import Span, with_team
from houqin.kernel.clock.models import Kind
from houqin.kernel.places.models import Place

Rows = Any
COURSE = (Kind.REVIEW, Kind.RESPONSE, Kind.HANDLING)
TRUNC = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}
STARS = ("speed", "attitude", "solution")


def _length(until: str, since: str) -> Any:
    return ExpressionWrapper(F(until) - F(since), output_field=DurationField())


def _judged(span: Span, *kinds: str) -> Q:
    """One join to the clocks of `kinds` that were judged in the stretch."""
    return Q(
        clocks__kind__in=kinds, clocks__result__in=JUDGED, clocks__stopped_at__gte=span.since,
        clocks__stopped_at__lt=span.until,
    )  # fmt: skip


LATE = Count("pk", distinct=True, filter=Q(clocks__result=BREACHED))
ANSWER = Avg(_length("clocks__stopped_at", "clocks__started_at"))
ALL_STARS = (F("rating__speed") + F("rating__attitude") + F("rating__solution")) / 3.0
REPAIR = Avg(_length("done_at", "submitted_at"))


@dataclass(frozen=True)
class Share:
    """How many were judged, and how many of them late."""

    judged: int = 0
    late: int = 0

    @property
    def on_time(self) -> int:
        return self.judged - self.late

    @property
    def percent(self) -> float | None:
        return 100 * self.on_time / self.judged if self.judged else None


def course(rows: Rows, span: Span) -> dict[datetime, dict[str, Share]]:
    """For each step of the stretch in which a clock was judged, the share on time of each kind."""
    step = TRUNC[span.step]("clocks__stopped_at")
    grouped = rows.filter(_judged(span, *COURSE)).order_by().values("clocks__kind", step=step)
    found: dict[datetime, dict[str, Share]] = {}
    for row in grouped.annotate(judged=Count("pk", distinct=True), late=LATE):
        found.setdefault(row["step"], {})[row["clocks__kind"]] = Share(row["judged"], row["late"])
    return found


@dataclass(frozen=True)
class Lengths:
    """The mean time to answer and to repair, as it passed for the requester: day and night, holidays and
    holds too."""

    answered: int
    answer: timedelta | None
    finished: int
    repair: timedelta | None


def lengths(rows: Rows, span: Span) -> Lengths:
    """MTTA over the figure `response`, MTTR over the figure `finished`; two queries."""
    first = rows.filter(_judged(span, Kind.RESPONSE)).aggregate(answered=Count("pk"), answer=ANSWER)
    return Lengths(**first, **rows.filter(FIGURES["finished"].where(span)).aggregate(
        finished=Count("pk"), repair=REPAIR,
    ))  # fmt: skip


def stars(rows: Rows, span: Span) -> dict[str, float | None]:
    """The mean of each dimension over the figure `rated`; silence is no rating."""
    means = {name: Avg(f"rating__{name}") for name in STARS}
    found: dict[str, float | None] = rows.filter(FIGURES["rated"].where(span)).aggregate(**means)
    return found


def times(rows: Rows, span: Span) -> dict[str, int]:
    """How often, where a request may have been reassigned, refused or urged more than once."""
    found = rows.filter(FIGURES["submitted"].where(span)).aggregate(
        reassigned=Sum("reassigned", default=0), reopened=Sum(F("round") - 1, default=0),
        urged=Sum("urges", default=0),
    )  # fmt: skip
    return {key: int(value) for key, value in found.items()}


def load(rows: Rows, span: Span) -> dict[tuple[int, int], int]:
    """How many were submitted on each day of the week (1 Monday … 7) in each hour of the house's clock. The
    database counts by the hour, which it works out once for each row, and the few thousand hours are folded
    here."""
    grouped = rows.filter(FIGURES["submitted"].where(span)).order_by().values(hour=TruncHour("submitted_at"))
    found: Counter[tuple[int, int]] = Counter()
    for row in grouped.annotate(count=Count("pk")):
        at = localtime(row["hour"])
        found[at.isoweekday(), at.hour] += row["count"]
    return dict(found)


def _by_line(rows: Rows) -> Rows:
    return rows.annotate(key=F("entry__category__line_code"))


def _by_place(rows: Rows) -> Rows:
    return rows.annotate(key=Substr("place__path", 1, Place.steplen))


def _by_team(rows: Rows) -> Rows:
    return with_team(rows).annotate(key=F("team_key"))


DIMENSIONS: dict[str, Callable[[Rows], Rows]] = {"line": _by_line, "place": _by_place, "team": _by_team}


def compared(rows: Rows, by: str, span: Span) -> dict[Any, dict[str, Any]]:
    """The figures of each line, campus or team that has any; five queries."""
    keyed: QuerySet[Any] = DIMENSIONS[by](rows).order_by()
    parts = (
        (FIGURES["submitted"].where(span), {
            "submitted": Count("pk"), "reassigned": Count("pk", filter=Q(reassigned__gt=0)),
        }),
        (FIGURES["finished"].where(span), {
            "finished": Count("pk"), "repair": REPAIR, "rework": Count("pk", filter=Q(round__gt=1)),
        }),
        (_judged(span, Kind.RESPONSE), {"response": Count("pk"), "answer": ANSWER}),
        (_judged(span, Kind.HANDLING), {"handling": Count("pk", distinct=True), "handling_late": LATE}),
        (FIGURES["rated"].where(span), {
            "rated": Count("pk"), "stars": Avg(ALL_STARS),
        }),
    )  # fmt: skip
    found: dict[Any, dict[str, Any]] = {}
    for where, wanted in parts:
        for row in keyed.filter(where).values("key").annotate(**wanted):
            found.setdefault(row.pop("key"), {}).update(row)
    return found
