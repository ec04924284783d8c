"""What the desk itself knows of any demand."""

from __future__ import annotations

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.desk.catalogue.lines import Fact, provide_facts
from houqin.desk.demands.models import Demand, DemandQuerySet
from houqin.desk.demands.policies import COMPARED_WITHIN, JUDGED_OVER, REPEATED_WITHIN
from houqin.desk.demands.reports import Alike, alike_demands
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.ui.formatting import day, money
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import duty_officers

BUILDING = 2  # how deep in the tree of places a building is


def _around(demand: Demand) -> DemandQuerySet:
    """The other demands of the same building."""
    building = demand.place.path[: BUILDING * Place.steplen]
    return Demand.objects.filter(place__path__startswith=building).exclude(pk=demand.pk)


def _listed(demands: list[Demand]) -> str:
    return _("；").join(f"{demand.number} {demand.title}" for demand in demands)


def _pieces(count: int) -> str:
    return ngettext("%(count)s 件", "%(count)s 件", count) % {"count": count}


def alike(demand: Demand) -> list[Demand]:
    """What is likely the same thing, asked for lately in the same building and not finished yet."""
    return [likely.demand for likely in _likely(demand)]


def _likely(demand: Demand) -> list[Alike]:
    """Looked for once for each demand at hand: the desk shows it as a fact and offers to merge it."""
    known = vars(demand)
    if "likely" not in known:
        place, title, at = demand.place, demand.title, demand.submitted_at
        known["likely"] = alike_demands(demand.entry, place, title, at=at, but=demand.pk)
    likely: list[Alike] = known["likely"]
    return likely


@provide_facts
def likely_duplicates(demand: Demand) -> list[Fact]:
    """What may be the same problem once more, and why."""
    likely = _likely(demand)
    if not likely:
        words = _("同一楼栋近 %(period)s没有同类未结需求")
        period = COMPARED_WITHIN.words(COMPARED_WITHIN.at(demand.submitted_at))
        return [Fact("copy", _("可能重复"), words % {"period": period}, _("无"), "ok")]
    why = [
        _("%(demand)s（%(why)s）")
        % {"demand": f"{match.demand.number} {match.demand.title}", "why": _("、").join(match.why)}
        for match in likely
    ]
    url = likely[0].demand.get_absolute_url()
    return [Fact("copy", _("可能重复"), _("；").join(why), _pieces(len(likely)), "warn", url)]


@provide_facts
def open_here(demand: Demand) -> list[Fact]:
    """What else is under way at the same place: one visit may do for both."""
    rows = Demand.objects.open().filter(place=demand.place).exclude(pk=demand.pk)
    demands = list(rows.order_by("-submitted_at")[:3])
    if not demands:
        return [Fact("map-pin", _("同地点在办"), _("没有"), _("无"), "ok")]
    url = demands[0].get_absolute_url()
    return [Fact("map-pin", _("同地点在办"), _listed(demands), _pieces(len(demands)), "warn", url)]


@provide_facts
def last_alike(demand: Demand) -> list[Fact]:
    """When the same service was last done there, and what it cost in materials and outside work."""
    rows = _around(demand).filter(entry=demand.entry, done_at__isnull=False, merged_into=None)
    here = rows.filter(place=demand.place).order_by("-done_at").first()
    last = here or rows.order_by("-done_at").first()
    if last is None or last.done_at is None:
        return [Fact("history", _("上次同类"), _("这一栋没有办过同类的事"), _("首次"), "ok")]
    orders = WorkOrder.objects.of(last)
    values = {"number": last.number, "title": last.title, "day": day(last.done_at, now())}
    words = _("%(number)s %(title)s，%(day)s办好") % values
    price = money(sum(order.cost_fen for order in orders))
    since = demand.submitted_at - REPEATED_WITHIN.span(demand.submitted_at)
    soon = here is not None and last.done_at > since
    return [
        Fact(
            "history", _("上次同类"), words, price, "warn" if soon else "", last.get_absolute_url()
        )
    ]


@provide_facts
def record_of_building(demand: Demand) -> list[Fact]:
    """How a year of work in this building went: rework and stars."""
    period = JUDGED_OVER.at(demand.submitted_at)
    since = demand.submitted_at - JUDGED_OVER.length(period)
    rows = _around(demand).filter(done_at__gte=since)
    record = rows.aggregate(
        done=Count("pk"), again=Count("pk", filter=Q(round__gt=1)), stars=Avg("rating__solution")
    )
    if not record["done"]:
        return []
    words = _("近 %(period)s办结 %(done)s 件，返工 %(again)s 件")
    words %= record | {"period": JUDGED_OVER.words(period)}
    verdict = _("%(stars).1f 星") % record if record["stars"] else _("未评")
    often = record["again"] * 10 > record["done"]
    return [Fact("star", _("本栋口碑"), words, verdict, "warn" if often else "")]


@provide_facts
def open_ones_of_requester(demand: Demand) -> list[Fact]:
    """What else the same person is waiting for."""
    others = Demand.objects.open().filter(requester=demand.requester).exclude(pk=demand.pk)
    if demand.caller:  # all who have no account share the guest: a telephone tells them apart
        others = others.filter(caller=demand.caller, phone=demand.phone)
    count = others.count()
    words = _("%(name)s 另有 %(count)s 件未结") if count else _("%(name)s 没有其他未结需求")
    sentence = words % {"name": demand.asker, "count": count}
    return [Fact("user", _("需求人"), sentence, _pieces(count))]


@provide_facts
def on_duty(demand: Demand) -> list[Fact]:
    """Who can be called there now."""
    people = duty_officers(demand.place, now())
    if not people:
        return [
            Fact("phone", _("现在值班"), _("没有排值班的人；紧急件无人可呼叫"), _("缺"), "warn")
        ]
    words = _("、").join(f"{person} {person.phone}".strip() for person in people)
    return [Fact("phone", _("现在值班"), words, _("在岗"), "ok")]


@provide_facts
def what_it_takes(demand: Demand) -> list[Fact]:
    """Whether it has to be approved before it is accepted, and signed for where it is done."""
    facts = []
    if demand.entry.needs_approval:
        words = _("受理时送审，批准后才派工；定为紧急的先办，同时送审")
        facts.append(Fact("certificate", _("审批权限"), words, _("要审批"), "warn"))
    if demand.entry.met_signs:
        facts.append(Fact("signature", _("完工签字"), _("完工时由现场的人签字"), _("要签字")))
    return facts
