"""Every figure that counts demands, as data: what it is called, what it means, which demands it counts.

A number on a page is the count of a figure, and the list behind it asks the same condition; they cannot come
apart. `docs/figures.md` says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as term

from houqin.cockpit.models import Moment, MomentQuerySet
from houqin.cockpit.reports.scope import DateSpan
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import to_dispatch, to_review
from houqin.kernel.timekeeping import day_of
from houqin.work.orders.models import WorkOrder

S, M = Demand.Status, Moment.Kind
UNHAPPY = 2  # stars or fewer, in any of the three
LOW = Q(speed_stars__lte=UNHAPPY) | Q(attitude_stars__lte=UNHAPPY) | Q(solution_stars__lte=UNHAPPY)
LATE = Q(late=True)
Aggregates = Mapping[str, Any]
NONE: Aggregates = {}
NOTHING: Mapping[str, Aggregates] = {}
HANDED_BACK = WorkOrder.Status.HANDED_BACK


@dataclass(frozen=True)
class Standing:
    """Counts the demands that are so now: those that `where(span)` picks, by the present moment of `span`."""

    label: str | Promise
    meaning: str | Promise
    where: Callable[[DateSpan], Q]

    standing = True

    def of(self, rows: Any, span: DateSpan) -> Any:
        """Those of the demands `rows`."""
        return rows.filter(self.where(span))

    def count(self, span: DateSpan) -> Count:
        """How many there are, as an aggregate over demands."""
        return Count("pk", filter=self.where(span))


@dataclass(frozen=True)
class Passing:
    """Counts the demands to which this happened in a stretch: those with a moment of `kind` which is `part`."""

    label: str | Promise
    meaning: str | Promise
    kind: str
    part: Q = field(default_factory=Q)

    standing = False

    @property
    def which(self) -> Q:
        """The moments that it is about."""
        return Q(kind=self.kind) & self.part

    def first(self, since: datetime | F) -> Q:
        """Of several moments of one demand since then the first, as each demand counts once."""
        before = "previous_late_at" if self.part == LATE else "previous_at"
        return self.part & (Q(**{before: None}) | Q(**{f"{before}__lt": since}))

    def of(self, rows: Any, span: DateSpan) -> Any:
        """Those of the demands `rows`."""
        moments = within(Moment.objects.filter(self.which), span)
        return rows.filter(pk__in=moments.values("demand"))

    def count(self, since: datetime | F) -> Count:
        """How many there are since then, as an aggregate over the moments of its kind."""
        repeats = self.kind in Moment.JUDGED
        return Count("pk", filter=(self.first(since) if repeats else self.part) or None)


def within(moments: MomentQuerySet, span: DateSpan) -> MomentQuerySet:
    """Those of that stretch."""
    return moments.filter(at__gte=span.since, at__lt=span.until)


def _aged(least: int, most: int | None) -> Callable[[DateSpan], Q]:
    """Open, and submitted at least `least` and less than `most` times 24 hours ago."""

    def where(span: DateSpan) -> Q:
        older = Q(status__in=Demand.OPEN, submitted_at__lte=span.at - timedelta(days=least))
        return older if most is None else older & Q(submitted_at__gt=span.at - timedelta(days=most))

    return where


def _due(state: str) -> Callable[[DateSpan], Q]:
    """Open, by its nearest running clock."""

    def where(span: DateSpan) -> Q:
        tonight = day_of(span.at)[1]
        return (
            Q(status__in=Demand.OPEN)
            & {
                "over": Q(next_due_at__lt=span.at),
                "today": Q(next_due_at__gte=span.at, next_due_at__lt=tonight),
                "later": Q(next_due_at__gte=tonight),
                "still": Q(next_due_at=None),
            }[state]
        )

    return where


AGES = {"age_0": (0, 1), "age_1": (1, 3), "age_3": (3, 7), "age_7": (7, 14), "age_14": (14, None)}
AGE_WORDS = (_("1 天内"), _("1–3 天"), _("3–7 天"), _("7–14 天"), _("14 天以上"))
STATES = {
    "open_over": _("已超时"),
    "open_today": _("今天到期"),
    "open_later": _("未到期"),
    "open_still": _("时钟停着"),
}


def handed_back_by(**whom: int | None) -> Any:
    """The keys of demands of which an order was handed back: by that `executor`, or, where it is None, by a
    team before anybody had it."""
    kind = ContentType.objects.get_for_model(Demand)
    orders = WorkOrder.objects.filter(subject_type=kind, status=HANDED_BACK)
    return orders.filter(**whom).values("subject_id")


FIGURES: dict[str, Standing | Passing] = {
    "open": Standing(_("未结"), _("还没有验收、归档、驳回或取消的需求。"), lambda span: Q(status__in=Demand.OPEN)),
    "open_over": Standing(_("未结，已超时"), _("最近的时钟已过时限。"), _due("over")),
    "open_today": Standing(_("未结，今天到期"), _("最近的时钟今天到期，还没有过。"), _due("today")),
    "open_later": Standing(_("未结，未到期"), _("最近的时钟今天以后到期。"), _due("later")),
    "open_still": Standing(_("未结，时钟停着"), _("没有在走的时钟：挂起或等补充。"), _due("still")),
    **{
        key: Standing(words, _("从提交起算，每天 24 小时。"), _aged(*AGES[key]))
        for key, words in zip(AGES, AGE_WORDS, strict=True)
    },
    "to_review": Standing(_("待初审"), _("还没有初审的需求，先派工后补审的也算。"), lambda span: to_review()),
    "to_dispatch": Standing(_("待派工"), _("已受理，还没有派工。"), lambda span: to_dispatch()),
    "submitted": Passing(term("figure", "提交"), _("这段时间提交的需求。"), M.SUBMITTED),
    "finished": Passing(term("figure", "办结"), _("这段时间完工、之后没有被退回返工的需求。"), M.FINISHED),
    "rework": Passing(_("返工后办结"), _("办结的需求里，返工过的。"), M.FINISHED, Q(round__gt=1)),
    "review": Passing(_("初审"), _("这段时间初审时钟有了结果的需求。"), M.REVIEW),
    "review_late": Passing(_("初审超时"), _("这段时间初审时钟判为超时的需求。"), M.REVIEW, LATE),
    "response": Passing(_("响应"), _("这段时间响应时钟有了结果的需求。"), M.RESPONSE),
    "response_late": Passing(_("响应超时"), _("这段时间响应时钟判为超时的需求。"), M.RESPONSE, LATE),
    "handling": Passing(_("办理"), _("这段时间办理时钟有了结果的需求，返工的也算。"), M.HANDLING),
    "handling_late": Passing(_("办理超时"), _("这段时间有一次办理判为超时的需求。"), M.HANDLING, LATE),
    "rejected": Passing(term("figure", "驳回"), _("这段时间提交、后来被驳回的需求。"), M.SUBMITTED, Q(status=S.REJECTED)),
    "cancelled": Passing(_("取消、撤回"), _("这段时间提交、后来取消或撤回的需求。"), M.SUBMITTED, Q(status=S.CANCELLED)),
    "reassigned": Passing(term("figure", "改派"), _("这段时间提交、派出后改派或退单过的需求。"), M.SUBMITTED, Q(reassignments__gt=0)),
    "handed_back": Passing(_("退单"), _("这段时间提交、有人退过单的需求。"), M.SUBMITTED, Q(was_handed_back=True)),
    "reopened": Passing(term("figure", "退回返工"), _("这段时间提交、验收时被退回过的需求。"), M.SUBMITTED, Q(round__gt=1)),
    "urged": Passing(term("figure", "催办"), _("这段时间提交、需求人催办过的需求。"), M.SUBMITTED, Q(urges__gt=0)),
    "supervised": Passing(term("figure", "督办"), _("这段时间提交、主管督办过的需求。"), M.SUBMITTED, Q(was_supervised=True)),
    "rated": Passing(term("figure", "评价"), _("这段时间收到评价的需求；没有评价的不算好评。"), M.RATED),
    "unhappy": Passing(_("低分"), _("评价里有一项不高于 2 星的需求。"), M.RATED, LOW),
}  # fmt: skip
NOW = {key: figure for key, figure in FIGURES.items() if isinstance(figure, Standing)}
PAST = {key: figure for key, figure in FIGURES.items() if isinstance(figure, Passing)}


def standing(rows: Any, keys: Iterable[str], span: DateSpan) -> dict[str, int]:
    """How many of the demands `rows` each of these figures of now counts; one query, which reads the open ones
    alone."""
    counted: dict[str, int] = (
        FIGURES["open"].of(rows, span).aggregate(**{key: NOW[key].count(span) for key in keys})
    )
    return counted


def counts(
    moments: MomentQuerySet,
    keys: Iterable[str],
    span: DateSpan,
    more: Mapping[str, Aggregates] = NOTHING,
) -> dict[str, Any]:
    """How many demands each of these figures counts in the stretch, and `more` that is read of a kind of moment;
    one query for each kind."""
    counted: dict[str, Any] = {}
    for kind, figures in by_kind(keys).items():
        chosen = within(moments.filter(kind=kind), span)
        wanted = {key: PAST[key].count(span.since) for key in figures}
        counted |= chosen.aggregate(**wanted, **more.get(kind, NONE))
    return counted


def by_kind(keys: Iterable[str]) -> dict[str, list[str]]:
    """The figures by the kind of moment that they are about."""
    kinds: dict[str, list[str]] = {}
    for key in keys:
        kinds.setdefault(PAST[key].kind, []).append(key)
    return kinds


def by_grade(rows: Any, span: DateSpan) -> dict[str, dict[str, int]]:
    """The figures of now of each grade that has any; one query."""
    chosen = {key: figure.count(span) for key, figure in NOW.items()}
    grouped = FIGURES["open"].of(rows, span).order_by().values("grade").annotate(**chosen)
    return {row.pop("grade"): row for row in grouped}
