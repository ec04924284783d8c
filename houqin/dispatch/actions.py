"""Everything that happens to a work order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from houqin.dispatch.models import Material, Skill, Team, WorkOrder
from houqin.kernel.clock.actions import hold_reason
from houqin.kernel.clock.models import Standard
from houqin.kernel.errors import Refused
from houqin.kernel.files.actions import Received, Upload, attach
from houqin.kernel.files.models import Attachment
from houqin.kernel.numbers.models import next_number
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.actions import record

BEFORE, AFTER = "before", "after"
Photo = Upload | Received  # forms receive photos before the transaction begins


class Used(TypedDict):
    """One line of material: `price_fen` is the price of one `unit`."""

    name: str
    quantity: Decimal
    unit: str
    price_fen: int


@transaction.atomic
def offer_order(actor: User, subject: models.Model, *, title: str, place: Place, **given: Any) -> WorkOrder:
    """Give work to a person or a team (`executor`, `team`), for `skill`, with a `reason` to remember.

    Who may do that is the rule of the subject, whose action calls this one. Raises Refused when nobody is
    named. A person without a `team` does it for the first team they are in, if any.
    """
    at = given.pop("at", None) or now()
    reason = given.pop("reason", "")
    team, executor = _takers(given.pop("team", None), given.pop("executor", None))
    order = WorkOrder(number=next_number("GD", at), title=title, place=place, offered_at=at, **given)
    order.team, order.executor = team, executor
    order.subject_type = ContentType.objects.get_for_model(subject)
    order.subject_id = subject.pk
    order.save(force_insert=True)
    record(actor, "order.offered", order, at=at, to=str(executor or team), reason=reason)
    return order


def _takers(team: Team | None, executor: User | None) -> tuple[Team | None, User | None]:
    if executor is None and team is None:
        raise Refused(_("请选择派给哪个班组或哪个人。"))
    if executor is not None and team is None:
        team = Team.objects.filter(crew__user=executor).order_by("pk").first()
    return team, executor


@transaction.atomic
def accept_order(actor: User, order: WorkOrder) -> None:
    """Take the work on: this is the response that R2.3 asks for."""
    at = now()
    WorkOrder.FLOW.take("accept", actor, order, executor=actor, accepted_at=at)
    record(actor, "order.accepted", order, at=at)


@transaction.atomic
def hand_back_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    at = now()
    WorkOrder.FLOW.take("hand_back", actor, order)
    record(actor, "order.handed_back", order, at=at, reason=reason)


@transaction.atomic
def start_order(actor: User, order: WorkOrder) -> None:
    at = now()
    WorkOrder.FLOW.take("start", actor, order)
    record(actor, "order.started", order, at=at)


@transaction.atomic
def hold_order(actor: User, order: WorkOrder, *, reason: str, note: str = "") -> None:
    """Stop working for a reason that the standard lists; the reason says whether the clocks stop too."""
    at = now()
    why = hold_reason(Standard.in_force(at), reason)
    WorkOrder.FLOW.take("hold", actor, order, hold_stops=why.stops)
    record(actor, "order.held", order, at=at, reason=why.label, note=note, stops=why.stops)


@transaction.atomic
def resume_order(actor: User, order: WorkOrder) -> None:
    at = now()
    WorkOrder.FLOW.take("resume", actor, order, hold_stops=False)
    record(actor, "order.resumed", order, at=at)


@transaction.atomic
def photograph_order(
    actor: User, order: WorkOrder, *, before: Sequence[Photo] = (), after: Sequence[Photo] = ()
) -> None:
    """Add photos from before and after the work (R2.5). Raises Refused when there is none."""
    at = now()
    WorkOrder.FLOW.check("photograph", actor, order)
    if not before and not after:
        raise Refused(_("请先选择照片。"))
    _keep_photos(actor, order, before, after, at)
    record(actor, "order.photographed", order, at=at, count=len(before) + len(after))


def _keep_photos(
    actor: User, order: WorkOrder, before: Sequence[Photo], after: Sequence[Photo], at: datetime
) -> None:
    for tag, photos in ((BEFORE, before), (AFTER, after)):
        for photo in photos:
            attach(actor, order, photo, tag=tag, at=at)


def photos_missing(order: WorkOrder) -> list[str]:
    """Which of the demanded photos are still missing: before, after."""
    if not order.photos_needed:
        return []
    have = set(Attachment.objects.of(order).values_list("tag", flat=True))
    return [tag for tag in (BEFORE, AFTER) if tag not in have]


@transaction.atomic
def finish_order(actor: User, order: WorkOrder, *, result: str, **spent: Any) -> None:
    """The work is done: `labour_minutes`, `outside_fen` and `materials` are what it took.

    Raises Refused while photos that the catalogue demands are missing; those given here count.
    """
    at = now()
    _keep_photos(actor, order, spent.pop("before", ()), spent.pop("after", ()), at)
    missing = photos_missing(order)
    if missing:
        words = {BEFORE: _("处理前"), AFTER: _("处理后")}
        raise Refused(
            _("还差%(which)s照片，请补拍后再完工。") % {"which": _("、").join(words[tag] for tag in missing)}
        )
    materials: Sequence[Used] = spent.pop("materials", ())
    WorkOrder.FLOW.take("finish", actor, order, result=result, done_at=at, **spent)
    Material.objects.bulk_create(Material(order=order, **line) for line in materials)
    record(actor, "order.finished", order, at=at, result=result)


@transaction.atomic
def reassign_order(
    actor: User, order: WorkOrder, *, executor: User | None = None, team: Team | None = None, reason: str
) -> None:
    """Give an order that has not been finished to somebody else; they have to accept it anew."""
    at = now()
    team, executor = _takers(team, executor)
    WorkOrder.FLOW.take("reassign", actor, order, executor=executor, team=team, hold_stops=False)
    record(actor, "order.reassigned", order, at=at, to=str(executor or team), reason=reason)


@transaction.atomic
def cancel_order(actor: User, order: WorkOrder, *, reason: str) -> None:
    at = now()
    WorkOrder.FLOW.take("cancel", actor, order)
    record(actor, "order.cancelled", order, at=at, reason=reason)


def skill_of(code: str) -> Skill | None:
    """The skill that a catalogue entry asks for, if it asks for one."""
    return Skill.objects.filter(code=code).first() if code else None
