"""What the page of one work order shows. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from houqin.kernel.people.models import Role, User
from houqin.kernel.timekeeping import now
from houqin.platform.files.models import Attachment
from houqin.platform.files.tags import TAGS
from houqin.platform.paper.registry import papers_of
from houqin.ui.formatting import duration, moment
from houqin.ui.http import PageRequest
from houqin.ui.timeline import timeline
from houqin.work.orders.actions import AFTER, BEFORE, photos_missing, steps_missing
from houqin.work.orders.models import FaultCode, WorkOrder
from houqin.work.orders.reports import order_chip

S = WorkOrder.Status
NOISE = ("clock.alarm",)  # what the clock says by itself; the chip at the top tells how it stands


def what_is_missing(order: WorkOrder) -> str:
    """What has to be brought or done before the order can be finished, "" when nothing."""
    return missing_in_words(lacking_photos(order), len(steps_missing(order)))


def lacking_photos(order: WorkOrder) -> list[str]:
    """The photos that are demanded and not there yet, in words."""
    return [TAGS.label(tag) for tag in photos_missing(order)]


def missing_in_words(lacking: Sequence[str], steps: int = 0) -> str:
    if steps:
        return ngettext("还差 %(count)s 步必做", "还差 %(count)s 步必做", steps) % {"count": steps}
    return _("还差%(which)s照片") % {"which": _("、").join(lacking)} if lacking else ""


def steps_and_arrival(user: User, order: WorkOrder, at: datetime) -> dict[str, Any]:
    steps, may = checklist(order, at), WorkOrder.FLOW.open_to(user, order)
    return {
        "steps": steps,
        "done_steps": sum(1 for step in steps if step["done"]),
        "may_tick": "tick" in may,
        "may_arrive": "arrive" in may,
    }


def checklist(order: WorkOrder, at: datetime) -> list[dict[str, Any]]:
    """The standard steps in order: words, whether one may leave it out, who ticked it off and when."""
    done = {row.code: row for row in order.steps_done.select_related("by")}
    return [
        {
            "nth": nth,
            "words": _(row.words if (row := done.get(str(nth))) else words),
            "done": row,
            "when": moment(row.at, at) if row else "",
            "optional": WorkOrder.may_be_left(words),
        }
        for nth, words in enumerate(order.steps, 1)
    ]


def order_context(request: PageRequest, order: WorkOrder) -> dict[str, Any]:
    """What the page and the verbs of an order show beside the order itself."""
    at = now()
    subject = subject_for(request.user, order)
    story: list[models.Model] = [order] if subject is None else [order, subject]
    entries = timeline(*story, inner=reads_inner(request.user, order), skip=NOISE)
    return {
        "now": at,
        "chip": order_chip(order, at),
        "subject": subject,
        "contact": order.subject.contact() if order.subject else ("", ""),
        **_photos(story, at),
        **_lacking(order),
        "stages": stages(order, entries, at),
        **steps_and_arrival(request.user, order, at),
        **_done_work(order),
        "entries": entries,
        "prints": papers_of(order),
    }


def _photos(story: Sequence[models.Model], at: datetime) -> dict[str, Any]:
    """The photos of what was asked for, and those taken before and after the work."""
    photos = list(Attachment.objects.of(*story).photos())
    return {
        "asked": [shot(photo, at) for photo in photos if photo.tag == Attachment.Tag.SCENE],
        "shots": [shot(photo, at) for photo in photos if photo.tag in (BEFORE, AFTER)],
    }


def _lacking(order: WorkOrder) -> dict[str, Any]:
    """What an open order needs before it can be finished."""
    is_open = order.status in WorkOrder.OPEN
    lacking = lacking_photos(order) if is_open else []
    return {
        "lacking": lacking,
        "lacking_words": missing_in_words(lacking),
        "missing": what_is_missing(order) if is_open else "",
    }


def _done_work(order: WorkOrder) -> dict[str, Any]:
    """What the executor wrote down of the work: codes, whom they met, time and materials."""
    labour = timedelta(minutes=order.labour_minutes) if order.labour_minutes else None
    return {
        "codes": codes_of(order),
        "met": met_signature(order) if order.met_name else None,
        "labour": duration(labour) if labour else "",
        "used": list(order.materials.all()),
    }


def subject_for(user: User, order: WorkOrder) -> Any:
    """The subject of `order`, if `user` may know of it; the order keeps it."""
    model: Any = ContentType.objects.get_for_id(order.subject_type_id).model_class()
    subject = model._default_manager.visible_to(user).filter(pk=order.subject_id).first()
    if subject is not None:
        order.subject = subject
    return subject


def reads_inner(user: User, order: WorkOrder) -> bool:
    """Whether `user`, who sees the order, reads inner notes too; who sees it for its costs alone does not."""
    return order.roles_of(user) != {Role.FINANCE}


def shot(photo: Attachment, at: datetime) -> dict[str, Any]:
    """A photo as `ui/_shots.html` draws it."""
    tags = {BEFORE: _("前"), AFTER: _("后")}
    return {
        "url": photo.get_absolute_url(),
        "thumb_url": photo.thumb_url,
        "alt": f"{photo.get_tag_display()} {photo.name}",
        "tag": tags.get(photo.tag, ""),
        "caption": moment(photo.at, at),
    }


def codes_of(order: WorkOrder) -> list[FaultCode]:
    """The fault as it was named: symptom, cause, remedy, as far as they were."""
    return [code for code in (order.symptom, order.cause, order.remedy) if code]


def met_signature(order: WorkOrder) -> Attachment | None:
    """What the person met at the place has drawn."""
    return Attachment.objects.of(order).filter(tag=Attachment.Tag.SIGNATURE).last()


def stages(
    order: WorkOrder, entries: Sequence[dict[str, Any]], at: datetime
) -> list[dict[str, str]]:
    """How far the order has come: accepted, on site, being done, finished, each with its time.

    What an earlier executor did before the order was given to somebody else is not told as done.
    """
    accepted = order.accepted_at if order.status not in (S.OFFERED, S.CANCELLED) else None
    started = order.arrived_at or _last_start(entries, accepted)
    steps = [
        (_("接单"), accepted is not None, _time_of(accepted, at)),
        (_("到场"), started is not None, _time_of(started, at)),
        (_doing(order), order.done_at is not None, _time_spent(order, started, at)),
        (_("完工"), order.done_at is not None, _time_of(order.done_at, at)),
    ]
    reached = sum(past for _label, past, _when in steps)
    return [
        {"label": label, "when": when, "look": _look(nth, reached, order)}
        for nth, (label, _past, when) in enumerate(steps)
    ]


def _time_of(reached: datetime | None, at: datetime) -> str:
    return moment(reached, at) if reached else ""


def _doing(order: WorkOrder) -> str:
    return str(S(order.status).label) if order.status == S.HELD else _("处理中")


def _time_spent(order: WorkOrder, started: datetime | None, at: datetime) -> str:
    working = order.status in (S.WORKING, S.HELD, S.DONE)
    return duration((order.done_at or at) - started) if started and working else ""


def _look(nth: int, reached: int, order: WorkOrder) -> str:
    if nth < reached:
        return "is-past"
    return "is-now" if nth == reached and order.status in WorkOrder.OPEN else ""


def _last_start(entries: Sequence[dict[str, Any]], accepted: datetime | None) -> datetime | None:
    """When whoever has accepted it last began or came to the place."""
    starts = [
        entry["at"] for entry in entries if entry["name"] in ("order.started", "order.arrived")
    ]
    return max((entry for entry in starts if accepted and entry >= accepted), default=None)
