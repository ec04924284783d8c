"""Every figure that counts demands, as data: what it is called, what it means, which rows it counts.

A number on a page is the count of `where`, and the list behind it is filtered by the same `where`; they cannot
come apart. `docs/figures.md` says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as term

from houqin.cockpit.reports.desk import ended
from houqin.cockpit.reports.scope import DateSpan
from houqin.desk.demands.models import Demand
from houqin.desk.demands.models.standing import to_dispatch, to_review
from houqin.kernel.clock.models import Clock, Kind
from houqin.kernel.timekeeping import day_of
from houqin.work.orders.models import WorkOrder

S = Demand.Status
BREACHED = Clock.Result.BREACHED
FINISHED = (S.DONE, S.ACCEPTED, S.CLOSED)
NOTHING: Mapping[str, Mapping[str, Any]] = {}
UNHAPPY = 2  # stars or fewer, in any of the three


@dataclass(frozen=True)
class Figure:
    """`where(span)` picks the demands; one that is `standing` is about now and does not ask the span.

    `of` is the figure that it is a part of: what is counted together is read once, by the whole of it.
    """

    label: str | Promise
    meaning: str | Promise
    where: Callable[[DateSpan], Q]
    of: str = ""
    standing: bool = False


def _ended(kind: str, *results: str) -> Callable[[DateSpan], Q]:
    return lambda span: ended(kind, span.since, span.until, *results)


def _submitted(**more: Any) -> Callable[[DateSpan], Q]:
    return lambda span: Q(submitted_at__gte=span.since, submitted_at__lt=span.until, **more)


def _finished(**more: Any) -> Callable[[DateSpan], Q]:
    """Handed over in the stretch and not refused since."""
    return lambda span: Q(
        done_at__gte=span.since, done_at__lt=span.until, status__in=FINISHED, **more
    )


def _rated(span: DateSpan) -> Q:
    return Q(rating__at__gte=span.since, rating__at__lt=span.until)


LOW = (
    Q(rating__speed__lte=UNHAPPY)
    | Q(rating__attitude__lte=UNHAPPY)
    | Q(rating__solution__lte=UNHAPPY)
)


def _unhappy(span: DateSpan) -> Q:
    return _rated(span) & LOW


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
    """The keys of demands of which an order was handed back: by anybody, by that `executor`, or, where it is
    None, by a team before anybody had it."""
    kind = ContentType.objects.get_for_model(Demand)
    orders = WorkOrder.objects.filter(subject_type=kind, status=WorkOrder.Status.HANDED_BACK)
    return orders.filter(**whom).values("subject_id")


def _handed_back(span: DateSpan) -> Q:
    return _submitted()(span) & Q(pk__in=handed_back_by())


FIGURES: dict[str, Figure] = {
    "open": Figure(_("未结"), _("还没有验收、归档、驳回或取消的需求。"), lambda span: Q(status__in=Demand.OPEN), standing=True),
    "open_over": Figure(_("未结，已超时"), _("最近的时钟已过时限。"), _due("over"), "open", True),
    "open_today": Figure(_("未结，今天到期"), _("最近的时钟今天到期，还没有过。"), _due("today"), "open", True),
    "open_later": Figure(_("未结，未到期"), _("最近的时钟今天以后到期。"), _due("later"), "open", True),
    "open_still": Figure(_("未结，时钟停着"), _("没有在走的时钟：挂起或等补充。"), _due("still"), "open", True),
    **{
        key: Figure(words, _("从提交起算，每天 24 小时。"), _aged(*AGES[key]), "open", True)
        for key, words in zip(AGES, AGE_WORDS, strict=True)
    },
    "to_review": Figure(_("待初审"), _("还没有初审的需求，先派工后补审的也算。"), lambda span: to_review(), standing=True),
    "to_dispatch": Figure(_("待派工"), _("已受理，还没有派工。"), lambda span: to_dispatch(), standing=True),
    "submitted": Figure(term("figure", "提交"), _("这段时间提交的需求。"), _submitted()),
    "finished": Figure(term("figure", "办结"), _("这段时间完工、之后没有被退回返工的需求。"), _finished()),
    "rework": Figure(_("返工后办结"), _("办结的需求里，返工过的。"), _finished(round__gt=1), "finished"),
    "review": Figure(_("初审"), _("这段时间初审时钟有了结果的需求。"), _ended(Kind.REVIEW)),
    "review_late": Figure(_("初审超时"), _("这段时间初审时钟判为超时的需求。"), _ended(Kind.REVIEW, BREACHED), "review"),
    "response": Figure(_("响应"), _("这段时间响应时钟有了结果的需求。"), _ended(Kind.RESPONSE)),
    "response_late": Figure(_("响应超时"), _("这段时间响应时钟判为超时的需求。"), _ended(Kind.RESPONSE, BREACHED), "response"),
    "handling": Figure(_("办理"), _("这段时间办理时钟有了结果的需求，返工的也算。"), _ended(Kind.HANDLING)),
    "handling_late": Figure(_("办理超时"), _("这段时间有一次办理判为超时的需求。"), _ended(Kind.HANDLING, BREACHED), "handling"),
    "rejected": Figure(term("figure", "驳回"), _("这段时间提交、后来被驳回的需求。"), _submitted(status=S.REJECTED), "submitted"),
    "cancelled": Figure(_("取消、撤回"), _("这段时间提交、后来取消或撤回的需求。"), _submitted(status=S.CANCELLED), "submitted"),
    "reassigned": Figure(term("figure", "改派"), _("这段时间提交、派出后改派或退单过的需求。"), _submitted(reassigned__gt=0), "submitted"),
    "handed_back": Figure(_("退单"), _("这段时间提交、有人退过单的需求。"), _handed_back, "submitted"),
    "reopened": Figure(term("figure", "退回返工"), _("这段时间提交、验收时被退回过的需求。"), _submitted(round__gt=1), "submitted"),
    "urged": Figure(term("figure", "催办"), _("这段时间提交、需求人催办过的需求。"), _submitted(urges__gt=0), "submitted"),
    "supervised": Figure(term("figure", "督办"), _("这段时间提交、主管督办过的需求。"), _submitted(supervised=True), "submitted"),
    "rated": Figure(term("figure", "评价"), _("这段时间收到评价的需求；没有评价的不算好评。"), _rated),
    "unhappy": Figure(_("低分"), _("评价里有一项不高于 2 星的需求。"), _unhappy, "rated"),
}  # fmt: skip
STANDING = tuple(key for key, figure in FIGURES.items() if figure.standing)
PASSING = tuple(key for key, figure in FIGURES.items() if not figure.standing)


def counts(
    rows: Any,
    keys: tuple[str, ...],
    span: DateSpan,
    more: Mapping[str, Mapping[str, Any]] = NOTHING,
) -> dict[str, Any]:
    """How many of `rows` each of the figures counts; one query for each whole and its parts, which reads
    the rows of the whole alone. `more` are other aggregates over a whole, by its key."""
    totals: dict[str, Any] = {}
    for whole, parts in _by_whole(keys).items():
        chosen = rows.filter(FIGURES[whole].where(span))
        wanted = {key: _count(key, span) for key in parts}
        totals |= chosen.aggregate(**more.get(whole, {}), **wanted)
    return {key: totals[key] for key in keys} | totals


def _by_whole(keys: tuple[str, ...]) -> dict[str, list[str]]:
    """Those of `keys` that are counted together, under the figure that they are parts of."""
    wholes: dict[str, list[str]] = {}
    for key in keys:
        wholes.setdefault(FIGURES[key].of or key, []).append(key)
    return wholes


def _count(key: str, span: DateSpan) -> Count:
    figure = FIGURES[key]
    return Count("pk", filter=figure.where(span)) if figure.of else Count("pk")


def by_grade(rows: Any, span: DateSpan) -> dict[str, dict[str, int]]:
    """The standing figures of each grade that has any; one query."""
    chosen = {key: Count("pk", filter=FIGURES[key].where(span)) for key in STANDING}
    grouped = rows.filter(status__in=Demand.OPEN).order_by().values("grade").annotate(**chosen)
    return {row.pop("grade"): row for row in grouped}
