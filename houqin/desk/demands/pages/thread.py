"""Everything that the card of a demand shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from houqin.desk.demands.models import Demand, Rating
from houqin.desk.demands.pages.sidebar import beside
from houqin.desk.demands.reports import reads_inner
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.platform.paper.registry import papers_of
from houqin.ui.clocks import board
from houqin.ui.formatting import day, moment
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline
from houqin.work.orders.models import WorkOrder

PICTURES = {"scene": 0, "before": 1, "after": 2}


def story_of(page: PageRequest, demand: Demand) -> dict[str, Any]:
    """The context of the card and of every verb's page; a constant number of queries."""
    at = now()
    roles = demand.roles_of(page.user)
    orders, around = list(_orders(demand)), beside(demand, page.user, roles)
    files = list(Attachment.objects.of(demand, *orders, *around["joined"]))
    inner = reads_inner(roles)
    entries = timeline(demand, *orders, inner=inner)
    return around | {
        "demand": demand,
        "now": at,
        **_clocks(demand, at),
        "facts": people_and_place(demand, at),
        "more_facts": service_and_answers(demand),
        **_work(page, demand, orders),
        **_files(files, at),
        "entries": entries,
        "returned_why": why_returned(demand, entries),
        **_acceptance(demand),
        "may_comment": bool(Demand.FLOW["comment"].by & roles),
        "inner": inner,
        "prints": papers_of(demand),
    }


def _clocks(demand: Demand, at: datetime) -> dict[str, Any]:
    clocks = board(demand, at)
    return {"clocks": clocks, "focus": _focus(clocks)}


def _work(page: PageRequest, demand: Demand, orders: list[WorkOrder]) -> dict[str, Any]:
    """The orders of the demand, which of them this person may open, and what they cost."""
    openable = WorkOrder.objects.visible_to(page.user).of(demand).values_list("pk", flat=True)
    return {
        "orders": orders,
        "openable": set(openable),
        "cost_fen": sum(order.cost_fen for order in orders),
    }


def _files(files: list[Attachment], at: datetime) -> dict[str, Any]:
    return {
        "shots": shots([file for file in files if file.is_photo and file.tag in PICTURES], at),
        "papers": [file for file in files if not file.is_photo or file.tag == Attachment.Tag.SCAN],
    }


def _orders(demand: Demand) -> Any:
    every = WorkOrder.objects.of(demand).select_related("executor", "team", "rework_of")
    return every.prefetch_related("materials")


def _acceptance(demand: Demand) -> dict[str, Any]:
    """What is signed for, each signature so far, and the rating."""
    signed = demand.acceptances.select_related("signer", "signature").order_by("round")
    return {
        "sentences": demand.entry.line.acceptance(demand) if demand.entry.line else (),
        "acceptances": list(signed),
        "rating": Rating.objects.filter(demand=demand).first() if demand.rated else None,
    }


def _focus(clocks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The clock whose steps are laid open: the running one that ends first, else the last handling clock."""
    dated = [row for row in clocks if row["current"] and row["steps"]]
    if dated:
        return min(dated, key=lambda row: row["clock"].due_at)
    handling = [row for row in clocks if row["clock"].kind == "handling"]
    return handling[-1] if handling else None


def people_and_place(demand: Demand, at: datetime) -> list[dict[str, Any]]:
    """Who wants it, where and until when; as `ui/_facts.html` draws it."""
    name, phone = demand.contact()
    who = " · ".join(filter(None, [name, str(demand.department or "")]))
    wanted = moment(demand.wanted_at, at) if demand.wanted_at else ""
    return [
        {"label": _("需求人"), "value": who},
        {"label": _("电话"), "value": phone, "url": f"tel:{phone}"},
        {"label": _("地点"), "value": demand.place.full_name},
        {"label": _("期望时间"), "value": wanted},
        {"label": _("登记人"), "value": str(demand.raised_by or "")},
        {"label": _("纸单日期"), "value": _dated(demand)},
        {"label": _("原系统的班组"), "value": str(demand.former_team or "")},
    ]


def _dated(demand: Demand) -> str:
    """The date on the paper form that it was transcribed from."""
    if demand.channel != Demand.Channel.PAPER:
        return ""
    paper = getattr(demand, "paper_form", None)
    return str(paper.dated) if paper else ""


def service_and_answers(demand: Demand) -> list[dict[str, Any]]:
    """What was asked for, and what was answered to the questions of the catalogue."""
    answers = demand.entry.answered(demand.answers)
    return [
        {"label": _("服务项"), "value": f"{demand.entry.category} / {demand.entry}"},
        {"label": _("自报分级"), "value": demand.get_claimed_display()},
        *({"label": label, "value": words} for label, words in answers),
    ]


def shots(files: Iterable[Attachment], at: datetime) -> list[dict[str, Any]]:
    """Photos as `ui/_shots.html` draws them: of the scene, then before and after the work."""
    tags = {"scene": _("现场"), "before": _("前"), "after": _("后")}
    ordered = sorted(files, key=lambda file: PICTURES[file.tag])
    return [
        {
            "url": file.get_absolute_url(),
            "thumb_url": file.thumb_url,
            "tag": tags[file.tag],
            "alt": _("%(tag)s照片，%(who)s，%(day)s")
            % {"tag": file.get_tag_display(), "who": file.uploaded_by, "day": day(file.at, at)},
            "caption": f"{moment(file.at, at)} {file.uploaded_by}",
        }
        for file in ordered
    ]


def why_returned(demand: Demand, entries: list[dict[str, Any]]) -> str:
    """What the reviewer wants completed, while it waits for that."""
    if demand.status != Demand.Status.RETURNED:
        return ""
    return next((entry["note"] for entry in entries if entry["name"] == "demand.sent_back"), "")
