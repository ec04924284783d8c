"""Finishing work: its photos, what it took, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from houqin.kernel.errors import Refused
from houqin.kernel.people.models import User
from houqin.kernel.timekeeping import now
from houqin.platform.files.actions import Received, Upload, attach
from houqin.platform.files.models import Attachment
from houqin.work.orders.actions.checklist import steps_missing
from houqin.work.orders.models import FaultCode, Material, WorkOrder

BEFORE, AFTER = "before", "after"
Photo = Upload | Received  # forms receive photos before the transaction begins


class Used(TypedDict):
    """One line of material: `price_fen` is the price of one `unit`."""

    name: str
    quantity: Decimal
    unit: str
    price_fen: int


@transaction.atomic
def photograph_order(
    actor: User, order: WorkOrder, *, before: Sequence[Photo] = (), after: Sequence[Photo] = ()
) -> None:
    """Add photos from before and after the work (R2.5). Raises Refused when there is none."""
    at = now()
    WorkOrder.FLOW.check("photograph", actor, order)
    if not before and not after:
        raise Refused(_("请先选择照片。"))
    count = len(before) + len(after)
    WorkOrder.FLOW.take("photograph", actor, order, at=at, facts={"count": count})
    _keep_photos(actor, order, before, after, at)


def photos_missing(order: WorkOrder) -> list[str]:
    """Which of the demanded photos are still missing: before, after."""
    if not order.photos_needed:
        return []
    have = set(Attachment.objects.of(order).values_list("tag", flat=True))
    return [tag for tag in (BEFORE, AFTER) if tag not in have]


@transaction.atomic
def finish_order(
    actor: User,
    order: WorkOrder,
    *,
    result: str,
    symptom: FaultCode | None = None,
    cause: FaultCode | None = None,
    remedy: FaultCode | None = None,
    labour_minutes: int = 0,
    outside_fen: int = 0,
    materials: Sequence[Used] = (),
    before: Sequence[Photo] = (),
    after: Sequence[Photo] = (),
    met: str = "",
    met_signature: Photo | None = None,
) -> None:
    """Finish the work; `met` was met at the place and signed for it. Raises Refused while photos, steps or a
    signature that are demanded are missing; those given here count."""
    at = now()
    _keep_photos(actor, order, before, after, at)
    _refuse_unready(order, met.strip())
    outcome = {"result": result, "symptom": symptom, "cause": cause, "remedy": remedy}
    used = [Material(order=order, **line) for line in materials]
    cost = sum(line.cost_fen for line in used)
    spent = {"labour_minutes": labour_minutes, "outside_fen": outside_fen, "material_fen": cost}
    kept: dict[str, Any] = outcome | spent | {"met_name": met.strip(), "done_at": at}
    WorkOrder.FLOW.take("finish", actor, order, at=at, facts={"result": result}, **kept)
    Material.objects.bulk_create(used)
    if met_signature:
        attach(actor, order, met_signature, tag=Attachment.Tag.SIGNATURE, at=at)


def _refuse_unready(order: WorkOrder, met: str) -> None:
    missing = photos_missing(order)
    if missing:
        words = {BEFORE: _("处理前"), AFTER: _("处理后")}
        raise Refused(
            _("还差%(which)s照片，请补拍后再完工。")
            % {"which": _("、").join(words[tag] for tag in missing)}
        )
    steps = steps_missing(order)
    if steps:
        raise Refused(
            _("还有必做的步骤没有打勾：%(steps)s。")
            % {"steps": _("、").join(_(step) for step in steps)}
        )
    if order.met_signs and not met:
        raise Refused(_("这件活要现场接待人签字，请对方写下姓名。"))


def _keep_photos(
    actor: User, order: WorkOrder, before: Sequence[Photo], after: Sequence[Photo], at: datetime
) -> None:
    for tag, photos in ((BEFORE, before), (AFTER, after)):
        for photo in photos:
            attach(actor, order, photo, tag=tag, at=at)
