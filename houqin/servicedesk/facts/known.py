"""What the desk itself knows of any request."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.dispatch.models import WorkOrder, duty_officers
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.web.words import day, money
from houqin.servicedesk.lines import Fact, provide_facts
from houqin.servicedesk.models import Request, RequestQuerySet
from houqin.servicedesk.reports import Alike, alike_requests

RECENT, LONG = timedelta(days=30), timedelta(days=365)
BUILDING = 2  # how deep in the tree of places a building is


def _around(request: Request) -> RequestQuerySet:
    """The other requests of the same building."""
    building = request.place.path[: BUILDING * Place.steplen]
    return Request.objects.filter(place__path__startswith=building).exclude(pk=request.pk)


def _listed(requests: list[Request]) -> str:
    return _("；").join(f"{one.number} {one.title}" for one in requests)


def _pieces(count: int) -> str:
    return ngettext("%(count)s 件", "%(count)s 件", count) % {"count": count}


def alike(request: Request) -> list[Request]:
    """What is likely the same thing, asked for lately in the same building and not finished yet."""
    return [one.request for one in _likely(request)]


def _likely(request: Request) -> list[Alike]:
    """Looked for once for each request at hand: the desk shows it as a fact and offers to merge it."""
    known = vars(request)
    if "likely" not in known:
        place, title, at = request.place, request.title, request.submitted_at
        known["likely"] = alike_requests(request.entry, place, title, at=at, but=request.pk)
    found: list[Alike] = known["likely"]
    return found


@provide_facts
def likely_duplicates(request: Request) -> list[Fact]:
    """What may be the same problem once more, and why."""
    found = _likely(request)
    if not found:
        return [Fact("copy", _("可能重复"), _("同一楼栋近 30 天没有同类未结需求"), _("无"), "ok")]
    why = [
        _("%(request)s（%(why)s）")
        % {"request": f"{one.request.number} {one.request.title}", "why": _("、").join(one.why)}
        for one in found
    ]
    url = found[0].request.get_absolute_url()
    return [Fact("copy", _("可能重复"), _("；").join(why), _pieces(len(found)), "warn", url)]


@provide_facts
def open_here(request: Request) -> list[Fact]:
    """What else is under way at the same place: one visit may do for both."""
    rows = Request.objects.open().filter(place=request.place).exclude(pk=request.pk)
    found = list(rows.order_by("-submitted_at")[:3])
    if not found:
        return [Fact("map-pin", _("同地点在办"), _("没有"), _("无"), "ok")]
    url = found[0].get_absolute_url()
    return [Fact("map-pin", _("同地点在办"), _listed(found), _pieces(len(found)), "warn", url)]


@provide_facts
def last_alike(request: Request) -> list[Fact]:
    """When the same service was last done there, and what it cost in materials and outside work."""
    rows = _around(request).filter(entry=request.entry, done_at__isnull=False, merged_into=None)
    here = rows.filter(place=request.place).order_by("-done_at").first()
    last = here or rows.order_by("-done_at").first()
    if last is None or last.done_at is None:
        return [Fact("history", _("上次同类"), _("这一栋没有办过同类的事"), _("首次"), "ok")]
    orders = WorkOrder.objects.of(last).prefetch_related("materials")
    said = {"number": last.number, "title": last.title, "day": day(last.done_at, now())}
    words = _("%(number)s %(title)s，%(day)s办好") % said
    price = money(sum(order.cost_fen for order in orders))
    soon = here is not None and last.done_at > request.submitted_at - RECENT * 6
    return [Fact("history", _("上次同类"), words, price, "warn" if soon else "", last.get_absolute_url())]


@provide_facts
def record_of_building(request: Request) -> list[Fact]:
    """How a year of work in this building went: rework and stars."""
    rows = _around(request).filter(done_at__gte=request.submitted_at - LONG)
    found = rows.aggregate(
        done=Count("pk"), again=Count("pk", filter=Q(round__gt=1)), stars=Avg("rating__solution")
    )
    if not found["done"]:
        return []
    words = _("近一年办结 %(done)s 件，返工 %(again)s 件") % found
    verdict = _("%(stars).1f 星") % found if found["stars"] else _("未评")
    often = found["again"] * 10 > found["done"]
    return [Fact("star", _("本栋口碑"), words, verdict, "warn" if often else "")]


@provide_facts
def open_ones_of_requester(request: Request) -> list[Fact]:
    """What else the same person is waiting for."""
    others = Request.objects.open().filter(requester=request.requester).exclude(pk=request.pk)
    if request.caller:  # all who have no account share the guest: a telephone tells them apart
        others = others.filter(caller=request.caller, phone=request.phone)
    count = others.count()
    words = _("%(name)s 另有 %(count)s 件未结") if count else _("%(name)s 没有其他未结需求")
    said = words % {"name": request.asker, "count": count}
    return [Fact("user", _("需求人"), said, _pieces(count))]


@provide_facts
def on_duty(request: Request) -> list[Fact]:
    """Who can be called there now."""
    people = duty_officers(request.place, now())
    if not people:
        return [Fact("phone", _("现在值班"), _("没有排值班的人；紧急件无人可呼叫"), _("缺"), "warn")]
    words = _("、").join(f"{person} {person.phone}".strip() for person in people)
    return [Fact("phone", _("现在值班"), words, _("在岗"), "ok")]


@provide_facts
def what_it_takes(request: Request) -> list[Fact]:
    """Whose approval the catalogue asks for before it is accepted, and whose signature when it is done."""
    facts = []
    if request.entry.approval:
        said = {"who": request.entry.approval}
        words = _("须经%(who)s审批；受理时请写明谁在何时同意") % said
        facts.append(Fact("certificate", _("审批权限"), words, _("要审批"), "warn"))
    if request.entry.met_signs:
        facts.append(Fact("signature", _("完工签字"), _("完工时由现场的人签字"), _("要签字")))
    return facts
