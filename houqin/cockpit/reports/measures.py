"""What is more than a count: means and medians, courses over time, comparisons. Each takes a fixed number of
queries, and says which figure counts the rows that it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Avg,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Sum,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber, Substr
from django.utils.timezone import get_current_timezone

from houqin.cockpit.models import Moment, MomentQuerySet
from houqin.cockpit.reports.figures import (
    FIGURES,
    HANDED_BACK,
    NONE,
    NOW,
    PAST,
    Aggregates,
    by_kind,
    counts,
    within,
)
from houqin.cockpit.reports.scope import DateSpan, with_last
from houqin.desk.demands.models import Demand
from houqin.kernel.places.models import Place
from houqin.work.orders.models import WorkOrder

Rows = Any
COURSE = Moment.JUDGED
STARS = ("speed", "attitude", "solution")


class Slot(Func):
    """Which slot of so many seconds, counted since 1970, a moment lies in."""

    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s) / %(seconds)s) AS BIGINT)"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """In whole milliseconds: days are no fractions that a computer can write."""
        days = "JULIANDAY(%(expressions)s) - 2440587.5"
        since = f"CAST(ROUND(({days}) * 86400000.0) AS INTEGER)"
        return self.as_sql(
            compiler, connection, template=f"({since} / (%(seconds)s * 1000))", **context
        )


LENGTH = {"response": {"answer": Avg("length")}, "finished": {"repair": Avg("length")}}
# What is read in the same pass as the figures of a kind of moment.
ALONG: Mapping[str, Aggregates] = LENGTH | {
    "rated": {name: Avg(f"{name}_stars") for name in STARS},
    "submitted": {
        "times_reassigned": Sum("reassignments", default=0), "times_urged": Sum("urges", default=0),
        "times_reopened": Sum(F("round") - 1, default=0),
    },
}  # fmt: skip
ALL_STARS = (F("speed_stars") + F("attitude_stars") + F("solution_stars")) / 3.0
BESIDE: Mapping[str, Aggregates] = LENGTH | {"rated": {"stars": Avg(ALL_STARS)}}


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


def course(moments: MomentQuerySet, span: DateSpan) -> Course:
    """For each step of the stretch in which a clock was judged, the share on time of each kind; one query."""
    steps = {step.since: step for step in span.steps()}
    begin = Case(*(When(at__lt=step.until, then=Value(begin)) for begin, step in steps.items()))
    chosen = within(moments.filter(kind__in=COURSE), span).order_by().values("kind", begin=begin)
    judged, late = (PAST[key].count(F("begin")) for key in ("handling", "handling_late"))
    shares: dict[datetime, dict[str, Share]] = {}
    for row in chosen.annotate(judged=judged, many_late=late):
        shares.setdefault(row["begin"], {})[row["kind"]] = Share(row["judged"], row["many_late"])
    return [(steps[begin], shares[begin]) for begin in sorted(shares)]


def passed(moments: MomentQuerySet, span: DateSpan, keys: Iterable[str] = PAST) -> dict[str, Any]:
    """The figures `keys`, and what is read ALONG with them: the mean times to respond and to repair, the
    means of the stars, and how often where a demand may have been reassigned, refused or urged more than
    once; one query for each kind of moment."""
    return counts(moments, keys, span, ALONG)


@dataclass(frozen=True)
class Spread:
    """How long `count` of them took, as it passed for the requester: day and night, holidays and holds too.
    Half of them took no longer than `median`, nine of ten no longer than `ninety` (nearest rank)."""

    count: int = 0
    mean: timedelta | None = None
    median: timedelta | None = None
    ninety: timedelta | None = None


# Of which kind of moment the lengths are, the figure that counts them, and the mean of them.
LENGTHS = {"answer": "response", "repair": "finished"}
RANKS = {"median": 50, "ninety": 90}
ALL = Value(0)
Counted = Mapping[str, Any]


def spreads(moments: MomentQuerySet, span: DateSpan, counted: Counted) -> dict[str, Spread]:
    """`answer` and `repair`: how long it took to respond and to finish, which `passed` has `counted`; one
    query."""
    return _spreads(within(moments, span).annotate(key=ALL), {0: counted})[0]


def _spreads(keyed: Rows, counted: Mapping[Any, Counted]) -> dict[Any, dict[str, Spread]]:
    """Both for each `key`. The database ranks the lengths of a kind under each key and hands over those of
    the wanted ranks alone."""
    ranks = {
        (key, name): _ranks(row[figure])
        for key, row in counted.items()
        for name, figure in LENGTHS.items()
    }
    asked = {rank for named in ranks.values() for rank in named.values()}
    rank = Window(RowNumber(), [F("key"), F("kind")], F("length").asc())
    kinds = {PAST[figure].kind: name for name, figure in LENGTHS.items()}
    ranked = keyed.filter(kind__in=kinds).order_by().annotate(rank=rank).filter(rank__in=asked)
    at = {
        (key, kinds[kind], rank): length
        for key, kind, rank, length in ranked.values_list("key", "kind", "rank", "length")
    }

    def spread(key: Any, name: str, row: Counted) -> Spread:
        taken = {word: at.get((key, name, nth)) for word, nth in ranks[key, name].items()}
        return Spread(row[LENGTHS[name]], row[name], **taken)

    return {key: {name: spread(key, name, row) for name in LENGTHS} for key, row in counted.items()}


def _ranks(count: int) -> dict[str, int]:
    """Which place among `count` lengths each of RANKS has (nearest rank)."""
    return {name: -(-count * percent // 100) for name, percent in RANKS.items()}


def load(moments: MomentQuerySet, span: DateSpan) -> dict[tuple[int, int], int]:
    """How many were submitted on each day of the week (1 Monday … 7) in each hour of the house's clock. The
    database counts by the hour of UTC, or by quarters where the zone is not whole hours away from it."""
    zone = get_current_timezone()
    seconds = _slot_seconds(span.since.astimezone(zone))
    chosen = within(moments.filter(PAST["submitted"].which), span).order_by()
    tally: Counter[tuple[int, int]] = Counter()
    grouped = chosen.values(slot=Slot("at", seconds=seconds)).annotate(count=Count("pk"))
    for slot, count in grouped.values_list("slot", "count"):
        at = datetime.fromtimestamp(slot * seconds, zone)
        tally[at.isoweekday(), at.hour] += count
    return dict(tally)


def _slot_seconds(local: datetime) -> int:
    """The longest slots of UTC of which an hour of the local clock is made."""
    offset = local.utcoffset() or timedelta()
    return 900 if offset % timedelta(hours=1) else 3600


Dimension = Callable[[Rows], Rows]
DIMENSIONS: dict[str, Dimension] = {
    "line": lambda rows: rows.annotate(key=F("entry__category__line_code")),
    "place": lambda rows: rows.annotate(key=Substr("place__path", 1, Place.steplen)),
    "team": lambda rows: rows.annotate(key=F("team")),
    "person": lambda rows: rows.annotate(key=F("executor")),
}
IN_HAND: dict[str, Dimension] = {
    "team": lambda rows: with_last(rows, "team").annotate(key=F("last_team")),
    "person": lambda rows: with_last(rows, "executor").annotate(key=F("last_executor")),
}
SIDE_BY_SIDE = (
    "submitted", "reassigned", "finished", "rework", "response", "handling", "handling_late", "rated",
    "unhappy",
)  # fmt: skip


MEANS = dict.fromkeys((*LENGTHS, "stars"))


def compared(moments: MomentQuerySet, by: str, span: DateSpan) -> dict[Any, dict[str, Any]]:
    """The figures of each line, campus, team or person that has any, and how long it took them; six
    queries."""
    keyed = DIMENSIONS[by](within(moments, span)).order_by()
    rows: dict[Any, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(SIDE_BY_SIDE, 0) | MEANS)
    for kind, figures in by_kind(SIDE_BY_SIDE).items():
        wanted = {key: PAST[key].count(span.since) for key in figures}
        chosen = keyed.filter(kind=kind).values("key")
        for row in chosen.annotate(**wanted, **BESIDE.get(kind, NONE)):
            rows[row.pop("key")].update(row)
    spread = _spreads(keyed, rows)
    return {key: row | spread[key] for key, row in rows.items()}


def loaded(rows: Rows, by: str, span: DateSpan) -> dict[Any, dict[str, int]]:
    """What each has in hand now, by the figures of what is open; one query."""
    wanted = {key: NOW[key].count(span) for key in ("open_over", "open_today")}
    keyed = IN_HAND[by](FIGURES["open"].of(rows, span)).order_by().values("key")
    return {row.pop("key"): row for row in keyed.annotate(open=Count("pk"), **wanted)}


def handed_back(moments: MomentQuerySet, span: DateSpan) -> dict[int, int]:
    """Over the figure `handed_back`: how many each person handed back, whoever did them in the end."""
    back = within(moments.filter(PAST["handed_back"].which), span).values("demand")
    orders = WorkOrder.objects.filter(
        subject_type=ContentType.objects.get_for_model(Demand), subject_id__in=back
    )
    counted = orders.filter(status=HANDED_BACK).order_by().values("executor")
    many = counted.annotate(count=Count("subject_id", distinct=True))
    return dict(many.values_list("executor", "count"))
