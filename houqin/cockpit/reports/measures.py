"""What is more than a count: means and medians, courses over time, comparisons. Each takes a fixed number of
queries, and says which figure counts the rows that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Avg,
    Case,
    Count,
    DurationField,
    F,
    Func,
    IntegerField,
    Q,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber, Substr
from django.utils.timezone import get_current_timezone

from houqin.cockpit.reports.desk import JUDGED
from houqin.cockpit.reports.figures import BREACHED, FIGURES, LOW, counts
from houqin.cockpit.reports.scope import DateSpan, with_last
from houqin.kernel.clock.models import Kind
from houqin.kernel.places.models import Place
from houqin.work.orders.models import WorkOrder

Rows = Any
COURSE = (Kind.REVIEW, Kind.RESPONSE, Kind.HANDLING)
STARS = ("speed", "attitude", "solution")


MILLISECONDS = "CAST(ROUND(({}) * 86400000.0) AS INTEGER)"  # of days, on SQLite


class Elapsed(Func):
    """How long from the second moment to the first. On SQLite in whole milliseconds and worked out by itself;
    what Django writes calls back into Python for each row."""

    arg_joiner, template = " - ", "(%(expressions)s)"
    output_field = DurationField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        whole = MILLISECONDS.format("JULIANDAY(%(expressions)s)") + " * 1000"
        return self.as_sql(
            compiler, connection, template=whole, arg_joiner=") - JULIANDAY(", **context
        )


class Slot(Func):
    """Which slot of so many seconds, counted since 1970, a moment lies in."""

    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / %(seconds)s) AS BIGINT)"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        since = MILLISECONDS.format("JULIANDAY(%(expressions)s) - 2440587.5")
        return self.as_sql(
            compiler, connection, template=f"({since} / (%(seconds)s * 1000))", **context
        )


def _judged(span: DateSpan, *kinds: str) -> Q:
    """One join to the clocks of `kinds` that were judged in the stretch."""
    return Q(
        clocks__kind__in=kinds,
        clocks__result__in=JUDGED,
        clocks__stopped_at__gte=span.since,
        clocks__stopped_at__lt=span.until,
    )


LATE = Count("pk", distinct=True, filter=Q(clocks__result=BREACHED))
ANSWER, REPAIR = (
    Elapsed("clocks__stopped_at", "clocks__started_at"),
    Elapsed("done_at", "submitted_at"),
)
ALL_STARS = (F("rating__speed") + F("rating__attitude") + F("rating__solution")) / 3.0
# What is read in the same pass as the figures that it is about.
ALONG: Mapping[str, Mapping[str, Any]] = {
    "finished": {"repair": Avg(REPAIR)},
    "rated": {name: Avg(f"rating__{name}") for name in STARS},
    "submitted": {
        "times_reassigned": Sum("reassigned", default=0), "times_urged": Sum("urges", default=0),
        "times_reopened": Sum(F("round") - 1, default=0),
    },
}  # fmt: skip


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


Course = list[tuple[DateSpan, dict[str, Share]]]


def course(rows: Rows, span: DateSpan) -> Course:
    """For each step of the stretch in which a clock was judged, the share on time of each kind."""
    steps = span.steps()
    nth = _step_of(steps)
    grouped = rows.filter(_judged(span, *COURSE)).order_by().values("clocks__kind", nth=nth)
    shares: dict[int, dict[str, Share]] = {}
    for row in grouped.annotate(judged=Count("pk", distinct=True), late=LATE):
        shares.setdefault(row["nth"], {})[row["clocks__kind"]] = Share(row["judged"], row["late"])
    return [(steps[nth], shares[nth]) for nth in sorted(shares)]


def _step_of(steps: list[DateSpan]) -> Case:
    """In which of `steps` a clock was judged."""
    whens = (When(clocks__stopped_at__lt=step.until, then=nth) for nth, step in enumerate(steps))
    return Case(*whens)


def passed(rows: Rows, span: DateSpan, keys: tuple[str, ...]) -> dict[str, Any]:
    """The figures `keys`, and what is read ALONG with the wholes among them: the mean time to repair, the
    means of the stars over `rated`, and how often where a demand may have been reassigned, refused or urged
    more than once."""
    return counts(rows, keys, span, ALONG)


@dataclass(frozen=True)
class Spread:
    """How long `count` of them took, as it passed for the requester: day and night, holidays and holds too.
    Half of them took no longer than `median`, nine of ten no longer than `ninety` (nearest rank)."""

    count: int = 0
    mean: timedelta | None = None
    median: timedelta | None = None
    ninety: timedelta | None = None


def answers(rows: Rows, span: DateSpan) -> Spread:
    """Over the figure `response`: MTTA and how it spreads; two queries."""
    chosen = rows.filter(_judged(span, Kind.RESPONSE)).annotate(key=ALL)
    whole = chosen.aggregate(count=Count("pk"), mean=Avg(ANSWER))
    return _spread(chosen, ANSWER, {0: (whole["count"], whole["mean"])})[0]


def repairs(rows: Rows, span: DateSpan, finished: int, mean: timedelta | None) -> Spread:
    """Over the figure `finished`, which counted so many and had this mean: MTTR and how it spreads."""
    chosen = rows.filter(FIGURES["finished"].where(span)).annotate(key=ALL)
    return _spread(chosen, REPAIR, {0: (finished, mean)})[0]


ALL = Value(0)
RANKS = {"median": 50, "ninety": 90}
Counted = Mapping[Any, tuple[int, timedelta | None]]


def _spread(keyed: Rows, length: Elapsed, counted: Counted) -> dict[Any, Spread]:
    """For each `key`, of which so many were counted with such a mean. The database ranks the lengths under
    each key and hands over those of the wanted ranks alone."""
    ranks = {key: _ranks(count) for key, (count, _mean) in counted.items()}
    asked = {rank for named in ranks.values() for rank in named.values()}
    rank = Window(RowNumber(), [F("key")], F("length").asc())
    ranked = keyed.order_by().annotate(length=length, rank=rank).filter(rank__in=asked)
    at = {(key, rank): taken for key, rank, taken in ranked.values_list("key", "rank", "length")}

    def spread(key: Any, count: int, mean: timedelta | None) -> Spread:
        return Spread(
            count, mean, **{name: at.get((key, rank)) for name, rank in ranks[key].items()}
        )

    return {key: spread(key, count, mean) for key, (count, mean) in counted.items()}


def _ranks(count: int) -> dict[str, int]:
    """Which place among `count` lengths each of RANKS has (nearest rank)."""
    return {name: -(-count * percent // 100) for name, percent in RANKS.items()}


def load(rows: Rows, span: DateSpan) -> dict[tuple[int, int], int]:
    """How many were submitted on each day of the week (1 Monday … 7) in each hour of the house's clock. The
    database counts by the hour of UTC, or by quarters where the zone is not whole hours away from it."""
    zone = get_current_timezone()
    seconds = _slot_seconds(span.since.astimezone(zone))
    chosen = rows.filter(FIGURES["submitted"].where(span)).order_by()
    tally: Counter[tuple[int, int]] = Counter()
    grouped = chosen.values(slot=Slot("submitted_at", seconds=seconds)).annotate(count=Count("pk"))
    for slot, count in grouped.values_list("slot", "count"):
        at = datetime.fromtimestamp(slot * seconds, zone)
        tally[at.isoweekday(), at.hour] += count
    return dict(tally)


def _slot_seconds(local: datetime) -> int:
    """The longest slots of UTC of which an hour of the local clock is made."""
    offset = local.utcoffset() or timedelta()
    return 900 if offset % timedelta(hours=1) else 3600


def _by_line(rows: Rows) -> Rows:
    return rows.annotate(key=F("entry__category__line_code"))


def _by_place(rows: Rows) -> Rows:
    return rows.annotate(key=Substr("place__path", 1, Place.steplen))


def _by_team(rows: Rows) -> Rows:
    return with_last(rows, "team").annotate(key=F("last_team"))


def _by_person(rows: Rows) -> Rows:
    return with_last(rows, "executor").annotate(key=F("last_executor"))


DIMENSIONS: dict[str, Callable[[Rows], Rows]] = {
    "line": _by_line, "place": _by_place, "team": _by_team, "person": _by_person,
}  # fmt: skip


def compared(rows: Rows, by: str, span: DateSpan) -> dict[Any, dict[str, Any]]:
    """The figures of each line, campus, team or person that has any, and how long it took them; seven
    queries."""
    chosen = _side_by_side(DIMENSIONS[by](rows).order_by(), span)
    figures: dict[Any, dict[str, Any]] = {}
    for key, wanted in SIDE_BY_SIDE.items():
        for row in chosen[key].values("key").annotate(**wanted):
            figures.setdefault(row.pop("key"), {}).update(row)
    for name, figure, length in (("answer", "response", ANSWER), ("repair", "finished", REPAIR)):
        counted = {key: (row[figure], row[name]) for key, row in figures.items() if figure in row}
        for key, spread in _spread(chosen[figure], length, counted).items():
            figures[key][name] = spread
    return figures


def _side_by_side(keyed: Rows, span: DateSpan) -> dict[str, Rows]:
    """The rows that each figure of SIDE_BY_SIDE is about."""
    counted, judged = ("submitted", "finished", "rated"), (Kind.RESPONSE, Kind.HANDLING)
    chosen = {str(key): keyed.filter(FIGURES[key].where(span)) for key in counted}
    return chosen | {str(kind): keyed.filter(_judged(span, kind)) for kind in judged}


def loaded(rows: Rows, by: str, span: DateSpan) -> dict[Any, dict[str, int]]:
    """What each has in hand now, by the figures of what is open; one query."""
    wanted = {
        key: Count("pk", filter=FIGURES[key].where(span)) for key in ("open_over", "open_today")
    }
    keyed = DIMENSIONS[by](rows.filter(FIGURES["open"].where(span))).order_by().values("key")
    return {row.pop("key"): row for row in keyed.annotate(open=Count("pk"), **wanted)}


def handed_back(rows: Rows, span: DateSpan) -> dict[int, int]:
    """Over the figure `handed_back`: how many each person handed back, whoever did them in the end."""
    back = rows.filter(
        FIGURES["submitted"].where(span), orders__status=WorkOrder.Status.HANDED_BACK
    )
    counted = back.order_by().values("orders__executor").annotate(count=Count("pk", distinct=True))
    return dict(counted.values_list("orders__executor", "count"))


SIDE_BY_SIDE: Mapping[str, Mapping[str, Any]] = {
    "submitted": {"submitted": Count("pk"), "reassigned": Count("pk", filter=Q(reassigned__gt=0))},
    "finished": {
        "finished": Count("pk"), "repair": Avg(REPAIR), "rework": Count("pk", filter=Q(round__gt=1)),
    },
    "response": {"response": Count("pk"), "answer": Avg(ANSWER)},
    "handling": {"handling": Count("pk", distinct=True), "handling_late": LATE},
    "rated": {
        "rated": Count("pk"), "stars": Avg(ALL_STARS), "unhappy": Count("pk", filter=LOW),
    },
}  # fmt: skip
