"""Everything that the card of a request shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from houqin.dispatch.models import WorkOrder
from houqin.kernel.files.models import Attachment
from houqin.kernel.paper.registry import papers_of
from houqin.kernel.timekeeping import now
from houqin.kernel.web.clocks import board
from houqin.kernel.web.http import PageRequest
from houqin.kernel.web.timeline import timeline
from houqin.kernel.web.words import day, moment
from houqin.servicedesk.models import ImportedRow, Rating, Request
from houqin.servicedesk.pages.beside import beside
from houqin.servicedesk.reports import reads_inner

PICTURES = {"scene": 0, "before": 1, "after": 2}


def story_of(page: PageRequest, request: Request) -> dict[str, Any]:
    """The context of the card and of every verb's page; a constant number of queries."""
    at = now()
    roles = request.roles_of(page.user)
    orders, around = list(_orders(request)), beside(request, page.user, roles)
    files = list(Attachment.objects.of(request, *orders, *around["joined"]))
    clocks, inner = board(request, at), reads_inner(roles)
    entries = timeline(request, *orders, inner=inner)
    return around | {
        "request": page,  # the card's own name for the object hides it from the shell's templates
        "demand": request,
        "now": at,
        "clocks": clocks,
        "focus": _focus(clocks),
        "facts": people_and_place(request, at),
        "more_facts": service_and_answers(request),
        "orders": orders,
        "openable": set(WorkOrder.objects.visible_to(page.user).of(request).values_list("pk", flat=True)),
        "cost_fen": sum(order.cost_fen for order in orders),
        "shots": shots([file for file in files if file.is_photo and file.tag in PICTURES], at),
        "papers": [file for file in files if not file.is_photo or file.tag == Attachment.Tag.SCAN],
        "entries": entries,
        "returned_why": why_returned(request, entries),
        "acceptances": list(request.acceptances.select_related("signer", "signature").order_by("round")),
        "rating": Rating.objects.filter(request=request).first() if request.rated else None,
        "may_comment": bool(Request.FLOW["comment"].by & roles),
        "inner": inner,
        "prints": papers_of(request),
        "sentences": request.entry.line.acceptance(request) if request.entry.line else (),
    }


def _orders(request: Request) -> Any:
    every = WorkOrder.objects.of(request).select_related("executor", "team", "rework_of")
    return every.prefetch_related("materials")


def _focus(clocks: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The clock whose steps are laid open: the running one that ends first, else the last handling clock."""
    dated = [row for row in clocks if row["current"] and row["steps"]]
    if dated:
        return min(dated, key=lambda row: row["clock"].due_at)
    handling = [row for row in clocks if row["clock"].kind == "handling"]
    return handling[-1] if handling else None


def people_and_place(request: Request, at: datetime) -> list[dict[str, Any]]:
    """Who wants it, where and until when; as `web/_facts.html` draws it."""
    name, phone = request.contact()
    who = " · ".join(filter(None, [name, str(request.department or "")]))
    wanted = moment(request.wanted_at, at) if request.wanted_at else ""
    return [
        {"label": _("需求人"), "value": who},
        {"label": _("电话"), "value": phone, "url": f"tel:{phone}"},
        {"label": _("地点"), "value": request.place.full_name},
        {"label": _("期望时间"), "value": wanted},
        {"label": _("登记人"), "value": str(request.raised_by or "")},
        {"label": _("纸单日期"), "value": _dated(request)},
        {"label": _("原系统的班组"), "value": _had(request)},
    ]


def _dated(request: Request) -> str:
    """The date on the paper form that it was transcribed from."""
    if request.channel != Request.Channel.PAPER:
        return ""
    paper = getattr(request, "paper_form", None)
    return str(paper.dated) if paper else ""


def _had(request: Request) -> str:
    """The team that had it in the system that it was imported from."""
    if request.channel != Request.Channel.IMPORT:
        return ""
    row = ImportedRow.objects.filter(request=request).select_related("team").first()
    return str(row.team or "") if row else ""


def service_and_answers(request: Request) -> list[dict[str, Any]]:
    """What was asked for, and what was answered to the questions of the catalogue."""
    answers = request.entry.answered(request.answers)
    return [
        {"label": _("服务项"), "value": f"{request.entry.category} / {request.entry}"},
        {"label": _("自报分级"), "value": request.get_claimed_display()},
        *({"label": label, "value": words} for label, words in answers),
    ]


def shots(files: Iterable[Attachment], at: datetime) -> list[dict[str, Any]]:
    """Photos as `web/_shots.html` draws them: of the scene, then before and after the work."""
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


def why_returned(request: Request, entries: list[dict[str, Any]]) -> str:
    """What the reviewer wants completed, while it waits for that."""
    if request.status != Request.Status.RETURNED:
        return ""
    return next((entry["note"] for entry in entries if entry["name"] == "request.sent_back"), "")
